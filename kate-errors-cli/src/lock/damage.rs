//! The ways in which a lock can be damaged, as diagnostics of its text.

use kate_errors_codegen::source::Source;
use kate_errors_codegen::{Compilation, Diagnostic};

use super::rule::LOCK_DAMAGED;
use super::text::RELEASE;
use crate::catalog_file::foreign;

/// Why a lock is rejected. Lines are counted from 1.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Damage {
    /// It was not written by this command.
    Foreign,
    /// It has no releases.
    Empty,
    /// The checksums of these lines do not match.
    Changed { lines: Vec<usize> },
    /// A line of an unknown kind.
    Unknown { line: usize },
    /// A fact of a release that the lock does not list.
    NoRelease { line: usize, release: String },
    /// Lines that were added with a release are missing.
    Missing { line: usize, release: String, count: usize },
    /// An unresolved merge conflict.
    Unmerged { line: usize },
}

/// Wraps the text of a damaged lock together with its diagnostics.
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
                    let text = source.text().lines().nth(line.saturating_sub(1));
                    let message = if text.is_some_and(|text| text.starts_with(RELEASE)) {
                        "this line was changed by hand, or is not in its place"
                    } else {
                        "this line was changed by hand"
                    };
                    found(*line, message, "has another checksum")
                };
                return lines.iter().map(of).collect();
            }
            Self::Foreign => {
                let message = "the file does not begin as a lock does";
                found(1, message, "not the first line of a lock").help(
                    "restore it: `git log -p` shows the original; `check --no-lock` ignores it",
                )
            }
            Self::Empty => found(1, "the lock has no releases", "nothing follows")
                .help("restore it: `git log -p` shows the original; or delete it, if nothing was released"),
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
