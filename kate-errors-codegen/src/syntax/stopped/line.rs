//! A line of a catalog, split without a parser, to explain why the parser stopped at it.

use crate::diagnostic::Diagnostic;
use crate::rule;
use crate::source::{Source, Span};
use crate::syntax::fields::shorten;
use crate::syntax::scalars::quoted;

/// A line, split into its indentation, the dashes of list items, and the entry after them.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    /// The offset of the line in the source.
    pub(super) start: usize,
    text: &'a str,
    /// The indentation, in bytes.
    indent: usize,
    /// The number of bytes before the entry, including the dashes of list items.
    entry: usize,
}

impl<'a> Line<'a> {
    pub(super) fn read(source: &'a Source, index: usize) -> Self {
        let span = source.line_span(index);
        let text = source.slice(span).trim_end();
        let indent = text.len() - text.trim_start().len();
        let mut entry = &text[indent..];
        while let Some(item) = entry.strip_prefix("- ") {
            entry = item.trim_start();
        }
        Self { start: span.start, text, indent, entry: text.len() - entry.len() }
    }

    pub(super) fn has_dash(&self) -> bool {
        self.entry > self.indent
    }

    /// Returns the text after indentation and dashes.
    pub(super) fn content(&self) -> &'a str {
        &self.text[self.entry..]
    }

    /// Whether the line is empty or a comment.
    pub(super) fn is_blank(&self) -> bool {
        !self.has_dash() && (self.content().is_empty() || self.content().starts_with('#'))
    }

    /// Returns the place of the line without its indentation.
    pub(super) fn place(&self) -> Span {
        Span::new(self.start + self.indent, self.end())
    }

    /// Returns the place of the entry after the dashes.
    pub(super) fn content_place(&self) -> Span {
        Span::new(self.start + self.entry, self.end())
    }

    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub(super) fn indentation(&self) -> &'a str {
        &self.text[..self.indent]
    }

    /// Returns the key without quotes, if the line has a key and a colon.
    pub(super) fn key(&self) -> Option<&'a str> {
        self.split().map(|(key, _)| key.trim_matches(['"', '\'']))
    }

    /// Returns the text after the key, or the item of a list.
    pub(super) fn value(&self) -> Option<Written<'a>> {
        let value = match self.split() {
            Some((_, value)) => value,
            None if self.has_dash() => self.content(),
            None => return None,
        };
        (!value.is_empty()).then(|| Written { text: value, start: self.end() - value.len() })
    }

    fn split(&self) -> Option<(&'a str, &'a str)> {
        let (key, value) = match split_entry(self.content()) {
            Some((key, value)) => (key.trim_end(), value.trim_start()),
            None => (self.content().strip_suffix(':')?, ""),
        };
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '"' | '\'');
        (!key.is_empty() && key.chars().all(is_part)).then_some((key, value))
    }
}

/// Splits `key: value` at its colon.
pub(super) fn split_entry(text: &str) -> Option<(&str, &str)> {
    let mut colons = text.match_indices(':').map(|(at, _)| at);
    let colon = colons.find(|at| text[at + 1..].starts_with([' ', '\t']))?;
    Some((&text[..colon], &text[colon + 1..]))
}

/// A text as it is written, including quotes.
#[derive(Clone, Copy)]
pub(super) struct Written<'a> {
    pub(super) text: &'a str,
    pub(super) start: usize,
}

impl Written<'_> {
    pub(super) fn place(&self) -> Span {
        Span::new(self.start, self.start + self.text.len())
    }

    /// Returns the diagnostic that the text needs quotes.
    pub(super) fn needs_quotes(&self) -> Diagnostic {
        self.needs_quotes_because(self.why_quotes())
    }

    pub(super) fn needs_quotes_because(&self, why: String) -> Diagnostic {
        let message = match self.text.chars().next() {
            Some(quote @ ('"' | '\'')) => format!("a {quote} inside the text ends it"),
            _ => format!("the text `{}` needs quotes", shorten(self.text)),
        };
        let help = format!("write it in double quotes: {}", self.quoted());
        Diagnostic::new(&rule::NEEDS_QUOTES, message, (self.place(), why)).help(help)
    }

    /// Explains why YAML does not read it as one text.
    fn why_quotes(&self) -> String {
        match self.text.chars().next() {
            Some(quote @ ('"' | '\'')) => format!("the {quote} inside ends the text"),
            Some('`') => "a backtick has a special meaning in YAML at the beginning".to_owned(),
            Some(first) if first.is_ascii_punctuation() => {
                format!("`{first}` has a special meaning in YAML at the beginning")
            }
            _ => "the colon makes YAML look for a key".to_owned(),
        }
    }

    /// Returns the text in double quotes, as YAML reads it.
    fn quoted(&self) -> String {
        let stripped = |quote| self.text.strip_prefix(quote)?.strip_suffix(quote);
        match (stripped('"'), stripped('\'')) {
            (Some(inner), _) => quoted(&inner.replace("\\\"", "\"")),
            (_, Some(inner)) => quoted(&inner.replace("''", "'")),
            _ => quoted(self.text),
        }
    }
}
