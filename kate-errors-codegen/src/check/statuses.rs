//! Rules about statuses: those of the catalog, and those of errors.

use std::collections::{BTreeMap, BTreeSet};

use kate_errors_model::status::{is_assigned, is_error};

use super::Checker;
use crate::rule;
use crate::source::Span;
use crate::syntax::document::{Spanned, Status};
use crate::wire::has_body;

impl<'d> Checker<'d> {
    pub(super) fn statuses(&mut self) {
        for status in &self.document.statuses {
            self.table_entry(status);
        }
        for status in self.written_statuses() {
            self.row_status(&status);
        }
        if self.whole {
            self.unknown_statuses();
        }
    }

    /// Returns the statuses that the catalog, sections and errors set. Inherited statuses keep the place where
    /// they are written.
    fn written_statuses(&self) -> impl Iterator<Item = Spanned<u16>> + use<'d> {
        let document = self.document;
        let of_sections = document.sections.iter().flat_map(|section| &section.status);
        let of_rows = document.rows().flat_map(|row| &row.status);
        let written = document.status.iter().chain(of_sections).chain(of_rows);
        written.copied().chain(document.success())
    }

    /// Reports each status that is missing from `statuses`, once for all errors that have it.
    fn unknown_statuses(&mut self) {
        let mut lacking: BTreeMap<u16, BTreeSet<Span>> = BTreeMap::new();
        for status in self.written_statuses() {
            let known = self.statuses.contains_key(&status.value);
            if self.is_of_errors(status.value) && !known {
                lacking.entry(status.value).or_default().insert(status.span);
            }
        }
        for (code, places) in lacking {
            let mut places = places.iter();
            let Some(first) = places.next() else { continue };
            let message = format!("the status {code} is missing from `statuses`");
            let help = format!("add `{code}: {{ name: …, description: … }}` to `statuses`");
            let place = |span: &Span| (*span, "not in `statuses`");
            let diagnostic = self.report(&rule::UNKNOWN_STATUS, message, place(first));
            diagnostic.set_help(help).also_at(places.map(place));
        }
    }

    fn table_entry(&mut self, status: &Status) {
        let code = status.code.value;
        let span = status.code.span;
        if !(100..=599).contains(&code) {
            let message = "a status is a number from 100 to 599".to_owned();
            self.report(&rule::STATUS_OUT_OF_RANGE, message, (span, "out of range"));
        } else if !is_assigned(code) {
            let message = format!("the status {code} is not assigned by IANA");
            self.report(&rule::STATUS_UNASSIGNED, message, (span, "not assigned"));
        }
    }

    /// Whether errors can be sent with the status.
    pub(super) fn is_of_errors(&self, status: u16) -> bool {
        is_error(status) || self.document.success().is_some_and(|success| success.value == status)
    }

    fn row_status(&mut self, status: &Spanned<u16>) {
        let code = status.value;
        if self.is_of_errors(code) {
            return;
        }
        let message = if code > 599 {
            "this status is above 599, the last one in HTTP".to_owned()
        } else {
            format!("{code} is not an error status")
        };
        let label = (status.span, "an error has 400 to 599");
        let diagnostic = self.report(&rule::STATUS_NOT_AN_ERROR, message, label);
        if has_body(code) {
            diagnostic.set_help(format!(
                "give the error a status from 400 to 599; if this API sends errors with {code}, declare it with \
                 `wire: {{ status: {code} }}`"
            ));
        }
    }
}
