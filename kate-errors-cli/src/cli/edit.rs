//! The arguments of `add`, `reword`, `rename`, `retire` and `fmt`.

use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::catalog::{CatalogsArguments, NamedCatalog};
use crate::complete;

/// Add an error to a catalog
///
/// The error goes to the end of its section, in the layout of the errors there. Everything else stays as it is,
/// including comments. If the new catalog would have errors, they are shown and nothing is written.
///
/// Exit status: 0 written; 1 the catalog has errors, or would have some; 2 the error cannot be added, or the file
/// cannot be written.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kate-errors add draft_locked --section Artifacts --status 409 --detail 'Draft is locked' \\
      --cause 'Somebody else edits the draft' --fix 'Try again when it is free'
  kate-errors add job_lost --status 404 --detail 'Job {id} was lost' --param id=u64
  kate-errors add token_expired_twice --same-as token_expired --new-section Sessions")]
pub(crate) struct AddArguments {
    /// The code
    pub(crate) code: String,
    /// The section, if the catalog has several
    #[arg(long, value_name = "NAME", add = ArgValueCandidates::new(complete::sections))]
    pub(crate) section: Option<String>,
    /// Create this section after the others
    #[arg(long, value_name = "NAME", conflicts_with = "section")]
    pub(crate) new_section: Option<String>,
    /// The status, if its section has none
    #[arg(long)]
    pub(crate) status: Option<u16>,
    /// The error whose message and status it inherits
    #[arg(long, value_name = "CODE", add = ArgValueCandidates::new(complete::codes), conflicts_with_all = ["status", "detail", "param"])]
    pub(crate) same_as: Option<String>,
    /// The message, with placeholders such as `{name}`
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) detail: Option<String>,
    /// The type of a parameter; can be given several times
    #[arg(long, value_name = "NAME=TYPE", value_parser = param)]
    pub(crate) param: Vec<(String, String)>,
    /// Why the error occurs
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) cause: Option<String>,
    /// What the reader can do about it
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) fix: Option<String>,
    /// The context that can follow the message, one of those in the catalog
    #[arg(long, value_name = "NAME")]
    pub(crate) context: Option<String>,
    /// Whether retrying helps, if that does not follow from the status: `never`, `later` or `after_fix`
    #[arg(long, value_name = "ADVICE")]
    pub(crate) retry: Option<String>,
    /// More about the error, in Markdown
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) explanation: Option<String>,
    /// The name of the error in programs, if it does not follow from the code
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// The version of the API that introduces the error
    #[arg(long, value_name = "VERSION")]
    pub(crate) since: Option<String>,
    #[command(flatten)]
    pub(crate) catalog: NamedCatalog,
}

fn param(text: &str) -> Result<(String, String), String> {
    let param = text.split_once('=').filter(|(name, ty)| !name.is_empty() && !ty.is_empty());
    let (name, ty) = param.ok_or("write NAME=TYPE, such as id=u64")?;
    Ok((name.to_owned(), ty.to_owned()))
}

/// Give an error another message, and keep the old one under `former`
///
/// New clients still read the old message. The command reports what the change means for existing clients, as
/// `kate-errors diff` does. The exit status is that of `add`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kate-errors reword run_not_found 'There is no such run'
  kate-errors reword job_missing 'Job {job} does not exist'    keeps the parameters")]
pub(crate) struct RewordArguments {
    /// The code of the error, or its name
    #[arg(add = ArgValueCandidates::new(complete::codes))]
    pub(crate) code: String,
    /// The new message
    #[arg(value_name = "MESSAGE", allow_hyphen_values = true)]
    pub(crate) message: String,
    #[command(flatten)]
    pub(crate) catalog: NamedCatalog,
}

/// Give an error another code, everywhere in the catalog
///
/// If you give the name of an error that has a separate code, only the name changes. If clients identify errors
/// by code, or if `errors.lock` has the error, the old code is put under `reserved`. The command reports what
/// breaks, as `kate-errors diff` does. The exit status is that of `add`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kate-errors rename run_not_found run_missing")]
pub(crate) struct RenameArguments {
    /// The code of the error, or its name
    #[arg(add = ArgValueCandidates::new(complete::codes))]
    pub(crate) code: String,
    /// The new code, or the new name
    #[arg(value_name = "NEW")]
    pub(crate) new: String,
    #[command(flatten)]
    pub(crate) catalog: NamedCatalog,
}

/// Mark an error as no longer sent by servers
///
/// Clients still read it. It is removed from `common` and from the operations, or replaced there by its
/// successor. The exit status is that of `add`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kate-errors retire file_too_large --reason 'files of any size are taken' --since 2.0
  kate-errors retire token_expired --reason 'one error for all keys' --replaced-by invalid_api_key")]
pub(crate) struct RetireArguments {
    /// The code of the error, or its name
    #[arg(add = ArgValueCandidates::new(complete::codes))]
    pub(crate) code: String,
    /// Why servers no longer send it
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) reason: String,
    /// The error that is sent instead
    #[arg(long, value_name = "CODE", add = ArgValueCandidates::new(complete::codes))]
    pub(crate) replaced_by: Option<String>,
    /// The version of the API that no longer sends it
    #[arg(long, value_name = "VERSION")]
    pub(crate) since: Option<String>,
    #[command(flatten)]
    pub(crate) catalog: NamedCatalog,
}

/// Format catalogs
///
/// It uses two spaces for each level, one space between words on a line, and at most one blank line in a row.
/// Order, quotes, comments and line contents are kept. A catalog with errors is not changed.
/// A catalog from standard input is printed.
///
/// Exit status: 0 all files are formatted; 1 a catalog has errors, or --check found one that is not formatted; 2
/// a file cannot be read or written.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kate-errors fmt
  kate-errors fmt --check --file billing/errors.yaml users/errors.yaml    for continuous integration
  kate-errors fmt --file - < errors.yaml                                  print it")]
pub(crate) struct FmtArguments {
    #[command(flatten)]
    pub(crate) catalogs: CatalogsArguments,
    /// Write nothing; show how the files differ from the result
    #[arg(long)]
    pub(crate) check: bool,
}
