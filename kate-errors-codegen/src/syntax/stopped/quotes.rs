//! Explains mistakes in quoted texts.

use super::super::field_names::is_field_name;
use super::Stopped;
use super::line::{Written, split_entry};
use crate::diagnostic::Diagnostic;
use crate::rule;
use crate::source::Span;

impl Stopped<'_> {
    pub(super) fn unclosed_quote(&self) -> Option<Diagnostic> {
        let opening = self.opening_quote()?;
        let quote = self.source.slice(self.source.character_span(opening));
        let message = format!("the quote {quote} is not closed");
        let label = (self.source.character_span(opening), "opened here");
        let diagnostic = Diagnostic::new(&rule::UNTERMINATED_QUOTE, message, label);
        Some(diagnostic.help(format!("close it with {quote} at the end of the text")))
    }

    /// Returns the offset of the quote that opens the text in which the parser stopped: the first one after
    /// what was read last, ignoring comments.
    pub(super) fn opening_quote(&self) -> Option<usize> {
        let start = self.failure.after;
        let end = self.here().end.max(start);
        let mut in_comment = false;
        let mut before = ' ';
        for (at, character) in self.source.slice(Span::new(start, end)).char_indices() {
            match character {
                '\n' => in_comment = false,
                '#' if before.is_whitespace() => in_comment = true,
                '"' | '\'' if !in_comment => return Some(start + at),
                _ => {}
            }
            before = character;
        }
        None
    }

    /// Reports text after a closing quote.
    pub(super) fn text_behind_quotes(&self) -> Option<Diagnostic> {
        let opening = self.opening_quote()?;
        let rest = self.source.rest_of_line(self.failure.at);
        let in_brackets = self.open_bracket().is_some();
        if let Some(key) = split_entry(rest).map(|(key, _)| key).filter(|_| in_brackets) {
            if is_field_name(key.trim_matches(['"', '\''])) {
                return Some(self.missing_comma(self.failure.at, key));
            }
        }
        if rest.starts_with(',') && !in_brackets {
            return Some(
                self.report(
                    &rule::ENTRIES_ON_ONE_LINE,
                    "outside of brackets, entries do not end with a comma",
                    self.here(),
                )
                .help("delete the comma"),
            );
        }
        let end = rest.find([',', '}', ']']).filter(|_| in_brackets);
        let length = end.unwrap_or(rest.len());
        let end = self.failure.at + rest[..length].trim_end().len();
        let text = self.source.slice(Span::new(opening, end));
        if text.contains('\n') {
            // The closing quote was meant to open another text.
            return self.unclosed_quote();
        }
        Some(Written { text, start: opening }.needs_quotes())
    }

    pub(super) fn escape(&self) -> Diagnostic {
        let rest = self.source.text().get(self.failure.at..).unwrap_or_default();
        let (start, length) = bad_escape(rest).unwrap_or_default();
        let start = self.failure.at + start;
        let escape: String =
            self.source.text().get(start..).unwrap_or_default().chars().take(length).collect();
        let digits = hex_digits(escape.chars().nth(1).unwrap_or_default());
        let message = match digits.filter(|digits| escape.len() < 2 + digits) {
            Some(digits) => {
                format!("the escape `{escape}` has fewer than {digits} hexadecimal digits")
            }
            None => format!("YAML has no escape `{escape}`"),
        };
        self.report(&rule::INVALID_ESCAPE, message, Span::new(start, start + escape.len()))
    }
}

/// Returns the number of hexadecimal digits after a backslash and this letter.
fn hex_digits(escape: char) -> Option<usize> {
    match escape {
        'x' => Some(2),
        'u' => Some(4),
        'U' => Some(8),
        _ => None,
    }
}

/// Returns the first invalid escape in a double-quoted text: its offset, and its number of characters.
fn bad_escape(text: &str) -> Option<(usize, usize)> {
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        if character != '\\' {
            continue;
        }
        let (_, escape) = characters.next()?;
        let Some(digits) = hex_digits(escape) else {
            if "0abt\tnvfre \"/\\N_LP\n\r".contains(escape) {
                continue;
            }
            return Some((at, 2));
        };
        let hex: String = text[at + 2..].chars().take(digits).collect();
        let code = u32::from_str_radix(&hex, 16).ok().filter(|_| hex.len() == digits);
        if code.and_then(char::from_u32).is_none() {
            return Some((at, 2 + hex.chars().take_while(char::is_ascii_hexdigit).count()));
        }
    }
    None
}
