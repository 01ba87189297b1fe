//! The arguments of the command, and its help.

use std::borrow::Cow;
use std::ffi::OsString;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{
    Args, ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum, ValueHint,
};

mod ask;
mod catalog;
mod compat;
mod diff;
mod edit;
mod import;
mod lock;
mod mcp;

pub(crate) use self::ask::{ExplainArguments, ListArguments};
pub(crate) use self::catalog::{CatalogArguments, CatalogsArguments, NamedCatalog};
pub(crate) use self::compat::{CompatArguments, CompatFormat};
pub(crate) use self::diff::{Allowed, DiffArguments, DiffFormat};
pub(crate) use self::edit::{
    AddArguments, FmtArguments, RenameArguments, RetireArguments, RewordArguments,
};
pub(crate) use self::import::ImportArguments;
pub(crate) use self::lock::LockArguments;
pub(crate) use self::mcp::McpArguments;
use crate::publish::openapi;
use crate::target::Target;
use crate::visible::visible;

/// Returns the complete command. The argument of `man` accepts the names of all subcommands.
pub(crate) fn command() -> clap::Command {
    let command = Cli::command();
    let names = command.get_subcommands().map(|it| it.get_name().to_owned());
    let names = PossibleValuesParser::new(names.collect::<Vec<String>>());
    command.mut_subcommand("man", |man| man.mut_arg("subcommand", |it| it.value_parser(names)))
}

/// Parses `arguments`, of which the first is the name of the program.
///
/// Errors quote the arguments, so they are made from escaped ones.
pub(crate) fn parse(arguments: &[OsString]) -> Result<Cli, clap::Error> {
    let read = |arguments: &[OsString]| {
        let matches = command().try_get_matches_from(arguments)?;
        Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut command()))
    };
    read(arguments).map_err(|error| {
        let shown = arguments.iter().map(|it| visible(&it.to_string_lossy()).into_owned().into());
        let shown = read(&shown.collect::<Vec<_>>());
        shown.err().unwrap_or_else(|| command().error(error.kind(), ""))
    })
}

/// Returns the colour choice in `arguments`, even if the others are invalid.
pub(crate) fn color_of(arguments: &[OsString]) -> ColorChoice {
    let colors = values_of(arguments, &["--color"]);
    colors.filter_map(|it| ColorChoice::from_str(&it, false).ok()).last().unwrap_or_default()
}

/// Returns the values of an option with these names, even if the other arguments are invalid.
pub(crate) fn values_of(arguments: &[OsString], names: &[&str]) -> impl Iterator<Item = String> {
    let mut words = arguments.iter().map(|argument| argument.to_string_lossy());
    std::iter::from_fn(move || {
        loop {
            let word = words.next()?;
            if names.contains(&&*word) {
                return words.next().map(Cow::into_owned);
            }
            let value = word.split_once('=').filter(|(name, _)| names.contains(name));
            if let Some((_, value)) = value {
                return Some(value.to_owned());
            }
        }
    })
}

/// Typed HTTP API errors for servers and clients, from one errors.yaml
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
Typed HTTP API errors for servers and clients, from one errors.yaml

The default FILE is the errors.yaml in this folder or in the nearest one above it.

Exit status: 0 success; 1 mistakes, or nothing found; 2 wrong usage, or a file that cannot be read or \
written.";

const SHORT_EXAMPLES: &str = "\
Examples:
  kate-errors init                              write a small catalog to start from
  kate-errors import errors.md --out errors.yaml    or convert existing errors
  kate-errors check                             report every mistake in the catalog
  kate-errors diff git:HEAD:errors.yaml errors.yaml    show what a change breaks
  kate-errors explain 402                       every error under a status
  kate-errors generate rust --out src/errors.rs";

const LONG_EXAMPLES: &str = "\
Examples:
  kate-errors init                              write a small catalog to start from
  kate-errors import errors.md --out errors.yaml    or convert existing errors
  kate-errors check                             report every mistake in the catalog
  kate-errors diff git:HEAD:errors.yaml errors.yaml    show what a change breaks
  kate-errors check --format sarif a.yaml b.yaml > diagnostics.sarif
  kate-errors list --format json | jq '.[].code'
  kate-errors explain 402                       every error under a status
  kate-errors explain 'Artifact not found'      what a message means, and what to do
  kate-errors generate rust --out src/errors.rs
  kate-errors generate rust --out src/errors.rs --check";

#[derive(Debug, Subcommand)]
#[expect(clippy::large_enum_variant, reason = "there is one of them")]
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
    Mcp(McpArguments),
    Import(ImportArguments),
    Init(InitArguments),
    Completions(CompletionsArguments),
    Man(ManArguments),
}

/// Report every mistake in catalogs
///
/// Diagnostics go to standard output, and a summary goes to standard error. If `errors.lock` is beside
/// errors.yaml, it also reports codes and messages of released errors that another error uses now: see
/// `kate-errors lock`.
///
/// Exit status: 0 no errors (warnings only count with --deny-warnings); 1 errors, or a breaking change with
/// --against; 2 a file cannot be read, or its lock is damaged. The other files are still checked.
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
    /// Treat warnings as errors
    #[arg(long)]
    pub(crate) deny_warnings: bool,
    /// Ignore errors.lock beside the catalogs
    #[arg(long)]
    pub(crate) no_lock: bool,
    /// Also compare the catalog with an older version, as `kate-errors diff OLD FILE` does
    #[arg(long, value_name = "OLD", value_hint = ValueHint::FilePath)]
    pub(crate) against: Option<PathBuf>,
    /// With --against: allow the changes of a rule, with a reason; can be given several times
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
    /// Workflow commands, which GitHub shows in pull requests
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
/// Without --out, the result is printed. A file is written completely or not at all. Existing files are only
/// overwritten if this command generated them for the same target, which a line at the beginning of the file
/// records. Symbolic links are not followed. In a folder, files that this command generated and no longer
/// generates are removed, and --check reports them.
///
/// `openapi --merge FILE` adds the schema, the responses and the headers to the document FILE, and responses to
/// its operations that the catalog names. `--out` can be FILE itself. Earlier additions are replaced; everything
/// else is kept, including comments and order.
///
/// Exit status: 0 the file is up to date; 1 the catalog has errors, or --check found that the file is stale; 2
/// the file cannot be read or written.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kate-errors generate rust                                  print it
  kate-errors generate rust --out src/errors.rs              write it, for `mod errors;`
  kate-errors generate rust --out src/errors.rs --check      for continuous integration
  kate-errors generate markdown --out docs/errors.md         the reference page
  kate-errors generate html --out site/errors.html           the same, for browsers
  kate-errors generate html --compat git:v1.0:errors.yaml    with a matrix of versions
  kate-errors generate openapi --merge api.yaml --out api.yaml
  kate-errors generate json-schema --out errors.schema.json
  kate-errors generate python --out clients/kate_errors      a package; creates the folder
  kate-errors generate agents --out docs/errors              llms.txt, and a page for each code")]
pub(crate) struct GenerateArguments {
    /// What to generate
    #[arg(value_enum)]
    pub(crate) target: Target,
    #[command(flatten)]
    pub(crate) catalog: CatalogArguments,
    /// The file to write; `-` is standard output; for python and agents, the folder to write into
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) out: Option<PathBuf>,
    /// Write nothing; show how the file differs from the result
    #[arg(long, requires = "out")]
    pub(crate) check: bool,
    /// For openapi: the document to add the errors to, `-` is standard input; keeps its version and format
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath,
        conflicts_with_all = ["format", "openapi_version"])]
    pub(crate) merge: Option<PathBuf>,
    /// For openapi: the format [default: json if PATH ends with .json, else yaml]
    #[arg(long, value_enum)]
    pub(crate) format: Option<openapi::Format>,
    /// For openapi: the version of the specification [default: 3.1]
    #[arg(long, value_enum, value_name = "VERSION")]
    pub(crate) openapi_version: Option<openapi::Version>,
    /// For html: an older version of the catalog; the page shows which clients read which servers, as `compat` does
    #[arg(long, value_name = "VERSION", value_hint = ValueHint::FilePath)]
    pub(crate) compat: Vec<PathBuf>,
}

/// Serve the errors of a catalog, for tests of clients
///
/// `/errors/CODE` responds to any method with the error: with its status, its headers, `x-error-code` and its
/// body. Query parameters set the values of its message; the default is the example in the catalog. With a value
/// of its context, or with `_context=true`, the message includes the context; `_former=1` selects the first
/// former message, `_status=401` another status. `/` lists the paths of all errors as JSON. Mistakes in a request are reported as plain text.
///
/// The routes of the catalog's operations respond with the first error of the operation. The header
/// `x-mock-error: CODE`, or `_error=CODE` in the query, selects another; `CODE?name=value` in the header also
/// sets its values. Browsers may ask from any origin (CORS). A request that accepts `application/problem+json`
/// receives problem details.
///
/// The command prints the address, serves requests until it is stopped, and logs each on standard error. It is
/// meant for tests, and only listens on this machine unless --host says otherwise. It accepts 900 connections
/// at once, each for one minute.
///
/// Exit status: 1 the catalog has errors; 2 the file cannot be read, or the address is not available.
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
    /// The port to listen on; 0 chooses a free one
    #[arg(long, default_value_t = 8080)]
    pub(crate) port: u16,
    /// The address to listen on
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub(crate) host: IpAddr,
}

/// Write a small catalog to start from
///
/// The catalog has comments and passes `kate-errors check`. An existing file is not overwritten.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kate-errors init
  kate-errors init --file billing/errors.yaml
  kate-errors init --file -                     print it")]
#[command(mut_arg("file", |file| file.help("The file to write; `-` is standard output [default: errors.yaml]")))]
pub(crate) struct InitArguments {
    #[command(flatten)]
    pub(crate) catalog: CatalogArguments,
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
    #[arg(value_name = "SUBCOMMAND")]
    pub(crate) subcommand: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        command().debug_assert();
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

    #[test]
    fn the_file_that_a_line_names() {
        let named = |words: &[&str]| {
            let words: Vec<_> = words.iter().map(OsString::from).collect();
            values_of(&words, &["--file", "-f"]).next()
        };
        let some = |path: &str| Some(path.to_owned());
        assert_eq!(named(&["kate-errors", "explain", "--file", "a.yaml", ""]), some("a.yaml"));
        assert_eq!(named(&["kate-errors", "-f", "a.yaml", "explain", ""]), some("a.yaml"));
        assert_eq!(named(&["kate-errors", "explain", "--file=b.yaml", ""]), some("b.yaml"));
        assert_eq!(named(&["kate-errors", "explain", "ru"]), None);
    }
}
