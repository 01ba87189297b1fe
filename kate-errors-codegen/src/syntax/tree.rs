//! The YAML tree: every node with its place, for the compiler and for who edits the text of a catalog.

use crate::source::Span;

/// A YAML node.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it stands. That of a list or mapping without brackets may go on to what comes next.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a node is.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A text, a number, a word.
    Scalar(Scalar),
    /// A list.
    Sequence(Vec<Node>),
    /// Keys with values.
    Mapping(Mapping),
    /// A node that was reported already, such as an alias; later stages pass over it in silence.
    Rejected,
}

/// A scalar, decoded.
#[derive(Clone, Debug)]
pub struct Scalar {
    /// What it says.
    pub value: String,
    /// How it is written.
    pub style: Style,
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Nothing at all stands there.
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
    /// Whether entries of it were reported and left out, such as what a merge key would bring in. Nothing is
    /// missing in it.
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
    /// What it says.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// How it is written.
    pub style: Style,
}

impl Node {
    /// Moves everything by `by` bytes.
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

    /// What the node is, in the words of the person who wrote it.
    pub(crate) fn describe(&self) -> &'static str {
        match &self.kind {
            Kind::Scalar(scalar) if scalar.style == Style::Absent => "empty",
            Kind::Scalar(_) => "a text",
            Kind::Sequence(_) => "a list",
            Kind::Mapping(_) => "a mapping",
            Kind::Rejected => "something else",
        }
    }

    /// The items of a list; none of anything else.
    #[must_use]
    pub fn items(&self) -> &[Node] {
        if let Kind::Sequence(items) = &self.kind { items } else { &[] }
    }

    /// The entries of a mapping; none of anything else.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        if let Kind::Mapping(mapping) = &self.kind { &mapping.entries } else { &[] }
    }

    /// The value under a key of a mapping.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|entry| entry.key.text == key).map(|entry| &entry.value)
    }

    /// Whether nothing at all stands there.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(&self.kind, Kind::Scalar(scalar) if scalar.style == Style::Absent)
    }
}
