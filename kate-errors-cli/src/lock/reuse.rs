//! Finds codes and messages of released errors that other errors use now, and released errors that are missing.
//!
//! The lock is what clients know. As `diff` compares two versions, this compares a catalog with everything that was
//! released before it. Only what is not in the lock is compared, with what is no longer in the catalog; `check`
//! covers the rest.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use kate_errors_codegen::catalog::{Identity, Param, Row};
use kate_errors_codegen::clash::{common_message, shared};
use kate_errors_codegen::diagnostic::Diagnostic;
use kate_errors_codegen::places::Place;
use kate_errors_codegen::{Catalog, Compilation, rule};
use kate_errors_model::template::{Template, literals};
use kate_errors_model::types::Type;

use super::facts::{
    full_message, of_catalog, of_member, parameter, quoted, template, typed, unquoted,
};
use super::rule::{LOCK_MISSING_ERROR, LOCK_REUSED_CODE, LOCK_REUSED_MEMBER, LOCK_REUSED_TEXT};
use super::{Fact, Kind, Lock, Time};
use crate::diff::texts::readable;
use crate::messages;

/// The maximum number of former types of a parameter that are compared.
const MOST_TYPES: usize = 8;

/// Stands for any status in the keys of [`added`], for errors whose status has changed.
const ANY: &str = "*";

/// Compares a catalog with its lock. Returns nothing if the catalog does not compile.
pub(crate) fn reuse(lock: &Lock, compilation: &Compilation) -> Vec<Diagnostic> {
    let Some(catalog) = compilation.catalog() else { return Vec::new() };
    let released = Released::of(lock, catalog);
    let mut found = released.missing(compilation);
    found.extend(released.codes(compilation));
    found.extend(released.members(compilation));
    if catalog.identity != Identity::Code || catalog.older_without_code().is_some() {
        found.extend(released.texts(compilation));
    }
    found
}

struct Released<'l> {
    lock: &'l Lock,
    catalog: &'l Catalog,
    now: BTreeSet<Fact>,
    /// Errors of the newest release that are gone, each with the same error under another name, if there is one.
    gone: Vec<(&'l str, Option<usize>)>,
    /// For each error, its name and its former names in the lock.
    names: Vec<Vec<&'l str>>,
}

/// A released message that is no longer in the catalog.
struct Message<'l> {
    fact: &'l Fact,
    time: Time,
    template: Template<'static>,
}

/// A message that is not in the lock.
struct New<'l> {
    row: usize,
    field: &'static str,
    value: String,
    template: &'l Template<'static>,
}

/// Returns the errors that are not in the newest release, by codes and messages that identify an error of the lock.
fn added(lock: &Lock, catalog: &Catalog) -> HashMap<String, Vec<usize>> {
    let mut rows: HashMap<String, Vec<usize>> = HashMap::new();
    let is_released = |row: &Row| lock.facts_of(&row.name).any(|(_, time)| time.last.is_none());
    for (at, row) in catalog.rows.iter().enumerate().filter(|(_, row)| !is_released(row)) {
        // An error that was also reworded is identified by its former messages.
        let texts =
            || std::iter::once(&row.detail).chain(&row.former).map(|it| literals(&it.source));
        let statuses = messages::statuses(catalog, row).map(|status| status.code.to_string());
        let keys = statuses.chain([ANY.to_owned()]);
        let keys = keys.flat_map(|status| texts().map(move |text| format!("{status} {text}")));
        for key in keys.chain(row.sent_code().map(quoted)) {
            rows.entry(key).or_default().push(at);
        }
    }
    rows
}

impl<'l> Released<'l> {
    fn of(lock: &'l Lock, catalog: &'l Catalog) -> Self {
        let mut names: Vec<Vec<&str>> =
            catalog.rows.iter().map(|row| vec![row.name.as_str()]).collect();
        let is_open = |time: &Time| time.last.is_none();
        let mut open: Vec<(&Fact, &Time)> =
            lock.facts.iter().filter(|(_, time)| is_open(time)).collect();
        let known: HashSet<&str> = names.iter().flatten().copied().collect();
        open.retain(|(fact, _)| !known.contains(fact.error.as_str()));
        let added = added(lock, catalog);
        let gone: Vec<(&str, Option<usize>)> = open
            .chunk_by(|(a, _), (b, _)| a.error == b.error)
            .map(|facts| (facts[0].0.error.as_str(), renamed(catalog, &added, facts)))
            .collect();
        for (error, row) in &gone {
            if let Some(row) = row {
                names[*row].push(error);
            }
        }
        Self { lock, catalog, now: of_catalog(catalog), gone, names }
    }

    fn has(&self, names: &[&str], kind: Kind, value: &str) -> bool {
        let fact =
            |error: &&str| Fact { error: (*error).to_owned(), kind, value: value.to_owned() };
        names.iter().map(fact).any(|fact| self.lock.facts.contains_key(&fact))
    }

    /// Reports errors of the newest release that are neither in the catalog nor reserved.
    fn missing(&self, compilation: &Compilation) -> Vec<Diagnostic> {
        let reserved = &self.catalog.reserved;
        let reserved = reserved.codes.iter().chain(&reserved.details);
        let reserved: HashSet<String> = reserved.map(|text| literals(text)).collect();
        let mut found = Vec::new();
        for (error, row) in &self.gone {
            let code = row.and_then(|row| self.catalog.rows[row].sent_code()).map(quoted);
            let open: Vec<(&Fact, &Time)> =
                self.lock.facts_of(error).filter(|(_, time)| time.last.is_none()).collect();
            // An error with the same code but another name is the same error for clients.
            let is_settled = |(fact, _): &(&Fact, &Time)| {
                unquoted(&fact.value).is_some_and(|text| reserved.contains(&literals(&text)))
                    || fact.kind == Kind::Code && Some(&fact.value) == code.as_ref()
            };
            let Some((_, time)) = open.first().filter(|_| !open.iter().any(is_settled)) else {
                continue;
            };
            let when = self.lock.when(**time);
            let message = format!("the error `{error}`, released {when}, is not in the catalog");
            let label = (compilation.place(Place::Catalog), "in this catalog");
            let mut diagnostic = Diagnostic::new(&LOCK_MISSING_ERROR, message, label);
            if let Some(row) = row {
                let place = compilation.place(Place::Error(*row, "code"));
                let name = &self.catalog.rows[*row].name;
                diagnostic = diagnostic.related((place, "has its message")).help(format!(
                    "if it is `{name}` now, keep its code, or put the old one under `reserved`"
                ));
            }
            found.push(diagnostic);
        }
        found
    }

    /// Reports codes that belonged to other errors.
    fn codes(&self, compilation: &Compilation) -> Vec<Diagnostic> {
        let mut owners: HashMap<&str, (&Fact, Time)> = HashMap::new();
        for (fact, time) in &self.lock.facts {
            if fact.kind == Kind::Code && !self.now.contains(fact) {
                owners.entry(&fact.value).or_insert((fact, *time));
            }
        }
        let of_another = |at: usize, row: &Row| {
            let code = quoted(row.sent_code()?);
            if let Some(time) = self.is_other_than_before(row) {
                return Some(("a deleted error".to_owned(), time));
            }
            // Errors can share a code if their messages distinguish them.
            let is_shared = self.catalog.identity == Identity::CodeAndDetail;
            if is_shared || self.has(&self.names[at], Kind::Code, &code) {
                return None;
            }
            let (fact, time) = owners.get(code.as_str())?;
            Some((format!("`{}`", fact.error), *time))
        };
        let rows = self.catalog.rows.iter().enumerate();
        let reused = rows.filter_map(|(at, row)| Some((at, row, of_another(at, row)?)));
        let diagnostic = |(at, row, (owner, time)): (usize, &Row, (String, Time))| {
            let when = self.lock.when(time);
            let message = format!("the code `{}` was that of {owner}, released {when}", row.code);
            let place = compilation.place(Place::Error(at, "code"));
            Diagnostic::new(&LOCK_REUSED_CODE, message, (place, "used again"))
        };
        reused.map(diagnostic).collect()
    }

    /// Reports members that had other values of their errors.
    fn members(&self, compilation: &Compilation) -> Vec<Diagnostic> {
        let mut now: HashMap<&str, BTreeMap<&str, String>> = HashMap::new();
        for fact in self.now.iter().filter(|fact| fact.kind == Kind::Member) {
            now.entry(&fact.error).or_default().extend(of_member(&fact.value));
        }
        let mut found = Vec::new();
        for (at, row) in self.catalog.rows.iter().enumerate() {
            let Some(members) = now.get(row.name.as_str()) else { continue };
            let params: Vec<&Param> = self.catalog.params(row).collect();
            let segments = || messages::whole(row).segments.iter();
            let is_in_message = |param| segments().any(|it| params[it.param].name == param);
            for (param, member) in members {
                // What is in the message is read from it, unless the code identifies the error.
                if !self.catalog.identity.is_by_code() && is_in_message(*param) {
                    continue;
                }
                let Some((before, time)) = self.other_value(at, members, param) else { continue };
                let (name, when) = (&row.name, self.lock.when(time));
                let message = format!(
                    "the member `{member}` of `{name}` had the value `{before}`, released {when}"
                );
                let place = compilation.place(Place::Param(at, param));
                found.push(Diagnostic::new(&LOCK_REUSED_MEMBER, message, (place, "used again")));
            }
        }
        found
    }

    /// Returns the other parameter whose value was in this member before, and when it was released.
    fn other_value(
        &self,
        row: usize,
        members: &BTreeMap<&str, String>,
        param: &str,
    ) -> Option<(&'l str, Time)> {
        let facts = self.names[row].iter().flat_map(|name| self.lock.facts_of(name));
        let facts = facts.filter(|(fact, _)| fact.kind == Kind::Member);
        let before: Vec<(&str, Time)> = facts
            .filter_map(|(fact, time)| Some((of_member(&fact.value)?, *time)))
            .filter(|((_, member), _)| *member == members[param])
            .map(|((name, _), time)| (name, time))
            .collect();
        // A parameter that was renamed since the last release is the same one.
        let is_same = |(name, time): &(&str, Time)| {
            *name == param || time.last.is_none() && !members.contains_key(name)
        };
        if before.iter().any(is_same) { None } else { before.first().copied() }
    }

    /// Returns when a different error of this name was released: one that was deleted and shares no message with `row`.
    fn is_other_than_before(&self, row: &Row) -> Option<Time> {
        let mut facts = self.lock.facts_of(&row.name).peekable();
        facts.peek()?;
        let is_other = |(fact, time): (&Fact, &Time)| {
            time.last.is_some() && !(fact.kind == Kind::Message && self.now.contains(fact))
        };
        let code = self.lock.facts_of(&row.name).find(|(fact, _)| fact.kind == Kind::Code);
        facts.all(is_other).then_some(*code?.1)
    }

    /// Reports messages that are or can be messages of other released errors.
    fn texts(&self, compilation: &Compilation) -> Vec<Diagnostic> {
        let (new, released) = (self.new_messages(), self.released_messages());
        if new.is_empty() || released.is_empty() {
            return Vec::new();
        }
        let ours: Vec<_> = new.iter().map(|message| message.template).collect();
        let theirs: Vec<_> = released.iter().map(|message| &message.template).collect();
        let (pairs, is_complete) = shared(&ours, &theirs);
        let (mut seen, mut found) = (HashSet::new(), Vec::new());
        for (ours, theirs) in pairs {
            let (ours, theirs) = (&new[ours], &released[theirs]);
            let row = &self.catalog.rows[ours.row];
            let is_told_apart = self.catalog.identity == Identity::CodeAndDetail
                && !self.has(&[&theirs.fact.error], Kind::Code, &quoted(&row.code));
            // A message that the error was released with is its own, even if it was under another name.
            let is_own = self.has(&self.names[ours.row], Kind::Message, &theirs.fact.value);
            if !is_told_apart && !is_own && seen.insert((ours.row, ours.field)) {
                found.push(self.text_reused(ours, theirs, compilation));
            }
        }
        if !is_complete {
            let message = "not every message could be compared with the released ones";
            let label = (compilation.place(Place::Catalog), "in this catalog");
            found.push(Diagnostic::new(&rule::TOO_MANY_OVERLAPS, message, label));
        }
        found
    }

    fn text_reused(
        &self,
        ours: &New<'_>,
        theirs: &Message<'_>,
        compilation: &Compilation,
    ) -> Diagnostic {
        let when = self.lock.when(theirs.time);
        let text = unquoted(&theirs.fact.value).unwrap_or_default();
        let (name, owner) = (&self.catalog.rows[ours.row].name, &theirs.fact.error);
        let message = if ours.value == theirs.fact.value {
            format!("the message “{text}” was that of `{owner}`, released {when}")
        } else {
            let common = common_message(ours.template, &theirs.template);
            let common = common.map_or_else(|| text.clone(), |common| readable(&common));
            format!(
                "`{name}` can have the message “{common}”, which `{owner}` had as “{text}”, released {when}"
            )
        };
        let place = compilation.place(Place::Error(ours.row, ours.field));
        Diagnostic::new(&LOCK_REUSED_TEXT, message, (place, "used again"))
    }

    /// Returns the messages with which their errors were not released yet.
    fn new_messages(&self) -> Vec<New<'l>> {
        let mut new = Vec::new();
        for (at, row) in self.catalog.rows.iter().enumerate() {
            let names = &self.names[at];
            // The message of an alias belongs to its `same_as` error.
            let own = row.same_as.is_none();
            let detail = ("detail", row.detail.source.clone(), &row.detail.parsed);
            let full = full_message(self.catalog, row).zip(row.with_context.as_ref());
            let full = full.map(|(source, template)| ("detail", source, template));
            let former = row.former.iter();
            let former = former.map(|it| ("former", it.source.clone(), &it.parsed));
            let mut params = self.catalog.params(row).map(parameter);
            let are_known = params.all(|param| self.has(names, Kind::Parameter, &param));
            let current = std::iter::once(detail).chain(full).filter(|_| own);
            for (field, source, template) in current.chain(former) {
                let value = quoted(&source);
                let is_known = self.has(names, Kind::Message, &value);
                if !is_known || !are_known && template.constant().is_none() {
                    new.push(New { row: at, field, value, template });
                }
            }
        }
        new
    }

    /// Returns the messages that their errors no longer have, with the types that their values had.
    fn released_messages(&self) -> Vec<Message<'l>> {
        let facts: Vec<(&Fact, &Time)> = self.lock.facts.iter().collect();
        let (mut seen, mut messages) = (HashSet::new(), Vec::new());
        let needs_both = self.catalog.identity == Identity::CodeAndDetail;
        for facts in facts.chunk_by(|(a, _), (b, _)| a.error == b.error) {
            let mut types: HashMap<&str, Vec<(Type<'static>, &Fact)>> = HashMap::new();
            for (fact, _) in facts.iter().filter(|(fact, _)| fact.kind == Kind::Parameter) {
                if let Some((name, ty)) = typed(&fact.value) {
                    types.entry(name).or_default().push((ty, fact));
                }
            }
            let most = types.values().map(Vec::len).max().unwrap_or(1).min(MOST_TYPES);
            for (fact, time) in facts.iter().filter(|(fact, _)| fact.kind == Kind::Message) {
                // If a value had several types, compare each of them.
                for number in 0..most {
                    let mut is_current = self.now.contains(*fact);
                    let type_of = |name: &str| {
                        let types = types.get(name)?;
                        let (ty, param) = types.get(number).or(types.last())?;
                        is_current &= self.now.contains(*param);
                        Some(ty)
                    };
                    let text = unquoted(&fact.value).unwrap_or_default();
                    let Some(template) = template(&text, type_of) else { continue };
                    let owner = needs_both.then_some(&fact.error);
                    if !is_current && seen.insert((owner, format!("{template:?}"))) {
                        messages.push(Message { fact, time: **time, template });
                    }
                }
            }
        }
        messages
    }
}

/// Returns the added error that has these facts under another name: the only one with the same code, with the same status
/// and message, or else with the same message.
fn renamed(
    catalog: &Catalog,
    added: &HashMap<String, Vec<usize>>,
    facts: &[(&Fact, &Time)],
) -> Option<usize> {
    let all = |kind| facts.iter().filter(move |it| it.0.kind == kind).map(|it| &it.0.value);
    let messages = || all(Kind::Message).filter_map(|text| unquoted(text));
    let texts = all(Kind::Status)
        .flat_map(|status| messages().map(move |text| format!("{status} {}", literals(&text))));
    // Errors can share a code if their messages distinguish them.
    let is_shared = catalog.identity == Identity::CodeAndDetail;
    let codes = all(Kind::Code).filter(|_| !is_shared).cloned();
    // A message without words does not identify its error.
    let moved = messages().map(|text| literals(&text));
    let moved = moved.filter(|text| text.contains(char::is_alphanumeric));
    let moved = moved.map(|text| format!("{ANY} {text}"));
    codes.chain(texts).chain(moved).find_map(|key| match added.get(&key)?[..] {
        [row] => Some(row),
        _ => None,
    })
}
