//! `completions`: what a shell needs to complete the arguments of the command.

use clap::CommandFactory;

use crate::cli::{Cli, CompletionsArguments};
use crate::failure::{Failure, Verdict};
use crate::output::Terminal;

pub(crate) fn run(
    arguments: &CompletionsArguments,
    terminal: &mut Terminal,
) -> Result<Verdict, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "kate-errors", &mut script);
    terminal.out.print(&String::from_utf8_lossy(&script))?;
    Ok(Verdict::Clean)
}
