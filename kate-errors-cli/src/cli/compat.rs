//! The arguments of `compat`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

/// Show which clients read the errors of which servers
///
/// Every version is a server and a client. Each error is rendered by the servers of one version, and decoded by
/// the clients of another: as itself, by its code only, as unknown, or as another error, which must never happen.
/// An error that has another name in the other version counts as itself. Versions are files, `-` for standard
/// input, or `git:REVISION:PATH`.
///
/// Exit status: 0 no error can be read as another one, or with other values; 1 some error can; 2 a file cannot be
/// read, or has errors.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kate-errors compat git:v1.4.0:errors.yaml git:v2.0.0:errors.yaml errors.yaml
  kate-errors compat old.yaml new.yaml --format markdown >> CHANGELOG.md
  kate-errors compat old.yaml new.yaml --format json | jq '.cells[] | select(.unknown > 0)'")]
pub(crate) struct CompatArguments {
    /// The versions, two or more, the oldest first
    #[arg(value_name = "VERSION", num_args = 2.., required = true, value_hint = ValueHint::FilePath)]
    pub(crate) files: Vec<PathBuf>,
    /// How the matrix is shown
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: CompatFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum CompatFormat {
    /// A table, followed by the errors that are not read as themselves
    #[default]
    Text,
    /// An object with the versions and the cells
    Json,
    /// The same as text, as Markdown
    Markdown,
}
