//! The command `kate-errors`: a front end of the compiler of `errors.yaml`.
//!
//! A front end is thin: [`cli`] reads the arguments, a file of [`commands`] calls the compiler, [`output`]
//! prints what came of it. The exit status is 0 for clean, 1 for diagnostics, 2 for everything that kept
//! the command from looking.

#![forbid(unsafe_code)]

mod catalog_file;
mod cli;
mod commands;
mod complete;
mod decode;
mod diff;
mod edit;
mod failure;
mod formats;
mod generated_file;
mod import;
mod lock;
mod lookup;
mod messages;
mod output;
mod pasted;
mod progress;
mod publish;
mod table;
mod target;
mod visible;

use std::process::ExitCode;

use clap::ColorChoice;
use clap_complete::CompleteEnv;
use cli::Cli;
use failure::{Failure, Verdict};
use output::Terminal;

fn main() -> ExitCode {
    // Asked by a shell, it completes and ends here.
    CompleteEnv::with_factory(cli::command).complete();
    let arguments: Vec<_> = std::env::args_os().collect();
    let verdict = match cli::parse(&arguments) {
        Ok(cli) => run(&cli),
        Err(usage) => show_usage(&usage, cli::color_of(&arguments)),
    };
    ExitCode::from(verdict as u8)
}

fn run(cli: &Cli) -> Verdict {
    let mut terminal = Terminal::new(cli.color);
    match commands::run(&cli.command, &mut terminal) {
        Ok(verdict) => verdict,
        Err(Failure::HasErrors) => Verdict::Findings,
        Err(failure) => {
            terminal.fail(&failure);
            Verdict::Trouble
        }
    }
}

/// Prints what clap has to say: the help that was asked for, or what is wrong with the arguments.
fn show_usage(usage: &clap::Error, color: ColorChoice) -> Verdict {
    let mut terminal = Terminal::new(color);
    let text = usage.render().ansi().to_string();
    let (printed, verdict) = if usage.use_stderr() {
        (terminal.err.print(&text), Verdict::Trouble)
    } else {
        (terminal.out.print(&text), Verdict::Clean)
    };
    printed.map_or(Verdict::Trouble, |()| verdict)
}
