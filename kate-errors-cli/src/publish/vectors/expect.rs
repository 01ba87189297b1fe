//! What a client must read in a response.
//!
//! It follows from how the response was made, not from a decoder that read it: the values are those that were put in.
//! Of the other messages that the text is too, which only near misses and odd values are, it is known only that they
//! are there; where as much speaks for one of them, the response is left out.

use std::collections::BTreeMap;

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Identity, Operation, Param};
use kate_errors_model::envelope::Slot;
use serde_json::{Value, json};

use crate::lookup::Lookup;
use crate::messages::aliases;

/// What a client knows about a response beside its message.
#[derive(Clone, Copy, Default)]
pub(super) struct Hints<'c> {
    pub(super) status: u16,
    pub(super) operation: Option<&'c Operation>,
    /// The index of a section.
    pub(super) section: Option<usize>,
    /// The code in the body.
    pub(super) code: Option<&'c str>,
    /// The header with the code.
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
    codes: BTreeMap<&'c str, usize>,
    /// Whether bodies have a place for the message, and for the code.
    pub(super) has_message: bool,
    pub(super) has_code: bool,
}

/// How much speaks for an error: what the server names, the status, where the response comes from, and that the message
/// is the current one.
type Rank = [bool; 4];

impl<'c> Expectations<'c> {
    pub(super) fn of(catalog: &'c Catalog) -> Self {
        let codes = (0..).zip(&catalog.rows).map(|(at, row)| (row.code.as_str(), at)).collect();
        let reads = |slot| catalog.envelope().envelope().reads(slot);
        let [has_message, has_code] = [Slot::Detail, Slot::Code].map(reads);
        let (lookup, aliases) = (Lookup::of(catalog), aliases(catalog));
        Self { catalog, lookup, aliases, codes, has_message, has_code }
    }

    /// What is known of a response as servers send it with an error.
    pub(super) fn hints(&self, row: usize) -> Hints<'c> {
        let code = Some(self.code(row));
        let has_header_alone = !self.has_code && self.catalog.identity == Identity::Code;
        Hints {
            status: self.status(row),
            code: code.filter(|_| self.has_code),
            error_code: code.filter(|_| has_header_alone),
            ..Hints::default()
        }
    }

    /// The error that the body names, or the header where the body has no code.
    fn named(&self, hints: &Hints<'_>) -> Option<usize> {
        self.codes.get(hints.code.or(hints.error_code)?.trim()).copied()
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
            self.named(hints) == Some(row),
            self.status(row) == hints.status,
            has_scope && self.is_within(row, hints),
            !is_former,
        ]
    }

    pub(super) fn status(&self, row: usize) -> u16 {
        self.catalog.statuses[self.catalog.rows[row].status].code
    }

    /// What is read in a response with a message; `None` where as much speaks for another error.
    pub(super) fn known(&self, made: &Made<'_>, hints: &Hints<'_>) -> Option<Value> {
        let group = self.group(made.row, made.is_former);
        if self.catalog.identity == Identity::Code {
            let named = self.named(hints).filter(|_| self.has_message);
            let is_of = |group: &[usize]| named.is_some_and(|named| group.contains(&named));
            if !is_of(&group) {
                let readings = self.lookup.read(made.message);
                let mut groups = readings.iter().map(|(it, _)| self.group(it.row, it.is_former));
                let is_one = groups.any(|group| is_of(&group));
                return (!is_one).then(|| self.other(OTHER_MESSAGE, hints));
            }
        }
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

    /// What is read where the place of the message has none of the catalog, for this reason.
    pub(super) fn other(&self, reason: &str, hints: &Hints<'_>) -> Value {
        let named = self.named(hints);
        let code = named.map(|row| self.code(row));
        if self.catalog.identity == Identity::Detail {
            return unknown(reason, code);
        }
        let Some(row) = named else {
            let is_there = hints.code.or(hints.error_code).is_some();
            return unknown(if is_there { "other_code" } else { "no_code" }, None);
        };
        if !self.catalog.rows[row].params.is_empty() {
            let mut expect = unknown(OTHER_MESSAGE, code);
            expect["code"] = json!(code);
            return expect;
        }
        let mut notes = self.notes(row, false, hints);
        let has_message = self.has_message && reason == OTHER_MESSAGE;
        notes.extend(has_message.then(|| json!({ "kind": "other_message" })));
        json!({
            "outcome": "known",
            "code": code,
            "values": {},
            "context_values": null,
            "alternatives": [],
            "notes": notes,
        })
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
        let header = hints.error_code.map(str::trim).filter(|header| hints.code != Some(*header));
        for code in hints.code.into_iter().chain(header).map(str::trim) {
            match self.codes.get(code) {
                Some(named) if *named == row => {}
                Some(_) => notes.push(json!({ "kind": "code_contradicts", "named": code })),
                None => notes.push(json!({ "kind": "code_unknown" })),
            }
        }
        notes
    }
}

/// The message is none of the catalog, or not one of the error that the code names.
pub(super) const OTHER_MESSAGE: &str = "other_message";

/// Values by the names of their parameters.
pub(super) fn object(params: &[&Param], values: &[String]) -> Value {
    let members = params.iter().zip(values);
    members.map(|(param, value)| (param.name.clone(), json!(value))).collect()
}

/// What is read in a response that is not in the catalog.
pub(super) fn unknown(reason: &str, named: Option<&str>) -> Value {
    json!({ "outcome": "unknown", "reason": reason, "named": named })
}
