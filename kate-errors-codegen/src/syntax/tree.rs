//! The YAML tree with the place of every node, for the compiler and for tools that edit the text of a catalog.

use crate::source::Span;

/// A YAML node.
#[derive(Clone, Debug)]
pub struct Node {
    /// The place of the node. That of a list or mapping without brackets may extend to the next token.
    pub span: Span,
    /// The kind and content of the node.
    pub kind: Kind,
}

/// The kind and content of a node.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A text, a number, or a word.
    Scalar(Scalar),
    /// A list.
    Sequence(Vec<Node>),
    /// Keys with values.
    Mapping(Mapping),
    /// A node that was already reported, such as an alias. Later stages silently skip it.
    Rejected,
}

/// A decoded scalar.
#[derive(Clone, Debug)]
pub struct Scalar {
    /// The decoded value.
    pub value: String,
    /// How it is written.
    pub style: Style,
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Nothing is written.
    Absent,
    /// Without quotes.
    Plain,
    /// In single or double quotes.
    Quoted,
    /// `|` or `>`.
    Block,
}

/// A mapping: entries with scalar keys, each key once, in the order of the file.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// The entries.
    pub entries: Vec<Entry>,
    /// Whether it is written with `{` and `}`.
    pub flow: bool,
    /// Whether entries were reported and left out, such as those of a merge key. If so, no field is reported as
    /// missing.
    pub lacks_entries: bool,
}

/// A key and its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key.
    pub key: Key,
    /// The value.
    pub value: Node,
}

/// The key of an entry.
#[derive(Clone, Debug)]
pub struct Key {
    /// The decoded text.
    pub text: String,
    /// The place of the key.
    pub span: Span,
    /// How the key is written.
    pub style: Style,
}

impl Node {
    /// Moves all places by `by` bytes.
    pub(crate) fn shift(&mut self, by: usize) {
        self.span = self.span.shifted(by);
        match &mut self.kind {
            Kind::Sequence(items) => items.iter_mut().for_each(|item| item.shift(by)),
            Kind::Mapping(mapping) => {
                for Entry { key, value } in &mut mapping.entries {
                    key.span = key.span.shifted(by);
                    value.shift(by);
                }
            }
            Kind::Scalar(_) | Kind::Rejected => {}
        }
    }

    /// Returns what the node is, for messages.
    pub(crate) fn describe(&self) -> &'static str {
        match &self.kind {
            Kind::Scalar(scalar) if scalar.style == Style::Absent => "empty",
            Kind::Scalar(_) => "a text",
            Kind::Sequence(_) => "a list",
            Kind::Mapping(_) => "a mapping",
            Kind::Rejected => "something else",
        }
    }

    /// Returns the items of a list; empty for other nodes.
    #[must_use]
    pub fn items(&self) -> &[Node] {
        if let Kind::Sequence(items) = &self.kind { items } else { &[] }
    }

    /// Returns the entries of a mapping; empty for other nodes.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        if let Kind::Mapping(mapping) = &self.kind { &mapping.entries } else { &[] }
    }

    /// Returns the value of a key of a mapping.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|entry| entry.key.text == key).map(|entry| &entry.value)
    }

    /// Whether nothing is written there.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(&self.kind, Kind::Scalar(scalar) if scalar.style == Style::Absent)
    }
}
