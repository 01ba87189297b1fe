//! Why a lock cannot be trusted, as diagnostics of its own text.

use kate_errors_codegen::source::Source;
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
        let found = |line: usize, message: &str, label: &str| {
            let place = source.line_span(line.saturating_sub(1));
            Diagnostic::new(&LOCK_DAMAGED, message, (place, label))
        };
        vec![match self {
            Self::Changed { lines } => {
                let of = |line: &usize| {
                    found(*line, "this line was changed by hand", "has another checksum")
                };
                return lines.iter().map(of).collect();
            }
            Self::Foreign => {
                let message = "the file does not begin as a lock does";
                found(1, message, "not the first line of a lock").help(
                    "restore it: `git log -p` shows the original; `check --no-lock` ignores it",
                )
            }
            Self::Unknown { line } => found(*line, "this line cannot be understood", "unknown")
                .help("update `kate-errors`: a newer version of it may have written the line"),
            Self::NoRelease { line, release } => {
                let message = format!("the release `{release}` is not in the list of releases");
                found(*line, &message, "refers to it")
                    .help("restore the line of the release: `git log -p` shows it")
            }
            Self::Missing { line, release, count } => {
                let message = format!(
                    "{count} of the lines that came with the release `{release}` are missing"
                );
                found(*line, &message, "says how many there were")
                    .help("restore them: `git log -p` shows them")
            }
            Self::Unmerged { line } => {
                found(*line, "the lock has merge conflicts", "the first one")
                    .help("run `kate-errors lock`, which resolves them")
            }
        }]
    }
}
