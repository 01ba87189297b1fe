//! The arguments of `import`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use crate::import::Format;

/// Make a catalog of what is there already: pages, documents, tables
///
/// A page with tables of errors, the responses of an OpenAPI document, a table in CSV or JSON, what a Python
/// package raises: what they say becomes a catalog. What they do not say and a catalog needs, such as codes, is concluded and marked with
/// `# guess:` in its line. What cannot be carried over is listed on standard error, with file and line.
///
/// Where the file of --out is a catalog, errors that are new are added to it. What is there stays letter by
/// letter, and where the source says something else, that is listed.
///
/// Exit status: 0 everything was carried over; 1 something was left out, or nothing was found; 2 a file
/// cannot be read or written.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kate-errors import docs/errors.md                          print the catalog
  kate-errors import docs/errors.md --out errors.yaml
  kate-errors import src/app --out errors.yaml               what a Python package raises
  kate-errors import api.yaml errors.csv --out errors.yaml   one catalog of both
  curl -s https://docs.example.com/errors | kate-errors import - --from html")]
pub(crate) struct ImportArguments {
    /// What to read: files, folders of Python; `-` is standard input
    #[arg(value_name = "SOURCE", value_hint = ValueHint::FilePath, required = true)]
    pub(crate) sources: Vec<PathBuf>,
    /// What the sources are [default: what their names and their texts say]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) from: Option<Format>,
    /// The catalog to write, or to add to; `-` is standard output
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) out: Option<PathBuf>,
}
