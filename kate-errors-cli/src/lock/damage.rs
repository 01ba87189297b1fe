//! Why a lock cannot be trusted, as diagnostics of its own text.

use kate_errors_codegen::source::{Source, Span};
use kate_errors_codegen::{Compilation, Diagnostic};

use super::rule::LOCK_DAMAGED;
use crate::catalog_file::foreign;

/// Why a file cannot be trusted; lines are counted from 1.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Damage {
    /// This command did not write it.
    Foreign,
    /// Lines are not as they were written.
    Changed { lines: Vec<usize> },
    /// A line of a kind that is not known.
    Unknown { line: usize },
    /// A fact of a release that is not in the list.
    NoRelease { line: usize, release: String },
    /// Lines are gone that came with a release.
    Missing { line: usize, release: String, count: usize },
    /// Its merge is not done.
    Unmerged { line: usize },
}

/// A lock that cannot be trusted: its text, and what is wrong with it.
pub(crate) fn damaged(name: &str, bytes: &[u8], damage: &Damage) -> Compilation {
    let mut lock = foreign(name, bytes);
    let is_text = std::str::from_utf8(bytes).is_ok();
    let not_text = || Source::read(name, bytes).1;
    lock.add(if is_text { damage.diagnostics(&lock.source) } else { not_text() });
    lock
}

impl Damage {
    fn diagnostics(&self, source: &Source) -> Vec<Diagnostic> {
        let line = |number: usize| source.line_span(number.saturating_sub(1));
        let found = |span: Span, message: &str, label: &str| {
            Diagnostic::new(&LOCK_DAMAGED, message, (span, label))
        };
        match self {
            Self::Foreign => {
                let message = "the file does not begin as a lock does";
                vec![found(line(1), message, "not the first line of a lock").help(
                    "restore it: `git log -p` shows the original; `check --no-lock` ignores it",
                )]
            }
            Self::Changed { lines } => {
                let of = |number: &usize| {
                    found(line(*number), "this line was changed by hand", "has another checksum")
                };
                lines.iter().map(of).collect()
            }
            Self::Unknown { line: number } => {
                let message = "this line cannot be understood";
                vec![
                    found(line(*number), message, "unknown").help(
                        "update `kate-errors`: a newer version of it may have written the line",
                    ),
                ]
            }
            Self::NoRelease { line: number, release } => {
                let message = format!("the release `{release}` is not in the list of releases");
                vec![
                    found(line(*number), &message, "refers to it")
                        .help("restore the line of the release: `git log -p` shows it"),
                ]
            }
            Self::Missing { line: number, release, count } => {
                let message = format!(
                    "{count} of the lines that came with the release `{release}` are missing"
                );
                vec![
                    found(line(*number), &message, "says how many there were")
                        .help("restore them: `git log -p` shows them"),
                ]
            }
            Self::Unmerged { line: number } => {
                let message = "the lock has merge conflicts";
                vec![
                    found(line(*number), message, "the first one")
                        .help("run `kate-errors lock`, which resolves them"),
                ]
            }
        }
    }
}
