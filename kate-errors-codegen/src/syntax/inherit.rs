//! What an error inherits: its status from its section or the catalog, its cause and its fix from its section
//! or its status, and its values for the envelope from both of these.
//!
//! Inherited texts keep their places, so that mistakes are reported where they are written.

use std::collections::HashMap;

use super::document::{Document, Row, Section, Spanned, Status, Text};
use super::wire::Json;
use crate::bases::Bases;

impl Document {
    /// Adds to each error what it inherits.
    pub(super) fn inherit(&mut self) {
        for section in &mut self.sections {
            section.inherit();
        }
        let of_wire = self.wire.as_ref().and_then(|wire| wire.status);
        for row in self.sections.iter_mut().flat_map(|section| &mut section.errors) {
            row.inherit_status(&self.status);
            row.inherit_status(of_wire.as_slice());
        }
        let gives = |status: &Status| {
            status.cause.is_some() || status.fix.is_some() || !status.wire.is_empty()
        };
        if self.statuses.iter().any(gives) {
            self.inherit_from_statuses();
        }
    }

    fn inherit_from_statuses(&mut self) {
        // The status of each error, or of the error that it names with `same_as`.
        let bases = Bases::new(self);
        let status = |row| Some(bases.of(row)?.status.first()?.value);
        let statuses: Vec<Option<u16>> = self.rows().map(status).collect();
        let known: HashMap<u16, &Status> =
            self.statuses.iter().map(|status| (status.code.value, status)).collect();
        let rows = self.sections.iter_mut().flat_map(|section| &mut section.errors);
        for (row, status) in rows.zip(statuses) {
            if let Some(status) = status.and_then(|status| known.get(&status)) {
                row.inherit_texts(status.cause.as_ref(), status.fix.as_ref());
                row.inherit_wire(&status.wire);
            }
        }
    }
}

impl Section {
    fn inherit(&mut self) {
        for row in &mut self.errors {
            row.inherit_status(&self.status);
            row.inherit_texts(self.cause.as_ref(), self.fix.as_ref());
            row.inherit_wire(&self.wire);
        }
    }
}

impl Row {
    fn inherit_wire(&mut self, values: &[(Text, Json)]) {
        for (name, json) in values {
            if self.wire.iter().all(|(known, _)| known.value != name.value) {
                self.wire.push((name.clone(), json.clone()));
            }
        }
    }

    fn inherit_status(&mut self, statuses: &[Spanned<u16>]) {
        if self.status.is_empty() && self.field("status").is_none() && self.same_as.is_none() {
            self.status = statuses.to_vec();
        }
    }

    fn inherit_texts(&mut self, cause: Option<&Text>, fix: Option<&Text>) {
        self.cause = self.cause.take().or_else(|| cause.cloned());
        self.fix = self.fix.take().or_else(|| fix.cloned());
    }
}
