//! The second stage: text becomes a tree with places, and the tree a [`Document`].
//!
//! It never fails. Where the text is not YAML, the mistake is reported, the line is taken out, and
//! reading goes on, so that one run shows every mistake.

pub(crate) mod document;
mod failure;
mod fields;
mod line;
mod read;
mod tree;
mod yaml;

use std::borrow::Cow;

use crate::finding::{Finding, Label};
use crate::rule;
use crate::source::{Source, Span};
use document::Document;
use line::Line;
use tree::{Kind, Node};

/// How many lines are taken out of a file at the most, to read on behind a mistake.
const MAX_REPAIRS: usize = 25;

/// What the file says, as far as it could be read.
#[derive(Debug, Default)]
pub(crate) struct Syntax {
    pub(crate) document: Document,
    pub(crate) findings: Vec<Finding>,
    /// Whether all of the file could be read. What is missing in a file that is not whole may stand
    /// in the part that could not be read.
    pub(crate) whole: bool,
}

/// Reads a source.
pub(crate) fn read(source: &Source) -> Syntax {
    let mut tree = read_tree(source);
    let document = match &tree.root {
        Some(root) if !root.is_absent() => read::document(source, root, &mut tree.findings),
        _ => {
            if tree.findings.is_empty() {
                tree.findings.push(empty(source));
            }
            Document::default()
        }
    };
    Syntax { document, findings: tree.findings, whole: tree.whole }
}

fn empty(source: &Source) -> Finding {
    let end = source.text().len();
    let label = Label::new(Span::new(0, end.min(1)), "no catalog begins here");
    Finding::new(&rule::EMPTY_FILE, "the file is empty", label)
}

struct Tree {
    root: Option<Node>,
    findings: Vec<Finding>,
    whole: bool,
}

/// Reads the tree, taking out the lines that are not YAML one by one.
fn read_tree(source: &Source) -> Tree {
    let mut text = Cow::Borrowed(source.text());
    let mut failures = Vec::new();
    let mut taken_out = Vec::new();
    loop {
        let outcome = yaml::read(&text);
        let mut root = outcome.root;
        let mut findings = outcome.findings;
        let repaired = outcome.failure.is_none();
        if let Some(failure) = &outcome.failure {
            let named = failure::name(source, failure, &taken_out);
            failures.push(named.finding);
            if let Some(span) = removable(source, named.line, &taken_out) {
                taken_out.push(named.line);
                text.to_mut().replace_range(span.range(), &" ".repeat(span.end - span.start));
                continue;
            }
        }
        for line in &taken_out {
            if let Some(root) = &mut root {
                mark_damage(source, root, *line);
            }
        }
        let whole =
            repaired && taken_out.is_empty() && findings.iter().all(|f| f.rule != &rule::TOO_DEEP);
        findings.extend(failures);
        return Tree { root, findings, whole };
    }
}

/// The part of a line that can be taken out without changing what the lines below it mean.
fn removable(source: &Source, index: usize, taken_out: &[usize]) -> Option<Span> {
    if taken_out.len() == MAX_REPAIRS || taken_out.contains(&index) {
        return None;
    }
    let line = Line::read(source, index);
    let below = (index + 1..source.line_count())
        .map(|below| Line::read(source, below))
        .find(|below| !below.content.is_empty() && !below.content.starts_with('#'));
    if line.opens_block() || below.is_some_and(|below| below.indent > line.key_column) {
        return None;
    }
    Some(Span::new(line.span.start + line.key_column, line.span.end))
}

/// Marks the mappings that a line which was taken out may have belonged to as not whole: the innermost
/// one around it, and those whose entries begin in its column.
fn mark_damage(source: &Source, node: &mut Node, index: usize) {
    let line = Line::read(source, index);
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
        mark_damage(source, children.swap_remove(inner), index);
    }
    if let Kind::Mapping(mapping) = &mut node.kind {
        let same_column = mapping.entries.first().is_some_and(|entry| {
            source.position(entry.key.span.start).column == line.key_column + 1
        });
        mapping.whole &= !(innermost || same_column);
    }
}
