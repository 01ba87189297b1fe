//! The YAML tree: every node with its place.

use crate::source::Span;

/// A YAML node.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) kind: Kind,
}

/// What a node is.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Scalar(Scalar),
    Sequence(Vec<Node>),
    Mapping(Mapping),
    /// A node that was reported already, such as an alias; later stages pass over it in silence.
    Rejected,
}

/// A scalar, decoded.
#[derive(Clone, Debug)]
pub(crate) struct Scalar {
    pub(crate) value: String,
    pub(crate) style: Style,
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Nothing at all stands there.
    Absent,
    Plain,
    Quoted,
    /// `|` or `>`.
    Block,
}

/// A mapping: entries with scalar keys, each key once, in the order of the file.
#[derive(Clone, Debug)]
pub(crate) struct Mapping {
    pub(crate) entries: Vec<Entry>,
    /// Whether it is written with `{` and `}`.
    pub(crate) flow: bool,
    /// Whether entries of it were reported and left out, such as what a merge key would bring in. Nothing is
    /// missing in it.
    pub(crate) lacks_entries: bool,
}

/// A key and its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) key: Key,
    pub(crate) value: Node,
}

/// The key of an entry.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) text: String,
    pub(crate) span: Span,
    pub(crate) style: Style,
}

impl Node {
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

    /// The items of a list.
    pub(crate) fn items(&self) -> &[Node] {
        if let Kind::Sequence(items) = &self.kind { items } else { &[] }
    }

    pub(crate) fn is_absent(&self) -> bool {
        matches!(&self.kind, Kind::Scalar(scalar) if scalar.style == Style::Absent)
    }
}
