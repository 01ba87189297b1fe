//! Adds the content of a source to an existing catalog.
//!
//! New errors are added at the end of their sections. Existing text is not changed. Where the source differs from it,
//! the difference is only reported.

use std::collections::{BTreeSet, HashMap, HashSet};

use kate_errors_codegen::names::identifier_of_phrase;
use kate_errors_codegen::{Catalog, Compilation};

use super::draft::{Draft, Place};
use super::known::take_known;
use super::names;
use super::settle::{self, MOST_ROUNDS, refused};
use super::write::{
    Guesses, unindented, write_context, write_error, write_section_head, write_status,
};
use crate::edit::Changes;

/// A catalog with the added errors.
pub(crate) struct Merged {
    pub(crate) text: String,
    /// The number of added errors.
    pub(crate) added: usize,
    pub(crate) guesses: Guesses,
}

/// Adds the errors of a complete draft to the catalog called `name`. What cannot be added, or differs from the
/// catalog, is left out and reported. `compile` compiles the new text.
pub(crate) fn merge(
    draft: &mut Draft,
    old: &Compilation,
    catalog: &Catalog,
    name: &str,
    compile: impl Fn(&str) -> Compilation,
) -> Merged {
    draft.fit(&serde_json::from_str(&catalog.envelope).unwrap_or_default());
    take_known(draft, catalog, name);
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
        draft.errors().map(|error| (error.place.clone(), names::name_of(error))).collect();
    for (place, error) in errors {
        draft.leave_out(&place, format!("`{error}` cannot be added to {name}; add it by hand"));
    }
    Merged { text: String::new(), added: 0, guesses: Guesses::new() }
}

/// Returns the text of the catalog with the errors of the draft, the guesses, and the first line of each error.
/// Returns `None` if something must be added to a list or mapping in flow style.
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
    let mut statuses = Vec::new();
    for code in new {
        let status = draft.statuses.get(&code)?;
        statuses.push(unindented(&mut guesses, |out| write_status(code, status, out)));
    }
    let contexts: HashSet<&str> =
        catalog.contexts.iter().map(|context| context.name.as_str()).collect();
    // An alias has the context of its base.
    let bases = draft.errors().filter(|error| error.same_as.is_none());
    let wanted: HashSet<&String> = bases.filter_map(|error| error.context.as_ref()).collect();
    let mut of_contexts = Vec::new();
    for context in draft.contexts.iter().filter(|it| wanted.contains(&it.name.value)) {
        if !contexts.contains(context.name.value.as_str()) {
            of_contexts.push(unindented(&mut guesses, |out| write_context(context, out)));
        }
    }
    let list = root.get("sections");
    let names: HashMap<&str, usize> = catalog
        .sections
        .iter()
        .enumerate()
        .map(|(at, section)| (section.variant.as_str(), at))
        .collect();
    let mut sections = Vec::new();
    for section in &draft.sections {
        // `runs` and `Runs` are the same section, because both give the same identifier.
        let variant = identifier_of_phrase(&section.name)?;
        let errors =
            names.get(variant.as_str()).and_then(|at| list?.items().get(*at)?.get("errors"));
        let mut whole = String::new();
        if errors.is_none() {
            whole = unindented(&mut guesses, |out| write_section_head(section, out));
        }
        for error in &section.errors {
            let lines = unindented(&mut guesses, |out| write_error(error, draft, out));
            heads.push(lines.lines().next().unwrap_or_default().to_owned());
            match errors {
                Some(errors) => changes.append_lines(errors, &lines)?,
                None => whole.push_str(&indented(&indented(&lines))),
            }
        }
        if errors.is_none() {
            sections.push(whole);
        }
    }
    // Where several lists end, what is added to inner ones stands first, and what the catalog lacks stands last.
    let lists = [("statuses", statuses), ("sections", sections), ("contexts", of_contexts)];
    let (old, new): (Vec<_>, Vec<_>) =
        lists.into_iter().partition(|(name, _)| root.get(name).is_some());
    for (name, parts) in old {
        parts.iter().try_for_each(|it| changes.append_lines(root.get(name)?, it))?;
    }
    for (name, parts) in new.into_iter().filter(|(_, parts)| !parts.is_empty()) {
        let lines = indented(&parts.concat());
        changes.append_lines(&root, &format!("{name}:\n{lines}"))?;
    }
    Some((changes.applied(), guesses, heads))
}

fn indented(lines: &str) -> String {
    lines.lines().flat_map(|line| ["  ", line, "\n"]).collect()
}

/// Removes the errors that the compiler rejects from the draft. Returns whether there were any.
fn leave_out(draft: &mut Draft, new: &Compilation, heads: &[String]) -> bool {
    let source = &new.source;
    let numbers: HashMap<&str, usize> =
        heads.iter().enumerate().map(|(at, head)| (head.as_str(), at)).collect();
    // For each line, the new error that it belongs to.
    let mut of_lines = Vec::new();
    let mut current = None;
    for line in 0..source.line_count() {
        let text = source.slice(source.line_span(line)).trim();
        if text.starts_with("- ") {
            current = numbers.get(text).copied();
        }
        of_lines.push(current);
    }
    let refused = refused(new, |line| of_lines.get(line).copied().flatten());
    settle::leave_out(draft, &refused);
    !refused.is_empty()
}
