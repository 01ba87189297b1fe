//! The subcommands, one file each. They read the named files, call the compiler, and print the result.

mod check;
mod compat;
mod diff;
mod documents;
mod edit;
mod explain;
mod generate;
mod import;
mod init;
mod list;
mod lock;
mod mcp;
mod mock;

use crate::cli::Command;
use crate::failure::{Failure, Verdict};
use crate::output::Terminal;

pub(crate) fn run(command: &Command, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    match command {
        Command::Check(arguments) => check::run(arguments, terminal),
        Command::Diff(arguments) => diff::run(arguments, terminal),
        Command::Compat(arguments) => compat::run(arguments, terminal),
        Command::Lock(arguments) => lock::run(arguments, terminal),
        Command::Add(arguments) => edit::add(arguments, terminal),
        Command::Reword(arguments) => edit::reword(arguments, terminal),
        Command::Rename(arguments) => edit::rename(arguments, terminal),
        Command::Retire(arguments) => edit::retire(arguments, terminal),
        Command::Fmt(arguments) => edit::fmt(arguments, terminal),
        Command::List(arguments) => list::run(arguments, terminal),
        Command::Explain(arguments) => explain::run(arguments, terminal),
        Command::Generate(arguments) => generate::run(arguments, terminal),
        Command::Mock(arguments) => mock::run(arguments, terminal),
        Command::Mcp(arguments) => mcp::run(arguments, terminal),
        Command::Import(arguments) => import::run(arguments, terminal),
        Command::Init(arguments) => init::run(arguments, terminal),
        Command::Completions(arguments) => documents::completions(arguments, terminal),
        Command::Man(arguments) => documents::man(arguments, terminal),
    }
}
