//! Shell completions that depend on the catalog: codes, statuses and sections.

use std::ffi::OsString;
use std::path::PathBuf;

use clap_complete::engine::CompletionCandidate;
use kate_errors_codegen::Catalog;

use crate::catalog_file::{self, is_standard};
use crate::visible::visible;

/// Returns the codes of the errors, each with its message.
pub(crate) fn codes() -> Vec<CompletionCandidate> {
    of_catalog(|catalog| {
        let rows = catalog.rows.iter();
        rows.map(|row| candidate(&row.code, &row.detail.source)).collect()
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
    let named = named_file(std::env::args_os().collect());
    let path = catalog_file::find(named.as_deref()).ok().filter(|path| !is_standard(path));
    let file = path.and_then(|path| catalog_file::compiled(&path).ok());
    file.and_then(|compilation| compilation.catalog().map(candidates)).unwrap_or_default()
}

/// Returns the value of `--file` or `-f` in the command line.
fn named_file(words: Vec<OsString>) -> Option<PathBuf> {
    let mut words = words.into_iter().map(|word| word.to_string_lossy().into_owned());
    while let Some(word) = words.next() {
        if word == "--file" || word == "-f" {
            return words.next().map(PathBuf::from);
        }
        if let Some(path) = word.strip_prefix("--file=") {
            return Some(path.into());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_that_a_line_names() {
        let named = |words: &[&str]| named_file(words.iter().map(OsString::from).collect());
        let some = |path: &str| Some(PathBuf::from(path));
        assert_eq!(named(&["kate-errors", "explain", "--file", "a.yaml", ""]), some("a.yaml"));
        assert_eq!(named(&["kate-errors", "-f", "a.yaml", "explain", ""]), some("a.yaml"));
        assert_eq!(named(&["kate-errors", "explain", "--file=b.yaml", ""]), some("b.yaml"));
        assert_eq!(named(&["kate-errors", "explain", "ru"]), None);
    }
}
