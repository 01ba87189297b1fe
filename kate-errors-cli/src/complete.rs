//! Shell completions that depend on the catalog: codes, statuses and sections.

use std::path::PathBuf;

use clap_complete::engine::CompletionCandidate;
use kate_errors_codegen::Catalog;

use crate::catalog_file::{self, is_standard};
use crate::cli::values_of;
use crate::messages;
use crate::visible::visible;

/// Returns the codes of the errors, each with its message.
pub(crate) fn codes() -> Vec<CompletionCandidate> {
    of_catalog(|catalog| {
        let rows = catalog.rows.iter();
        rows.map(|row| candidate(&row.code, &messages::message(&row.detail.source))).collect()
    })
}

/// Returns the arguments of `explain` that can be completed: codes and statuses.
pub(crate) fn questions() -> Vec<CompletionCandidate> {
    codes().into_iter().chain(statuses()).collect()
}

/// Returns the error statuses of the catalog.
pub(crate) fn statuses() -> Vec<CompletionCandidate> {
    of_catalog(|catalog| {
        let errors = catalog.statuses.iter().filter(|status| status.code >= 400);
        errors.map(|status| candidate(&status.code.to_string(), &status.name)).collect()
    })
}

pub(crate) fn sections() -> Vec<CompletionCandidate> {
    of_catalog(|catalog| {
        catalog.sections.iter().map(|section| candidate(&section.name, "")).collect()
    })
}

fn candidate(value: &str, help: &str) -> CompletionCandidate {
    let help = Some(help).filter(|help| !help.is_empty());
    CompletionCandidate::new(value).help(help.map(|help| visible(help).into_owned().into()))
}

/// Returns candidates from the catalog that the command line names. Without a valid catalog there are none, and no
/// message: it would disturb the line that is being completed.
fn of_catalog(
    candidates: impl Fn(&Catalog) -> Vec<CompletionCandidate>,
) -> Vec<CompletionCandidate> {
    let arguments: Vec<_> = std::env::args_os().collect();
    let named = values_of(&arguments, &["--file", "-f"]).next().map(PathBuf::from);
    let path = catalog_file::find(named.as_deref()).ok().filter(|path| !is_standard(path));
    let file = path.and_then(|path| catalog_file::compiled(&path).ok());
    file.and_then(|compilation| compilation.catalog().map(candidates)).unwrap_or_default()
}
