//! What a client must read in a response.
//!
//! It follows from how the response was made, not from a decoder that read it: the values are those that were put in.
//! Of the other messages that the text is too, which only near misses and odd values are, it is known only that they
//! are there; where as much speaks for one of them, the response is left out.

use std::collections::{BTreeMap, BTreeSet};

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Identity, Operation, Param};
use kate_errors_model::envelope::Slot;
use kate_errors_model::template::FREE_TEXT;
use serde_json::{Value, json};

use crate::lookup::{Lookup, Message};
use crate::messages;

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
    /// The errors that have a code, in the order of the catalog.
    codes: BTreeMap<&'c str, Vec<usize>>,
    /// Whether bodies have a place for the message, and for the code.
    pub(super) has_message: bool,
    pub(super) has_code: bool,
}

/// How much speaks for an error: what the server names, the status, where the response comes from, and that the message
/// is the current one.
type Rank = [bool; 4];

impl<'c> Expectations<'c> {
    pub(super) fn of(catalog: &'c Catalog) -> Self {
        let reads = |slot| catalog.envelope().envelope().reads(slot);
        let [has_message, has_code] = [Slot::Detail, Slot::Code].map(reads);
        let (lookup, aliases) = (Lookup::of(catalog), catalog.aliases());
        let codes = messages::with_code(catalog);
        Self { catalog, lookup, aliases, codes, has_message, has_code }
    }

    /// Whether several errors have the code.
    pub(super) fn is_shared(&self, code: &str) -> bool {
        self.codes[code].len() > 1
    }

    /// What is known of a response as servers send it with an error.
    pub(super) fn hints(&self, row: usize) -> Hints<'c> {
        let code = Some(self.code(row));
        let has_header_alone = !self.has_code && self.catalog.identity != Identity::Detail;
        Hints {
            status: self.status(row),
            code: code.filter(|_| self.has_code),
            error_code: code.filter(|_| has_header_alone),
            ..Hints::default()
        }
    }

    /// What the body says as a code, or the header where the body says none.
    fn spoken<'h>(hints: &Hints<'h>) -> Option<&'h str> {
        hints.code.or(hints.error_code)
    }

    /// The error that the body names, or the header where the body has no code: the first one that has the code.
    fn named(&self, hints: &Hints<'_>) -> Option<usize> {
        self.all_named(hints).first().copied()
    }

    /// All errors that have the code of the response.
    fn all_named(&self, hints: &Hints<'_>) -> &[usize] {
        let named = Self::spoken(hints).and_then(|code| self.codes.get(code.trim()));
        named.map_or(&[], Vec::as_slice)
    }

    /// The error whose code the response has: where several share one, the one with the status of the response.
    fn named_under(&self, hints: &Hints<'_>) -> Option<usize> {
        match self.all_named(hints) {
            [row] => Some(*row),
            several => several.iter().copied().find(|row| self.has_status(*row, hints)),
        }
    }

    /// Whether the code alone tells which error it is: its message is looked at for values alone.
    fn is_by_code(&self, hints: &Hints<'_>, has_message: bool) -> bool {
        let is_either = self.catalog.identity == Identity::CodeOrDetail;
        self.catalog.identity.is_by_code()
            && !(is_either && has_message && Self::spoken(hints).is_none())
    }

    /// Whether a text is a message that a client can find in the response.
    pub(super) fn is_known(&self, text: &str, hints: &Hints<'_>) -> bool {
        !self.readings(text, hints).is_empty()
    }

    /// The messages that a text is. Thousands of errors may have one in common, or any text as theirs, where codes tell
    /// them apart: there only those of the errors that the response names are looked at.
    fn readings(&self, text: &str, hints: &Hints<'_>) -> Vec<&Message<'c>> {
        let of_one;
        let rows = if self.is_by_code(hints, self.has_message) {
            of_one = self.named_under(hints);
            of_one.as_slice()
        } else if self.catalog.identity == Identity::CodeAndDetail {
            self.all_named(hints)
        } else {
            return self.lookup.read(text).into_iter().map(|(message, _)| message).collect();
        };
        let with_base = |row: &usize| [Some(*row), self.catalog.rows[*row].same_as];
        let rows: BTreeSet<usize> = rows.iter().flat_map(with_base).flatten().collect();
        let read = rows.into_iter().flat_map(|row| self.lookup.read_of(row, text));
        read.map(|(message, _)| message).collect()
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

    fn rank(&self, row: usize, is_former: bool, named: Option<usize>, hints: &Hints<'_>) -> Rank {
        let has_scope = hints.operation.is_some() || hints.section.is_some();
        [
            named == Some(row),
            self.has_status(row, hints),
            has_scope && self.is_within(row, hints),
            !is_former,
        ]
    }

    fn has_status(&self, row: usize, hints: &Hints<'_>) -> bool {
        messages::has_status(self.catalog, &self.catalog.rows[row], hints.status)
    }

    pub(super) fn status(&self, row: usize) -> u16 {
        self.catalog.statuses[self.catalog.rows[row].status].code
    }

    /// What is read in a response with a message; `None` where as much speaks for another error.
    pub(super) fn known(&self, made: &Made<'_>, hints: &Hints<'_>) -> Option<Value> {
        let readings = self.readings(made.message, hints);
        let is_by_code = self.is_by_code(hints, self.has_message);
        let named = if is_by_code { self.named_under(hints) } else { self.named(hints) };
        let group = self.group(made.row, made.is_former);
        if is_by_code {
            let named = named.filter(|_| self.has_message);
            if !named.is_some_and(|named| group.contains(&named)) {
                let is_one = named.is_some() && !readings.is_empty();
                return (!is_one).then(|| self.other(OTHER_MESSAGE, hints, made)).flatten();
            }
        }
        // Where code and message are needed, only errors that have the code are weighed, and none of them is named.
        let needs_both = self.catalog.identity == Identity::CodeAndDetail;
        let code = named.map(|named| self.code(named));
        let is_weighed = |row: &usize| !needs_both || code == Some(self.code(*row));
        let named = named.filter(|_| !needs_both);
        let rank = |row: &usize| self.rank(*row, made.is_former, named, hints);
        let group: Vec<usize> = group.into_iter().filter(is_weighed).collect();
        let best = group.iter().map(rank).max();
        let is_made = |row: usize, is_former: bool| {
            self.group(row, is_former).contains(&made.row) && is_former == made.is_former
        };
        let others = readings.iter().filter(|message| !is_made(message.row, message.is_former));
        let rank_of = |row: usize, is_former: bool| self.rank(row, is_former, named, hints);
        let mut ranks = others.flat_map(|message| {
            let group = self.group(message.row, message.is_former).into_iter();
            let is_former = message.is_former;
            group.filter(is_weighed).map(move |row| (row, is_former))
        });
        let speaks_more = ranks.any(|(row, is_former)| Some(rank_of(row, is_former)) >= best);
        if speaks_more {
            return None;
        }
        let Some(best) = best else { return self.other(OTHER_MESSAGE, hints, made) };
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

    /// What is read where the place of the message has none of the catalog, for this reason, in a body that was made for
    /// an error; `None` where values of another error could be taken for those of the one that is named.
    pub(super) fn other(&self, reason: &str, hints: &Hints<'_>, made: &Made<'_>) -> Option<Value> {
        let named = self.named(hints);
        let code = named.map(|row| self.code(row));
        let has_message = self.has_message && reason == OTHER_MESSAGE;
        let has_code = Self::spoken(hints).is_some();
        let without_error = match (named, has_code) {
            (Some(_), _) => OTHER_MESSAGE,
            (None, true) => "other_code",
            (None, false) => NO_CODE,
        };
        let by_detail = self.catalog.identity.is_by_detail();
        let refused = |reason| {
            // A success has no code.
            if self.catalog.success == Some(hints.status) && reason == NO_CODE {
                return not_an_error();
            }
            let mut expect = unknown(reason, code);
            if self.catalog.identity.is_by_code() && code.is_some() {
                expect["code"] = json!(code);
            }
            expect
        };
        if !self.is_by_code(hints, has_message) || !(has_message || has_code) {
            let is_missing = reason == NO_DETAIL || !self.has_message;
            let needs_code = self.catalog.identity != Identity::Detail;
            let reason = match self.catalog.identity {
                Identity::CodeAndDetail if reason == OTHER_MESSAGE => without_error,
                _ if needs_code && is_missing && !by_detail => without_error,
                _ => reason,
            };
            return Some(refused(reason));
        }
        let Some(row) = self.named_under(hints) else { return Some(refused(without_error)) };
        let values = self.beside(row, made)?;
        let (own, all) =
            (self.catalog.rows[row].params.len(), self.catalog.params(&self.catalog.rows[row]));
        let params: Vec<&Param> = all.collect();
        let has_free_text = self.catalog.rows[row].detail.source == FREE_TEXT;
        let text = if has_message { made.message } else { "" };
        let value = |(param, value): (&&Param, &Option<String>)| {
            let is_text = has_free_text && param.name == "detail";
            value.clone().or_else(|| is_text.then(|| text.to_owned()))
        };
        let of_own: Vec<Option<String>> = params.iter().zip(&values[..own]).map(value).collect();
        let are_there = |params: &[&Param], values: &[Option<String>]| {
            params.iter().zip(values).all(|(param, value)| param.optional || value.is_some())
        };
        if !are_there(&params[..own], &of_own) {
            return Some(refused(OTHER_MESSAGE));
        }
        let (of_context, context) = (&params[own..], &values[own..]);
        let has_context = context.iter().any(Option::is_some) && are_there(of_context, context);
        let mut notes = self.notes(row, false, hints);
        notes.extend((has_message && !has_free_text).then(|| json!({ "kind": "other_message" })));
        Some(json!({
            "outcome": "known",
            "code": code,
            "values": of_those_there(&params, &of_own),
            "context_values": has_context.then(|| of_those_there(of_context, context)),
            "alternatives": [],
            "notes": notes,
        }))
    }

    /// The values of an error that a body has in members of their own which was made for another one, or for itself;
    /// `None` where the other one has values of the same names.
    fn beside(&self, row: usize, made: &Made<'_>) -> Option<Vec<Option<String>>> {
        let params = |row: usize| self.catalog.params(&self.catalog.rows[row]);
        let parts = self.catalog.envelope();
        let reads = |param: &Param| parts.envelope().reads_value(&param.name);
        if row == made.row || self.group(row, false) == self.group(made.row, false) {
            let value = |(at, param)| made.values.get(at).filter(|_| reads(param)).cloned();
            return Some((0..).zip(params(row)).map(value).collect());
        }
        let names: Vec<&String> =
            params(made.row).zip(made.values).map(|(it, _)| &it.name).collect();
        let is_same = |param: &Param| reads(param) && names.contains(&&param.name);
        (!params(row).any(is_same)).then(|| vec![None; params(row).count()])
    }

    fn code(&self, row: usize) -> &'c str {
        &self.catalog.rows[row].code
    }

    fn notes(&self, row: usize, is_former: bool, hints: &Hints<'_>) -> Vec<Value> {
        let mut notes = Vec::new();
        let (expected, received) = (self.status(row), hints.status);
        if !self.has_status(row, hints) {
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
        let is_either = self.catalog.identity == Identity::CodeOrDetail;
        if is_either && Self::spoken(hints).is_none() {
            notes.push(json!({ "kind": "no_code" }));
        }
        let header = hints.error_code.map(str::trim).filter(|header| hints.code != Some(*header));
        for code in hints.code.into_iter().chain(header).map(str::trim) {
            match self.codes.get(code) {
                Some(named) if named.contains(&row) => {}
                Some(_) => notes.push(json!({ "kind": "code_contradicts", "named": code })),
                None => notes.push(json!({ "kind": "code_unknown" })),
            }
        }
        notes
    }
}

/// The message is not in the catalog, or is that of another error than the code names.
pub(super) const OTHER_MESSAGE: &str = "other_message";

/// Nothing stands in the place of the message.
pub(super) const NO_DETAIL: &str = "no_detail";

/// Nothing says which error it is.
const NO_CODE: &str = "no_code";

/// Values by the names of their parameters.
pub(super) fn object(params: &[&Param], values: &[String]) -> Value {
    let members = params.iter().zip(values);
    members.map(|(param, value)| (param.name.clone(), json!(value))).collect()
}

/// The same, without those that are missing.
fn of_those_there(params: &[&Param], values: &[Option<String>]) -> Value {
    let members = params.iter().zip(values);
    members
        .filter_map(|(param, value)| Some((param.name.clone(), json!(value.as_ref()?))))
        .collect()
}

/// What is read in a response that is not in the catalog.
pub(super) fn unknown(reason: &str, named: Option<&str>) -> Value {
    json!({ "outcome": "unknown", "reason": reason, "named": named })
}

/// What is read in the response of a success.
pub(super) fn not_an_error() -> Value {
    json!({ "outcome": "not_an_error" })
}
