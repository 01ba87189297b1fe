//! Gives the other members of bodies their meaning: constants of errors, values, and what only a server knows.

use std::collections::{BTreeMap, BTreeSet};

use kate_errors_codegen::envelope::leaf;
use kate_errors_model::envelope::{Leaf, Slot};
use serde_json::Value;

use super::body::{Body, any};
use super::draft::{Draft, ErrorDraft};
use super::leaves::{each_leaf, leaves};
use super::meaning::{Member, kind_of};
use super::message::{Kind, Message, ParamDraft, Piece, param_name};
use crate::messages::text_of;

/// The members of an error's bodies that are neither message, code nor status.
#[derive(Clone, Debug, Default)]
pub(crate) struct Members {
    pub(super) bodies: usize,
    /// The number of bodies with a code.
    coded: usize,
    /// By JSON pointer: the distinct values, and the number of bodies that have one.
    pub(super) values: BTreeMap<String, (Vec<Value>, usize)>,
}

/// Why there is a parameter for a member.
const MEMBER: &str = "a member of bodies";

/// Why a value of a message is called like a member.
const NAMED: &str = "named after a member of bodies";

/// The maximum number of distinct values of a member that are kept for an error.
const MOST_VALUES: usize = 8;

impl Members {
    /// Adds a body.
    pub(super) fn add(&mut self, body: &Body) {
        self.bodies += 1;
        self.coded += usize::from(body.code.is_some());
        // As in responses, null is a missing value.
        for (pointer, value) in body.members.iter().filter(|(_, value)| !value.is_null()) {
            self.add_values(pointer, std::slice::from_ref(value), 1);
        }
    }

    /// Adds the bodies of the same error elsewhere.
    pub(super) fn join(&mut self, other: &Self) {
        self.bodies += other.bodies;
        self.coded += other.coded;
        for (pointer, (values, count)) in &other.values {
            self.add_values(pointer, values, *count);
        }
    }

    fn add_values(&mut self, pointer: &str, values: &[Value], count: usize) {
        let (known, sum) = self.values.entry(pointer.to_owned()).or_default();
        *sum += count;
        for value in values {
            if known.len() < MOST_VALUES && !known.contains(value) {
                known.push(value.clone());
            }
        }
    }

    /// Whether there are bodies, and none of them has a code, or another value at its place.
    pub(super) fn lack_code(&self, place: &str) -> bool {
        self.bodies > 0 && self.coded == 0 && !self.values.contains_key(place)
    }
}

impl Draft {
    /// Puts places for the members that differ into a format of bodies, and gives errors what it has places for.
    pub(super) fn place_members(&mut self, template: &mut Value) {
        let errors: Vec<&ErrorDraft> = self.sections.iter().flat_map(|it| &it.errors).collect();
        let mut taken: BTreeMap<String, String> = BTreeMap::new();
        each_leaf(template, |pointer, leaf| {
            let Some(member) = Member::at(pointer, &errors) else { return };
            if *leaf != any() && !member.is_of_request() {
                return;
            }
            let Some(found) = member.place() else { return };
            let is_free = found.as_str().is_none_or(|text| {
                // The same values may have several places.
                let first = taken.entry(text.to_owned()).or_insert_with(|| pointer.to_owned());
                Member::at(first, &errors).is_some_and(|it| it.values().eq(member.values()))
            });
            if is_free {
                *leaf = found;
                self.reference = self.reference.take().or_else(|| member.reference());
            }
        });
        self.adopt(template);
    }

    /// Gives errors the constants and the values that the format of bodies has places for.
    fn adopt(&mut self, template: &Value) {
        let names = self.contexts.iter().map(|context| context.name.value.clone());
        let places: BTreeMap<String, usize> = names.zip(0..).collect();
        for place in leaves(template) {
            let Some((leaf, _)) = place.text().and_then(leaf) else { continue };
            for error in self.sections.iter_mut().flat_map(|section| &mut section.errors) {
                let Some((values, count)) = error.members.values.get(&place.pointer) else {
                    continue;
                };
                let (values, optional) = (values.clone(), *count < error.members.bodies);
                let context = error.context.as_ref().and_then(|name| places.get(name));
                let context = context.map(|at| &mut self.contexts[*at].text);
                match (leaf.slot, values.as_slice()) {
                    (Slot::Wire(name), [value]) if error.wire.iter().all(|(it, _)| it != name) => {
                        error.wire.push((name.to_owned(), value.clone()));
                    }
                    // An empty text stands for a value that is missing.
                    (Slot::Param(name), values) if values.iter().any(|it| *it != "") => {
                        error.adopt(ParamDraft::of_member(name, values, optional), context);
                    }
                    (Slot::Params | Slot::ParamsAsStrings, values) => {
                        error.adopt_all(values, context);
                    }
                    _ => {}
                }
            }
        }
    }

    /// Limits errors to what this format of bodies has places for.
    pub(super) fn fit(&mut self, template: &Value) {
        let (mut params, mut has_all) = (BTreeSet::new(), false);
        for (leaf, _) in leaves(template).iter().filter_map(|place| leaf(place.text()?)) {
            match leaf.slot {
                Slot::Param(name) => drop(params.insert(name)),
                Slot::Params | Slot::ParamsAsStrings => has_all = true,
                _ => {}
            }
        }
        for error in self.errors_mut() {
            error.wire.clear();
            error.message.retain_params(|param| has_all || params.contains(param.name.as_str()));
        }
        self.adopt(template);
    }

    /// Removes the places of constants and values that no error has, and marks those of constants as optional that some
    /// errors lack. If the source has the format, the places of optional constants stay.
    pub(super) fn prune_body(&mut self) {
        let (mut constants, mut params) = (BTreeMap::new(), BTreeSet::new());
        let mut count = 0;
        for error in self.sections.iter().flat_map(|section| &section.errors) {
            count += 1;
            for (name, _) in &error.wire {
                *constants.entry(name.as_str()).or_insert(0) += 1;
            }
            // An alias has the parameters of its base.
            let own = error.message.params.iter().filter(|_| error.same_as.is_none());
            params.extend(own.map(|param| param.name.as_str()));
        }
        let of_contexts = self.contexts.iter().flat_map(|it| &it.text.params);
        params.extend(of_contexts.map(|param| param.name.as_str()));
        let are_given = self.body.as_ref().is_some_and(|body| body.guess.is_none());
        let mut visit = |_: &str, text: &mut Value| {
            let is_kept = match text.as_str().and_then(leaf) {
                Some((Leaf { slot: Slot::Wire(name), .. }, is_optional)) => {
                    let found = constants.get(name).copied().unwrap_or_default();
                    if found > 0 && found < count && !is_optional {
                        let [place, optional] =
                            ["", "?"].map(|mark| format!("{{wire.{name}{mark}}}"));
                        *text = text.as_str().unwrap_or_default().replace(&place, &optional).into();
                        return;
                    }
                    found > 0 || is_optional && are_given
                }
                Some((Leaf { slot: Slot::Param(name), .. }, _)) => params.contains(name),
                _ => true,
            };
            if !is_kept {
                *text = any();
            }
        };
        let bodies = self.body.iter_mut().map(|body| &mut body.value).chain(&mut self.reads);
        bodies.for_each(|body| each_leaf(body, &mut visit));
    }
}

impl ParamDraft {
    /// Creates a parameter that is a member of bodies.
    fn of_member(name: &str, values: &[Value], optional: bool) -> Self {
        Self {
            name: name.to_owned(),
            kind: kind_of(values.iter()).map(Kind::Named).unwrap_or_default(),
            example: values.first().map(text_of),
            optional,
            guess: Some(MEMBER.into()),
            ..Self::default()
        }
    }

    /// Whether this is the same member of bodies.
    fn is_same(&self, other: &Self) -> bool {
        let member = |param: &Self| param.member.clone().unwrap_or_else(|| param.name.clone());
        self.name == other.name || member(self) == member(other)
    }

    /// Limits the values of a member to these texts, if its example is one of them.
    pub(super) fn choose_from(&mut self, texts: Option<&Vec<String>>) {
        let is_member = self.guess.as_deref() == Some(MEMBER);
        let has_example = |texts: &&Vec<String>| self.example.iter().any(|it| texts.contains(it));
        if let Some(texts) = texts.filter(|_| is_member).filter(has_example) {
            self.kind = Kind::OneOf(texts.clone());
        }
    }

    /// Whether the name is a guess, and not that of a member.
    fn has_free_name(&self) -> bool {
        self.guess.as_deref().is_some_and(|why| ![MEMBER, NAMED].contains(&why))
    }

    /// Renames a parameter like a member of bodies.
    fn named_after(&mut self, other: Self) {
        (self.name, self.member, self.guess) = (other.name, other.member, Some(NAMED.into()));
    }
}

impl ErrorDraft {
    /// Adds the parameters of objects that have all of them: what is in none of these is text.
    fn adopt_all(&mut self, objects: &[Value], mut context: Option<&mut Message>) {
        let all = objects.iter().filter_map(Value::as_object).flatten().map(|(member, value)| {
            let name = param_name(member);
            let member = Some(member.clone()).filter(|member| *member != name);
            let param = ParamDraft::of_member(&name, std::slice::from_ref(value), false);
            ParamDraft { member, ..param }
        });
        let all: Vec<ParamDraft> = all.collect();
        let is_text = |param: &ParamDraft| {
            param.has_free_name() && all.iter().all(|it| it.example != param.example)
        };
        self.message.take_back(is_text);
        self.message.retain_params(|param| !is_text(param));
        for param in all {
            self.adopt(param, context.as_deref_mut());
        }
    }

    /// Adds a parameter that is a member of bodies, unless the message or the context has it.
    fn adopt(&mut self, param: ParamDraft, context: Option<&mut Message>) {
        let text = param.example.as_deref().unwrap_or_default();
        if let Some(context) = context {
            if context.params.iter().any(|it| it.is_same(&param)) {
                return;
            }
            let known = context.guessed(text).filter(|_| !self.message.has_value(text));
            if let Some(known) = known {
                context.params[known].named_after(param);
                return;
            }
        }
        self.message.push_member(param);
        // No number is a part of the message only.
        self.message_guess.take_if(|_| self.message.plain().is_none());
    }
}

/// Marks the places of the code as optional or, if codes are not sent (`is_sent`), removes them.
pub(super) fn without_some_codes(template: &mut Value, is_sent: bool) {
    each_leaf(template, |_, value| {
        let text = value.as_str().unwrap_or_default();
        match leaf(text) {
            Some((leaf, _)) if leaf.slot == Slot::Code && !is_sent => *value = any(),
            Some((leaf, false)) if leaf.slot == Slot::Code => {
                *value = text.replacen('}', "?}", 1).into();
            }
            _ => {}
        }
    });
}

impl Message {
    /// Puts the examples of members into the message, in place of their values. Returns whether there are any.
    pub(super) fn take_back_members(&mut self) -> bool {
        self.take_back(|param| param.guess.as_deref() == Some(MEMBER))
    }

    /// Puts the examples of these parameters into the message, in place of their values. Returns whether there are any.
    fn take_back(&mut self, is_meant: impl Fn(&ParamDraft) -> bool) -> bool {
        let mut has_any = false;
        for piece in std::mem::take(&mut self.pieces) {
            let example = match &piece {
                Piece::Value(at) if is_meant(&self.params[*at]) => self.params[*at].example.clone(),
                _ => None,
            };
            has_any |= example.is_some();
            match (example, piece) {
                (Some(text), _) | (None, Piece::Text(text)) => self.push_text(&text),
                (None, value) => self.pieces.push(value),
            }
        }
        has_any
    }

    /// Whether the message has a value: of a parameter whose name is a guess, or in a text.
    pub(crate) fn has_value(&self, text: &str) -> bool {
        self.guessed(text).is_some() || self.place_of(text).is_some()
    }

    /// Returns the parameter with this example whose name is a guess.
    fn guessed(&self, text: &str) -> Option<usize> {
        self.params.iter().position(|it| it.has_free_name() && it.example.as_deref() == Some(text))
    }

    /// Returns the piece in which a value occurs once, with the texts around it. A word can be there by chance.
    fn place_of(&self, text: &str) -> Option<(usize, [String; 2])> {
        let is_edge = |text: Option<char>| text.is_none_or(|c| !c.is_alphanumeric());
        let cut = |(at, piece): (usize, &Piece)| {
            let Piece::Text(literal) = piece else { return None };
            let (before, after) = literal.split_once(text)?;
            let is_whole = is_edge(before.chars().next_back()) && is_edge(after.chars().next());
            let has_words =
                before.contains(char::is_alphabetic) || after.contains(char::is_alphabetic);
            (is_whole && has_words && !after.contains(text))
                .then(|| (at, [before, after].map(str::to_owned)))
        };
        let is_word = text.chars().all(|c| c.is_ascii_lowercase() || c.is_whitespace());
        let mut places = self.pieces.iter().enumerate().filter_map(cut);
        places.next().filter(|_| places.next().is_none() && !is_word)
    }

    /// Adds a parameter that is a member of bodies. If the message has its value, it becomes a value of the message.
    pub(crate) fn push_member(&mut self, mut param: ParamDraft) {
        if self.params.iter().any(|it| it.is_same(&param)) {
            return;
        }
        let text = param.example.as_deref().unwrap_or_default();
        if let Some(known) = self.guessed(text) {
            self.params[known].named_after(param);
            return;
        }
        let (place, number) = (self.place_of(text), self.params.len());
        param.optional &= place.is_none();
        self.params.push(param);
        if let Some((at, [before, after])) = place {
            let pieces = [Piece::Text(before), Piece::Value(number), Piece::Text(after)];
            let pieces = pieces.into_iter().filter(|it| *it != Piece::Text(String::new()));
            self.pieces.splice(at..=at, pieces);
        }
    }
}
