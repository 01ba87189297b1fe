//! Messages in quotes, or written as code, and what stands behind them.

use super::table::Cell;

/// Quotes that stand around messages.
const QUOTES: &[(char, char)] =
    &[('"', '"'), ('“', '”'), ('\'', '\''), ('`', '`'), ('«', '»'), ('‘', '’')];

impl Cell {
    /// The text without what stands behind a quoted or coded part of it, and that: a mark of a footnote, words in brackets,
    /// another message. What goes on with the sentence, as in `"x" is required`, belongs to the text.
    pub(super) fn parted(&self) -> (&str, Option<&str>) {
        let text = self.text.trim_end();
        let of_code = self.code.first().filter(|code| code.start == 0).map(|code| code.end);
        let parted = of_code.or_else(|| quoted(text)).and_then(|end| text.split_at_checked(end));
        let noted = parted.filter(|(message, note)| {
            !message.trim().is_empty()
                && (is_note(note) || is_alternative(note, |at| self.has_code(message.len() + at)))
        });
        let (message, note) = noted.unwrap_or_else(|| text.split_at(without_mark(text)));
        (message.trim(), Some(note.trim()).filter(|note| !note.is_empty()))
    }

    /// Whether code begins at a place, and ends where the text does.
    fn has_code(&self, at: usize) -> bool {
        self.code.iter().any(|code| code.start == at)
            && self.code.last().is_some_and(|code| code.end == self.text.trim_end().len())
    }
}

/// How long a text in quotes is that another text begins with.
fn quoted(text: &str) -> Option<usize> {
    let (open, close) = QUOTES.iter().find(|(open, _)| text.starts_with(*open))?;
    let inside = &text[open.len_utf8()..];
    Some(open.len_utf8() + inside.find(*close)? + close.len_utf8())
}

/// Whether a text is a note on what stands before it.
fn is_note(text: &str) -> bool {
    let note = text.trim();
    let is_mark = |c: char| c.is_numeric() || "*†‡§".contains(c);
    !note.is_empty()
        && (text.starts_with('\n')
            || note.starts_with('(') && note.ends_with(')')
            || note.starts_with('[') && note.ends_with(']')
            || note.starts_with(['–', '—'])
            || note.starts_with("- ")
            || note.chars().all(is_mark))
}

/// Whether a text is another message, behind a word or a sign that says so.
fn is_alternative(text: &str, has_code: impl Fn(usize) -> bool) -> bool {
    let begin = text.trim_start();
    let other = ["/", "|", ",", ";", "or ", "and "].iter().find_map(|it| begin.strip_prefix(it));
    let Some(other) = other.map(str::trim_start).filter(|other| !other.is_empty()) else {
        return false;
    };
    let is_quoted = QUOTES
        .iter()
        .any(|(open, close)| other.starts_with(*open) && other.trim_end().ends_with(*close));
    is_quoted || has_code(text.len() - other.len())
}

/// How long a text is without the mark of a footnote, `[^1]`, behind it.
fn without_mark(text: &str) -> usize {
    let mark = text.strip_suffix(']').and_then(|before| before.rfind("[^"));
    mark.filter(|at| *at > 0).unwrap_or(text.len())
}

/// A message without the quotes around it.
pub(super) fn unquoted(text: &str) -> &str {
    let text = text.trim();
    let inside =
        QUOTES.iter().find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close));
    let inside = inside.filter(|it| !it.contains(['"', '“', '”', '`']) && !it.is_empty());
    inside.map_or(text, str::trim)
}
