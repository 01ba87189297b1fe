//! Changed parameters and statuses.

use std::collections::{HashMap, HashSet};

use kate_errors_codegen::catalog::{Param, Row};
use kate_errors_codegen::places::Place;
use kate_errors_model::envelope::Slot;
use kate_errors_model::types::Type;

use super::finding::{At, Comparison, is, names, now_and_before, was};
use super::message::MessageForm;
use super::rule::{self, Rule};
use super::witness::{Fate, Sent, Which};
use crate::messages;

impl Comparison<'_> {
    pub(super) fn params(&mut self) {
        let mut of_contexts = HashSet::new();
        for (old, new) in self.both.sent_first() {
            if self.is_inherited(old, new) || self.is_code_reused(old, new) {
                continue;
            }
            let (was_row, is_row) = self.both.rows(old, new);
            let renamed = self.renamed(old, new);
            for (before, after) in &renamed {
                let text =
                    format!("the value `{before}` of `{}` is called `{after}` now", is_row.name);
                let places = now_and_before(Place::Param(new, after), Place::Param(old, before));
                let sides = [(Which::Old, old, before), (Which::New, new, after)];
                let members = sides.map(|(which, row, name)| self.members(which, row, name));
                if members[0] == members[1] {
                    self.find(&rule::PARAMETER_RENAMED, text, &places);
                } else {
                    self.wire(&rule::MEMBER_RENAMED, text, &places, self.both.examples(old, new));
                }
            }
            let (was_catalog, is_catalog) = (self.both.old.catalog, self.both.new.catalog);
            let mut known: Vec<&Param> = was_catalog.params(was_row).collect();
            let own = is_row.params.len();
            for (at, param) in is_catalog.params(is_row).enumerate() {
                let called = renamed.iter().find(|(_, after)| *after == param.name);
                let name = called.map_or(&param.name, |(before, _)| before);
                let Some(at_old) = known.iter().position(|it| it.name == *name) else {
                    if at < own && stands_alone(is_row, at) {
                        self.member(&rule::MEMBER_ADDED, param, (old, new));
                    }
                    continue;
                };
                let before = known.remove(at_old);
                let is_first = at < own || of_contexts.insert((is_row.context, &param.name));
                if is_first {
                    self.param((old, before), (new, param));
                }
            }
            for param in known {
                let at = was_row.params.iter().position(|it| it.name == param.name);
                if at.is_some_and(|at| stands_alone(was_row, at)) {
                    self.member(&rule::MEMBER_REMOVED, param, (old, new));
                }
            }
        }
    }

    /// Reports a value that is in no message, and was added to or removed from bodies.
    fn member(&mut self, of: &'static Rule, param: &Param, (old, new): (usize, usize)) {
        let error = &self.both.new.row(new).name;
        let (what, here, there) = if of == &rule::MEMBER_ADDED {
            let here = (Which::New, Place::Param(new, &param.name), "new");
            ("has another value", here, was(old, "name", "did not have it"))
        } else {
            let here = (Which::Old, Place::Param(old, &param.name), "removed");
            ("lacks a value that it had", here, is(new, "name", "does not have it"))
        };
        let text = format!("`{error}` {what} in its body: `{}`", param.name);
        if param.optional {
            self.find(&rule::OPTIONAL_FIELD, text, &[here, there]);
        } else {
            self.wire(of, text, &[here, there], self.both.examples(old, new));
        }
    }

    /// Returns the names of the members with a value: of its own member, and of its entry in the object of all values.
    pub(super) fn members(&self, which: Which, row: usize, name: &str) -> [Option<String>; 2] {
        let side = self.both.side(which);
        let parts = side.catalog.envelope();
        let envelope = parts.envelope();
        let has_all = envelope.reads_params();
        let mut params = side.catalog.params(side.row(row)).filter(|_| has_all);
        let member = params.find(|param| param.name == name).map(|param| param.member.clone());
        let own = envelope.reads(Slot::Param(name)).then(|| name.to_owned());
        [own, member]
    }

    /// Returns the parameters that were renamed, old and new names: those with the same member or the same place.
    fn renamed(&self, old: usize, new: usize) -> Vec<(String, String)> {
        let mut renamed = self.renamed_in_members(old, new);
        for (before, after) in self.renamed_in_message(old, new) {
            if renamed.iter().all(|(was, is)| *was != before && *is != after) {
                renamed.push((before, after));
            }
        }
        renamed
    }

    fn renamed_in_members(&self, old: usize, new: usize) -> Vec<(String, String)> {
        let (was_row, is_row) = self.both.rows(old, new);
        let was = self.both.old.catalog.params(was_row).map(|param| param.name.as_str());
        let is = self.both.new.catalog.params(is_row).map(|param| param.name.as_str());
        let (was, is): (HashSet<&str>, Vec<&str>) = (was.collect(), is.collect());
        let mut lost: HashMap<_, &str> = was
            .iter()
            .filter(|name| !is.contains(name))
            .map(|name| (self.members(Which::Old, old, name), *name))
            .collect();
        lost.remove(&[None, None]);
        let gained = is.into_iter().filter(|name| !was.contains(name));
        let pair = |name: &str| {
            let before = lost.get(&self.members(Which::New, new, name))?;
            Some(((*before).to_owned(), name.to_owned()))
        };
        gained.filter_map(pair).collect()
    }

    fn renamed_in_message(&self, old: usize, new: usize) -> Vec<(String, String)> {
        let (was_row, is_row) = self.both.rows(old, new);
        let mut a =
            MessageForm::new(self.both.old.catalog.params(was_row), messages::whole(was_row));
        let mut b = MessageForm::new(self.both.new.catalog.params(is_row), messages::whole(is_row));
        if a.literals != b.literals {
            // Another context, or none, does not affect the values before it.
            a = MessageForm::new(was_row.params.iter(), &was_row.detail.parsed);
            b = MessageForm::new(is_row.params.iter(), &is_row.detail.parsed);
        }
        if a.literals != b.literals {
            return Vec::new();
        }
        let pairs = a.names.iter().zip(&b.names);
        let is_new = |(before, after): &(&&str, &&str)| {
            before != after && !b.names.contains(*before) && !a.names.contains(*after)
        };
        pairs.filter(is_new).map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    }

    fn param(&mut self, (old, before): (usize, &Param), (new, after): (usize, &Param)) {
        let name = &self.both.new.row(new).name;
        let about = format!("the value `{}` of `{name}`", after.name);
        let places =
            now_and_before(Place::Param(new, &after.name), Place::Param(old, &before.name));
        if before.sensitive != after.sensitive {
            let not = if after.sensitive { "" } else { "not " };
            let text = format!("{about} is {not}sensitive now");
            self.find(&rule::SENSITIVITY_CHANGED, text, &places);
        }
        let members = [(Which::Old, old, before), (Which::New, new, after)];
        let [was, is] =
            members.map(|(which, row, it)| self.members(which, row, &it.name)[1].clone());
        let moved = was.zip(is).filter(|(was, is)| was != is && before.name == after.name);
        if let Some((was, is)) = moved {
            let text = format!("the member of {about} was `{was}` and is `{is}`");
            self.wire(&rule::MEMBER_RENAMED, text, &places, self.both.examples(old, new));
        }
        if before.optional != after.optional {
            let lacking = |which, row, param: &Param| self.both.without(which, row, param);
            if after.optional {
                let text = format!("{about} can be missing now");
                let sent = lacking(Which::New, new, after);
                self.wire(&rule::MEMBER_OPTIONAL, text, &places, [sent, None]);
            } else {
                let text = format!("{about} is always there now");
                let was_sent = lacking(Which::Old, old, before);
                self.wire(&rule::MEMBER_REQUIRED, text, &places, [None, was_sent]);
            }
        }
        let types = before.choices().zip(after.choices());
        let renamed = types.filter(|(was, is)| was.type_name != is.type_name);
        let (was_row, is_row) = self.both.rows(old, new);
        // The types of a renamed error have its name, so they are renamed too.
        if let Some((was, is)) = renamed.filter(|_| was_row.variant == is_row.variant) {
            let text = format!("the type `{}` is called `{}` now", was.type_name, is.type_name);
            self.find(&rule::TYPE_RENAMED, text, &places);
        }
        if let (Type::OneOf(olds), Type::OneOf(news)) = (&before.ty, &after.ty) {
            let added: Vec<&str> =
                news.iter().filter(|it| !olds.contains(it)).map(|it| &**it).collect();
            let removed: Vec<&str> =
                olds.iter().filter(|it| !news.contains(it)).map(|it| &**it).collect();
            if let Some(first) = added.first() {
                let sent = self.with_value(Which::New, new, after, first);
                let text = format!("{about} can be {} too", names(added.iter().copied()));
                self.wire(&rule::CHOICE_ADDED, text, &places, [sent, None]);
            }
            if let Some(first) = removed.first() {
                let sent = self.with_value(Which::Old, old, before, first);
                let text = format!("{about} cannot be {} any more", names(removed.iter().copied()));
                self.wire(&rule::CHOICE_REMOVED, text, &places, [None, sent]);
            }
        } else if before.ty != after.ty {
            self.ty((old, before), (new, after), &about, &places);
            return;
        }
        if before.field != after.field && types.is_none() {
            let text = format!("{about} has another type in Rust");
            self.find(&rule::FIELD_TYPE_CHANGED, text, &places);
        }
    }

    fn ty(
        &mut self,
        (old, before): (usize, &Param),
        (new, after): (usize, &Param),
        about: &str,
        places: &[At<'_>],
    ) {
        let (a, b) = (before.ty.info().name, after.ty.info().name);
        let sent = [(Which::New, new, after), (Which::Old, old, before)];
        let sent = sent.map(|(which, row, param)| self.least_read(which, row, param));
        let is_wider = holds_all(&after.ty, &before.ty);
        if is_wider && holds_all(&before.ty, &after.ty) {
            let text = format!("{about} has another type in Rust");
            self.find(&rule::FIELD_TYPE_CHANGED, text, places);
            return;
        }
        let fate = |sent: &Sent| self.both.least_read(sent.clone()).1;
        let is_read = |sent: &Option<Sent>| sent.as_ref().is_some_and(|it| fate(it) == Fate::Same);
        // A member has no end mark, so that clients can read what its type does not hold.
        if before.field == after.field && sent.iter().all(is_read) {
            let text = format!("{about} was {a} and is {b}; clients read all values in its member");
            self.wire(&rule::MEMBER_TYPE_CHANGED, text, places, sent);
            return;
        }
        let (rule, what) = if holds_all(&before.ty, &after.ty) {
            (&rule::TYPE_NARROWED, "fewer values than before")
        } else if is_wider {
            (&rule::TYPE_WIDENED, "more values than before")
        } else {
            (&rule::TYPE_CHANGED, "other values than before")
        };
        let text = format!("{about} was {a} and is {b}: {what}");
        self.wire(rule, text, places, sent);
        self.broken.insert(new);
    }

    /// Returns an error with the value of the parameter that clients of the other catalog read least. In members, the
    /// JSON type also counts.
    fn least_read(&self, which: Which, row: usize, param: &Param) -> Option<Sent> {
        let held = candidates(param).into_iter().filter(|value| param.ty.holds(value));
        self.both.least(held.filter_map(|value| self.with_value(which, row, param, value)))
    }

    /// Returns an error with this value, and examples for the others.
    fn with_value(&self, which: Which, row: usize, param: &Param, value: &str) -> Option<Sent> {
        let (side, error) = (self.both.side(which), self.both.side(which).row(row));
        let at = side.catalog.params(error).position(|it| it.name == param.name)?;
        let mut values = side.examples(row);
        value.clone_into(values.get_mut(at)?);
        let template = error.with_context.as_ref().filter(|_| at >= error.params.len());
        Some(self.both.sent(which, row, template.unwrap_or(&error.detail.parsed), &values))
    }

    /// Compares the statuses with which errors are sent. Returns whether all messages were compared that clients tell
    /// apart by them.
    pub(super) fn statuses(&mut self) -> bool {
        let statuses = |which: Which, row: usize| {
            let catalog = self.both.side(which).catalog;
            messages::statuses(catalog, &catalog.rows[row]).map(|it| it.code).collect::<Vec<u16>>()
        };
        let mut pairs = self.both.pairs.both();
        pairs.retain(|&(old, new)| {
            !self.is_inherited(old, new) && statuses(Which::Old, old) != statuses(Which::New, new)
        });
        let (mut others, is_old_whole) = self.common(Which::Old, pairs.iter().map(|it| it.0));
        let (of_new, is_new_whole) = self.common(Which::New, pairs.iter().map(|it| it.1));
        others.extend(of_new);
        for (old, new) in pairs {
            let (was_row, is_row) = self.both.rows(old, new);
            let (was_catalog, is_catalog) = (self.both.old.catalog, self.both.new.catalog);
            let first = (
                was_catalog.statuses[was_row.status].code,
                is_catalog.statuses[is_row.status].code,
            );
            let name = &is_row.name;
            let places = [is(new, "status", "now"), was(old, "status", "before")];
            let kept = |status: u16| messages::has_status(is_catalog, is_row, status);
            let known = |status: u16| messages::has_status(was_catalog, was_row, status);
            if first.0 != first.1 && kept(first.0) && known(first.1) {
                let text = format!("`{name}` is sent with {} first, before {}", first.1, first.0);
                self.find(&rule::STATUS_REORDERED, text, &places);
            } else if first.0 != first.1 {
                let text = format!("the status of `{name}` was {} and is {}", first.0, first.1);
                let sent = [(Which::New, new, first.1), (Which::Old, old, first.0)];
                let sent = sent.map(|(from, row, status)| self.under(from, row, status, &others));
                let both = format!("`status: [{}, {}]`", first.0, first.1);
                self.wire(&rule::STATUS_MOVED, text, &places, sent).help(format!(
                    "list both, {both}; swap them in a release after clients know both"
                ));
                self.broken.insert(new);
            }
            let lost = messages::other_statuses(was_catalog, was_row).filter(|it| !kept(it.code));
            for status in lost {
                let sent = self.under(Which::Old, old, status.code, &others);
                let text = format!("`{name}` is no longer sent with {}", status.code);
                self.wire(&rule::STATUS_DROPPED, text, &places, [None, sent]);
            }
            let gained = messages::other_statuses(is_catalog, is_row).filter(|it| !known(it.code));
            for status in gained {
                let sent = self.under(Which::New, new, status.code, &others);
                let text = format!("`{name}` can also be sent with {}", status.code);
                self.wire(&rule::STATUS_ADDED, text, &places, [sent, None]);
            }
        }
        is_old_whole && is_new_whole
    }

    /// Returns an error with this status: with example values or, if clients of the other catalog read less of one, with one
    /// of these messages.
    fn under(&self, from: Which, row: usize, status: u16, others: &[Sent]) -> Option<Sent> {
        let example = std::iter::once(self.both.example(from, row));
        let others = others.iter().filter(|it| it.from == from && it.row == row).cloned();
        self.both.least(example.chain(others).map(|sent| sent.under(status)))
    }
}

/// Whether the parameter does not occur in the messages that servers send.
fn stands_alone(row: &Row, param: usize) -> bool {
    messages::whole(row).segments.iter().all(|segment| segment.param != param)
}

/// Whether `outer` holds all values of `inner`.
fn holds_all(outer: &Type<'static>, inner: &Type<'static>) -> bool {
    match (outer.info().name, inner) {
        (_, Type::OneOf(choices)) => choices.iter().all(|choice| outer.holds(choice)),
        (_, Type::Scalar(_)) if inner.info().name == "bool" => {
            ["true", "false"].into_iter().all(|value| outer.holds(value))
        }
        ("lines", _) | ("word", Type::Scalar(_)) => true,
        ("text", inner) => inner.info().name != "lines",
        ("decimal", Type::Scalar(_)) => inner.info().field.range().is_some(),
        _ => false,
    }
}

/// Values that may be valid for one type but not for another, besides the examples of the types.
const CANDIDATES: [&str; 7] = [
    "a\nb",
    "two words",
    "word",
    "-7",
    "18446744073709551615",
    "1.5",
    "2024-02-29T12:00:00.5+01:00",
];

/// Returns these values, those of a list of choices, and the example of the type.
fn candidates(param: &Param) -> Vec<&str> {
    let choices = messages::choices(param).unwrap_or_default();
    choices.into_iter().chain(CANDIDATES).chain([param.ty.info().example]).collect()
}

#[cfg(test)]
mod tests {
    use kate_errors_model::types::TYPES;

    use super::*;

    /// Whoever adds a type says in `holds_all` what it holds, and which types hold its values.
    #[test]
    fn types_hold_the_values_of_others() {
        let types = || TYPES.iter().filter_map(|info| Type::named(info.name));
        let values = || TYPES.iter().map(|info| info.example).chain(CANDIDATES);
        let mut wrong = Vec::new();
        for outer in types() {
            for inner in types().filter(|inner| *inner != outer) {
                let only = values().find(|value| inner.holds(value) && !outer.holds(value));
                if holds_all(&outer, &inner) != only.is_none() {
                    wrong.push(format!("{outer:?} and {inner:?}: {only:?}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
