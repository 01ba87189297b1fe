//! Splits cells into messages in quotes or code, and notes after them.

use std::ops::Range;

use super::table::Cell;

/// Quotes around messages.
const QUOTES: &[(char, char)] =
    &[('"', '"'), ('“', '”'), ('\'', '\''), ('`', '`'), ('«', '»'), ('‘', '’')];

/// Separators of messages.
const BETWEEN: &[&str] = &["/", "|", ", or ", ",", ";", "or ", "and "];

impl Cell {
    /// Splits the text into its quoted or code part and a note after it: a footnote mark, words in brackets, or
    /// another message. If the sentence continues, as in `"x" is required`, there is no note.
    pub(super) fn parted(&self) -> (&str, Option<&str>) {
        let text = self.text.trim_end();
        let of_code = self.code.first().filter(|code| code.start == 0).map(|code| code.end);
        let parted = of_code.or_else(|| quoted(text)).and_then(|end| text.split_at_checked(end));
        let noted = parted.filter(|(message, note)| {
            !message.trim().is_empty() && (is_note(note) || self.messages().len() > 1)
        });
        let (message, note) = noted.unwrap_or_else(|| text.split_at(without_mark(text)));
        (message.trim(), Some(note.trim()).filter(|note| !note.is_empty()))
    }

    /// Returns a cell for each message, if the cell has several.
    pub(super) fn alternatives(&self) -> Vec<Self> {
        let cell = |message: &Range<usize>| {
            let code = self.code.iter().filter(|code| message.contains(&code.start));
            Self {
                text: self.text[message.clone()].to_owned(),
                code: code.map(|it| it.start - message.start..it.end - message.start).collect(),
                ..self.clone()
            }
        };
        self.messages().iter().map(cell).collect()
    }

    /// Returns the messages of a cell that has nothing else: each in quotes or code, with separators between them.
    fn messages(&self) -> Vec<Range<usize>> {
        let text = self.text.trim_end();
        let (mut messages, mut start) = (Vec::new(), 0);
        let mut code = self.code.iter().peekable();
        loop {
            while code.next_if(|code| code.start < start).is_some() {}
            let of_code = code.peek().filter(|code| code.start == start).map(|code| code.end);
            let of_quotes = || Some(start + quoted(&text[start..])?);
            let Some(end) = of_code.or_else(of_quotes) else { return Vec::new() };
            messages.push(start..end);
            let Some(rest) = text.get(end..).map(str::trim_start) else { return Vec::new() };
            if rest.is_empty() {
                return messages;
            }
            let other = BETWEEN.iter().find_map(|it| rest.strip_prefix(it)).map(str::trim_start);
            let Some(other) = other else { return Vec::new() };
            start = text.len() - other.len();
        }
    }
}

/// Returns the length of the quoted text at the beginning of a text.
pub(super) fn quoted(text: &str) -> Option<usize> {
    let (open, close) = QUOTES.iter().find(|(open, _)| text.starts_with(*open))?;
    let inside = &text[open.len_utf8()..];
    Some(open.len_utf8() + inside.find(*close)? + close.len_utf8())
}

/// Whether a text is a note on what is before it.
fn is_note(text: &str) -> bool {
    let note = text.trim();
    let is_symbol = |c: char| !c.is_ascii() && !c.is_alphanumeric();
    let is_mark = |c: char| c.is_numeric() || c == '*' || is_symbol(c);
    !note.is_empty()
        && (text.starts_with('\n')
            || note.starts_with('(') && note.ends_with(')')
            || note.starts_with('[') && note.ends_with(']')
            || note.starts_with(['–', '—'])
            || note.starts_with("- ")
            || note.chars().all(is_mark))
}

/// Returns the length of a text without a footnote mark such as `[^1]` at its end.
fn without_mark(text: &str) -> usize {
    let mark = text.strip_suffix(']').and_then(|before| before.rfind("[^"));
    mark.filter(|at| *at > 0).unwrap_or(text.len())
}

/// Removes the quotes around a message, if it has some.
pub(super) fn unquoted(text: &str) -> &str {
    let whole = text.trim();
    let inside =
        QUOTES.iter().find_map(|(open, close)| whole.strip_prefix(*open)?.strip_suffix(*close));
    let inside = inside.filter(|it| !it.contains(['"', '“', '”', '`']) && !it.is_empty());
    inside.map_or(text, str::trim)
}
