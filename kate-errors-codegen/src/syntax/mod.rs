//! The second stage: text becomes a tree with places, and the tree a [`Document`].
//!
//! It never fails. Where the text is not YAML, the mistake is reported, the line is mended or taken
//! out, and reading goes on, so that one run shows every mistake.

mod columns;
pub(crate) mod document;
mod draft;
mod explain;
mod failure;
mod field_names;
mod fields;
mod flow;
mod headers;
mod layout;
mod line;
mod params;
mod read;
mod scalars;
mod tree;
mod value;
mod whole_file;
mod yaml;

use crate::diagnostic::{Diagnostic, Label};
use crate::rule;
use crate::source::{Source, Span};
use document::Document;
use draft::{Draft, Repair, Shift};
use line::Line;
use tree::{Kind, Node};
use yaml::Outcome;

/// How often a file is mended at the most, to read on behind a mistake.
const MAX_REPAIRS: usize = 25;

/// What the file says, as far as it could be read.
#[derive(Debug, Default)]
pub(crate) struct Syntax {
    pub(crate) document: Document,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Whether all of the file could be read. What is missing in a file that is not whole may stand
    /// in the part that could not be read.
    pub(crate) whole: bool,
}

/// Reads a source.
pub(crate) fn read(source: &Source) -> Syntax {
    let mut unlimited = usize::MAX;
    let syntax = attempt(source, &[], usize::MAX, &mut unlimited).unwrap_or_default();
    explain::by_moving_lines(source, syntax)
}

/// Reads a source on which some repairs were made, unless there are more diagnostics than `limit`, or that
/// takes reading more text than `budget`.
fn attempt(
    source: &Source,
    repairs: &[Repair],
    limit: usize,
    budget: &mut usize,
) -> Option<Syntax> {
    let Tree { root, mut diagnostics, whole } =
        read_tree(Draft::with(source, repairs), limit, budget)?;
    let syntax = |diagnostics| Syntax { document: Document::default(), diagnostics, whole: false };
    let Some(root) = root.filter(|root| !root.is_absent()) else {
        if diagnostics.is_empty() {
            diagnostics.push(empty(source));
        }
        return Some(syntax(diagnostics)).filter(|syntax| syntax.diagnostics.len() <= limit);
    };
    if !matches!(root.kind, Kind::Mapping(_)) {
        // What the parser says of a file that is no catalog helps nobody.
        diagnostics.retain(|diagnostic| diagnostic.rule != &rule::YAML_SYNTAX);
        if !diagnostics.is_empty() {
            return Some(syntax(diagnostics));
        }
    }
    let (document, complete) = read::document(source, &root, &mut diagnostics);
    let syntax = Syntax { document, diagnostics, whole: whole && complete };
    Some(syntax).filter(|syntax| syntax.diagnostics.len() <= limit)
}

fn empty(source: &Source) -> Diagnostic {
    let end = source.text().len();
    let label = Label::new(Span::new(0, end.min(1)), "no catalog begins here");
    let blank = source.text().trim().is_empty();
    let message = if blank { "the file is empty" } else { "the file holds no catalog" };
    Diagnostic::new(&rule::EMPTY_FILE, message, label)
}

struct Tree {
    root: Option<Node>,
    diagnostics: Vec<Diagnostic>,
    whole: bool,
}

/// Reads the tree, mending the lines that are not YAML one by one. `None` where there are more diagnostics
/// than `limit`, or more to read than `budget`.
fn read_tree(mut draft: Draft<'_>, limit: usize, budget: &mut usize) -> Option<Tree> {
    let source = draft.source();
    let mut diagnostics = Vec::new();
    let mut before = draft.changed();
    for look in [whole_file::strange_blanks, whole_file::tabs] {
        if let Some(named) = look(&draft) {
            diagnostics.push(named.diagnostic);
            draft.apply(named.repair);
        }
    }
    let mut repairs = 0;
    loop {
        *budget = budget.checked_sub(draft.text().len())?;
        let outcome = yaml::read(&draft);
        let Some(failure) = &outcome.failure else {
            return Some(finish(outcome, &draft, diagnostics));
        };
        let catalog = |root: &Node| root.is_absent() || matches!(root.kind, Kind::Mapping(_));
        let another = matches!(failure.kind, yaml::ErrorKind::ExpectedDocumentStart);
        if another && !outcome.root.as_ref().is_none_or(catalog) {
            // What follows something that is no catalog need not be understood.
            return Some(finish(outcome, &draft, diagnostics));
        }
        let named =
            whole_file::merge_conflict(&draft).unwrap_or_else(|| failure::name(&draft, failure));
        // A line that was mended here has been reported.
        let line = source.line_index(named.diagnostic.primary.span.start);
        if !draft.is_changed(line) || before.remove(&line) {
            diagnostics.push(named.diagnostic);
        }
        if diagnostics.len() > limit {
            return None;
        }
        repairs += 1;
        if repairs > MAX_REPAIRS || !draft.apply(named.repair) {
            return Some(finish(outcome, &draft, diagnostics));
        }
    }
}

fn finish(outcome: Outcome, draft: &Draft<'_>, mut diagnostics: Vec<Diagnostic>) -> Tree {
    let mut root = outcome.root;
    let second =
        outcome.diagnostics.iter().any(|diagnostic| diagnostic.rule == &rule::SECOND_DOCUMENT);
    if let Some(root) = &mut root {
        draft.taken_out().for_each(|line| mark_damage(draft, root, line));
        if let (true, Kind::Mapping(mapping)) = (second, &mut root.kind) {
            mapping.whole = false;
        }
    }
    let whole = outcome.failure.is_none() && !second && draft.taken_out().next().is_none();
    diagnostics.extend(outcome.diagnostics);
    Tree { root, diagnostics, whole }
}

/// Marks the mappings that a line which was taken out may have belonged to as not whole: the innermost
/// one around it, and those whose entries begin in its column.
fn mark_damage(draft: &Draft<'_>, node: &mut Node, index: usize) {
    let source = draft.source();
    let span = source.line_span(index);
    let line = Line::read(span, source.slice(span), Shift::default());
    let mut children: Vec<&mut Node> = match &mut node.kind {
        Kind::Sequence(items) => items.iter_mut().collect(),
        Kind::Mapping(mapping) => {
            mapping.entries.iter_mut().map(|entry| &mut entry.value).collect()
        }
        Kind::Scalar(_) | Kind::Rejected => return,
    };
    let inner = children.iter().rposition(|child| {
        let collection = matches!(child.kind, Kind::Sequence(_) | Kind::Mapping(_));
        collection && child.span.start <= line.span.end && line.span.start <= child.span.end
    });
    let innermost = inner.is_none();
    if let Some(inner) = inner {
        mark_damage(draft, children.swap_remove(inner), index);
    }
    if let Kind::Mapping(mapping) = &mut node.kind {
        let same_column = mapping.entries.first().is_some_and(|entry| {
            source.position(entry.key.span.start).column == line.entry_column() + 1
        });
        mapping.whole &= !(innermost || same_column);
    }
}
