//! `completions` and `man`: prints completion scripts and manual pages.

use clap_complete::env::Shells;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use crate::cli::{self, CompletionsArguments, ManArguments};
use crate::failure::{Failure, Verdict};
use crate::output::Terminal;

const NAME: &str = "kate-errors";

/// What clap's completions for bash do not handle: codes and sections that contain characters of the shell.
const FOR_BASH: &str = include_str!("completions.bash");

pub(crate) fn completions(
    arguments: &CompletionsArguments,
    terminal: &mut Terminal,
) -> Result<Verdict, Failure> {
    let mut script = Vec::new();
    if let Some(shell) = Shells::builtins().completer(&arguments.shell.to_string()) {
        shell
            .write_registration("COMPLETE", NAME, NAME, NAME, &mut script)
            .map_err(Failure::Output)?;
    }
    if arguments.shell == clap_complete::Shell::Bash {
        script.extend_from_slice(FOR_BASH.as_bytes());
    }
    terminal.out.print(&String::from_utf8_lossy(&script))?;
    Ok(Verdict::Clean)
}

/// Prints the manual page of a subcommand, or of the command if none is named.
pub(crate) fn man(arguments: &ManArguments, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let mut command = cli::command().disable_help_subcommand(true);
    command.build();
    let subcommand = arguments.subcommand.as_ref().and_then(|name| command.find_subcommand(name));
    let page = page(subcommand.unwrap_or(&command)).map_err(Failure::Output)?;
    terminal.out.print(&String::from_utf8_lossy(&page))?;
    Ok(Verdict::Clean)
}

/// Renders the page section by section, because clap would name the examples "EXTRA" and fill them like prose.
fn page(command: &clap::Command) -> std::io::Result<Vec<u8>> {
    let man = Man::new(command.clone())
        .source(concat!("kate-errors ", env!("CARGO_PKG_VERSION")))
        .manual(NAME);
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    let help = command.get_after_long_help().or(command.get_after_help());
    let help = help.map(ToString::to_string).unwrap_or_default();
    let examples = help.lines().filter_map(|line| line.strip_prefix("  "));
    verbatim("EXAMPLES", examples).to_writer(&mut page)?;
    if command.get_version().is_some() {
        man.render_version_section(&mut page)?;
    }
    Ok(page)
}

/// Renders a section whose lines are not filled.
fn verbatim<'l>(title: &str, lines: impl Iterator<Item = &'l str>) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [title]).control("nf", []);
    for line in lines {
        roff.text([roman(line)]);
    }
    roff.control("fi", []);
    roff
}
