//! Reads the text of a page as copied from a browser. The cells of a table are separated by tabs or not at all.
//!
//! Without separators, a cell ends where a lower-case letter, or a word in capitals, is followed by a capital. If a
//! row has more such places than cells, it is not split by guessing: only what is certain is kept.

use serde_json::Value;

use super::Source;
use super::columns::is_known;
use super::draft::{Draft, Place};
use super::page::{ExampleBody, Page};
use super::table::{Cell, Row, Table};

/// Reads the text of a page.
pub(super) fn read(source: &Source<'_>) -> Draft {
    let mut page = Page::default();
    let mut draft = Draft::default();
    let mut above = "";
    let mut open: Option<(Place, Table)> = None;
    for (at, line) in source.text.lines().enumerate() {
        let line = line.trim_end();
        let place = source.line(at + 1);
        if line.trim().is_empty() {
            page.tables.extend(open.take());
        } else if let Some((_, table)) = &mut open {
            match cells(line, table.columns.len()) {
                Ok(cells) => table.rows.push(Row { place, cells }),
                Err((cells, why)) => {
                    table.rows.push(Row { place: place.clone(), cells });
                    draft.leave_out(&place, why);
                }
            }
        } else if let Some(columns) = columns(line) {
            open = Some((
                place,
                Table { heading: above.trim().to_owned(), columns, ..Table::default() },
            ));
        } else {
            if page.tables.is_empty() && page.summary.is_none() && line.ends_with('.') {
                page.title = Some(above.to_owned()).filter(|it| !it.is_empty());
                page.summary = Some(line.trim().to_owned());
            }
            above = line;
        }
    }
    page.tables.extend(open);
    page.examples = examples(source);
    page.draft(draft)
}

/// Returns the JSON objects at the beginning of lines.
fn examples(source: &Source<'_>) -> Vec<ExampleBody> {
    let mut examples = Vec::new();
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
        if let Some(Ok(value)) = values.next() {
            behind = start + values.byte_offset();
            let place = source.line(at + 1);
            examples.push(ExampleBody { place, status: None, is_of_errors: false, value });
        }
    }
    examples
}

/// Returns the columns of a table, if the line is its head.
fn columns(line: &str) -> Option<Vec<String>> {
    let columns: Vec<String> = if line.contains('\t') {
        line.split('\t').map(|cell| cell.trim().to_owned()).collect()
    } else {
        pieces(line).into_iter().map(str::to_owned).collect()
    };
    let is_head = columns.len() > 1 && columns.iter().all(|column| is_known(column));
    is_head.then_some(columns)
}

/// Returns the cells of a row, or else the certain ones and why the others are not.
fn cells(line: &str, count: usize) -> Result<Vec<Cell>, (Vec<Cell>, String)> {
    if line.contains('\t') {
        return Ok(line.split('\t').map(|cell| Cell::of(cell.trim())).collect());
    }
    let (first, rest) = first_cell(line);
    let pieces = if rest.is_empty() { Vec::new() } else { pieces(rest) };
    let cells =
        first.into_iter().chain(pieces.iter().copied()).map(Cell::of).collect::<Vec<Cell>>();
    if cells.len() == count {
        return Ok(cells);
    }
    let sure = first.map(Cell::of).into_iter().collect();
    let found = cells.len();
    Err((
        sure,
        format!("cannot find the cells of “{rest}”: {found} were found, and {count} are expected"),
    ))
}

/// Splits off the first cell of a row if its end is certain: a text in quotes, or a status.
fn first_cell(line: &str) -> (Option<&str>, &str) {
    if let Some(inside) = line.strip_prefix('"')
        && let Some(end) = inside.find('"')
    {
        let (cell, rest) = line.split_at(end + 2);
        return (Some(cell), rest);
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 3 {
        let (cell, rest) = line.split_at(digits);
        return (Some(cell), rest);
    }
    (None, line)
}

/// Splits a text before capitals that follow a lower-case letter, a digit or punctuation, and before the last capital
/// of a word in capitals if a lower-case letter follows.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let is_cut = character.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || before.is_numeric()
                    || ".)!?\"'”’".contains(before)
                    || before.is_uppercase() && next.is_some_and(char::is_lowercase)
            });
        if is_cut {
            pieces.push(text[start..at].trim());
            start = at;
        }
        before = Some(character);
    }
    pieces.push(text[start..].trim());
    pieces
}
