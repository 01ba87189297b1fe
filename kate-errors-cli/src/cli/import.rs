//! The arguments of `import`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use crate::import::Format;

/// Convert existing errors to a catalog: pages, documents, tables, Python
///
/// It reads a page with tables of errors, the responses of an OpenAPI document, a table in CSV or JSON, or the
/// errors that a Python package raises. What a catalog needs and the source lacks, such as codes, is inferred and
/// marked with `# guess:`. What cannot be imported is listed on standard error, with file and line.
///
/// If the file of --out is a catalog, new errors are added to it. The existing text is not changed. If the source
/// says something else, the difference is listed.
///
/// Exit status: 0 everything was imported; 1 something was left out, or nothing was found; 2 a file cannot be
/// read or written.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kate-errors import docs/errors.md                          print the catalog
  kate-errors import docs/errors.md --out errors.yaml
  kate-errors import src/app --out errors.yaml               the errors of a Python package
  kate-errors import api.yaml errors.csv --out errors.yaml   both in one catalog
  curl -s https://docs.example.com/errors | kate-errors import - --from html")]
pub(crate) struct ImportArguments {
    /// Files, or folders of Python; `-` is standard input
    #[arg(value_name = "SOURCE", value_hint = ValueHint::FilePath, required = true)]
    pub(crate) sources: Vec<PathBuf>,
    /// The format of the sources [default: detected from names and contents]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) from: Option<Format>,
    /// The catalog to write, or to add to; `-` is standard output
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) out: Option<PathBuf>,
}
