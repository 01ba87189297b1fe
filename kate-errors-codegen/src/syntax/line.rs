//! One line of a catalog, looked at without a parser: for naming mistakes that stop the parser.

use crate::source::{Source, Span};

/// A line, cut into its indentation, the dashes of list items, and the rest.
pub(super) struct Line<'a> {
    pub(super) span: Span,
    pub(super) text: &'a str,
    /// How many blanks it begins with.
    pub(super) indent: usize,
    /// In which column, from 0, the entry begins, behind the dashes of list items.
    pub(super) key_column: usize,
    /// The text from `key_column` on.
    pub(super) content: &'a str,
}

impl<'a> Line<'a> {
    pub(super) fn read(source: &'a Source, index: usize) -> Self {
        let span = source.line_span(index);
        let text = source.slice(span);
        let indent = text.len() - text.trim_start().len();
        let mut content = text.trim_start();
        while let Some(item) = content.strip_prefix("- ") {
            content = item.trim_start();
        }
        let key_column = text.len() - content.len();
        Self { span, text, indent, key_column, content: content.trim_end() }
    }

    pub(super) fn content_span(&self) -> Span {
        let start = self.span.start + self.indent;
        Span::new(start, self.span.start + self.text.trim_end().len())
    }

    /// Whether a key with its colon stands on the line.
    pub(super) fn is_entry(&self) -> bool {
        self.split().is_some()
    }

    pub(super) fn key_span(&self) -> Span {
        let start = self.span.start + self.key_column;
        Span::new(start, start + self.split().map_or(self.content.len(), |(key, _)| key.len()))
    }

    /// Whether entries may stand below this one: nothing follows its colon.
    pub(super) fn opens_block(&self) -> bool {
        self.split().is_some_and(|(_, value)| value.is_empty() || value.starts_with('#'))
            || self.content.is_empty()
    }

    /// The key and the value, where the line has a key that is a plain name.
    fn split(&self) -> Option<(&'a str, &'a str)> {
        if self.content.starts_with('#') {
            return None;
        }
        let (key, value) = match self.content.split_once(": ") {
            Some((key, value)) => (key, value.trim()),
            None => (self.content.strip_suffix(':')?, ""),
        };
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        (!key.is_empty() && key.chars().all(plain)).then_some((key, value))
    }

    /// The value behind the key, or the item of a list, where there is one.
    pub(super) fn value(&self) -> Option<Value<'a>> {
        let value = match self.split() {
            Some((_, value)) => value,
            None if self.key_column > self.indent => self.content,
            None => return None,
        };
        if value.is_empty() || value.starts_with('#') {
            return None;
        }
        let end = self.span.start + self.text.trim_end().len();
        Some(Value { text: value, span: Span::new(end - value.len(), end) })
    }

    /// Where a quote opens on the line that is not closed on it, as an offset into the file.
    pub(super) fn open_quote(&self) -> Option<usize> {
        let value = self.value()?;
        let quote = value.text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let rest = &value.text[1..];
        let closed = match quote {
            '"' => closes_double_quote(rest),
            _ => rest.replace("''", "").contains('\''),
        };
        (!closed).then_some(value.span.start)
    }

    /// The line with the colon that it lacks.
    pub(super) fn suggest_colon(&self) -> Option<String> {
        let (key, value) = match self.content.split_once(':') {
            Some((key, value)) => (key, value),
            None => self.content.split_once(' ')?,
        };
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
        (!key.is_empty() && key.chars().all(plain)).then(|| format!("{key}: {}", value.trim()))
    }
}

fn closes_double_quote(rest: &str) -> bool {
    let mut characters = rest.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => drop(characters.next()),
            '"' => return true,
            _ => {}
        }
    }
    false
}

/// The value of an entry as it is written.
pub(super) struct Value<'a> {
    text: &'a str,
    pub(super) span: Span,
}

impl Value<'_> {
    /// Why YAML does not read the value as text, if it does not.
    pub(super) fn why_quotes(&self) -> Option<String> {
        let first = self.text.chars().next()?;
        match first {
            '"' | '\'' => self.text_after_quotes(first),
            '{' | '[' => {
                let close = if first == '{' { '}' } else { ']' };
                let rest =
                    &self.text[self.text.rfind(close).map_or(self.text.len(), |at| at + 1)..];
                let followed = !rest.is_empty() && !rest.trim_start().starts_with('#');
                followed.then(|| format!("`{first}` begins a collection, and text follows its end"))
            }
            '@' | '`' | '%' | '&' | '*' | '!' | '|' | '>' | '?' | ',' | ']' | '}' => {
                Some(format!("`{first}` at the beginning means something else to YAML"))
            }
            _ if self.text.contains(": ") || self.text.ends_with(':') => {
                Some("`: ` inside makes YAML look for a key".to_owned())
            }
            _ => None,
        }
    }

    /// Text that goes on behind a closed quote: `'it's'` or `"a" b`.
    fn text_after_quotes(&self, quote: char) -> Option<String> {
        let inner = self.text.strip_prefix(quote)?.strip_suffix(quote);
        let stray = inner.is_none_or(|inner| inner.replace("''", "").contains(quote));
        stray.then(|| format!("the quote {quote} closes before the text ends"))
    }

    pub(super) fn shown(&self) -> String {
        format!("`{}`", self.text)
    }

    /// The value as a YAML text in double quotes.
    pub(super) fn quoted(&self) -> String {
        let bare = match self.text.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inner = self.text.strip_prefix(quote).unwrap_or(self.text);
                inner.strip_suffix(quote).unwrap_or(inner)
            }
            _ => self.text,
        };
        format!("\"{}\"", bare.replace('\\', "\\\\").replace('"', "\\\""))
    }
}
