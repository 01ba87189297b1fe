//! Finds the errors of a source that a catalog already has, and the differences.

use std::collections::{HashMap, HashSet};

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::Row;
use kate_errors_codegen::names::identifier_of_phrase;
use kate_errors_model::template::fill;
use serde_json::Value;

use super::bodies;
use super::complete;
use super::draft::{Draft, ErrorDraft, LeftOut, Place};
use super::message::snake_case;
use super::names::{self, Names};
use super::page::cuts;
use crate::messages::{self, text_of};

/// The errors of a catalog, by how a source may refer to them.
struct Known<'c> {
    catalog: &'c Catalog,
    names: HashMap<&'c str, &'c Row>,
    codes: HashMap<&'c str, &'c Row>,
    /// By message without the names of values, which can be guesses.
    messages: HashMap<String, Vec<&'c Row>>,
    /// Names of the errors whose codes are in the source.
    named: HashSet<&'c str>,
}

/// Removes the errors that the catalog already has from the draft, and reports differences.
pub(super) fn take_known(draft: &mut Draft, catalog: &Catalog, file: &str) {
    let Some(place) = draft.place() else { return };
    let known = Known::of(catalog, draft);
    use_known_contexts(draft, catalog);
    let ours = known.names.keys().map(|name| (*name).to_owned());
    let mut taken: Names = draft.errors().map(names::name_of).chain(ours).collect();
    let mut renamed: HashMap<String, String> = HashMap::new();
    // Aliases of errors in the catalog. The names of their bases are final.
    let mut of_catalog = HashSet::new();
    let mut left_out = Vec::new();
    let rows = draft.sections.iter().flat_map(|section| {
        section.errors.iter().filter_map(|error| known.row_of(error, &section.name))
    });
    let mut there: HashSet<&str> = rows.map(|row| row.name.as_str()).collect();
    for section in &mut draft.sections {
        let title = section.name.clone();
        section.errors.retain_mut(|error| {
            let name = names::name_of(error);
            let row = known.row_of(error, &title);
            if let Some(row) = row.or_else(|| known.reworded(error, &title, &there)) {
                there.insert(&row.name);
                let others = row.origin.is_none() && !title.is_empty();
                let ours = &catalog.sections[row.section];
                if others && identifier_of_phrase(&title).is_some_and(|it| it != ours.variant) {
                    let (name, ours) = (&row.name, &ours.name);
                    let why =
                        format!("`{name}` has the section `{ours}` in {file}, and `{title}` here");
                    left_out.push(error.left_out(why));
                }
                left_out.extend(differences(error, row, catalog, file));
                renamed.insert(name, row.name.clone());
                return false;
            }
            let base = known.base_of(error).map(|row| row.name.clone());
            let has_base = base.is_some();
            error.same_as = base.or(error.same_as.take());
            if let Some(code) = error.code.as_mut().filter(|it| it.guess.is_some())
                && known.names.contains_key(name.as_str())
            {
                let wish = format!("{}_{name}", complete::singular(&snake_case(&title)));
                code.value = taken.free(&wish).into();
                renamed.insert(name, names::name_of(error));
            }
            if has_base {
                of_catalog.insert(names::name_of(error));
            }
            true
        });
    }
    draft.sections.retain(|section| !section.errors.is_empty());
    draft.left_out.extend(left_out);
    let gone = catalog.rows.iter().filter(|row| row.retired.is_none() && row.origin.is_none());
    let gone = gone.map(|row| row.name.as_str()).filter(|name| !there.contains(name));
    draft.gone = gone.map(str::to_owned).collect();
    for error in draft.errors_mut() {
        let is_final = of_catalog.contains(&names::name_of(error));
        let bases = error.same_as.iter_mut().filter(|_| !is_final);
        let replaced = error.retired.iter_mut().filter_map(|retired| retired.replaced_by.as_mut());
        for other in bases.chain(replaced) {
            if let Some(name) = renamed.get(other) {
                other.clone_from(name);
            }
        }
    }
    list_statuses(draft, catalog, file, &place);
    list_bodies(draft, catalog, file, &place);
    draft.list_unknown_examples(|message| known.has_message(message));
}

impl<'c> Known<'c> {
    fn of(catalog: &'c Catalog, draft: &Draft) -> Self {
        let mut known = Self {
            catalog,
            names: HashMap::new(),
            codes: HashMap::new(),
            messages: HashMap::new(),
            named: HashSet::new(),
        };
        for row in &catalog.rows {
            known.names.insert(row.name.as_str(), row);
            known.codes.entry(row.code.as_str()).or_insert(row);
            known.messages.entry(without_names(&row.detail.source)).or_default().push(row);
        }
        let named = draft.errors().filter(|error| error.has_code());
        known.named = named.filter_map(|error| Some(known.by_name(error)?.name.as_str())).collect();
        known
    }

    fn by_name(&self, error: &ErrorDraft) -> Option<&'c Row> {
        let by_name = self.names.get(names::name_of(error).as_str());
        by_name.or_else(|| self.codes.get(&*error.code_text()?)).copied()
    }

    fn with_message(&self, error: &ErrorDraft) -> &[&'c Row] {
        self.messages.get(&error.message.words()).map_or(&[], Vec::as_slice)
    }

    /// Returns the error of the catalog that is the same as an error of the source.
    fn row_of(&self, error: &ErrorDraft, section: &str) -> Option<&'c Row> {
        let rows = self.with_message(error);
        let is_by_code = self.catalog.identity.is_by_code();
        if error.has_code() {
            // The catalog may have imported it from a source without codes.
            let is_free = |row: &&&Row| {
                !is_by_code && !self.named.contains(row.name.as_str()) && agrees(error, row)
            };
            return self.by_name(error).or_else(|| rows.iter().find(is_free).copied());
        }
        let is_there = |row: &&&Row| self.catalog.sections[row.section].name == section;
        let same = rows.iter().find(|row| says_same(error, row));
        let same = same.or_else(|| rows.iter().find(is_there));
        let same = same.or_else(|| rows.iter().find(|row| agrees(error, row)));
        let same = same.or_else(|| rows.first().filter(|row| !self.can_be_alias(error, row)));
        same.copied().or_else(|| self.by_name(error).filter(|_| rows.is_empty()))
    }

    /// Returns the error that the source words in another way: the only one of its section with this cause and fix,
    /// if nothing in the source is that error.
    fn reworded(
        &self,
        error: &ErrorDraft,
        section: &str,
        there: &HashSet<&str>,
    ) -> Option<&'c Row> {
        let is_said = !error.has_code() && error.cause.is_some() && error.fix.is_some();
        let is_there = |row: &Row| self.catalog.sections[row.section].name == section;
        let mut rows =
            self.catalog.rows.iter().filter(|row| is_there(row) && says_same(error, row));
        let row = rows.next().filter(|row| is_said && !there.contains(row.name.as_str()))?;
        rows.next().is_none().then_some(row)
    }

    /// Returns the error of the catalog with the same message as a new error.
    fn base_of(&self, error: &ErrorDraft) -> Option<&'c Row> {
        let rows = self.with_message(error).iter();
        let base_of = |row: &'c Row| row.same_as.map_or(row, |base| &self.catalog.rows[base]);
        rows.map(|row| base_of(row)).find(|row| self.can_be_alias(error, row))
    }

    fn can_be_alias(&self, error: &ErrorDraft, row: &Row) -> bool {
        let shares = |status: &u16| messages::has_status(self.catalog, row, *status);
        let shares_status = error.status_guess.is_some() || error.statuses.iter().any(shares);
        let has_no_status = error.statuses.is_empty();
        !self.catalog.identity.is_by_code() && (shares_status || has_no_status)
    }

    /// Whether a text is a message of the catalog, with or without context.
    fn has_message(&self, text: &str) -> bool {
        let is_message = |text: &str| {
            let reads = |row: &&Row| {
                let mut values = vec![""; row.params.len()];
                row.detail.parsed.read(text, &mut values)
            };
            self.catalog.rows.iter().any(|row| reads(&row))
        };
        is_message(text) || cuts(text).any(|(message, _)| is_message(message))
    }
}

/// Removes the names of values, which can be guesses, to compare texts.
fn without_names(source: &str) -> String {
    fill(source, |_| Some(" ".into()))
}

/// Returns cause and fix, from the source and from the catalog.
fn advice<'e>(error: &'e ErrorDraft, row: &Row) -> [(&'e Option<String>, String); 2] {
    [(&error.cause, messages::shown(&row.cause)), (&error.fix, messages::shown(&row.fix))]
}

fn says_same(error: &ErrorDraft, row: &Row) -> bool {
    advice(error, row).iter().all(|(theirs, ours)| theirs.as_deref().unwrap_or_default() == ours)
}

/// Whether the source does not contradict cause and fix of the catalog.
fn agrees(error: &ErrorDraft, row: &Row) -> bool {
    let agrees = |(theirs, ours): &(&Option<String>, String)| {
        ours.is_empty() || theirs.as_ref().is_none_or(|theirs| theirs == ours)
    };
    advice(error, row).iter().all(agrees)
}

/// Uses the catalog's names for contexts that it already has.
fn use_known_contexts(draft: &mut Draft, catalog: &Catalog) {
    let mut renamed: HashMap<String, String> = HashMap::new();
    draft.contexts.retain(|context| {
        let words = context.text.words();
        let ours = catalog.contexts.iter().find(|it| without_names(&it.text.source) == words);
        renamed.extend(ours.map(|ours| (context.name.value.clone(), ours.name.clone())));
        ours.is_none()
    });
    for context in draft.errors_mut().filter_map(|error| error.context.as_mut()) {
        if let Some(ours) = renamed.get(context) {
            context.clone_from(ours);
        }
    }
}

/// Returns the differences between an error of the source and of the catalog.
fn differences(error: &ErrorDraft, row: &Row, catalog: &Catalog, file: &str) -> Vec<LeftOut> {
    let mut all = Vec::new();
    let mut differs = |what: &str, theirs: String, ours: String| {
        let why = format!("`{}` has {what} `{ours}` in {file}, and `{theirs}` here", row.name);
        all.push(error.left_out(why));
    };
    let code = error.code_text().filter(|_| !error.without_code);
    if error.has_code() && code.as_deref() != row.sent_code() {
        let [theirs, ours] = [code.as_deref(), row.sent_code()].map(|it| it.unwrap_or("none"));
        differs("the code", theirs.to_owned(), ours.to_owned());
    }
    let statuses = std::iter::once(row.status).chain(row.other_statuses.iter().copied());
    let statuses: Vec<u16> = statuses.map(|status| catalog.statuses[status].code).collect();
    let says_status = error.status_guess.is_none() && error.same_as.is_none();
    if says_status && error.statuses.iter().any(|status| !statuses.contains(status)) {
        let shown =
            |all: &[u16]| all.iter().map(u16::to_string).collect::<Vec<String>>().join(", ");
        differs("the status", shown(&error.statuses), shown(&statuses));
    }
    if error.message_guess.is_none() && error.message.words() != without_names(&row.detail.source) {
        differs("the message", error.message.source(), row.detail.source.clone());
    }
    for (what, (theirs, ours)) in ["the cause", "the fix"].into_iter().zip(advice(error, row)) {
        if let Some(theirs) = theirs.as_ref().filter(|theirs| **theirs != ours) {
            differs(what, theirs.clone(), ours);
        }
    }
    for (field, theirs) in error.extensions.iter().filter(|(field, _)| field.starts_with("x-")) {
        let theirs = text_of(theirs);
        let ours = row.extensions.iter().find(|it| it.name == *field).map(messages::extension);
        let ours = ours.map_or_else(|| "none".to_owned(), |it| text_of(&it));
        if ours != theirs {
            differs(&format!("the field {field}"), theirs, ours);
        }
    }
    all
}

/// Reports statuses that the catalog describes differently, and those that it lacks unless a new error has them.
fn list_statuses(draft: &mut Draft, catalog: &Catalog, file: &str, place: &Place) {
    let used: HashSet<u16> = draft.errors().flat_map(|error| error.statuses.clone()).collect();
    for (code, status) in draft.statuses.clone() {
        let Some(theirs) = status.description else { continue };
        let why = match catalog.statuses.iter().find(|ours| ours.code == code) {
            Some(ours) if messages::shown(&ours.description) != theirs => {
                let ours = &ours.description;
                format!(
                    "the status {code} has the description `{ours}` in {file}, and `{theirs}` here"
                )
            }
            None if !used.contains(&code) => {
                format!("the status {code}, `{theirs}`, is not in {file}, and no new error has it")
            }
            _ => continue,
        };
        draft.leave_out(place, why);
    }
}

/// Reports the format of bodies if message or code are in other places than in the catalog's bodies.
fn list_bodies(draft: &mut Draft, catalog: &Catalog, file: &str, place: &Place) {
    let body = draft.body.as_ref().map(|body| body.value.clone());
    for body in body.into_iter().chain(draft.reads.clone()) {
        let reads = |envelope: &String| {
            let ours: Value = serde_json::from_str(envelope).unwrap_or_default();
            ["{detail}", "{code}"].into_iter().all(|placeholder| {
                let theirs = bodies::place(&body, placeholder);
                theirs.is_none() || theirs == bodies::place(&ours, placeholder)
            })
        };
        if !std::iter::once(&catalog.envelope).chain(&catalog.older_envelopes).any(reads) {
            draft.leave_out(
                place,
                format!(
                    "the bodies of the source, `{body}`, are not those of {file}: see its `wire`"
                ),
            );
        }
    }
}
