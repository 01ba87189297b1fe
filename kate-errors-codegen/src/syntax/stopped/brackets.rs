//! Explains mistakes between `{` and `}`, or `[` and `]`.

use super::super::field_names::{is_field_name, is_text_field};
use super::super::yaml::ErrorKind;
use super::Stopped;
use super::line::Written;
use crate::diagnostic::Diagnostic;
use crate::rule;
use crate::source::Span;

impl Stopped<'_> {
    pub(super) fn in_brackets(&self) -> Option<Diagnostic> {
        let opened = self.open_bracket()?;
        self.wrong_bracket()
            .or_else(|| self.stray_comma())
            .or_else(|| self.unquoted_placeholder(opened))
            .or_else(|| self.no_separator())
            .or_else(|| self.cut_by_comment())
            .or_else(|| self.unclosed_quote())
            .or_else(|| Some(self.unclosed_bracket(opened)))
    }

    fn wrong_bracket(&self) -> Option<Diagnostic> {
        let bracket = self.source.slice(self.here());
        match self.failure.kind {
            ErrorKind::MisplacedFlowCollectionEnd => {
                let message = format!("unmatched closing bracket `{bracket}`");
                let help = format!("delete it, or write the bracket that `{bracket}` closes");
                Some(self.report(&rule::UNCLOSED_BRACKET, message, self.here()).help(help))
            }
            ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
                let message = format!("`{open}` is closed by `{close}`");
                let help = format!("write `{}` instead of `{close}`, or delete it", closing(open));
                Some(self.report(&rule::UNCLOSED_BRACKET, message, self.here()).help(help))
            }
            _ => None,
        }
    }

    fn stray_comma(&self) -> Option<Diagnostic> {
        let (before, rest) = self.source.text().split_at_checked(self.failure.at)?;
        let is_stray = rest.starts_with(',') && before.trim_end().ends_with([',', '{', '[']);
        let message = "there is nothing before this comma";
        is_stray
            .then(|| self.report(&rule::YAML_SYNTAX, message, self.here()).help("delete the comma"))
    }

    /// Reports an unquoted text that begins with a placeholder, whose bracket opens a mapping in YAML.
    fn unquoted_placeholder(&self, opened: usize) -> Option<Diagnostic> {
        let line = self.line(self.source.line_index(opened));
        let value = line.value().filter(|value| value.start == opened)?;
        let is_text = line.key().is_some_and(is_text_field) && !value.text.contains(": ");
        is_text.then(|| value.needs_quotes())
    }

    /// Reports text where a comma is expected: the next field, or a colon inside a text.
    fn no_separator(&self) -> Option<Diagnostic> {
        use ErrorKind as K;
        let expected = matches!(
            self.failure.kind,
            K::ExpectedFlowMappingSeparator | K::ExpectedFlowSequenceSeparator
        );
        if !expected {
            return None;
        }
        let line = self.source.line_around(self.failure.at);
        let rest = self.source.rest_of_line(self.failure.at);
        // The parser has read the text before a placeholder as a complete value.
        let before = self.source.slice(Span::new(line.start, self.failure.at)).trim_end();
        let is_text = !before.is_empty() && !before.ends_with(['}', ']', '"', '\'']);
        if is_text && rest.starts_with(['{', '[']) {
            return Some(self.bracket_in_text(line.start, before, rest));
        }
        if !rest.starts_with(':') {
            let key = rest.split([':', ' ']).next().unwrap_or_default();
            return Some(self.missing_comma(self.failure.at, key));
        }
        // The parser has read the text before the colon as one value.
        let key = before.rsplit([' ', ';', '"', '\'']).next().unwrap_or_default();
        if is_field_name(key) {
            return Some(self.missing_comma(line.start + before.len() - key.len(), key));
        }
        let length = rest.find([',', '}', ']']).unwrap_or(rest.len());
        Some(self.text_from(line.start, before, length).needs_quotes())
    }

    /// Reports an opening bracket in a text, such as that of a placeholder, or behind a key without its colon.
    fn bracket_in_text(&self, line: usize, before: &str, rest: &str) -> Diagnostic {
        let bracket = &rest[..1];
        let key = self.text_from(line, before, 0);
        let is_entry = self.failure.kind == ErrorKind::ExpectedFlowMappingSeparator;
        if is_entry && before[..key.start - line].trim_end().ends_with([',', '{']) {
            let message = format!("missing `:` after `{}`", key.text);
            let help = format!("did you mean `{}: {bracket}`?", key.text);
            return self.report(&rule::MISSING_COLON, message, key.place()).help(help);
        }
        let why = format!("between brackets, `{bracket}` ends the text before it");
        self.text_from(line, before, value_length(rest)).needs_quotes_because(why)
    }

    /// Returns the text in which the parser has stopped: from the bracket, comma or colon before it, to a number of
    /// bytes behind.
    fn text_from(&self, line: usize, before: &str, length: usize) -> Written<'_> {
        let begin = before.rfind([',', '{', '[', ':']).map_or(0, |at| at + 1);
        let start = line + before.len() - before[begin..].trim_start().len();
        let text = self.source.slice(Span::new(start, self.failure.at + length)).trim_end();
        Written { text, start }
    }

    pub(super) fn missing_comma(&self, start: usize, key: &str) -> Diagnostic {
        let place = Span::new(start, start + key.len());
        let key = key.trim_matches(['"', '\'']);
        let message = format!("missing comma before `{key}`");
        let diagnostic = self.report(&rule::MISSING_COMMA, message, place);
        if self.source.text()[..start].trim_end().ends_with(';') {
            diagnostic.help("write a comma instead of the semicolon")
        } else {
            diagnostic
        }
    }

    /// Reports a ` #` after what was read last, whose comment contains the closing bracket.
    fn cut_by_comment(&self) -> Option<Diagnostic> {
        let rest = self.source.rest_of_line(self.failure.after);
        let comment = rest.trim_start();
        if !comment.starts_with('#') {
            return None;
        }
        let end = self.failure.after + rest.len();
        let place = Span::new(end - comment.len(), end);
        let label = (place, "YAML reads this as a comment");
        let message = "` #` begins a comment, which cuts the text short";
        let help = "put the text into double quotes if all of it is text; \
                    move the comment to a line of its own if it is one";
        Some(Diagnostic::new(&rule::COMMENT_CUTS_TEXT, message, label).help(help))
    }

    fn unclosed_bracket(&self, opened: usize) -> Diagnostic {
        let place = self.source.character_span(opened);
        let bracket = self.source.slice(place);
        let message = format!("the bracket `{bracket}` is not closed");
        let wanted = closing(bracket.chars().next().unwrap_or_default());
        let help =
            format!("close it with `{wanted}`, indented deeper than the key of the `{bracket}`");
        Diagnostic::new(&rule::UNCLOSED_BRACKET, message, (place, "opened here")).help(help)
    }
}

/// Returns the length of a text with placeholders: up to a comma or a closing bracket, outside of their braces.
fn value_length(text: &str) -> usize {
    let mut depth = 0_usize;
    let ends = |(_, character): &(usize, char)| match character {
        '{' | '[' => {
            depth += 1;
            false
        }
        '}' | ']' if depth > 0 => {
            depth -= 1;
            false
        }
        ',' | '}' | ']' => depth == 0,
        _ => false,
    };
    text.char_indices().find(ends).map_or(text.len(), |(at, _)| at)
}

fn closing(bracket: char) -> char {
    if bracket == '[' { ']' } else { '}' }
}
