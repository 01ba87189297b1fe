//! `completions` and `man`: what shells and manual pages say of the command.

use clap::CommandFactory;
use clap_mangen::Man;

use crate::cli::{Cli, CompletionsArguments, ManArguments};
use crate::failure::{Failure, Verdict};
use crate::output::Terminal;

pub(crate) fn completions(
    arguments: &CompletionsArguments,
    terminal: &mut Terminal,
) -> Result<Verdict, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "kate-errors", &mut script);
    terminal.out.print(&String::from_utf8_lossy(&script))?;
    Ok(Verdict::Clean)
}

/// The manual page of a subcommand, or that of the command where none is named.
pub(crate) fn man(arguments: &ManArguments, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    let subcommand = arguments.subcommand.as_ref().and_then(|name| command.find_subcommand(name));
    let mut page = Vec::new();
    Man::new(subcommand.unwrap_or(&command).clone())
        .source(concat!("kate-errors ", env!("CARGO_PKG_VERSION")))
        .manual("kate-errors")
        .render(&mut page)
        .map_err(Failure::Output)?;
    terminal.out.print(&String::from_utf8_lossy(&page))?;
    Ok(Verdict::Clean)
}
