//! Mistakes between `{` and `}`, or `[` and `]`, found by cutting the line at its commas.

use super::line::{is_key, split_entry};
use super::value::{Value, closing_quote};
use crate::diagnostic::{Diagnostic, Label};
use crate::rule;
use crate::source::Span;

/// The entries behind a bracket, up to its end or the end of the line.
pub(super) struct Flow<'a> {
    entries: Vec<Value<'a>>,
    /// Where the bracket is closed, and by which one.
    close: Option<(usize, char)>,
    /// Where ` #` begins a comment.
    comment: Option<usize>,
    end: usize,
}

impl<'a> Flow<'a> {
    /// Cuts `text`, which begins behind the bracket, at `start` of the source.
    pub(super) fn cut(text: &'a str, start: usize) -> Self {
        let mut flow =
            Self { entries: Vec::new(), close: None, comment: None, end: start + text.len() };
        let (mut from, mut at, mut depth) = (0, 0, 0_usize);
        while let Some(character) = text[at..].chars().next() {
            let before = &text[..at];
            let fresh = before.trim_end().chars().last().is_none_or(|last| ",{[:".contains(last));
            match character {
                '"' | '\'' if fresh => {
                    let close = closing_quote(&text[at..], character);
                    at = close.map_or(text.len(), |close| at + close);
                }
                '#' if before.ends_with([' ', '\t']) => {
                    flow.comment = Some(start + at);
                    break;
                }
                '{' | '[' => depth += 1,
                '}' | ']' if depth == 0 => {
                    flow.close = Some((start + at, character));
                    break;
                }
                '}' | ']' => depth -= 1,
                ',' if depth == 0 => {
                    flow.push(text, from, at, start);
                    from = at + 1;
                }
                _ => {}
            }
            at += text[at..].chars().next().map_or(0, char::len_utf8);
        }
        flow.push(text, from, at.min(text.len()), start);
        flow
    }

    fn push(&mut self, text: &'a str, from: usize, to: usize, start: usize) {
        let entry = text[from..to].trim_end();
        let trimmed = entry.trim_start();
        let begin = start + from + entry.len() - trimmed.len();
        if !trimmed.is_empty() {
            self.entries.push(Value::new(trimmed, Span::new(begin, begin + trimmed.len())));
        }
    }

    /// The bracket that closes the collection on this line.
    pub(super) fn close(&self) -> Option<(usize, char)> {
        self.close
    }

    /// The first entry in which something is wrong.
    pub(super) fn mistake(&self, is_field: fn(&str) -> bool) -> Option<Diagnostic> {
        self.entries
            .iter()
            .find_map(|entry| entry_mistake(entry, is_field))
            .or_else(|| self.cut_by_comment())
    }

    fn cut_by_comment(&self) -> Option<Diagnostic> {
        let comment = self.comment?;
        let value = value_of(self.entries.last()?)?;
        let message = format!("` #` cuts the text short: what is read is `{}`", value.text);
        let label = Label::new(Span::new(comment, self.end), "YAML takes this for a comment");
        let help = "put the text into double quotes if all of it is text; \
                    move the comment to a line of its own if it is one";
        Some(Diagnostic::new(&rule::COMMENT_CUTS_TEXT, message, label).help(help))
    }
}

/// The value of an entry; the entry itself in a list.
fn value_of<'a>(entry: &Value<'a>) -> Option<Value<'a>> {
    let text = match split_entry(entry.text) {
        Some((key, value)) if is_key(key.trim_end()) => value.trim(),
        _ => entry.text,
    };
    (!text.is_empty())
        .then(|| Value::new(text, Span::new(entry.span.end - text.len(), entry.span.end)))
}

fn entry_mistake(entry: &Value<'_>, is_field: fn(&str) -> bool) -> Option<Diagnostic> {
    let value = value_of(entry)?;
    if let Some(diagnostic) = missing_comma(&value, is_field) {
        return Some(diagnostic);
    }
    if value.is_unclosed() {
        let start = value.span.start;
        let label =
            Label::new(Span::new(start, start + 1), "opened here, and not closed on its line");
        let message = format!("the quote {} is never closed", &value.text[..1]);
        let help = format!("close it with {} at the end of the text", &value.text[..1]);
        return Some(Diagnostic::new(&rule::UNTERMINATED_QUOTE, message, label).help(help));
    }
    if value.text.starts_with(['{', '[']) {
        return None;
    }
    Some(needs_quotes(&value, value.why_quotes()?))
}

/// The diagnostic that a text must stand in quotes.
pub(super) fn needs_quotes(value: &Value<'_>, reason: String) -> Diagnostic {
    let message = match value.quote() {
        Some(quote) => format!("a {quote} inside of the text ends it"),
        None => format!("the text `{}` must stand in quotes", value.text),
    };
    let help = format!("write it in double quotes: {}", value.quoted());
    Diagnostic::new(&rule::NEEDS_QUOTES, message, Label::new(value.span, reason)).help(help)
}

/// A field that begins inside of a value: the comma before it is missing.
fn missing_comma(value: &Value<'_>, is_field: fn(&str) -> bool) -> Option<Diagnostic> {
    if value.text.starts_with(['{', '[']) {
        return None;
    }
    let (before, _) = match value.behind_quotes() {
        Some(rest) => split_entry(rest)?,
        None => split_entry(value.text)?,
    };
    let key = before.rsplit([' ', ';']).next()?;
    if !is_field(key.trim_matches(['"', '\''])) {
        return None;
    }
    let start = value.text.find(&format!("{key}:"))?;
    let start = value.span.start + start;
    let semicolon = before.trim_end_matches(key).trim_end().ends_with(';');
    let message = format!("no comma stands before `{key}`");
    let diagnostic = Diagnostic::new(
        &rule::MISSING_COMMA,
        message,
        Label::new(Span::new(start, start + key.len()), "a field of its own"),
    );
    Some(if semicolon {
        diagnostic.help("write a comma instead of the semicolon")
    } else {
        diagnostic
    })
}
