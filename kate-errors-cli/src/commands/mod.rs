//! The subcommands, one file each: read what is named, call the compiler, print.

mod check;
mod diff;
mod documents;
mod explain;
mod generate;
mod init;
mod list;
mod mock;

use crate::cli::Command;
use crate::failure::{Failure, Verdict};
use crate::output::Terminal;

pub(crate) fn run(command: &Command, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    match command {
        Command::Check(arguments) => check::run(arguments, terminal),
        Command::Diff(arguments) => diff::run(arguments, terminal),
        Command::List(arguments) => list::run(arguments, terminal),
        Command::Explain(arguments) => explain::run(arguments, terminal),
        Command::Generate(arguments) => generate::run(arguments, terminal),
        Command::Mock(arguments) => mock::run(arguments, terminal),
        Command::Init(arguments) => init::run(arguments, terminal),
        Command::Completions(arguments) => documents::completions(arguments, terminal),
        Command::Man(arguments) => documents::man(arguments, terminal),
    }
}
