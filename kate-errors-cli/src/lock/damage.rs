//! The ways in which a lock can be damaged, as diagnostics of its text.

use kate_errors_codegen::source::Source;
use kate_errors_codegen::{Compilation, Diagnostic};

use super::rule::LOCK_DAMAGED;
use crate::catalog_file::foreign;

/// Why a lock is rejected: what is wrong with some of its lines, which are counted from 1.
#[derive(Debug)]
pub(crate) struct Damage {
    pub(super) lines: Vec<(usize, String)>,
    pub(super) label: &'static str,
    /// What to do about it. If it is empty, the rule says it.
    pub(super) help: &'static str,
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
    pub(super) fn of(
        line: usize,
        message: impl Into<String>,
        label: &'static str,
        help: &'static str,
    ) -> Self {
        Self { lines: vec![(line, message.into())], label, help }
    }

    /// The first line of an unresolved merge conflict.
    pub(crate) fn unmerged(line: usize) -> Self {
        let help = "run `kate-errors lock`, which resolves them";
        Self::of(line, "the lock has merge conflicts", "the first one", help)
    }

    fn diagnostics(&self, source: &Source) -> Vec<Diagnostic> {
        let found = |(line, message): &(usize, String)| {
            let place = source.line_span(line.saturating_sub(1));
            let found = Diagnostic::new(&LOCK_DAMAGED, message, (place, self.label));
            if self.help.is_empty() { found } else { found.help(self.help) }
        };
        self.lines.iter().map(found).collect()
    }
}
