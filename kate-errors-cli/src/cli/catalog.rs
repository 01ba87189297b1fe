//! The arguments that select the catalog: `--file`, in all commands.

use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};

/// The help of `--file` of a command that cannot read the catalog from standard input.
pub(super) const FILE_ONLY: &str =
    "The catalog [default: errors.yaml of this folder or one above it]";

/// The catalog of a command that needs one.
#[derive(Debug, Args)]
pub(crate) struct CatalogArguments {
    /// The catalog; `-` is standard input [default: errors.yaml of this folder or one above it]
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: Option<PathBuf>,
    // The former position of the argument, before all commands had `--file`.
    #[arg(value_name = "CATALOG", hide = true, conflicts_with = "file", value_hint = ValueHint::FilePath)]
    positional: Option<PathBuf>,
}

impl CatalogArguments {
    /// Returns the path of the catalog, if one is given.
    pub(crate) fn given(&self) -> Option<&Path> {
        self.file.as_deref().or(self.positional.as_deref())
    }
}

/// The catalogs of a command that takes several.
#[derive(Debug, Args)]
pub(crate) struct CatalogsArguments {
    /// The catalogs; `-` is standard input [default: errors.yaml of this folder or one above it]
    #[arg(short, long, value_name = "FILE", num_args = 1.., value_hint = ValueHint::FilePath)]
    file: Vec<PathBuf>,
    // As above. Pre-commit hooks and shell globs append names to a command.
    #[arg(value_name = "CATALOG", hide = true, value_hint = ValueHint::FilePath)]
    positional: Vec<PathBuf>,
}

impl CatalogsArguments {
    /// Returns the paths of the catalogs that are given.
    pub(crate) fn given(&self) -> impl Iterator<Item = &Path> {
        self.file.iter().chain(&self.positional).map(PathBuf::as_path)
    }
}

/// The catalog of a command whose other arguments are words.
#[derive(Debug, Args)]
pub(crate) struct NamedCatalog {
    /// The catalog; `-` is standard input [default: errors.yaml of this folder or one above it]
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) file: Option<PathBuf>,
}
