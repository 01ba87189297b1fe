//! The expected reading of a response.
//!
//! It follows from how the response was created, not from a decoder: the values are those that were put in. Near
//! misses and unusual values can match other messages too; if one of these has the same rank, the response is
//! omitted.

use std::collections::{BTreeMap, BTreeSet};

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Identity, Operation, Param};
use kate_errors_model::MAX_PARAMS;
use kate_errors_model::envelope::Slot;
use kate_errors_model::template::{FREE_TEXT, Template};
use serde_json::{Value, json};

use super::frame::Made;
use crate::lookup::{Lookup, Message};
use crate::messages;

/// What a client knows about a response besides its message.
#[derive(Clone, Copy, Default)]
pub(super) struct Hints<'c> {
    pub(super) status: u16,
    pub(super) operation: Option<&'c Operation>,
    /// The index of a section.
    pub(super) section: Option<usize>,
    /// The code in the body.
    pub(super) code: Option<&'c str>,
    /// The code in the header.
    pub(super) error_code: Option<&'c str>,
}

pub(super) struct Expectations<'c> {
    catalog: &'c Catalog,
    lookup: Lookup<'c>,
    aliases: Vec<Vec<usize>>,
    /// The errors of each code, in catalog order.
    codes: BTreeMap<&'c str, Vec<usize>>,
    /// Whether bodies have a place for the message; the next field is the same for the code.
    pub(super) has_message: bool,
    pub(super) has_code: bool,
}

/// The rank of an error: whether the response names it, whether the status matches, whether it is in the operation or
/// section, and whether the message is current.
type Rank = [bool; 4];

impl<'c> Expectations<'c> {
    pub(super) fn of(catalog: &'c Catalog) -> Self {
        let reads = |slot| catalog.envelope().envelope().reads(slot);
        let [has_message, has_code] = [Slot::Detail, Slot::Code].map(reads);
        let (lookup, aliases) = (Lookup::of(catalog), catalog.aliases());
        let codes = messages::sent_with_code(catalog);
        Self { catalog, lookup, aliases, codes, has_message, has_code }
    }

    /// Whether several errors have the code.
    pub(super) fn is_shared(&self, code: &str) -> bool {
        self.codes.get(code).is_some_and(|rows| rows.len() > 1)
    }

    /// Returns the hints in a response as servers send it for an error.
    pub(super) fn hints(&self, row: usize) -> Hints<'c> {
        let code = self.catalog.rows[row].sent_code();
        let has_header_alone = !self.has_code && self.catalog.identity != Identity::Detail;
        Hints {
            status: self.status(row),
            code: code.filter(|_| self.has_code),
            error_code: code.filter(|_| has_header_alone),
            ..Hints::default()
        }
    }

    /// Returns the code in the body or, if there is none, in the header.
    fn spoken<'h>(hints: &Hints<'h>) -> Option<&'h str> {
        hints.code.or(hints.error_code)
    }

    /// Returns the first error with the code of the response.
    fn named(&self, hints: &Hints<'_>) -> Option<usize> {
        self.all_named(hints).first().copied()
    }

    /// Returns all errors with the code of the response.
    fn all_named(&self, hints: &Hints<'_>) -> &[usize] {
        let named = Self::spoken(hints).and_then(|code| self.codes.get(code.trim()));
        named.map_or(&[], Vec::as_slice)
    }

    /// Returns the error with the code of the response. If several share it, the status selects one.
    fn named_under(&self, hints: &Hints<'_>) -> Option<usize> {
        match self.all_named(hints) {
            [row] => Some(*row),
            several => several.iter().copied().find(|row| self.has_status(*row, hints)),
        }
    }

    /// Whether the code alone identifies the error, so that the message is only read for its values.
    fn is_by_code(&self, hints: &Hints<'_>, has_message: bool) -> bool {
        let is_either = self.catalog.identity == Identity::CodeOrDetail;
        self.catalog.identity.is_by_code()
            && !(is_either && has_message && Self::spoken(hints).is_none())
    }

    /// Whether the text is a message that a client can find in the response.
    pub(super) fn is_known(&self, text: &str, hints: &Hints<'_>) -> bool {
        !self.readings(text, hints).is_empty()
    }

    /// Returns the messages that match a text. If codes distinguish errors, thousands can share a message or have
    /// free text, so only the errors that the response names are considered.
    fn readings(&self, text: &str, hints: &Hints<'_>) -> Vec<&Message<'c>> {
        let of_one;
        let rows = if self.is_by_code(hints, self.has_message) {
            of_one = self.named_under(hints);
            of_one.as_slice()
        } else if self.catalog.identity == Identity::CodeAndDetail {
            self.all_named(hints)
        } else {
            return self.lookup.read(text);
        };
        let with_base = |row: &usize| [Some(*row), self.catalog.rows[*row].same_as];
        let rows: BTreeSet<usize> = rows.iter().flat_map(with_base).flatten().collect();
        rows.into_iter().flat_map(|row| self.lookup.read_of(row, text)).collect()
    }

    /// Returns the error as which a message is read, and those that share it. Former messages are not inherited.
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

    /// Returns the reading of a response with a message, or `None` if another error has the same rank.
    pub(super) fn known(&self, made: &Made<'_>, hints: &Hints<'_>) -> Option<Value> {
        if (!self.has_message || made.row.detail.parsed.is_unread()) && self.is_rounded(made) {
            return None;
        }
        let readings = self.readings(made.message, hints);
        let is_by_code = self.is_by_code(hints, self.has_message);
        let named = if is_by_code { self.named_under(hints) } else { self.named(hints) };
        let group = self.group(made.at, made.is_former);
        if is_by_code {
            let named = named.filter(|_| self.has_message);
            if !named.is_some_and(|named| group.contains(&named)) {
                let is_one = named.is_some() && !readings.is_empty();
                return (!is_one).then(|| self.other(OTHER_MESSAGE, hints, made)).flatten();
            }
        }
        // If both code and message are required, only errors with the code are ranked, and none has the advantage of
        // being named.
        let needs_both = self.catalog.identity == Identity::CodeAndDetail;
        let code = named.map(|named| self.code(named));
        let is_weighed = |row: &usize| !needs_both || code == Some(self.code(*row));
        let named = named.filter(|_| !needs_both);
        let rank = |row: &usize| self.rank(*row, made.is_former, named, hints);
        let group: Vec<usize> = group.into_iter().filter(is_weighed).collect();
        let best = group.iter().map(rank).max();
        let is_made = |row: usize, is_former: bool| {
            self.group(row, is_former).contains(&made.at) && is_former == made.is_former
        };
        let others = readings.iter().filter(|message| !is_made(message.row, message.is_former()));
        let rank_of = |row: usize, is_former: bool| self.rank(row, is_former, named, hints);
        let mut ranks = others.flat_map(|message| {
            let group = self.group(message.row, message.is_former()).into_iter();
            let is_former = message.is_former();
            group.filter(is_weighed).map(move |row| (row, is_former))
        });
        let speaks_more = ranks.any(|(row, is_former)| Some(rank_of(row, is_former)) >= best);
        if speaks_more {
            return None;
        }
        let Some(best) = best else { return self.other(OTHER_MESSAGE, hints, made) };
        let mut likely = group.iter().copied().filter(|row| rank(row) == best);
        let chosen = likely.next()?;
        let own = made.row.params.len();
        let (own, context) = made.values.split_at(own.min(made.values.len()));
        let params: Vec<&Param> = self.catalog.params(made.row).collect();
        // A context without parameters has no values.
        let is_full = |full: &Template<'_>| full.read(made.message, &mut [""; MAX_PARAMS]);
        let full = made.row.with_context.as_ref();
        let has_context = !made.is_former && (!context.is_empty() || full.is_some_and(is_full));
        Some(json!({
            "outcome": "known",
            "code": self.code(chosen),
            "values": object(&params, own),
            "context_values": has_context.then(|| object(&params[own.len()..], context)),
            "alternatives": likely.map(|row| self.code(row)).collect::<Vec<_>>(),
            "notes": self.notes(chosen, made.is_former, hints),
        }))
    }

    /// Returns the reading of a body whose message is not known for this `reason`, created for the error of `made`.
    /// Returns `None` if its values could be taken for those of the error that the code names.
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
            // Successful responses have no code.
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

    /// Whether JavaScript loses digits of a value, unless the message has it too.
    fn is_rounded(&self, made: &Made<'_>) -> bool {
        let mut params = self.catalog.params(made.row).zip(made.values);
        params.any(|(param, value)| has_many_digits(param, value))
    }

    /// Returns the values that `row` has in members of a body that was created for `made`. Returns `None` if the two
    /// errors differ and have values of the same name, or if a value is rounded.
    fn beside(&self, row: usize, made: &Made<'_>) -> Option<Vec<Option<String>>> {
        let params = |row: usize| self.catalog.params(&self.catalog.rows[row]);
        let parts = self.catalog.envelope();
        let reads = |param: &Param| parts.envelope().reads_value(&param.name);
        if self.is_rounded(made) {
            return None;
        }
        if row == made.at || self.group(row, false) == self.group(made.at, false) {
            let value = |(at, param)| made.values.get(at).filter(|_| reads(param)).cloned();
            return Some((0..).zip(params(row)).map(value).collect());
        }
        let names: Vec<&String> =
            params(made.at).zip(made.values).map(|(it, _)| &it.name).collect();
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
        let lacks_code = Self::spoken(hints).is_none() && !self.catalog.rows[row].without_code;
        if is_either && lacks_code {
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

/// All integers with up to this many digits are less than 2^53.
const MOST_DIGITS: usize = 15;

/// Whether JavaScript may round a number with these digits.
pub(super) fn has_many_digits(param: &Param, digits: &str) -> bool {
    param.is_integer() && digits.len() > MOST_DIGITS
}

/// The message is not in the catalog, or belongs to another error than the code.
pub(super) const OTHER_MESSAGE: &str = "other_message";

/// There is nothing in the place of the message.
pub(super) const NO_DETAIL: &str = "no_detail";

/// The response has no code.
const NO_CODE: &str = "no_code";

/// Returns values by the names of their parameters.
pub(super) fn object(params: &[&Param], values: &[String]) -> Value {
    let members = params.iter().zip(values);
    members.map(|(param, value)| (param.name.clone(), json!(value))).collect()
}

/// Like [`object`], without missing values.
fn of_those_there(params: &[&Param], values: &[Option<String>]) -> Value {
    let members = params.iter().zip(values);
    members
        .filter_map(|(param, value)| Some((param.name.clone(), json!(value.as_ref()?))))
        .collect()
}

/// Returns the reading of a response without a known error.
pub(super) fn unknown(reason: &str, named: Option<&str>) -> Value {
    json!({ "outcome": "unknown", "reason": reason, "named": named })
}

/// Returns the reading of a successful response.
pub(super) fn not_an_error() -> Value {
    json!({ "outcome": "not_an_error" })
}
