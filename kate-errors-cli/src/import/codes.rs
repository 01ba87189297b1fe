//! Recognises codes.

use serde_json::{Number, Value};

use super::columns::Columns;
use super::draft::{Draft, Said};
use super::table::{Row, Writer, one_line};

/// Returns the code of a row, without the text behind it, or the anchor of its message.
pub(super) fn code(
    row: &Row,
    columns: &Columns,
    message: Option<usize>,
    writer: Writer,
    draft: &mut Draft,
) -> Option<Said<Value>> {
    let cell = columns.code.and_then(|column| row.cells.get(column));
    if let Some(cell) = cell.filter(|cell| !cell.text.trim().is_empty()) {
        let digits = cell.text.trim().trim_matches(['`', '"', '\'']);
        // Generated pages do not say whether a code is a number or a string of digits.
        let is_made = writer == Writer::Us;
        let number =
            || digits.parse().ok().filter(|it: &Number| is_made && it.to_string() == digits);
        let own = cell.value.as_ref().and_then(Value::as_number).filter(|it| !it.is_f64());
        if let Some(number) = own.cloned().or_else(number) {
            return Some(Said::surely(Value::Number(number)));
        }
        let (text, note) =
            if writer == Writer::People { cell.parted() } else { (cell.text.as_str(), None) };
        let text = text.trim().trim_matches(['`', '"', '\'']);
        draft.leave_out_note(&row.place, note, text);
        if is_code_with_spaces(text) {
            return Some(Said::surely(Value::from(text)));
        }
        // Our own pages have a dash if there is no code.
        if !(is_made && text == "-") {
            draft.leave_out(&row.place, format!("“{}” cannot be a code", one_line(text)));
        }
    }
    let anchor = row.cells.get(message?).and_then(|cell| cell.anchor.as_deref());
    let anchor = anchor.filter(|anchor| is_code(anchor)).map(Value::from)?;
    Some(if writer == Writer::Us {
        Said::surely(anchor)
    } else {
        Said::guess(anchor, "the anchor of the error on the page")
    })
}

/// How many words a code can have. A text with more is a sentence.
const MOST_WORDS: usize = 5;

/// Whether a text can be the code of an error: visible ASCII characters with at least one letter or digit.
pub(super) fn is_code(text: &str) -> bool {
    text.len() <= 200
        && text.bytes().all(|byte| byte.is_ascii_graphic())
        && text.bytes().any(|byte| byte.is_ascii_alphanumeric())
}

/// Whether a text can be a code, possibly of a few words, such as `not found`.
pub(super) fn is_code_with_spaces(text: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty() && word.chars().all(|it| it.is_alphanumeric() || "_-.".contains(it))
    };
    is_code(text) || text.split(' ').count() <= MOST_WORDS && text.split(' ').all(is_word)
}

/// Whether a text that is not in a column of codes looks like a code.
pub(super) fn is_code_name(text: &str) -> bool {
    is_code(text) && (text.contains(['_', '.']) || text == text.to_ascii_uppercase())
}
