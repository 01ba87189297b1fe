//! Reads tables of errors and of statuses, row by row. [`Columns`] finds the meaning of the columns.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use kate_errors_model::status;
use kate_errors_model::template::FREE_TEXT;
use serde_json::Value;

use super::codes::{code, is_code_with_spaces};
use super::columns::Columns;
use super::draft::{Draft, ErrorDraft, Place, Said};
use super::message::{Message, snake_case};
use super::quoted::unquoted;
use super::statuses::{status_of_heading, statuses_of};
use crate::messages::ANY_TEXT;

/// A table of a source.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) place: Place,
    /// The heading above the table.
    pub(super) heading: String,
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Row>,
    /// Why its messages are a guess.
    pub(super) message_guess: Option<&'static str>,
}

#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) place: Place,
    pub(super) cells: Vec<Cell>,
}

/// A cell, and the anchor by which links refer to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) anchor: Option<String>,
    /// The target of a link in the cell.
    pub(super) link: Option<String>,
    /// A value in JSON that is not a text, or an empty text.
    pub(super) value: Option<Value>,
    /// The ranges of code in the text.
    pub(super) code: Vec<Range<usize>>,
    pub(super) is_bold: bool,
    pub(super) is_struck_out: bool,
    /// Whether it spans all columns of its row.
    pub(super) is_merged: bool,
}

impl Cell {
    pub(super) fn of(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// Who wrote a table, which determines how its texts are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writer {
    /// A program, for programs: texts are literal.
    Data,
    /// People, for people: messages are in quotes, with notes after them.
    People,
    /// This program: anchors are codes of errors.
    Us,
}

impl Table {
    /// Returns the rows that are not titles of sections.
    pub(super) fn body(&self) -> impl Iterator<Item = &Row> {
        let goes_by_bold = self.has_bold_titles();
        self.rows.iter().filter(move |row| row.title(goes_by_bold).is_none())
    }

    /// Reports the texts that are not read: those of columns that are not, and those beyond the last column.
    fn leave_out(&self, is_read: impl Fn(usize) -> bool, draft: &mut Draft) {
        let mut seen = HashSet::new();
        for row in self.body() {
            let cells = row.cells.iter().enumerate();
            for (at, cell) in cells.filter(|(at, it)| !is_read(*at) && !it.text.trim().is_empty()) {
                let why = match self.columns.get(at).map(|heading| one_line(heading)) {
                    None => format!("“{}” is beyond the last column", one_line(&cell.text)),
                    Some(_) if !seen.insert(at) => continue,
                    Some(heading) if heading.is_empty() => {
                        format!("column {} is not read: it has no heading", at + 1)
                    }
                    Some(heading) => format!("the column “{heading}” is not read"),
                };
                draft.leave_out(&row.place, why);
            }
        }
    }

    /// Whether bold texts are titles, not just the style of the first column.
    fn has_bold_titles(&self) -> bool {
        let is_bold =
            |row: &Row| row.cells.first().is_some_and(|it| it.is_bold && !it.text.is_empty());
        !self.rows.iter().any(|row| is_bold(row) && row.only().is_none())
    }
}

impl Row {
    /// Returns the index of the only cell that is not empty, if there is exactly one.
    pub(super) fn only(&self) -> Option<usize> {
        let mut cells = self.cells.iter().enumerate().filter(|(_, it)| !it.text.trim().is_empty());
        cells.next().filter(|_| cells.next().is_none()).map(|(at, _)| at)
    }

    /// Returns the title of the section that begins with this row, if the row is a title.
    fn title(&self, goes_by_bold: bool) -> Option<&str> {
        let cell = &self.cells[self.only()?];
        let is_bold = goes_by_bold && cell.is_bold && self.cells.len() > 1;
        (cell.is_merged || is_bold).then(|| cell.text.trim())
    }

    /// Splits a row whose cell has several messages. Rows with a code are not split: one code is one error.
    fn by_messages(
        &self,
        columns: &Columns,
        message: Option<usize>,
        writer: Writer,
    ) -> Vec<Cow<'_, Self>> {
        let has_code = columns.code.is_some_and(|code| !self.text(code).is_empty());
        let message = message.filter(|_| writer == Writer::People && !has_code);
        let cells = |message: usize| Some(self.cells.get(message)?.alternatives());
        let cells = message.and_then(|message| Some((message, cells(message)?)));
        let Some((message, cells)) = cells.filter(|(_, cells)| cells.len() > 1) else {
            return vec![Cow::Borrowed(self)];
        };
        let of = |cell: Cell| {
            let mut row = self.clone();
            row.cells[message] = cell;
            Cow::Owned(row)
        };
        cells.into_iter().map(of).collect()
    }

    pub(super) fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.text.trim())
    }

    /// Returns the value of a cell for a user-defined field, or `None` if it is empty.
    fn value(&self, column: usize) -> Option<Value> {
        let text = self.prose(Some(column))?;
        Some(self.cells[column].value.clone().unwrap_or_else(|| text.into()))
    }

    /// Returns a text on one line, or `None` if the cell is empty or a dash.
    fn prose(&self, column: Option<usize>) -> Option<String> {
        let text = one_line(self.text(column?));
        (!matches!(text.as_str(), "" | "-" | "–" | "—" | "N/A" | "n/a")).then_some(text)
    }
}

/// Collapses white space, and replaces control characters by spaces.
pub(super) fn one_line(text: &str) -> String {
    let shown = |c: char| if c.is_control() { ' ' } else { c };
    let text: String = text.chars().map(shown).collect();
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// Adds the errors or statuses of a table to the draft.
pub(super) fn draft(table: &Table, writer: Writer, draft: &mut Draft) {
    if let Err(why) = read(table, writer, draft) {
        draft.leave_out(&table.place, why);
    }
}

/// Like [`draft`], but returns why a table that may be about errors was not read.
pub(super) fn read(table: &Table, writer: Writer, draft: &mut Draft) -> Result<(), String> {
    let columns = Columns::of(table);
    if columns.is_of_statuses(table) {
        statuses(table, &columns, writer, draft);
        return Ok(());
    }
    let message = columns.message.or(columns.description).or(columns.name);
    if !is_of_errors(table, &columns, message, writer)? {
        return Ok(());
    }
    let read = columns.read(message);
    let others = others(table, &read);
    table.leave_out(|at| read.contains(&at) || others.iter().any(|(_, it)| *it == at), draft);
    let why = table.message_guess.map(Cow::Borrowed).or_else(|| {
        let heading = |at: usize| format!("the column “{}”", one_line(&table.columns[at])).into();
        message.filter(|_| columns.message.is_none()).map(heading)
    });
    let goes_by_bold = table.has_bold_titles();
    let mut current = table.heading.clone();
    for row in &table.rows {
        let own_section = row.prose(columns.section);
        if let Some(title) = row.title(goes_by_bold).map(one_line) {
            current = title;
            continue;
        }
        if let (Some(section), true) = (&own_section, writer != Writer::Data) {
            // A section is written once, and applies to the rows below as well.
            current.clone_from(section);
            if columns.section == row.only() {
                continue;
            }
        }
        for row in row.by_messages(&columns, message, writer) {
            let Some(mut error) = error(&row, &columns, message, writer, draft) else { continue };
            if error.statuses.is_empty() && writer == Writer::People {
                error.statuses.extend(status_of_heading(&current));
            }
            let own = others.iter().filter_map(|(name, at)| Some((name.clone(), row.value(*at)?)));
            let extensions = own.collect();
            draft.push(
                own_section.as_deref().unwrap_or(&current),
                ErrorDraft { message_guess: why.clone(), extensions, ..error },
            );
        }
    }
    Ok(())
}

/// Whether the table is about errors; or why it may be, and is not read. `message` is the column of messages. A table that
/// has codes and says more about them can be without: servers write these messages at run time.
fn is_of_errors(
    table: &Table,
    columns: &Columns,
    message: Option<usize>,
    writer: Writer,
) -> Result<bool, String> {
    if table.rows.is_empty() {
        return Ok(false);
    }
    let is_named = says_error(&table.heading) || table.columns.iter().any(|it| says_error(it));
    let is_list = is_named || writer == Writer::Data;
    let is_of_errors = columns.are_of_errors() || is_list && columns.message.is_some();
    let says_more = columns.status.or(columns.cause).or(columns.fix).is_some();
    let has_codes = || columns.code.is_some_and(|code| table.has_codes(code, is_code_with_spaces));
    if is_of_errors && (message.is_some() || says_more && has_codes()) {
        return Ok(true);
    }
    let lacks = match message {
        None if is_list || is_of_errors => "has none for messages",
        Some(_) if is_list || columns.message.is_some() => "does not say that it is one of errors",
        _ => return Ok(false),
    };
    Err(format!("the table with the columns {} {lacks}", listed(table)))
}

/// Whether a heading is about errors.
pub(super) fn says_error(heading: &str) -> bool {
    let heading = heading.to_lowercase();
    ["error", "exception", "failure"].iter().any(|word| heading.contains(word))
}

fn listed(table: &Table) -> String {
    table.columns.iter().map(|it| format!("“{}”", one_line(it))).collect::<Vec<String>>().join(", ")
}

/// Returns the columns without a counterpart in a catalog. They become user-defined fields.
fn others(table: &Table, read: &[usize]) -> Vec<(String, usize)> {
    let mut taken = HashSet::new();
    let named = table.columns.iter().enumerate().filter(|(at, _)| !read.contains(at));
    let named =
        named.map(|(at, heading)| (format!("x-{}", snake_case(heading).replace('_', "-")), at));
    named.filter(|(name, _)| name.len() > 2 && taken.insert(name.clone())).collect()
}

fn statuses(table: &Table, columns: &Columns, writer: Writer, draft: &mut Draft) {
    let described = columns.description.or(columns.cause);
    // In our tables, what is not read links to the errors.
    if writer != Writer::Us {
        let read = [columns.status, columns.name, described];
        table.leave_out(|at| read.contains(&Some(at)), draft);
    }
    for row in table.body() {
        let cell = row.text(columns.status.unwrap_or_default());
        let (codes, named) = statuses_of(cell);
        let name = row.prose(columns.name).or(named);
        if codes.is_empty() && row.cells.iter().any(|cell| !cell.text.trim().is_empty()) {
            draft.leave_out(&row.place, format!("“{}” is not a status", one_line(cell)));
        }
        for code in codes {
            draft.status(code, name.clone(), row.prose(described));
        }
    }
}

fn error(
    row: &Row,
    columns: &Columns,
    message: Option<usize>,
    writer: Writer,
    draft: &mut Draft,
) -> Option<ErrorDraft> {
    // Data that has a code need not have the message, if it says more, or says that the message is empty.
    let has_code = || columns.code.is_some_and(|code| is_code_with_spaces(row.text(code)));
    let more = [columns.status, columns.cause, columns.fix];
    let says_more = || more.into_iter().flatten().any(|column| !row.text(column).is_empty());
    let is_data = writer == Writer::Data;
    let is_said = |at: usize| row.cells.get(at).is_some_and(|cell| cell.value.is_some());
    let is_free = |at: usize| {
        is_data && row.text(at).is_empty() && has_code() && (is_said(at) || says_more())
    };
    let message = message.filter(|at| !is_free(*at));
    let text = match message {
        Some(message) => message_text(row, message, writer, draft)?,
        None => "",
    };
    let parsed = match writer {
        _ if message.is_none() => Message::default(),
        Writer::Us => Message::constant(text),
        _ => Message::of_others(text),
    };
    let mut error = ErrorDraft::new(row.place.clone(), parsed);
    if let Some(column) = columns.status {
        let cell = row.text(column);
        let (codes, named) = statuses_of(cell);
        let other = codes.iter().find(|code| writer != Writer::Us && !status::is_error(**code));
        if let Some(code) = other {
            let why = format!("the status {code} of “{}” is not an error status", one_line(text));
            draft.leave_out(&row.place, why);
            return None;
        }
        if codes.is_empty() && !cell.is_empty() {
            draft.leave_out(&row.place, format!("“{}” is not a status", one_line(cell)));
        }
        for code in &codes {
            draft.status(*code, named.clone(), None);
        }
        error.statuses = codes;
    }
    error.code = code(row, columns, message, writer, draft);
    error.without_code = writer == Writer::Us && columns.code.is_some_and(|it| row.text(it) == "-");
    let anchor = message.and_then(|message| row.cells.get(message)?.anchor.clone());
    let is_named = writer == Writer::Us && columns.code.is_some();
    error.name = anchor.filter(|_| is_named).map(Said::surely);
    let description = columns.description.filter(|it| Some(*it) != message);
    // Some authors write “none” if there is no cause or fix. Our own pages have a dash.
    let says_none = |text: &String| {
        writer != Writer::Us && ["none", "none.", "nil"].contains(&text.to_lowercase().as_str())
    };
    let said = |column| row.prose(column).filter(|text| !says_none(text));
    error.cause = said(columns.cause).or_else(|| said(description));
    error.fix = said(columns.fix);
    Some(error)
}

/// Returns the message of a row. A note after it is reported.
fn message_text<'r>(
    row: &'r Row,
    column: usize,
    writer: Writer,
    draft: &mut Draft,
) -> Option<&'r str> {
    let text = row.text(column);
    let text = match (writer, row.cells.get(column)) {
        (Writer::Us, _) => made_message(text),
        (Writer::People, Some(cell)) => {
            let (text, note) = cell.parted();
            let text = unquoted(text);
            draft.leave_out_note(&row.place, note, text);
            if cell.is_struck_out {
                draft.leave_out(&row.place, format!("“{}” is struck out", one_line(text)));
            }
            text
        }
        // Records have messages as they are sent.
        (Writer::Data, Some(cell)) => unquoted(&cell.text),
        (_, None) => "",
    };
    if text.trim().is_empty() {
        if row.cells.iter().any(|cell| !cell.text.trim().is_empty()) {
            draft.leave_out(&row.place, "the row has no message");
        }
        return None;
    }
    Some(text)
}

/// Reads a message of a generated page, which is in quotes.
pub(super) fn made_message(text: &str) -> &str {
    let text = if text == ANY_TEXT { FREE_TEXT } else { text };
    text.strip_prefix('"').and_then(|it| it.strip_suffix('"')).unwrap_or(text)
}
