//! What a client must read in a response.
//!
//! It follows from how the response was made, not from a decoder that read it: the values are those that were put in.
//! Of the other messages that the text is too, which only near misses and odd values are, it is known only that they
//! are there; where as much speaks for one of them, the response is left out.

use std::collections::BTreeSet;

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Operation, Param};
use serde_json::{Value, json};

use crate::lookup::Lookup;
use crate::messages::aliases;

/// What a client knows about a response beside its body.
#[derive(Clone, Copy, Default)]
pub(super) struct Hints<'c> {
    pub(super) status: u16,
    pub(super) operation: Option<&'c Operation>,
    /// The index of a section.
    pub(super) section: Option<usize>,
    /// The header `x-error-code`.
    pub(super) error_code: Option<&'c str>,
}

/// A message as it was made.
pub(super) struct Made<'m> {
    pub(super) row: usize,
    pub(super) is_former: bool,
    pub(super) message: &'m str,
    /// The values of the error, and those of its context if the message has it.
    pub(super) values: &'m [String],
}

pub(super) struct Expectations<'c> {
    catalog: &'c Catalog,
    lookup: Lookup<'c>,
    aliases: Vec<Vec<usize>>,
    codes: BTreeSet<&'c str>,
}

/// How much speaks for an error: what the server names, the status, where the response comes from, and that the message
/// is the current one.
type Rank = [bool; 4];

impl<'c> Expectations<'c> {
    pub(super) fn of(catalog: &'c Catalog) -> Self {
        let codes = catalog.rows.iter().map(|row| row.code.as_str()).collect();
        Self { catalog, lookup: Lookup::of(catalog), aliases: aliases(catalog), codes }
    }

    /// Whether a text is a message of the catalog.
    pub(super) fn is_known(&self, text: &str) -> bool {
        !self.lookup.read(text).is_empty()
    }

    /// The error as which a message is read, and those that share it. A former message is the error's own.
    fn group(&self, row: usize, is_former: bool) -> Vec<usize> {
        let base = self.catalog.rows[row].same_as.filter(|_| !is_former).unwrap_or(row);
        std::iter::once(base).chain(self.aliases[base].iter().copied()).collect()
    }

    fn is_within(&self, row: usize, hints: &Hints<'_>) -> bool {
        hints.operation.is_none_or(|operation| operation.rows.binary_search(&row).is_ok())
            && hints.section.is_none_or(|section| section == self.catalog.rows[row].section)
    }

    fn rank(&self, row: usize, is_former: bool, hints: &Hints<'_>) -> Rank {
        let has_scope = hints.operation.is_some() || hints.section.is_some();
        [
            hints.error_code.map(str::trim) == Some(&self.catalog.rows[row].code),
            self.status(row) == hints.status,
            has_scope && self.is_within(row, hints),
            !is_former,
        ]
    }

    pub(super) fn status(&self, row: usize) -> u16 {
        self.catalog.statuses[self.catalog.rows[row].status].code
    }

    /// What is read in a message; `None` where as much speaks for another error.
    pub(super) fn known(&self, made: &Made<'_>, hints: &Hints<'_>) -> Option<Value> {
        let group = self.group(made.row, made.is_former);
        let rank = |row: &usize| self.rank(*row, made.is_former, hints);
        let best = group.iter().map(rank).max()?;
        let readings = self.lookup.read(made.message);
        let mut others = readings
            .iter()
            .filter(|(message, _)| (message.row, message.is_former) != (group[0], made.is_former));
        let speaks_more = others.any(|(message, _)| {
            let mut group = self.group(message.row, message.is_former).into_iter();
            group.any(|row| self.rank(row, message.is_former, hints) >= best)
        });
        if speaks_more {
            return None;
        }
        let mut likely = group.iter().copied().filter(|row| rank(row) == best);
        let chosen = likely.next()?;
        let own = self.catalog.rows[made.row].params.len();
        let (own, context) = made.values.split_at(own.min(made.values.len()));
        let params: Vec<&Param> = self.catalog.params(&self.catalog.rows[made.row]).collect();
        let has_context = !made.is_former && !context.is_empty();
        Some(json!({
            "outcome": "known",
            "code": self.code(chosen),
            "values": object(&params, own),
            "context_values": has_context.then(|| object(&params[own.len()..], context)),
            "alternatives": likely.map(|row| self.code(row)).collect::<Vec<_>>(),
            "notes": self.notes(chosen, made.is_former, hints),
        }))
    }

    fn code(&self, row: usize) -> &'c str {
        &self.catalog.rows[row].code
    }

    fn notes(&self, row: usize, is_former: bool, hints: &Hints<'_>) -> Vec<Value> {
        let mut notes = Vec::new();
        let (expected, received) = (self.status(row), hints.status);
        if expected != received {
            notes.push(
                json!({ "kind": "status_differs", "expected": expected, "received": received }),
            );
        }
        if is_former {
            notes.push(json!({ "kind": "former_message" }));
        }
        if self.catalog.rows[row].retired.is_some() {
            notes.push(json!({ "kind": "retired" }));
        }
        if !self.is_within(row, hints) {
            notes.push(json!({ "kind": "out_of_scope" }));
        }
        if let Some(code) = hints.error_code.map(str::trim).filter(|code| *code != self.code(row)) {
            notes.push(if self.codes.contains(code) {
                json!({ "kind": "code_contradicts", "named": code })
            } else {
                json!({ "kind": "code_unknown" })
            });
        }
        notes
    }
}

/// Values by the names of their parameters.
pub(super) fn object(params: &[&Param], values: &[String]) -> Value {
    let members = params.iter().zip(values);
    members.map(|(param, value)| (param.name.clone(), json!(value))).collect()
}

/// What is read in a response that is not in the catalog.
pub(super) fn unknown(reason: &str, named: Option<&str>) -> Value {
    json!({ "outcome": "unknown", "reason": reason, "named": named })
}
