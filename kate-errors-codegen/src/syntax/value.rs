//! The value of an entry as it is written, and why YAML does not read it as the text it is meant to be.

use crate::source::Span;

/// The value of an entry as it is written, a comment behind it included.
pub(super) struct Value<'a> {
    pub(super) text: &'a str,
    pub(super) span: Span,
}

impl<'a> Value<'a> {
    pub(super) fn new(text: &'a str, span: Span) -> Self {
        Self { text, span }
    }

    /// The quote it begins with.
    pub(super) fn quote(&self) -> Option<char> {
        self.text.chars().next().filter(|first| matches!(first, '"' | '\''))
    }

    /// Whether it begins with a quote that is not closed in it.
    pub(super) fn is_unclosed(&self) -> bool {
        self.quote().is_some_and(|quote| closing_quote(self.text, quote).is_none())
    }

    /// What stands behind a quoted text.
    pub(super) fn behind_quotes(&self) -> Option<&'a str> {
        let close = closing_quote(self.text, self.quote()?)?;
        let rest = self.text[close + 1..].trim_start();
        (!rest.is_empty() && !rest.starts_with('#')).then_some(rest)
    }

    /// What stands behind the bracket that closes the one it begins with, and that bracket's place.
    pub(super) fn behind_brackets(&self) -> Option<(&'a str, usize)> {
        let close = closing_bracket(self.text)?;
        let rest = self.text[close + 1..].trim_start();
        (!rest.is_empty() && !rest.starts_with('#')).then_some((rest, close))
    }

    /// Whether it is written with brackets and fields, as no text is.
    pub(super) fn has_fields(&self) -> bool {
        self.text.starts_with('{') && self.text.contains(": ")
    }

    /// Why YAML does not read the value as text, if it does not.
    pub(super) fn why_quotes(&self) -> Option<String> {
        let first = self.text.chars().next()?;
        let reason = match first {
            '"' | '\'' => {
                self.behind_quotes()?;
                format!("{first} closes before the text ends")
            }
            '{' | '[' => {
                self.behind_brackets()?;
                format!("`{first}` begins a collection, and text follows its end")
            }
            '`' => "a backtick at the beginning means something else to YAML".to_owned(),
            '@' | '%' | '&' | '*' | '!' | '|' | '>' | ',' | ']' | '}' => {
                format!("`{first}` at the beginning means something else to YAML")
            }
            '-' | '?' if self.text[1..].starts_with([' ', '\t']) => {
                format!("`{first} ` at the beginning means something else to YAML")
            }
            _ if self.text.contains(": ") || self.text.ends_with(':') => {
                "`: ` inside makes YAML look for a key".to_owned()
            }
            _ => return None,
        };
        Some(reason)
    }

    /// Whether an apostrophe inside of a word is what closes it: `'It isn't there`.
    fn begins_with_apostrophe(&self) -> bool {
        let close = self.text.starts_with('\'').then(|| closing_quote(self.text, '\'')).flatten();
        let behind = close.and_then(|close| self.text[close + 1..].chars().next());
        behind.is_some_and(char::is_alphanumeric)
    }

    /// The value as a YAML text in double quotes.
    pub(super) fn quoted(&self) -> String {
        let inner = self.quote().and_then(|quote| {
            self.text.strip_prefix(quote)?.strip_suffix(quote).map(|inner| (quote, inner))
        });
        match inner {
            Some(('\'', inner)) => quoted(&inner.replace("''", "'")),
            Some((_, inner)) => quoted(&inner.replace("\\\"", "\"")),
            None if self.begins_with_apostrophe() => quoted(&self.text[1..]),
            None if self.text.starts_with('“') => quoted(self.text.trim_matches(['“', '”'])),
            None => quoted(self.text),
        }
    }
}

/// A text in double quotes, as YAML reads it.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Where the quote that a text begins with is closed.
pub(super) fn closing_quote(text: &str, quote: char) -> Option<usize> {
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' if quote == '"' => drop(characters.next()),
            '\'' if quote == '\'' && characters.next_if(|(_, next)| *next == '\'').is_some() => {}
            _ if character == quote => return Some(at),
            _ => {}
        }
    }
    None
}

/// Where the bracket that a text begins with is closed.
fn closing_bracket(text: &str) -> Option<usize> {
    if !text.starts_with(['{', '[']) {
        return None;
    }
    let mut depth = 0_usize;
    for (at, character) in text.char_indices() {
        match character {
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}
