//! The catalog as it is written: every field optional, every value with its place.
//!
//! A field is `None` where it is missing and where it could not be read; either was reported while the
//! document was read, so later stages pass over `None` in silence.

use std::fmt;
use std::ops::Range;

use kate_errors_model::Retry;
use kate_errors_model::types::Type;

use crate::source::Span;

/// A value and its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spanned<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

/// A text and its place.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) value: String,
    pub(crate) span: Span,
    /// Where the value begins in the file, if it stands there letter for letter.
    pub(crate) verbatim: Option<usize>,
}

impl Text {
    /// The place of a part of the value, or of all of it where parts have no place of their own.
    pub(crate) fn part(&self, part: &Range<usize>) -> Span {
        self.verbatim.map_or(self.span, |base| Span::new(base + part.start, base + part.end))
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.value)
    }
}

#[derive(Debug, Default)]
pub(crate) struct Document {
    pub(crate) catalog: Option<Text>,
    pub(crate) title: Option<Text>,
    pub(crate) summary: Option<Text>,
    pub(crate) reference: Option<Text>,
    pub(crate) statuses: Vec<Status>,
    pub(crate) contexts: Vec<Context>,
    pub(crate) sections: Vec<Section>,
    pub(crate) operations: Vec<Operation>,
    pub(crate) reserved: Reserved,
}

impl Document {
    /// The rows of all sections, in the order of the file.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &Row> {
        self.sections.iter().flat_map(|section| &section.errors)
    }
}

/// What deleted rows had, and no row may have again.
#[derive(Debug, Default)]
pub(crate) struct Reserved {
    pub(crate) codes: Vec<Text>,
    pub(crate) details: Vec<Text>,
}

#[derive(Debug)]
pub(crate) struct Status {
    pub(crate) code: Spanned<u16>,
    pub(crate) name: Option<Text>,
    pub(crate) description: Option<Text>,
    pub(crate) headers: Headers,
    pub(crate) fallback: Option<Text>,
}

impl Status {
    /// A status of which nothing else could be read.
    pub(crate) fn new(code: Spanned<u16>) -> Self {
        let headers = Headers::default();
        Self { code, name: None, description: None, headers, fallback: None }
    }
}

/// The header fields of the responses of a status or a row, as they are written beside it.
#[derive(Debug, Default)]
pub(crate) struct Headers {
    pub(crate) www_authenticate: Option<Text>,
    pub(crate) proxy_authenticate: Option<Text>,
    pub(crate) allow: Option<Spanned<Vec<Text>>>,
    pub(crate) retry_after: Option<u32>,
    /// The names of those that are there, with their places.
    pub(crate) fields: Vec<(&'static str, Span)>,
}

impl Headers {
    /// The place of the name of a field that is there, readable or not.
    pub(crate) fn field(&self, name: &str) -> Option<Span> {
        self.fields.iter().find(|(field, _)| *field == name).map(|(_, span)| *span)
    }
}

#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) name: Text,
    pub(crate) text: Option<Text>,
    pub(crate) params: Vec<Param>,
    /// Whether the names of all parameters could be read.
    pub(crate) has_all_params: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Param {
    pub(crate) name: Text,
    pub(crate) ty: Option<Spanned<Type<'static>>>,
    /// The choices of a `one_of`, with their places.
    pub(crate) choices: Vec<Text>,
    /// The Rust type of the field, where it is one of the user's.
    pub(crate) rust: Option<Text>,
    pub(crate) description: Option<Text>,
    pub(crate) example: Option<Text>,
    pub(crate) sensitive: bool,
}

impl Param {
    /// A parameter of which nothing is known but its name.
    pub(crate) fn named(name: Text) -> Self {
        let (ty, choices, rust) = (None, Vec::new(), None);
        Self { name, ty, choices, rust, description: None, example: None, sensitive: false }
    }
}

#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) name: Option<Text>,
    pub(crate) errors: Vec<Row>,
}

#[derive(Debug, Default)]
pub(crate) struct Row {
    pub(crate) span: Span,
    pub(crate) code: Option<Text>,
    pub(crate) status: Option<Spanned<u16>>,
    pub(crate) status_basis: Option<Spanned<StatusBasis>>,
    pub(crate) detail: Option<Text>,
    pub(crate) context: Option<Text>,
    pub(crate) params: Vec<Param>,
    /// Whether the names of all parameters could be read.
    pub(crate) has_all_params: bool,
    pub(crate) same_as: Option<Text>,
    pub(crate) former: Vec<Text>,
    pub(crate) retired: Option<Retired>,
    pub(crate) retry: Option<Spanned<Retry>>,
    pub(crate) since: Option<Text>,
    pub(crate) cause: Option<Text>,
    pub(crate) fix: Option<Text>,
    pub(crate) headers: Headers,
    /// The names of the fields that are there, with their places.
    pub(crate) fields: Vec<(&'static str, Span)>,
}

impl Row {
    /// The place of the name of a field that is there.
    pub(crate) fn field(&self, name: &str) -> Option<Span> {
        self.fields.iter().find(|(field, _)| *field == name).map(|(_, span)| *span)
    }
}

/// How the status of a row is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StatusBasis {
    /// The API documents or shows it.
    #[default]
    Documented,
    /// It is concluded from what the statuses mean.
    Inferred,
}

#[derive(Debug)]
pub(crate) struct Retired {
    pub(crate) span: Span,
    pub(crate) since: Option<Text>,
    pub(crate) reason: Option<Text>,
    pub(crate) replaced_by: Option<Text>,
}

#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) name: Text,
    pub(crate) route: Option<Text>,
    pub(crate) summary: Option<Text>,
    pub(crate) errors: Vec<Text>,
}
