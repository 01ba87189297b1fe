//! `man`: the manual pages.

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use crate::cli::{Cli, ManArguments};
use crate::failure::{Failure, Verdict};
use crate::output::Terminal;

pub(crate) fn run(arguments: &ManArguments, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let mut page = Vec::new();
    Man::new(described(arguments.subcommand.as_deref()))
        .source(concat!("kate-errors ", env!("CARGO_PKG_VERSION")))
        .manual("kate-errors")
        .render(&mut page)
        .map_err(Failure::Output)?;
    terminal.out.print(&String::from_utf8_lossy(&page))?;
    Ok(Verdict::Clean)
}

/// The command that the page describes: a subcommand, or all of it where there is none of that name.
fn described(subcommand: Option<&str>) -> Command {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    subcommand.and_then(|name| command.find_subcommand(name).cloned()).unwrap_or(command)
}
