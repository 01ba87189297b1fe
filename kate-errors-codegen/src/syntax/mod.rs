//! The second stage: parses the text to a tree with places, and the tree to a [`Document`].
//!
//! It never fails. If something stops the YAML parser, that is the only diagnostic; in valid YAML, every
//! mistake in the structure is reported.

pub(crate) mod document;
mod extensions;
mod field_names;
mod fields;
mod headers;
mod inherit;
mod other_types;
mod params;
mod read;
mod scalars;
mod stopped;
pub mod tree;
pub(crate) mod wire;
mod yaml;

use crate::characters::stand_in;
use crate::diagnostic::Diagnostic;
use crate::rule;
use crate::source::{Source, Span};
use document::Document;
use fields::Reader;
use tree::{Kind, Node};
use yaml::Stop;

/// The content of a file, as far as it could be read.
#[derive(Debug, Default)]
pub(crate) struct Syntax {
    pub(crate) document: Document,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Whether the whole file is YAML. If not, the document contains only what precedes the mistake: enough for
    /// a skeleton, but not for checks.
    pub(crate) parsed: bool,
    /// Whether everything that has a name could be read. If not, references to unknown names are not reported.
    pub(crate) whole: bool,
}

/// Reads `file`, whose text begins at `base` in `source`.
pub(crate) fn read(source: &Source, base: usize, file: &Source) -> Syntax {
    let invisible = file.invisible_characters();
    let text = file.text();
    let outcome = if invisible.is_empty() { yaml::read(text) } else { yaml::read(&parsable(text)) };
    let mut reader = Reader::new(source);
    let mut root = outcome.root.filter(|root| !root.is_absent());
    if let Some(root) = &mut root {
        root.shift(base);
    }
    let document = root.as_ref().and_then(|root| reader.document(root)).unwrap_or_default();
    let parsed = outcome.stop.is_none();
    let is_list = |root: &Node| matches!(root.kind, Kind::Sequence(_));
    let (of_text, of_tree) = match outcome.stop {
        // A list at the top level was not meant as a catalog; it may be TOML.
        Some(_) if root.as_ref().is_some_and(is_list) => (vec![], reader.diagnostics),
        Some(Stop::Named(diagnostic)) => (vec![*diagnostic], vec![]),
        Some(Stop::Parser(failure)) => {
            // An invisible character on the line, or at the end of the one above, is the likely cause.
            let line = file.line_index(failure.at);
            let start = file.line_span(line.saturating_sub(1)).start;
            let near = Span::new(start, file.line_span(line).end);
            let is_caused = file.invisible_in(near).next().is_some();
            let found = (!is_caused).then(|| stopped::explain(file, &failure));
            (found.into_iter().collect(), vec![])
        }
        None if root.is_none() && outcome.diagnostics.is_empty() => (vec![empty(file)], vec![]),
        None => (outcome.diagnostics, reader.diagnostics),
    };
    let whole = parsed && reader.complete && root.is_some();
    let of_text = invisible.into_iter().chain(of_text).map(|found| found.shifted(base));
    Syntax { document, diagnostics: of_text.chain(of_tree).collect(), parsed, whole }
}

/// Returns the tree of the catalog without its imports, if it is YAML.
pub(crate) fn tree(source: &Source) -> Option<Node> {
    let outcome = yaml::read(&parsable(source.own_text()));
    outcome.root.filter(|_| outcome.stop.is_none())
}

/// Replaces each character that is not allowed in a file. These were already reported, and some would stop the
/// parser.
fn parsable(text: &str) -> String {
    // A question mark, which is shown for control characters, begins a key in YAML.
    let parsable = |character| match stand_in(character) {
        '?' if character != '?' => '$',
        other => other,
    };
    text.chars().map(parsable).collect()
}

fn empty(source: &Source) -> Diagnostic {
    let end = source.text().len();
    let label = (Span::new(0, end.min(1)), "no catalog begins here");
    let blank = source.text().trim().is_empty();
    let message = if blank { "the file is empty" } else { "the file contains no catalog" };
    Diagnostic::new(&rule::EMPTY_FILE, message, label)
}
