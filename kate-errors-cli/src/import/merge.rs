//! What a source says that a catalog does not say yet, put into the catalog.
//!
//! Errors that are new go to the end of their section. What is there stays as it is, letter by letter, and where the
//! source says something else, that is said, and not done.

use std::collections::{BTreeSet, HashMap, HashSet};

use kate_errors_codegen::catalog::Row;
use kate_errors_codegen::names::identifier_of_phrase;
use kate_errors_codegen::{Catalog, Compilation};

use super::complete;
use super::draft::{Draft, ErrorDraft, LeftOut, Place};
use super::settle::MOST_ROUNDS;
use super::write::{Guesses, Piece, context_lines, error_lines, section_head, status_line};
use crate::edit::Changes;
use crate::messages;

/// A catalog with what was added to it.
pub(crate) struct Merged {
    pub(crate) text: String,
    /// How many errors were added.
    pub(crate) added: usize,
    pub(crate) guesses: Guesses,
}

/// Puts the errors of a draft, which is complete, into a catalog called `name`. What cannot be, and what the catalog says
/// in another way, goes to what is left out. `compile` compiles the new text.
pub(crate) fn merge(
    draft: &mut Draft,
    old: &Compilation,
    catalog: &Catalog,
    name: &str,
    compile: impl Fn(&str) -> Compilation,
) -> Merged {
    known(draft, catalog, name);
    for _ in 0..MOST_ROUNDS {
        let Some((text, guesses, heads)) = appended(draft, old, catalog) else { break };
        let new = compile(&text);
        if new.catalog().is_some() {
            return Merged { text, added: draft.errors().count(), guesses };
        }
        if !leave_out(draft, &new, &heads) {
            break;
        }
    }
    let errors: Vec<(Place, String)> =
        draft.errors().map(|error| (error.place.clone(), complete::name_of(error))).collect();
    for (place, error) in errors {
        draft.leave_out(&place, format!("`{error}` cannot be added to {name}; add it by hand"));
    }
    Merged { text: String::new(), added: 0, guesses: Guesses::new() }
}

/// Takes the errors that the catalog has already from the draft, and says where it has them in another way.
fn known(draft: &mut Draft, catalog: &Catalog, file: &str) {
    let names: HashMap<&str, &Row> =
        catalog.rows.iter().map(|row| (row.name.as_str(), row)).collect();
    let mut codes: HashMap<&str, &Row> = HashMap::new();
    let mut of_messages: HashMap<&str, &Row> = HashMap::new();
    for row in &catalog.rows {
        codes.entry(row.code.as_str()).or_insert(row);
        of_messages.entry(row.detail.source.as_str()).or_insert(row);
    }
    let mut renamed: HashMap<String, String> = HashMap::new();
    let mut left_out = Vec::new();
    for section in &mut draft.sections {
        section.errors.retain_mut(|error| {
            let name = complete::name_of(error);
            let is_guess = error.code.as_ref().is_none_or(|code| code.guess.is_some());
            let same = of_messages.get(error.message.source().as_str());
            let by_name = || names.get(name.as_str()).or_else(|| codes.get(&*error.code_text()?));
            let Some(row) = same.filter(|_| is_guess).or_else(by_name) else {
                // Another code for a message that is there.
                let base = same.filter(|row| {
                    !catalog.identity.is_by_code() && shares_status(error, row, catalog)
                });
                error.same_as = error.same_as.take().or(base.map(|row| row.name.clone()));
                return true;
            };
            left_out.extend(differences(error, row, catalog, file));
            renamed.insert(name, row.name.clone());
            false
        });
    }
    draft.sections.retain(|section| !section.errors.is_empty());
    draft.left_out.extend(left_out);
    for error in draft.errors_mut() {
        let bases = error.same_as.as_mut().into_iter();
        let replaced = error.retired.iter_mut().filter_map(|retired| retired.replaced_by.as_mut());
        for other in bases.chain(replaced) {
            if let Some(name) = renamed.get(other) {
                other.clone_from(name);
            }
        }
    }
}

fn shares_status(error: &ErrorDraft, row: &Row, catalog: &Catalog) -> bool {
    error.statuses.iter().any(|status| messages::has_status(catalog, row, *status))
}

/// What a source says of an error in another way than the catalog.
fn differences(error: &ErrorDraft, row: &Row, catalog: &Catalog, file: &str) -> Vec<LeftOut> {
    let mut all = Vec::new();
    let mut differs = |what: &str, theirs: String, ours: String| {
        let why = format!("`{}` has {what} `{ours}` in {file}, and `{theirs}` here", row.name);
        all.push(LeftOut { place: error.place.clone(), why });
    };
    let statuses = std::iter::once(row.status).chain(row.other_statuses.iter().copied());
    let statuses: Vec<u16> = statuses.map(|status| catalog.statuses[status].code).collect();
    let says_status = error.status_guess.is_none() && error.same_as.is_none();
    if says_status && error.statuses.iter().any(|status| !statuses.contains(status)) {
        let shown =
            |all: &[u16]| all.iter().map(u16::to_string).collect::<Vec<String>>().join(", ");
        differs("the status", shown(&error.statuses), shown(&statuses));
    }
    let message = error.message.words();
    // Names of values may be guesses, so that texts are compared.
    let texts = |source: &str| kate_errors_model::template::fill(source, |_| Some(" ".into()));
    if error.message_guess.is_none() && message != texts(&row.detail.source) {
        differs("the message", error.message.source(), row.detail.source.clone());
    }
    for (what, theirs, ours) in
        [("the cause", &error.cause, &row.cause), ("the fix", &error.fix, &row.fix)]
    {
        let ours = kate_errors_model::template::fill(ours, |_| None);
        if let Some(theirs) = theirs.as_ref().filter(|theirs| **theirs != ours) {
            differs(what, theirs.clone(), ours);
        }
    }
    all
}

/// The text of the catalog with the errors of the draft, and the first lines of these; nothing where something that is
/// added to stands in brackets.
fn appended(
    draft: &Draft,
    old: &Compilation,
    catalog: &Catalog,
) -> Option<(String, Guesses, Vec<String>)> {
    let root = old.tree()?;
    let mut changes = Changes::of(&old.source, &root);
    let mut guesses = Guesses::new();
    let mut heads = Vec::new();
    let known: HashSet<u16> = catalog.statuses.iter().map(|status| status.code).collect();
    let used = draft.errors().flat_map(|error| &error.statuses);
    let new: BTreeSet<u16> = used.copied().filter(|code| !known.contains(code)).collect();
    for code in new {
        let piece = status_line(code, draft.statuses.get(&code)?);
        added(piece, &mut guesses, |lines| changes.append_lines(root.get("statuses")?, lines))?;
    }
    let contexts: HashSet<&str> =
        catalog.contexts.iter().map(|context| context.name.as_str()).collect();
    let wanted: HashSet<&String> =
        draft.errors().filter_map(|error| error.context.as_ref()).collect();
    let mut of_contexts = String::new();
    for context in draft.contexts.iter().filter(|it| wanted.contains(&it.name.value)) {
        if !contexts.contains(context.name.value.as_str()) {
            added(context_lines(context), &mut guesses, |lines| {
                of_contexts.push_str(lines);
                Some(())
            })?;
        }
    }
    match root.get("contexts") {
        _ if of_contexts.is_empty() => {}
        Some(list) => changes.append_lines(list, &of_contexts)?,
        None => changes.append_lines(&root, &format!("contexts:\n{}", indented(&of_contexts)))?,
    }
    let list = root.get("sections")?;
    let names: HashMap<&str, usize> = catalog
        .sections
        .iter()
        .enumerate()
        .map(|(at, section)| (section.variant.as_str(), at))
        .collect();
    for section in &draft.sections {
        // `runs` is the section `Runs`: there cannot be both.
        let variant = identifier_of_phrase(&section.name)?;
        let errors =
            names.get(variant.as_str()).and_then(|at| list.items().get(*at)?.get("errors"));
        let mut whole = String::new();
        if errors.is_none() {
            added(section_head(section), &mut guesses, |lines| {
                whole.push_str(lines);
                Some(())
            })?;
        }
        for error in &section.errors {
            let piece = error_lines(error, draft);
            heads.push(piece.lines.lines().next().unwrap_or_default().to_owned());
            added(piece, &mut guesses, |lines| {
                if let Some(errors) = errors {
                    return changes.append_lines(errors, lines);
                }
                whole.push_str(&indented(&indented(lines)));
                Some(())
            })?;
        }
        if errors.is_none() {
            changes.append_lines(list, &whole)?;
        }
    }
    Some((changes.applied(), guesses, heads))
}

fn added(piece: Piece, guesses: &mut Guesses, add: impl FnOnce(&str) -> Option<()>) -> Option<()> {
    for (guess, count) in piece.guesses {
        *guesses.entry(guess).or_default() += count;
    }
    add(&piece.lines)
}

fn indented(lines: &str) -> String {
    lines.lines().flat_map(|line| ["  ", line, "\n"]).collect()
}

/// Takes the errors that the compiler refuses from the draft; whether there are any.
fn leave_out(draft: &mut Draft, new: &Compilation, heads: &[String]) -> bool {
    let source = &new.source;
    let numbers: HashMap<&str, usize> =
        heads.iter().enumerate().map(|(at, head)| (head.as_str(), at)).collect();
    // For each line the error that it is of, if it is a new one.
    let mut of_lines = Vec::new();
    let mut current = None;
    for line in 0..source.line_count() {
        let text = source.slice(source.line_span(line)).trim();
        if text.starts_with("- ") {
            current = numbers.get(text).copied();
        }
        of_lines.push(current);
    }
    let mut refused: HashMap<usize, String> = HashMap::new();
    for diagnostic in new.diagnostics.iter().filter(|it| it.is_error() && it.omitted == 0) {
        let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.related);
        let lines = labels.map(|label| source.line_index(label.span.start));
        if let Some(number) = lines.filter_map(|line| of_lines.get(line).copied().flatten()).max() {
            let why = format!("is refused ({}): {}", diagnostic.rule.id, diagnostic.message);
            refused.entry(number).or_insert(why);
        }
    }
    let mut number = 0;
    let mut left_out = Vec::new();
    for section in &mut draft.sections {
        section.errors.retain(|error| {
            let why = refused.get(&number);
            number += 1;
            let why = why.map(|why| format!("the error `{}` {why}", complete::name_of(error)));
            let keeps = why.is_none();
            left_out.extend(why.map(|why| LeftOut { place: error.place.clone(), why }));
            keeps
        });
    }
    draft.sections.retain(|section| !section.errors.is_empty());
    draft.left_out.extend(left_out);
    !refused.is_empty()
}
