//! What an envelope lacks: values for its placeholders, and places for what the catalog has.

use std::collections::{BTreeMap, HashSet};

use kate_errors_model::envelope::{Envelope, Form, Leaf, Piece, Place, Slot};

use super::mistake;
use crate::bases::Bases;
use crate::diagnostic::Diagnostic;
use crate::envelope::{self, SLOTS};
use crate::suggest::{self, did_you_mean};
use crate::syntax::document::{Document, Identity, Param, Row};
use crate::syntax::wire::Json;

/// Catalogs contain no such text.
pub(super) const UNUSUAL: &str = "\u{FFFD}";

impl Document {
    /// Returns what the envelope lacks: values for its placeholders, or a place for what identifies errors.
    pub(super) fn missing(&self, envelope: &Envelope<'_>, source: &Json) -> Vec<Diagnostic> {
        let mut missing = Vec::new();
        for (slot, form, is_required) in slots(envelope.pieces) {
            match slot {
                Slot::Param(name) => {
                    let is_always_there = is_required && form == Form::Inside;
                    missing.extend(self.unknown_parameter(name, source));
                    missing.extend(self.empty_text(name, source).filter(|_| is_always_there));
                }
                Slot::Wire(name) if is_required => missing.extend(self.rows_without(name)),
                _ => {}
            }
        }
        if !source.is_rejected() {
            missing.extend(self.unused_values(envelope));
        }
        missing.extend(self.unsent_value(envelope, source));
        let header = self.header().and_then(|(_, value)| envelope::leaf(value));
        missing.extend(self.left_out(Slot::Detail, envelope, source));
        if header.is_none() && self.identity() != Identity::Detail {
            missing.extend(self.left_out(Slot::Code, envelope, source));
        }
        if missing.is_empty() {
            missing.extend(self.cut(envelope, header.map(|(leaf, _)| leaf), source));
        }
        if missing.is_empty() {
            missing.extend(self.too_long(envelope));
            missing.extend(other_element(envelope, source));
        }
        if missing.is_empty() {
            missing.extend(self.without_place(self.identity().slots(), envelope, source));
        }
        missing
    }

    /// Returns what an older envelope lacks. It is never written, and needs no code if it has the message.
    pub(super) fn missing_of_older(
        &self,
        envelope: &Envelope<'_>,
        source: &Json,
    ) -> Vec<Diagnostic> {
        let slots = match self.identity() {
            Identity::Code if !envelope.reads(Slot::Detail) => &[Slot::Code],
            _ => &[Slot::Detail],
        };
        let unknown = envelope.places.iter().filter_map(|place| match place.leaf()?.slot {
            Slot::Param(name) => self.unknown_parameter(name, source),
            _ => None,
        });
        let missing: Vec<_> = unknown.chain(self.without_place(slots, envelope, source)).collect();
        if missing.is_empty() { self.cut(envelope, None, source) } else { missing }
    }

    /// Returns what identifies errors and has no place in a body.
    fn without_place<'d>(
        &'d self,
        slots: &'d [Slot<'d>],
        envelope: &'d Envelope<'_>,
        source: &'d Json,
    ) -> impl Iterator<Item = Diagnostic> + use<'d> {
        let has_place = |slot: &Slot<'_>| {
            *slot == Slot::Code && self.header().is_some() || envelope.reads(*slot)
        };
        slots.iter().filter(move |slot| !has_place(slot)).map(|slot| {
            let name = if *slot == Slot::Code { "code" } else { "detail" };
            let message =
                format!("errors are identified by their {name}, and the body has no place for it");
            mistake(message, format!("no `{{{name}}}` here"), source.place(""))
        })
    }

    /// Returns the errors without a value that the body always has.
    fn rows_without<'d>(&'d self, name: &'d str) -> impl Iterator<Item = Diagnostic> + use<'d> {
        let lacks_value = move |row: &&Row| row.wire.iter().all(|(known, _)| known.value != name);
        let bases = Bases::new(self);
        let rows = self.rows().filter(lacks_value).filter(move |it| self.lists_status(it, &bases));
        rows.map(move |row| {
            let span = row.code.as_ref().map_or(row.span, |code| code.span);
            let message = format!(
                "the body always has `{{wire.{name}}}`, and this error has no value for it"
            );
            mistake(message, format!("add `wire: {{ {name}: … }}`"), span)
        })
    }

    /// Returns the mistake of a code or message that a body may lack, because its text is left out if another value in it is
    /// missing.
    fn left_out(
        &self,
        read: Slot<'_>,
        envelope: &Envelope<'_>,
        source: &Json,
    ) -> Option<Diagnostic> {
        let all = |has: &dyn Fn(&Row) -> bool| self.rows().all(has);
        let is_there = |slot: Slot<'_>| match slot {
            slot if slot == read => true,
            Slot::Code => all(&|row| row.without_code.is_none()),
            Slot::DocsUrl => self.reference.is_some(),
            Slot::Param(name) => all(&|row| {
                row.params.iter().any(|param| param.name.value == name && !param.optional)
            }),
            Slot::Wire(name) => all(&|row| row.wire.iter().any(|(known, _)| known.value == name)),
            Slot::Detail | Slot::Status | Slot::Title | Slot::Cause | Slot::Fix => true,
            _ => false,
        };
        let mut body = Vec::new();
        envelope.write(&mut body, |slot, _, out| {
            out.extend_from_slice(if slot == read { UNUSUAL.as_bytes() } else { b"-" });
            is_there(slot)
        });
        let is_sent = body.windows(UNUSUAL.len()).any(|part| part == UNUSUAL.as_bytes());
        if is_sent || !envelope.reads(read) {
            return None;
        }
        let (name, start) =
            if read == Slot::Code { ("code", "{code") } else { ("message", "{detail") };
        let message = format!("the body of an error may lack its {name}");
        let label = "left out if another value in the same text is missing";
        Some(mistake(message, label, source.place_of(start)))
    }

    /// Returns the mistake of a value that is neither in a member nor in the message, so that no client could read the
    /// error, or of a context without a value that shows that it is there.
    fn unsent_value(&self, envelope: &Envelope<'_>, source: &Json) -> Option<Diagnostic> {
        if envelope.reads(Slot::Detail) {
            return None;
        }
        let is_unsent = |param: &&Param| !envelope.reads_value(&param.name.value);
        let unsent = |row: &Row| {
            let key = row.key.as_ref()?;
            let name = row.context.as_ref().map(|it| &it.value);
            let context = self.contexts.iter().find(|it| Some(&it.name.value) == name);
            let mut params = row.params.iter().chain(context.into_iter().flat_map(|it| &it.params));
            if let Some(Param { name, .. }) = params.find(is_unsent) {
                let add = format!("add `{{detail}}`, `{{params}}` or `{{{name}}}`");
                let label = format!("{add}; or write the message without it");
                return Some((format!("`{name}` of `{key}`"), label));
            }
            let is_seen = context?.params.iter().any(|param| !param.optional);
            let label = "add `{detail}`, or give the context a value that it always has".to_owned();
            (!is_seen).then(|| (format!("the context of `{key}`"), label))
        };
        let (what, label) = self.rows().find_map(unsent)?;
        let message = format!("the body has no place for {what}, so no client can read the error");
        Some(mistake(message, label, source.place("")))
    }

    /// Returns the values of errors that have no place in the body, or are not scalars.
    fn unused_values(&self, envelope: &Envelope<'_>) -> Vec<Diagnostic> {
        let slots: HashSet<&str> = slots(envelope.pieces)
            .into_iter()
            .filter_map(|(slot, ..)| match slot {
                Slot::Wire(name) => Some(name),
                _ => None,
            })
            .collect();
        // Errors that inherit a value share its place, where it is reported once.
        let mut mistakes = BTreeMap::new();
        let of_statuses = self.statuses.iter().flat_map(|status| &status.wire);
        for (name, json) in of_statuses.chain(self.rows().flat_map(|row| &row.wire)) {
            let text = name.value.as_str();
            let found = if !slots.contains(text) {
                let near = suggest::nearest(text, slots.iter().copied());
                let label =
                    did_you_mean(near, || format!("write `{{wire.{text}}}` where it belongs"));
                mistake(format!("the body has no place for `{text}`"), label, name.span)
            } else if json.text.starts_with(['{', '[', 'n']) {
                let message = format!("`{text}` must be a text, a number or a boolean");
                mistake(message, "not one value", json.place(""))
            } else {
                continue;
            };
            mistakes.entry(name.span.start).or_insert(found);
        }
        mistakes.into_values().collect()
    }

    /// Returns the mistake of a text that is written without a value that can be missing. Clients would read a value there.
    fn empty_text(&self, name: &str, source: &Json) -> Option<Diagnostic> {
        self.params().find(|param| param.optional && param.name.value == name)?;
        let message = format!("the body always has the text of `{name}`, which can be missing");
        let label = format!("write `{{{name}?}}`, so that the member is left out");
        Some(mistake(message, label, source.place_of(&format!("{{{name}"))))
    }

    fn unknown_parameter(&self, name: &str, source: &Json) -> Option<Diagnostic> {
        let params = || self.params().map(|param| param.name.value.as_str());
        if params().any(|param| param == name) {
            return None;
        }
        let known = SLOTS.iter().map(|(slot, ..)| *slot).chain(params());
        let label = match suggest::nearest(name, known) {
            Some(near) => format!("did you mean `{{{near}}}`?"),
            None if matches!(name, "message" | "msg") => "the message is `{detail}`".to_owned(),
            None => {
                format!("`{{request.{name}}}` is a value that the server sets for each response")
            }
        };
        let place = source.place_of(&format!("{{{name}"));
        Some(mistake(format!("no error has a parameter `{name}`"), label, place))
    }
}

/// Returns the mistake of an array in which clients read another element than the one with the placeholders.
fn other_element(envelope: &Envelope<'_>, source: &Json) -> Option<Diagnostic> {
    let mut body = Vec::new();
    envelope.write(&mut body, |slot, form, out| {
        let text = match slot {
            Slot::NextField | Slot::Field(_) | Slot::MessageByField | Slot::MessagesByField => {
                return false;
            }
            Slot::Params | Slot::ParamsAsStrings => "{}",
            _ if form == Form::Inside => UNUSUAL,
            _ => "\"\u{FFFD}\"",
        };
        out.extend_from_slice(text.as_bytes());
        true
    });
    let found = envelope.find(&body).ok()?;
    let is_lost = |leaf: &Leaf<'_>| {
        let expected = match leaf.slot {
            Slot::Params | Slot::ParamsAsStrings => "{}",
            Slot::Code | Slot::Detail | Slot::Param(_) => UNUSUAL,
            _ => return false,
        };
        found.get(leaf.slot).is_none_or(|value| value.as_str() != expected)
    };
    let mut leaves = envelope.places.iter().filter_map(Place::leaf);
    (leaves.any(is_lost) || found.lists_others()).then(|| {
        let message = "clients read another element of an array than the one with the placeholders";
        mistake(message, "give that element a constant that no other one has", source.place(""))
    })
}

/// Returns the slots that are written, the form of each, and whether it is written even without a value.
fn slots<'p>(pieces: &'p [Piece<'p>]) -> Vec<(Slot<'p>, Form, bool)> {
    let (mut slots, mut optional) = (Vec::new(), 0..0);
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Slot(slot, form) => slots.push((*slot, *form, !optional.contains(&at))),
            Piece::Optional(length) => optional = at..at + length + 1,
            _ => {}
        }
    }
    slots
}
