//! The command `kate-errors`: a front end of the compiler of `errors.yaml`.
//!
//! [`cli`] parses the arguments, a module of [`commands`] calls the compiler, and [`output`] prints the result. The
//! exit status is 0 if nothing was found, 1 if there are diagnostics, and 2 if the command could not do its work.

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
    // If a shell asks for completions, this prints them and exits.
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

/// Prints clap's text: the requested help, or what is wrong with the arguments.
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
