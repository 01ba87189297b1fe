//! Lists of names and values: an error as a table with two columns or as a list, and lists of statuses. Paragraphs are
//! lists, too.

use super::codes::{is_code, is_code_name};
use super::columns::{CODES, Field, field_of, says_status};
use super::draft::Place;
use super::quoted::quoted;
use super::statuses::{error_status, has_name, status_of_heading};
use super::table::{Cell, Row, Table, says_error};

/// What can separate a status or a name from its description.
const SEPARATORS: &[&str] = &[": ", " - ", " – ", " — ", " -- "];

/// Converts a table with a field of one error in each row to a table with one row.
pub(super) fn of_table(table: &Table) -> Option<Table> {
    let [name, value] = table.columns.as_slice() else { return None };
    // The heading can be the first field.
    let is_field = field_of(name).is_some() && field_of(value).is_none();
    let head = is_field.then(|| (name.clone(), Cell::of(value.as_str())));
    let needed = if is_field { 1 } else { 2 };
    let rows = table.rows.iter().map(|row| match row.cells.as_slice() {
        [name, value] => Some((name.text.clone(), value.clone())),
        _ => None,
    });
    let pairs = head.map(Some).into_iter().chain(rows).collect::<Option<Vec<_>>>()?;
    one_error(pairs, needed, &table.heading, &table.place)
}

/// Converts a list to a table: an error with a field in each item, or statuses.
pub(super) fn of_list(heading: &str, items: &[(Place, Cell)]) -> Option<Table> {
    let (place, _) = items.first()?;
    let pairs = items.iter().filter_map(|(_, cell)| pair(&cell.text));
    one_error(pairs.collect(), 2, heading, place)
        .or_else(|| statuses(items))
        .or_else(|| codes(heading, items))
}

/// Converts paragraphs with a field of one error in each line to a table.
pub(super) fn of_paragraphs(heading: &str, items: &[(Place, Cell)]) -> Option<Table> {
    let (place, _) = items.first()?;
    let lines = items.iter().flat_map(|(_, cell)| cell.text.lines());
    one_error(lines.filter_map(pair).collect(), 2, heading, place)
}

fn pair(text: &str) -> Option<(String, Cell)> {
    let (name, value) = text.split_once(':')?;
    Some((name.trim().to_owned(), Cell::of(value.trim())))
}

/// Returns the message in quotes with which a text begins, and the rest. A single word is more often the name of a member.
pub(super) fn message_of(text: &str) -> Option<(&str, &str)> {
    let text = text.trim().trim_start_matches('`');
    let (message, rest) =
        text.split_at(quoted(text).filter(|_| text.starts_with(['"', '“', '«']))?);
    message.contains(' ').then(|| (message, rest.trim_start_matches('`').trim_start()))
}

/// Converts items that begin with a message in quotes to a table. Status and code are in brackets behind it.
pub(super) fn messages(heading: &str, items: &[(Place, Cell)]) -> Option<Table> {
    let row = |(place, cell): &(Place, Cell)| {
        let (message, rest) = message_of(&cell.text)?;
        let (notes, rest) = match rest.strip_prefix('(') {
            Some(rest) => rest.split_once(')')?,
            None => ("", rest),
        };
        let (mut status, mut code) = ("", "");
        for note in notes.split([',', ';']).map(|it| it.trim().trim_matches('`')) {
            match error_status(note) {
                Some(_) => status = note,
                None if is_code(note) || note.is_empty() => code = note,
                None => return None,
            }
        }
        let text = rest.strip_prefix([':', '-', '–', '—'])?.trim();
        // It may begin with a status, or with a number of something.
        let is_clear = error_status(text).is_none() && (!text.is_empty() || !status.is_empty());
        let message = Cell { is_struck_out: cell.is_struck_out, ..Cell::of(message) };
        let cells = vec![message, Cell::of(status), Cell::of(code), Cell::of(text)];
        is_clear.then(|| Row { place: place.clone(), cells })
    };
    let rows: Vec<Row> = items.iter().filter_map(row).collect();
    let table = table(&["Error", "Status", "Code", "Description"], rows);
    (!table.rows.is_empty()).then(|| Table { heading: heading.to_owned(), ..table })
}

fn one_error(
    pairs: Vec<(String, Cell)>,
    needed: usize,
    heading: &str,
    place: &Place,
) -> Option<Table> {
    let is_status =
        |(name, value): &(String, Cell)| says_status(name) && error_status(&value.text).is_some();
    let fields: Vec<Option<Field>> = pairs.iter().map(|(name, _)| field_of(name)).collect();
    let known = fields.iter().flatten().count();
    let is_quoted = message_of(heading).is_some_and(|(_, rest)| rest.is_empty());
    // Without a status, they may be about something else: the page decides.
    let has = |field| fields.contains(&Some(field));
    let is_advice = has(Field::Cause) && has(Field::Fix);
    if known < needed || !is_quoted && !is_advice && !pairs.iter().any(is_status) {
        return None;
    }
    let has_message = has(Field::Message) || has(Field::Error);
    let (mut columns, mut cells): (Vec<String>, Vec<Cell>) = pairs.into_iter().unzip();
    let (code, text) = parted(heading);
    let is_named = is_code_name(code) && !text.is_empty();
    let is_code = has_message && is_code_name(heading) && heading.contains('_');
    if !has_message || is_code {
        let has_code = fields.iter().zip(&cells).any(|(field, cell)| {
            field.is_some_and(|it| CODES.contains(&it)) && error_status(&cell.text).is_none()
        });
        if (is_named || is_code) && !has_code {
            columns.push("Error code".to_owned());
            cells.push(Cell::of(code));
        }
    }
    if !has_message {
        columns.push("Error".to_owned());
        cells.push(Cell::of(if is_named { text } else { heading }));
    }
    Some(Table {
        columns,
        rows: vec![Row { place: place.clone(), cells }],
        message_guess: (!has_message && !is_quoted).then_some("the heading above it"),
        ..Table::default()
    })
}

/// Converts a list to a table if most of its items are statuses.
fn statuses(items: &[(Place, Cell)]) -> Option<Table> {
    let row = |(place, cell): &(Place, Cell)| {
        let (status, text) = parted(cell.text.trim());
        Row { place: place.clone(), cells: vec![Cell::of(status), Cell::of(text)] }
    };
    let table = table(&["Status", "Description"], items.iter().map(row).collect());
    let is_status = |row: &&Row| {
        let status = &row.cells[0].text;
        has_name(status) || error_status(status).is_some() && status.len() == 3
    };
    (table.rows.iter().filter(is_status).count() * 2 > items.len()).then_some(table)
}

fn table(columns: &[&str], rows: Vec<Row>) -> Table {
    let columns = columns.iter().map(|it| (*it).to_owned()).collect();
    Table { columns, rows, ..Table::default() }
}

/// Converts a list of errors to a table if each of its items is a code with a text behind it. Any word can be a code if it
/// is marked as code, and most others look like codes.
fn codes(heading: &str, items: &[(Place, Cell)]) -> Option<Table> {
    let row = |(place, cell): &(Place, Cell)| {
        let text = cell.text.trim();
        let number =
            text.split_once(' ').filter(|(it, _)| it.bytes().all(|it| it.is_ascii_digit()));
        let (code, text) = number.unwrap_or_else(|| parted(text));
        let noted = code.strip_suffix(')').and_then(|it| it.split_once(" ("));
        let noted = noted.filter(|(_, note)| error_status(note).is_some());
        let (code, status) = noted.unwrap_or((code, ""));
        let code = code.trim_matches('`');
        let is_marked = cell.code.first().is_some_and(|it| cell.text.get(it.clone()) == Some(code));
        let text = text.trim_start_matches(['–', '—', '-', ':', ' ']);
        let row = || Row {
            place: place.clone(),
            cells: vec![Cell::of(code), Cell::of(status), Cell::of(text)],
        };
        (!text.is_empty() && (is_code_name(code) || is_marked && is_code(code))).then(row)
    };
    let rows: Vec<Row> = items.iter().map(row).collect::<Option<_>>()?;
    let names = rows.iter().filter(|row| is_code_name(&row.cells[0].text)).count();
    let have_statuses = rows.iter().all(|row| !row.cells[1].text.is_empty());
    let is_named = says_error(heading) || status_of_heading(heading).is_some() || have_statuses;
    let is_list = is_named && rows.len() > 1 && names * 2 >= rows.len();
    is_list.then(|| Table {
        heading: heading.to_owned(),
        message_guess: Some("the text behind the code"),
        ..table(&["Code", "Status", "Description"], rows)
    })
}

/// Splits a text at the first separator.
fn parted(text: &str) -> (&str, &str) {
    let places = SEPARATORS.iter().filter_map(|it| text.find(it).map(|at| (at, it.len())));
    places.min().map_or((text, ""), |(at, length)| (&text[..at], text[at + length..].trim()))
}
