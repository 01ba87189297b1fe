//! The arguments of `add`, `reword`, `rename`, `retire` and `fmt`.

use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::catalog::{CatalogsArguments, NamedCatalog};
use crate::complete;

/// Add an error to a catalog
///
/// It goes to the end of its section, in the layout of the errors there; everything else stays as it is, comments
/// included. A catalog that would have errors is not written, and they are shown.
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
    /// The section, where the catalog has several
    #[arg(long, value_name = "NAME", add = ArgValueCandidates::new(complete::sections))]
    pub(crate) section: Option<String>,
    /// A section that is made for it, behind the others
    #[arg(long, value_name = "NAME", conflicts_with = "section")]
    pub(crate) new_section: Option<String>,
    /// The status, if its section has none
    #[arg(long)]
    pub(crate) status: Option<u16>,
    /// The error whose message and status it has
    #[arg(long, value_name = "CODE", add = ArgValueCandidates::new(complete::codes), conflicts_with_all = ["status", "detail", "param"])]
    pub(crate) same_as: Option<String>,
    /// The message; values stand in it as `{name}`
    #[arg(long, value_name = "TEXT")]
    pub(crate) detail: Option<String>,
    /// The type of a value of the message; can be given several times
    #[arg(long, value_name = "NAME=TYPE", value_parser = param)]
    pub(crate) param: Vec<(String, String)>,
    /// Why it happens
    #[arg(long, value_name = "TEXT")]
    pub(crate) cause: Option<String>,
    /// What to do about it
    #[arg(long, value_name = "TEXT")]
    pub(crate) fix: Option<String>,
    /// Since which version of the API it is sent
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
/// Clients that are built from the catalog go on reading the old message. What the change means for clients that are
/// not is said as `kate-errors diff` says it. The exit status is that of `add`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kate-errors reword run_not_found 'There is no such run'
  kate-errors reword job_missing 'Job {job} does not exist'    with the same values")]
pub(crate) struct RewordArguments {
    /// The code of the error, or its name
    #[arg(add = ArgValueCandidates::new(complete::codes))]
    pub(crate) code: String,
    /// The new message
    #[arg(value_name = "MESSAGE")]
    pub(crate) message: String,
    #[command(flatten)]
    pub(crate) catalog: NamedCatalog,
}

/// Give an error another code, everywhere in the catalog
///
/// Where the error has a name that is not its code, and the name is given, it is the name that changes. If clients go
/// by codes, or `errors.lock` has it, the old one is put under `reserved`, and what breaks is said as `kate-errors diff` says it. The exit status is that of
/// `add`.
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

/// Say of an error that servers do not send it any more
///
/// Clients go on reading it. It is taken from `common` and from the operations, or its successor takes its place there. The
/// exit status is that of `add`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kate-errors retire file_too_large --reason 'files of any size are taken' --since 2.0
  kate-errors retire token_expired --reason 'one error for all keys' --replaced-by invalid_api_key")]
pub(crate) struct RetireArguments {
    /// The code of the error, or its name
    #[arg(add = ArgValueCandidates::new(complete::codes))]
    pub(crate) code: String,
    /// Why no server sends it any more
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    /// The error that is sent in its place
    #[arg(long, value_name = "CODE", add = ArgValueCandidates::new(complete::codes))]
    pub(crate) replaced_by: Option<String>,
    /// Since which version of the API it is not sent
    #[arg(long, value_name = "VERSION")]
    pub(crate) since: Option<String>,
    #[command(flatten)]
    pub(crate) catalog: NamedCatalog,
}

/// Lay out catalogs as all catalogs are laid out
///
/// A catalog of standard input is printed. Two spaces for each level, one between what stands on a line, one blank line where there are some. The order, the
/// quotes and the comments stay, and what stands on one line does. A catalog with errors is left as it is.
///
/// Exit status: 0 all files are laid out so now; 1 a catalog has errors, or --check found one that is not; 2 a
/// file cannot be read or written.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kate-errors fmt
  kate-errors fmt --check --file billing/errors.yaml users/errors.yaml    for continuous integration
  kate-errors fmt --file - < errors.yaml                                  print it")]
pub(crate) struct FmtArguments {
    #[command(flatten)]
    pub(crate) catalogs: CatalogsArguments,
    /// Write nothing, and show how files differ from what would be written
    #[arg(long)]
    pub(crate) check: bool,
}
