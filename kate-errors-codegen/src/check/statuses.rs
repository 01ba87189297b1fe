//! Rules about statuses: the table, and the status of each row.

use super::Checker;
use crate::finding::{Finding, Label};
use crate::rule;
use crate::syntax::document::{Spanned, Status};

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
    }

    fn table_entry(&mut self, status: &Status) {
        let code = status.code.value;
        let label = |text: &str| Label::new(status.code.span, text);
        if !(100..=599).contains(&code) {
            let message = "a status lies from 100 to 599".to_owned();
            self.report(&rule::STATUS_OUT_OF_RANGE, message, label("out of range"));
        } else if !is_assigned(code) {
            let message = format!("the status {code} is not assigned by IANA");
            self.report(&rule::STATUS_UNASSIGNED, message, label("not assigned"));
        }
    }

    fn row_status(&mut self, status: &Spanned<u16>) {
        let code = status.value;
        if !(400..=599).contains(&code) {
            let message = if code > 599 {
                "this status is above 599, the last that HTTP knows".to_owned()
            } else {
                format!("the status {code} is not one of an error")
            };
            let label = Label::new(status.span, "an error needs 400 to 599");
            self.report(&rule::STATUS_NOT_AN_ERROR, message, label);
        } else if self.whole && !self.statuses.contains_key(&code) {
            let message = format!("the status {code} does not stand in the table `statuses`");
            let label = Label::new(status.span, "not in `statuses`");
            let help = format!("add `{code}: {{ name: …, description: … }}` to `statuses`");
            self.findings.push(Finding::new(&rule::UNKNOWN_STATUS, message, label).help(help));
        }
    }
}

/// Whether IANA's HTTP status code registry assigns the status (418 is reserved there, and unused).
fn is_assigned(status: u16) -> bool {
    matches!(
        status,
        100..=104 | 200..=208 | 226 | 300..=305 | 307 | 308 | 400..=417 | 421..=426 | 428 | 429 | 431
            | 451 | 500..=508 | 510 | 511
    )
}
