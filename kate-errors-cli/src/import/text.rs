//! Reads the text of a page as copied from a browser. The cells of a table are separated by tabs or not at all.
//!
//! Without separators, a cell ends where a lower-case letter, or a word in capitals, is followed by a capital. Texts in
//! quotes and statuses are cells of their own. If a row has more such places than cells, it is not split by guessing:
//! only what is certain is kept.

use serde_json::Value;

use super::Source;
use super::columns::field_of;
use super::draft::Draft;
use super::page::Page;
use super::table::{Cell, Row, Table};

/// Reads the text of a page.
pub(super) fn read(source: &Source<'_>) -> Draft {
    let mut page = Page::default();
    let mut draft = Draft::default();
    let mut above = "";
    let mut open: Option<Table> = None;
    for (at, line) in source.text.lines().enumerate() {
        let line = line.trim_end();
        let place = source.line(at + 1);
        if line.trim().is_empty() {
            page.tables.extend(open.take());
        } else if let Some(table) = &mut open {
            match cells(line, table.columns.len()) {
                Ok(cells) => table.rows.push(Row { place, cells }),
                Err((cells, why)) => {
                    draft.leave_out(&place, why);
                    if !cells.is_empty() {
                        table.rows.push(Row { place, cells });
                    }
                }
            }
        } else if let Some(columns) = columns(line) {
            let heading = above.trim().to_owned();
            open = Some(Table { place, heading, columns, ..Table::default() });
        } else {
            if page.tables.is_empty() && page.summary.is_none() && line.ends_with('.') {
                page.title = Some(above.to_owned()).filter(|it| !it.is_empty());
                page.summary = Some(line.trim().to_owned());
            }
            above = line;
        }
    }
    page.tables.extend(open);
    examples(source, &mut page);
    page.draft(draft)
}

/// Reads the JSON objects at the beginning of lines.
fn examples(source: &Source<'_>, page: &mut Page) {
    let mut offset = 0;
    let mut behind = 0;
    for (at, line) in source.text.split_inclusive('\n').enumerate() {
        let start = offset;
        offset += line.len();
        if start < behind || !line.trim_start().starts_with('{') {
            continue;
        }
        let mut values =
            serde_json::Deserializer::from_str(&source.text[start..]).into_iter::<Value>();
        if let Some(Ok(_)) = values.next() {
            behind = start + values.byte_offset();
            page.example(&source.line(at + 1), &source.text[start..behind]);
        }
    }
}

/// Returns the columns of a table, if the line is its head.
fn columns(line: &str) -> Option<Vec<String>> {
    let columns: Vec<String> = pieces(line).into_iter().map(str::to_owned).collect();
    let is_head = columns.len() > 1 && columns.iter().all(|column| field_of(column).is_some());
    is_head.then_some(columns)
}

/// Returns the cells of a row, or else the certain ones and why the others are not.
fn cells(line: &str, count: usize) -> Result<Vec<Cell>, (Vec<Cell>, String)> {
    let pieces = pieces(line);
    let found = pieces.len();
    if found == count || line.contains('\t') {
        return Ok(pieces.into_iter().map(Cell::of).collect());
    }
    let is_sure = |piece: &&&str| piece.starts_with('"') || is_status(piece);
    let sure: Vec<&str> = pieces.iter().take_while(is_sure).copied().collect();
    let rest = line.get(sure.iter().map(|it| it.len()).sum()..).unwrap_or(line);
    let why =
        format!("cannot find the cells of “{rest}”: {found} were found, and {count} are expected");
    Err((sure.into_iter().map(Cell::of).collect(), why))
}

fn is_status(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|it| it.is_ascii_digit())
}

/// Splits a text at its tabs. Without tabs, splits it around texts in quotes that do not follow a space, and around
/// statuses at its beginning, its end or beside such a text. Also splits it before capitals that follow a lower-
/// case letter, a digit or punctuation, and before the last capital of a word in capitals if a lower-case letter
/// follows.
fn pieces(text: &str) -> Vec<&str> {
    if text.contains('\t') {
        return text.split('\t').map(str::trim).collect();
    }
    let mut pieces = Vec::new();
    let (mut start, mut behind) = (0, 0);
    let mut before = None;
    for (at, character) in text.char_indices() {
        if at < behind {
            continue;
        }
        let rest = &text[at..];
        let next = rest.chars().nth(1);
        let is_joined = before.is_none_or(|it: char| !it.is_whitespace());
        let cell = match character {
            '"' => rest[1..].find('"').map(|end| end + 2),
            '0'..='9' if is_joined => rest.get(..3).filter(|it| is_status(it)).map(str::len),
            _ => None,
        };
        let after = cell.map(|length| rest[length..].chars().next());
        let is_cell = after.is_some_and(|after| match character {
            '"' => is_joined && !after.is_some_and(|it| it.is_whitespace() || ",.;:)".contains(it)),
            _ => {
                before.is_none()
                    || before == Some('"') && after.is_none_or(char::is_uppercase)
                    || after.is_none() && at > start + 1
            }
        });
        let is_cut = character.is_uppercase()
            && before.is_some_and(|before| {
                is_end(before)
                    || before.is_numeric()
                    || before.is_uppercase() && next.is_some_and(char::is_lowercase)
            });
        if (is_cut || is_cell) && at > start {
            pieces.push(text[start..at].trim());
            start = at;
        }
        before = Some(character);
        behind = at + cell.unwrap_or_default();
        if is_cell {
            pieces.push(&text[at..behind]);
            start = behind;
        }
    }
    if start < text.len() || pieces.is_empty() {
        pieces.push(text[start..].trim());
    }
    pieces
}

/// Whether a cell can end with this character.
fn is_end(character: char) -> bool {
    character.is_lowercase() || ".)!?\"'”’".contains(character)
}
