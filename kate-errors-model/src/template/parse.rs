//! The template language: text with `{name}` placeholders, and `{{` and `}}` for literal braces.

use alloc::borrow::{Cow, ToOwned};
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

/// A part of a template as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text, with unescaped braces.
    Literal(String),
    /// A placeholder.
    Placeholder(Placeholder),
}

/// A placeholder, and its position in the template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// The text between the braces.
    pub name: String,
    /// Its position, including the braces.
    pub range: Range<usize>,
}

/// A mistake in the braces of a template, and its position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BraceError {
    /// What is wrong.
    pub kind: BraceErrorKind,
    /// Its position.
    pub range: Range<usize>,
}

/// What can be wrong with a brace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BraceErrorKind {
    /// A `{` has no `}`.
    Unclosed,
    /// A `}` has no `{`.
    Stray,
    /// The text between two braces is not a valid parameter name.
    InvalidName,
}

/// A template, split into parts. Parsing never fails, but reports invalid braces.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// The parts, in order.
    pub parts: Vec<Part>,
    /// The invalid braces.
    pub errors: Vec<BraceError>,
}

impl Parsed {
    /// The placeholders, in order.
    pub fn placeholders(&self) -> impl Iterator<Item = &Placeholder> {
        self.parts.iter().filter_map(|part| match part {
            Part::Placeholder(placeholder) => Some(placeholder),
            Part::Literal(_) => None,
        })
    }
}

/// Inserts values into a text. A placeholder without a value is kept.
///
/// ```
/// use kate_errors_model::template::fill;
///
/// let value = |name: &str| (name == "id").then(|| "7".into());
/// assert_eq!(fill("{{job}} {id} on {host}", value), "{job} 7 on {host}");
/// ```
pub fn fill<'v>(text: &str, value: impl Fn(&str) -> Option<Cow<'v, str>>) -> String {
    let mut filled = String::with_capacity(text.len());
    for part in parse(text).parts {
        match part {
            Part::Literal(literal) => filled.push_str(&literal),
            Part::Placeholder(placeholder) => match value(&placeholder.name) {
                Some(value) => filled.push_str(&value),
                None => filled.push_str(text.get(placeholder.range).unwrap_or_default()),
            },
        }
    }
    filled
}

/// Returns a text with a mark in place of each placeholder, to compare texts whose parameters have other names.
///
/// ```
/// use kate_errors_model::template::literals;
///
/// assert_eq!(literals("Job {id}"), literals("Job {job}"));
/// assert_ne!(literals("Job {id}"), literals("Job {{id}}"));
/// ```
#[must_use]
pub fn literals(text: &str) -> String {
    fill(text, |_| Some("\0".into()))
}

/// Splits `text` into parts.
#[must_use]
pub fn parse(text: &str) -> Parsed {
    let mut parsed = Parsed::default();
    // Most texts have no braces. A search for one byte is fast even in build scripts, which are not optimized.
    if !text.contains('{') && !text.contains('}') {
        parsed.literal(&mut text.to_owned());
        return parsed;
    }
    let mut literal = String::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(['{', '}']) {
        let brace = at + found;
        literal.push_str(&text[at..brace]);
        let rest = &text[brace..];
        if rest.starts_with("{{") || rest.starts_with("}}") {
            literal.push_str(&rest[..1]);
            at = brace + 2;
        } else if rest.starts_with('}') {
            parsed.error(BraceErrorKind::Stray, brace..brace + 1);
            at = brace + 1;
        } else {
            at = parsed.placeholder(text, brace, &mut literal);
        }
    }
    literal.push_str(&text[at..]);
    parsed.literal(&mut literal);
    parsed
}

impl Parsed {
    fn error(&mut self, kind: BraceErrorKind, range: Range<usize>) {
        self.errors.push(BraceError { kind, range });
    }

    fn literal(&mut self, literal: &mut String) {
        if !literal.is_empty() {
            self.parts.push(Part::Literal(core::mem::take(literal)));
        }
    }

    /// Parses the placeholder whose brace opens at `open`. Returns the position after it.
    fn placeholder(&mut self, text: &str, open: usize, literal: &mut String) -> usize {
        let inside = &text[open + 1..];
        let end = inside.find(['{', '}']);
        let Some(length) = end.filter(|end| inside[*end..].starts_with('}')) else {
            self.error(BraceErrorKind::Unclosed, open..open + 1);
            return open + 1;
        };
        let range = open..open + length + 2;
        let name = &inside[..length];
        if is_parameter_name(name) {
            self.literal(literal);
            self.parts.push(Part::Placeholder(Placeholder {
                name: name.to_owned(),
                range: range.clone(),
            }));
        } else {
            self.error(BraceErrorKind::InvalidName, range.clone());
        }
        range.end
    }
}

/// Whether a placeholder can have this name. Whether a parameter can is decided by `check`.
fn is_parameter_name(name: &str) -> bool {
    let begins = |c: char| c.is_alphabetic() || c == '_';
    name.starts_with(begins) && name.chars().all(|c| c.is_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    fn shape(text: &str) -> String {
        let parsed = parse(text);
        let parts = parsed.parts.iter().map(|part| match part {
            Part::Literal(literal) => format!("[{literal}]"),
            Part::Placeholder(placeholder) => format!("<{}>", placeholder.name),
        });
        let errors =
            parsed.errors.iter().map(|error| format!(" {:?}@{:?}", error.kind, error.range));
        parts.chain(errors).collect()
    }

    #[test]
    fn braces() {
        assert_eq!(shape("Job {id} failed"), "[Job ]<id>[ failed]");
        assert_eq!(shape("{a}{b}"), "<a><b>");
        assert_eq!(shape("a {{b}} c"), "[a {b} c]");
        assert_eq!(shape("{{{a}}}"), "[{]<a>[}]");
        assert_eq!(shape("a {b"), "[a b] Unclosed@2..3");
        assert_eq!(shape("a {b {c}"), "[a b ]<c> Unclosed@2..3");
        assert_eq!(shape("a } b"), "[a  b] Stray@2..3");
        assert_eq!(
            shape("{} {a b} {x:?}"),
            "[  ] InvalidName@0..2 InvalidName@3..8 InvalidName@9..14"
        );
        assert_eq!(shape(""), "");
    }
}
