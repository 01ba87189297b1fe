//! One line of a catalog, looked at without a parser: for naming mistakes that stop the parser.

use super::draft::Shift;
use super::value::Value;
use crate::source::Span;

/// A line, cut into its indentation, the dashes of list items, and the rest.
pub(super) struct Line<'a> {
    /// Its place in the source.
    pub(super) span: Span,
    pub(super) text: &'a str,
    /// How many blanks it begins with, in the source.
    indent: usize,
    /// In which column, from 0, the entry begins, behind the dashes of list items, in the source.
    key_column: usize,
    /// How far right or left of that it is read.
    shift: Shift,
    /// The text of the entry.
    pub(super) content: &'a str,
}

impl<'a> Line<'a> {
    pub(super) fn read(span: Span, text: &'a str, shift: Shift) -> Self {
        let indent = text.len() - text.trim_start().len();
        let mut content = text.trim_start();
        while let Some(item) = content.strip_prefix("- ") {
            content = item.trim_start();
        }
        let key_column = text.len() - content.len();
        Self { span, text, indent, key_column, shift, content: content.trim_end() }
    }

    /// The column, from 0, in which it begins.
    pub(super) fn begin(&self) -> usize {
        self.shift.apply(self.indent)
    }

    /// The column, from 0, in which its entry begins, behind the dashes of list items.
    pub(super) fn entry_column(&self) -> usize {
        self.shift.apply(self.key_column)
    }

    /// The columns, from 0, of its dashes.
    pub(super) fn dashes(&self) -> impl Iterator<Item = usize> {
        let dashes = self.text.get(self.indent..self.key_column).unwrap_or_default();
        let columns = dashes.match_indices('-').map(|(at, _)| self.indent + at);
        columns.map(|column| self.shift.apply(column))
    }

    pub(super) fn has_dash(&self) -> bool {
        self.key_column > self.indent
    }

    /// The place of a dash, given by its column.
    pub(super) fn dash_span(&self, column: usize) -> Span {
        let start = self.span.start + self.shift.undo(column);
        Span::new(start, start + 1)
    }

    /// Whether nothing, or a comment, stands on it.
    pub(super) fn is_blank(&self) -> bool {
        (self.content.is_empty() && !self.has_dash()) || self.content.starts_with('#')
    }

    pub(super) fn content_span(&self) -> Span {
        self.part(self.indent, self.text.trim_end().len())
    }

    fn part(&self, start: usize, end: usize) -> Span {
        let end = (self.span.start + end).min(self.span.end);
        Span::new((self.span.start + start).min(end), end)
    }

    /// Whether a key with its colon stands on the line.
    pub(super) fn is_entry(&self) -> bool {
        self.split().is_some()
    }

    /// The key, without quotes.
    pub(super) fn key(&self) -> Option<&'a str> {
        self.split().map(|(key, _)| key.trim_matches(['"', '\'']))
    }

    pub(super) fn key_span(&self) -> Span {
        let length = self.split().map_or(self.content.len(), |(key, _)| key.len());
        self.part(self.key_column, self.key_column + length)
    }

    /// Whether entries may stand below this one: nothing follows its colon.
    pub(super) fn opens_block(&self) -> bool {
        self.split().is_some_and(|(_, value)| value.is_empty() || value.starts_with('#'))
            || self.content.is_empty()
    }

    /// The line up to its value.
    pub(super) fn head(&self) -> Option<String> {
        let (key, _) = self.split()?;
        let columns = " ".repeat(self.entry_column());
        let mut head: Vec<u8> = columns.into_bytes();
        for dash in self.dashes() {
            head[dash] = b'-';
        }
        Some(format!("{}{key}: ", String::from_utf8(head).ok()?))
    }

    /// The key and the value, where the line has a key that is a name.
    fn split(&self) -> Option<(&'a str, &'a str)> {
        if self.content.starts_with('#') {
            return None;
        }
        let (key, value) = match split_entry(self.content) {
            Some((key, value)) => (key, value.trim()),
            None => (self.content.strip_suffix(':')?, ""),
        };
        is_key(key.trim_end()).then_some((key, value))
    }

    /// The value behind the key, or the item of a list, where there is one.
    pub(super) fn value(&self) -> Option<Value<'a>> {
        let value = match self.split() {
            Some((_, value)) => value,
            None if self.has_dash() => self.content,
            None => return None,
        };
        if value.is_empty() || value.starts_with('#') {
            return None;
        }
        let end = self.text.trim_end().len();
        Some(Value::new(value, self.part(end - value.len(), end)))
    }

    /// The line with the colon that it lacks; `is_field` tells the names that fields have.
    pub(super) fn suggest_colon(&self, is_field: fn(&str) -> bool) -> Option<String> {
        let name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let length = self.content.find(|c| !name(c)).unwrap_or(self.content.len());
        let (key, rest) = self.content.split_at(length);
        let separators = [':', '=', '>', '：', ' ', '\u{A0}', '\t'];
        let value = rest.trim_start_matches(separators).trim_start_matches([',', ';']);
        let number = key.len() == 3 && key.bytes().all(|byte| byte.is_ascii_digit());
        let closed = value.is_empty() && rest.starts_with(':');
        let known = closed && !key.is_empty()
            || is_field(key)
            || (number || !key.is_empty()) && value.starts_with('{');
        known.then(|| format!("{key}: {value}").trim_end().to_owned())
    }

    /// The line with another text in place of its entry.
    pub(super) fn with_content(&self, content: &str) -> String {
        format!("{}{content}", self.text.get(..self.key_column).unwrap_or_default())
    }
}

/// Cuts `key: value` at its colon.
pub(super) fn split_entry(text: &str) -> Option<(&str, &str)> {
    let colon = text.match_indices(':').map(|(at, _)| at);
    let mut colons = colon.filter(|at| text[at + 1..].starts_with([' ', '\t']));
    colons.next().map(|at| (&text[..at], &text[at + 1..]))
}

/// Whether a text can be a key of a catalog: a name, with or without quotes.
pub(super) fn is_key(text: &str) -> bool {
    let bare = ['"', '\'']
        .iter()
        .find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote))
        .unwrap_or(text);
    let plain = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    !bare.is_empty() && bare.chars().all(plain)
}
