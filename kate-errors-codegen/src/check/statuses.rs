//! Rules about statuses: the table, and the status of each row.

use std::collections::BTreeMap;

use super::Checker;
use crate::diagnostic::{Diagnostic, Label};
use crate::rule;
use crate::source::Span;
use crate::syntax::document::{Spanned, Status};

/// How many further rows with a status that the table lacks are shown.
const MAX_PLACES: usize = 4;

impl Checker<'_> {
    pub(super) fn statuses(&mut self) {
        for status in &self.document.statuses {
            self.table_entry(status);
        }
        for row in self.all_rows() {
            if let Some(status) = &row.status {
                self.row_status(status);
            }
        }
        if self.whole {
            self.unknown_statuses();
        }
    }

    /// One diagnostic for each status that the table lacks, however many rows have it.
    fn unknown_statuses(&mut self) {
        let statuses = self.all_rows().filter_map(|row| row.status.as_ref());
        let mut lacking: BTreeMap<u16, Vec<Span>> = BTreeMap::new();
        for status in statuses {
            let known = self.statuses.contains_key(&status.value);
            if is_of_an_error(status.value) && !known {
                lacking.entry(status.value).or_default().push(status.span);
            }
        }
        for (code, places) in lacking {
            let mut labels = places.into_iter().map(|span| Label::new(span, "not in `statuses`"));
            let Some(first) = labels.next() else { continue };
            let message = format!("the status {code} is missing from `statuses`");
            let help = format!("add `{code}: {{ name: …, description: … }}` to `statuses`");
            let diagnostic = Diagnostic::new(&rule::UNKNOWN_STATUS, message, first).help(help);
            self.diagnostics.push(labels.take(MAX_PLACES).fold(diagnostic, Diagnostic::related));
        }
    }

    fn table_entry(&mut self, status: &Status) {
        let code = status.code.value;
        let label = |text: &str| Label::new(status.code.span, text);
        if !(100..=599).contains(&code) {
            let message = "a status is a number from 100 to 599".to_owned();
            self.report(&rule::STATUS_OUT_OF_RANGE, message, label("out of range"));
        } else if !is_assigned(code) {
            let message = format!("the status {code} is not assigned by IANA");
            self.report(&rule::STATUS_UNASSIGNED, message, label("not assigned"));
        }
    }

    fn row_status(&mut self, status: &Spanned<u16>) {
        let code = status.value;
        if !is_of_an_error(code) {
            let message = if code > 599 {
                "this status is above 599, the last one in HTTP".to_owned()
            } else {
                format!("{code} is not an error status")
            };
            let label = Label::new(status.span, "an error has 400 to 599");
            self.report(&rule::STATUS_NOT_AN_ERROR, message, label);
        }
    }
}

/// Whether errors can have the status.
pub(super) fn is_of_an_error(code: u16) -> bool {
    (400..=599).contains(&code)
}

/// Whether IANA's HTTP status code registry assigns the status (418 is reserved there, and unused).
fn is_assigned(status: u16) -> bool {
    matches!(
        status,
        100..=104 | 200..=208 | 226 | 300..=305 | 307 | 308 | 400..=417 | 421..=426 | 428 | 429 | 431
            | 451 | 500..=508 | 510 | 511
    )
}
