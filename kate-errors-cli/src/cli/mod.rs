//! The arguments of the command, and its help.

use std::ffi::OsString;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};

use clap::{Args, ColorChoice, CommandFactory, Parser, Subcommand, ValueEnum, ValueHint};

mod ask;
mod catalog;
mod compat;
mod diff;
mod edit;
mod import;
mod lock;

pub(crate) use self::ask::{ExplainArguments, ListArguments, StatusFilter};
pub(crate) use self::catalog::{CatalogArguments, CatalogsArguments, NamedCatalog};
pub(crate) use self::compat::{CompatArguments, CompatFormat};
pub(crate) use self::diff::{Allowed, DiffArguments, DiffFormat};
pub(crate) use self::edit::{
    AddArguments, FmtArguments, RenameArguments, RetireArguments, RewordArguments,
};
pub(crate) use self::import::ImportArguments;
pub(crate) use self::lock::LockArguments;
use crate::publish::openapi;
use crate::target::Target;
use crate::visible::visible;

/// Reads `arguments`, the name of the program first.
///
/// What is wrong with them quotes them: an error is made from the arguments made visible.
pub(crate) fn parse(arguments: &[OsString]) -> Result<Cli, clap::Error> {
    Cli::try_parse_from(arguments).map_err(|error| {
        let shown =
            arguments.iter().map(|argument| visible(&argument.to_string_lossy()).into_owned());
        Cli::try_parse_from(shown).err().unwrap_or_else(|| Cli::command().error(error.kind(), ""))
    })
}

/// The colours that `arguments` ask for, of which the rest cannot be read.
pub(crate) fn color_of(arguments: &[OsString]) -> ColorChoice {
    let mut values = arguments.iter().map(|argument| argument.to_string_lossy());
    let mut color = ColorChoice::Auto;
    while let Some(argument) = values.next() {
        let value = match argument.as_ref() {
            "--color" => values.next(),
            argument => argument.strip_prefix("--color=").map(|value| value.to_owned().into()),
        };
        color = value.and_then(|value| ColorChoice::from_str(&value, false).ok()).unwrap_or(color);
    }
    color
}

/// One errors.yaml, a typed error enum for the servers that answer and the clients that read.
#[derive(Debug, Parser)]
#[command(name = "kate-errors", bin_name = "kate-errors", version, max_term_width = 100)]
#[command(long_about = LONG_ABOUT, after_help = SHORT_EXAMPLES, after_long_help = LONG_EXAMPLES)]
pub(crate) struct Cli {
    /// When to use colours; `auto` obeys `NO_COLOR`, `CLICOLOR` and pipes
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t)]
    pub(crate) color: ColorChoice,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const LONG_ABOUT: &str = "\
One errors.yaml, a typed error enum for the servers that answer and the clients that read.

Where no FILE is given, it is the errors.yaml of this folder or of the nearest one above it.

Exit status: 0 clean; 1 diagnostics, or nothing found; 2 wrong usage, or a file that cannot be read or \
written.";

const SHORT_EXAMPLES: &str = "\
Examples:
  kate-errors init                              write a small catalog to start from
  kate-errors import errors.md --out errors.yaml    or begin with what is there
  kate-errors check                             show every mistake of the catalog
  kate-errors diff git:HEAD:errors.yaml errors.yaml    who breaks
  kate-errors explain 402                       every error under a status
  kate-errors generate rust --out src/errors.rs";

const LONG_EXAMPLES: &str = "\
Examples:
  kate-errors init                              write a small catalog to start from
  kate-errors import errors.md --out errors.yaml    or begin with what is there
  kate-errors check                             show every mistake of the catalog
  kate-errors diff git:HEAD:errors.yaml errors.yaml    who breaks
  kate-errors check --format sarif a.yaml b.yaml > diagnostics.sarif
  kate-errors list --format json | jq '.[].code'
  kate-errors explain 402                       every error under a status
  kate-errors explain 'Artifact not found'      what a message means, and what to do
  kate-errors generate rust --out src/errors.rs
  kate-errors generate rust --out src/errors.rs --check";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(CheckArguments),
    Diff(DiffArguments),
    Compat(CompatArguments),
    Lock(LockArguments),
    Add(AddArguments),
    Reword(RewordArguments),
    Rename(RenameArguments),
    Retire(RetireArguments),
    Fmt(FmtArguments),
    List(ListArguments),
    Explain(ExplainArguments),
    Generate(GenerateArguments),
    Mock(MockArguments),
    Import(ImportArguments),
    Init(InitArguments),
    Completions(CompletionsArguments),
    Man(ManArguments),
}

/// Show every mistake of catalogs
///
/// Diagnostics go to standard output, a line that sums them up to standard error. Where `errors.lock` stands beside
/// errors.yaml, codes and messages of released errors that others have now are found too: see `kate-errors lock`.
///
/// Exit status: 0 without errors (warnings are printed, and count with --deny-warnings alone); 1 with
/// errors; 2 if a file cannot be read. The other files are checked all the same.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kate-errors check
  kate-errors check --file billing/errors.yaml users/errors.yaml
  kate-errors check --format github --deny-warnings
  git show HEAD:errors.yaml | kate-errors check --file -")]
pub(crate) struct CheckArguments {
    #[command(flatten)]
    pub(crate) catalogs: CatalogsArguments,
    /// How diagnostics are shown
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: CheckFormat,
    /// Let warnings count as errors do
    #[arg(long)]
    pub(crate) deny_warnings: bool,
    /// Do not look for locks beside the catalogs
    #[arg(long)]
    pub(crate) no_lock: bool,
    /// Compare the catalog with an older version of it too, as `kate-errors diff OLD` does
    #[arg(long, value_name = "OLD", value_hint = ValueHint::FilePath)]
    pub(crate) against: Option<PathBuf>,
    /// With --against: let findings of a rule be, and say why; can be given several times
    #[arg(long, value_name = "RULE=REASON", value_parser = diff::allowed, requires = "against")]
    pub(crate) allow: Vec<Allowed>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// Excerpts with carets, for people
    #[default]
    Text,
    /// An array of objects
    Json,
    /// Workflow commands, which GitHub shows beside the lines of a pull request
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}

/// Generate code, documents and test data from a catalog
///
/// Without --out it is printed. A file is written whole or not at all, and only over a file that this
/// command has made for the same target, as a line at its beginning says; links are not followed.
///
/// `openapi --merge FILE` puts schema, responses and headers into the document FILE, and responses into
/// those of its operations that the catalog names; `--out` may name FILE itself. What it has put there
/// before is replaced, the rest stays as it is, comments and order included.
///
/// Exit status: 0 the file is up to date now; 1 the catalog has errors, or --check found that the file
/// is not; 2 the file cannot be read or written.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kate-errors generate rust                                  print it
  kate-errors generate rust --out src/errors.rs              write it, for `mod errors;`
  kate-errors generate rust --out src/errors.rs --check      for continuous integration
  kate-errors generate markdown --out docs/errors.md         the reference page
  kate-errors generate html --out site/errors.html           the same, for browsers
  kate-errors generate openapi --merge api.yaml --out api.yaml
  kate-errors generate json-schema --out errors.schema.json
  kate-errors generate python --out clients/kate_errors      a package: the folder is made")]
pub(crate) struct GenerateArguments {
    /// What to generate
    #[arg(value_enum)]
    pub(crate) target: Target,
    #[command(flatten)]
    pub(crate) catalog: CatalogArguments,
    /// The file to write; `-` is standard output; for python, the folder to write into
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) out: Option<PathBuf>,
    /// Write nothing, and show how the file differs from what would be written
    #[arg(long, requires = "out")]
    pub(crate) check: bool,
    /// For openapi: the document to put the errors into, in the version and format that it has; `-` is standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath,
        conflicts_with_all = ["format", "openapi_version"])]
    pub(crate) merge: Option<PathBuf>,
    /// For openapi: the format [default: json for a PATH that ends with .json, else yaml]
    #[arg(long, value_enum)]
    pub(crate) format: Option<openapi::Format>,
    /// For openapi: the version of the specification [default: 3.1]
    #[arg(long, value_enum, value_name = "VERSION")]
    pub(crate) openapi_version: Option<openapi::Version>,
}

/// Serve the errors of a catalog, for tests of clients
///
/// `/errors/CODE` responds with the error, to any method: with its status, its header fields, `x-error-code`
/// and its body. Values of its message are parameters of the query; those that are not given are the
/// examples of the catalog. With a value of its context, or `_context=true`, the context follows the
/// message; `_former=1` gives the first former message. `/` lists addresses of all errors as JSON. What
/// it cannot do is said as plain text.
///
/// The address is printed, then requests are served until the command is ended. It is meant for tests,
/// and listens to this machine alone unless --host says otherwise: 64 connections at once, of a minute each.
///
/// Exit status: 1 the catalog has errors; 2 the file cannot be read, or nobody can listen there.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kate-errors mock
  kate-errors mock --file billing/errors.yaml --port 0           a free port, which is printed
  curl -i http://127.0.0.1:8080/errors/artifact_not_found
  curl -i 'http://127.0.0.1:8080/errors/query_insufficient_token_balance?required=500&available=120'")]
pub(crate) struct MockArguments {
    #[command(flatten)]
    pub(crate) catalog: CatalogArguments,
    /// The port to listen on; 0 is a free one
    #[arg(long, default_value_t = 8080)]
    pub(crate) port: u16,
    /// The address to listen on
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub(crate) host: IpAddr,
}

/// Write a small catalog to start from
///
/// The catalog is commented and passes `kate-errors check`. A file that exists is left as it is.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kate-errors init
  kate-errors init --file billing/errors.yaml
  kate-errors init --file -                     print it")]
pub(crate) struct InitArguments {
    /// The file to write; `-` is standard output [default: errors.yaml]
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: Option<PathBuf>,
    // Where it stood before `--file` was understood everywhere.
    #[arg(value_name = "CATALOG", hide = true, conflicts_with = "file", value_hint = ValueHint::FilePath)]
    positional: Option<PathBuf>,
}

impl InitArguments {
    /// The file to write.
    pub(crate) fn path(&self) -> &Path {
        self.file.as_deref().or(self.positional.as_deref()).unwrap_or(Path::new("errors.yaml"))
    }
}

/// Print completions for a shell
///
/// The script calls `kate-errors`, which must be on the PATH, so it also completes the codes, statuses and sections of the
/// catalog. Install it again after an update of the command.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kate-errors completions bash > ~/.local/share/bash-completion/completions/kate-errors
  kate-errors completions zsh > ~/.zfunc/_kate-errors      for a folder of $fpath, before compinit
  kate-errors completions fish > ~/.config/fish/completions/kate-errors.fish")]
pub(crate) struct CompletionsArguments {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

/// Print the manual page, or that of one subcommand
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kate-errors man | man -l -
  kate-errors man check > kate-errors-check.1")]
pub(crate) struct ManArguments {
    /// The subcommand
    #[arg(value_name = "SUBCOMMAND", value_parser = subcommand_names())]
    pub(crate) subcommand: Option<String>,
}

/// The names of the subcommands. Clap cannot be asked: what it would look at is being built.
fn subcommand_names() -> [&'static str; 17] {
    [
        "check",
        "diff",
        "compat",
        "lock",
        "add",
        "reword",
        "rename",
        "retire",
        "fmt",
        "list",
        "explain",
        "generate",
        "mock",
        "import",
        "init",
        "completions",
        "man",
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_subcommand_has_a_manual_page() {
        let command = Cli::command();
        let names: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
        assert_eq!(names, subcommand_names());
    }

    #[test]
    fn colours_are_known_where_the_rest_is_not() {
        let color = |arguments: &[&str]| {
            color_of(&arguments.iter().map(OsString::from).collect::<Vec<_>>())
        };
        assert_eq!(color(&["kate-errors", "chekc", "--color", "never"]), ColorChoice::Never);
        assert_eq!(color(&["kate-errors", "--color=always", "chekc"]), ColorChoice::Always);
        assert_eq!(color(&["kate-errors", "--color", "purple"]), ColorChoice::Auto);
        assert_eq!(color(&["kate-errors", "--color"]), ColorChoice::Auto);
    }
}
