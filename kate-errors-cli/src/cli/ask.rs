//! The arguments of `list` and `explain`.

use std::ffi::OsString;
use std::ops::RangeInclusive;

use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::Format;
use super::catalog::NamedCatalog;
use crate::complete;

/// List the errors of a catalog
///
/// They are grouped by section, each with its status, code and message. Words, --status and --section filter them; an
/// error is listed if it matches all filters.
///
/// Exit status: 0 listed; 1 no error matches, or the catalog has errors; 2 wrong usage or an unreadable file.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kate-errors list
  kate-errors list --status 404 --section Runs
  kate-errors list token balance                the errors about a token and a balance
  kate-errors list --status 5xx --file billing/errors.yaml
  kate-errors list --format json | jq -r '.[] | [.status, .code] | @tsv'")]
pub(crate) struct ListArguments {
    /// Words that the error contains: in its code, message, section, cause or fix
    #[arg(value_name = "WORDS")]
    pub(crate) words: Vec<String>,
    /// Only errors with this status, such as 404, or this class, such as 4xx; can be given several times
    #[arg(long, value_name = "STATUS", value_parser = status, add = ArgValueCandidates::new(complete::statuses))]
    pub(crate) status: Vec<RangeInclusive<u32>>,
    /// Only errors of this section; can be given several times
    #[arg(long, value_name = "NAME", add = ArgValueCandidates::new(complete::sections))]
    pub(crate) section: Vec<String>,
    #[command(flatten)]
    pub(crate) catalog: NamedCatalog,
    /// How the errors are shown
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// Parses a status, or a class: the statuses with the same first digit.
fn status(text: &str) -> Result<RangeInclusive<u32>, &'static str> {
    let text = text.to_ascii_lowercase();
    let (number, count) = text.strip_suffix("xx").map_or((&*text, 1), |class| (class, 100));
    let number: u16 =
        number.parse().map_err(|_| "a status is a number such as 404, or a class such as 4xx")?;
    let first = u32::from(number) * count;
    Ok(first..=first + (count - 1))
}

/// Explain a code, a status, a rule, a message, or a response
///
/// Paste a response with whatever surrounds it: a status line, header fields, a line of a log, a body that was logged as a
/// string, or the message of a client that lost the body. A route in the text tells which operation it is about. The text
/// never leaves this machine.
///
/// A log of any size can be piped in. It ends with a summary: one line for each error, with its count and its first and
/// last occurrence.
///
/// Exit status: 0 explained; 1 nothing fits, or the catalog has errors; 2 wrong usage or an unreadable
/// file.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kate-errors explain artifact_not_found
  kate-errors explain 402
  kate-errors explain duplicate-code            a rule of `kate-errors check` or `diff`
  kate-errors explain 'Artifact not found'
  kate-errors explain 'Request failed with status code 404'
  kate-errors explain < app.log                 a summary of its errors
  kate-errors explain '{\"detail\":\"Insufficient token balance. Required: 500, available: 120\"}'
  curl -si https://api.example/artifacts/1 | kate-errors explain")]
pub(crate) struct ExplainArguments {
    /// What to explain; words are joined by spaces, `-` is standard input [default: standard input]
    #[arg(
        value_name = "WHAT",
        allow_negative_numbers = true,
        add = ArgValueCandidates::new(complete::questions)
    )]
    pub(crate) what: Vec<OsString>,
    #[command(flatten)]
    pub(crate) catalog: NamedCatalog,
    /// How the explanation is shown
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    /// Show the values of parameters that the catalog calls sensitive
    #[arg(long)]
    pub(crate) show_sensitive: bool,
    // For tests: every line of standard input is a JSON string with a text; the result of each is printed as a line.
    #[arg(long, hide = true)]
    pub(crate) each: bool,
}
