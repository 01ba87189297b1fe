//! Texts of a page outside of tables: messages in quotes, headings that are codes, and fields of errors in paragraphs.

use std::collections::HashSet;

use super::codes::{is_code, is_code_name};
use super::columns::says_status;
use super::draft::{Draft, Place};
use super::message::Message;
use super::page::Page;
use super::pairs;
use super::quoted::unquoted;
use super::statuses::error_status;
use super::table::{Cell, Table, one_line, says_error};

impl Page {
    /// Begins what is below a heading. The first one is the title. A heading that was already below another one, such as
    /// “Errors”, is named after the one above it.
    pub(super) fn heading(
        &mut self,
        level: u8,
        place: Place,
        mut heading: String,
        is_in_code: bool,
    ) {
        self.end_paragraphs();
        (self.is_in_code, self.is_blocked, self.head) = (is_in_code, false, Some(place));
        self.status = None;
        self.title.get_or_insert_with(|| heading.clone());
        self.levels.retain(|other, _| *other < level);
        if let Some((_, above)) = self.levels.last_key_value() {
            let is_other = self.above.get(&heading).is_some_and(|it| it != above);
            if is_other && !self.is_made && is_of_several(&heading) {
                self.repeated.insert(heading.clone());
                heading = below(above, &heading);
            }
            self.above.insert(heading.clone(), above.clone());
        }
        self.levels.insert(level, heading);
    }

    /// Names the first section of headings that are repeated like the others.
    pub(super) fn name_repeated(&self, draft: &mut Draft) {
        for section in draft.sections.iter_mut().filter(|it| self.repeated.contains(&it.name)) {
            section.name = below(&self.above[&section.name], &section.name);
        }
    }

    /// Returns the current heading.
    pub(super) fn current(&self) -> String {
        self.levels.last_key_value().map(|(_, heading)| heading.clone()).unwrap_or_default()
    }

    /// Begins a list, a table or code. What is below a code is no text.
    pub(super) fn block(&mut self) {
        self.is_blocked |= self.paragraphs.is_empty();
        if let Some(place) = self.head.take().filter(|_| self.is_below_code()) {
            let heading = self.current();
            let why = format!("there is no text below “{heading}”");
            self.bare.push((place, heading, why));
        }
    }

    /// Whether the current heading can be the code of an error.
    fn is_below_code(&self) -> bool {
        let heading = &self.current();
        // A heading in capitals can be any word, and a number can be a status.
        let is_mark = |it: char| it == '_' || it.is_ascii_digit();
        let is_name = is_code_name(heading) && heading.contains(is_mark);
        (is_name || self.is_in_code && is_code(heading)) && error_status(heading).is_none()
    }

    /// Remembers the first text below a heading that can be a code, and the status below it.
    fn keep_headed(&mut self, heading: &str, items: &[(Place, Cell)]) {
        let text = items.iter().find(|(_, cell)| status_of_field(&cell.text).is_none());
        let Some((place, cell)) = text.filter(|_| self.is_below_code() && !self.is_blocked) else {
            return;
        };
        let note = self.status.map(|status| format!(" ({status})")).unwrap_or_default();
        let code = self.is_in_code.then_some(0..heading.len()).into_iter().collect();
        let text = Cell::of(format!("{heading}{note}: {}", cell.text));
        self.headed.push((place.clone(), Cell { code, ..text }));
    }

    /// Reads headings as codes, if the page has neither tables nor bodies.
    pub(super) fn take_headed(&mut self) {
        let headed = std::mem::take(&mut self.headed);
        if headed.len() > 1 && !self.is_made && self.tables.is_empty() && self.examples.is_empty() {
            self.list(&self.title.clone().unwrap_or_default(), headed);
            if !self.tables.is_empty() {
                self.unread.append(&mut self.bare);
            }
        }
    }

    /// Returns the section of an error that a heading names: the heading above it, unless that is the title.
    pub(super) fn section(&self, heading: &str) -> String {
        let above = self.above.get(heading).filter(|it| self.title.as_ref() != Some(it));
        above.cloned().unwrap_or_default()
    }

    /// Whether the fields in a table that was made of them are those of an error.
    pub(super) fn is_of_errors(&self, fields: &Table) -> bool {
        let is_titled = self.title.as_deref().is_some_and(says_error);
        is_titled || fields.columns.iter().any(|name| says_status(name))
    }

    /// Reads the paragraphs below the current heading: the fields of an error, unless a list or an example has them, or messages.
    pub(super) fn end_paragraphs(&mut self) {
        let items = std::mem::take(&mut self.paragraphs);
        if self.levels.is_empty() || self.is_made {
            return;
        }
        let heading = self.current();
        let fields = pairs::of_paragraphs(&heading, &items)
            .filter(|it| !self.read.contains(&heading) && self.is_of_errors(it));
        if let (Some(mut table), Some((place, _))) = (fields, items.first()) {
            table.heading = self.section(&heading);
            table.place = place.clone();
            self.tables.push(table);
            self.read.insert(heading);
        } else {
            self.keep_headed(&heading, &items);
            self.sentences.extend(pairs::messages(&heading, &items));
        }
    }

    /// Adds the messages of texts to the tables, unless a table has them: then the text is about an error that is read.
    pub(super) fn take_sentences(&mut self) {
        let cells = self.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
        let known: HashSet<String> = cells.map(|cell| unquoted(&cell.text).to_owned()).collect();
        for mut table in std::mem::take(&mut self.sentences) {
            table.rows.retain(|row| !known.contains(unquoted(&row.cells[0].text)));
            if let Some(first) = table.rows.first() {
                table.place = first.place.clone();
                self.tables.push(table);
            }
        }
        self.tables.sort_by_key(|table| table.place.line);
    }

    /// Remembers the message in quotes with which a text, or the heading above it, begins.
    pub(super) fn quote(&mut self, place: &Place, heading: &str, text: &str) {
        let is_of_errors = self.title.as_deref().is_some_and(says_error) || says_error(heading);
        let (above, found) = match pairs::message_of(heading) {
            Some((message, _)) => (self.section(heading), message),
            None => {
                (heading.to_owned(), pairs::message_of(text).map_or("", |(message, _)| message))
            }
        };
        let is_new = self.quoted.last().is_none_or(|(.., last)| last != found);
        if is_of_errors && is_new && !found.is_empty() {
            self.quoted.push((place.clone(), above, found.to_owned()));
        }
    }

    /// Lists the messages in quotes that are in no error.
    pub(super) fn leave_out_quoted(&mut self, draft: &Draft) {
        let known: HashSet<String> = draft.errors().map(|error| error.message.words()).collect();
        for (place, heading, message) in std::mem::take(&mut self.quoted) {
            let is_listed = draft.left_out.iter().any(|it| it.place == place);
            if !is_listed && !known.contains(&Message::of_others(unquoted(&message)).words()) {
                let why = format!("the text about {} is not read", one_line(&message));
                self.unread.push((place, heading, why));
            }
        }
    }
}

/// Returns the status in a field such as `HTTP status: 404`.
pub(super) fn status_of_field(text: &str) -> Option<u16> {
    let (name, value) = text.split_once(':')?;
    error_status(value).filter(|_| says_status(name))
}

/// Whether a heading names several errors, and is not the message of one.
fn is_of_several(heading: &str) -> bool {
    let heading = heading.to_lowercase();
    ["errors", "responses", "codes", "exceptions", "failures"]
        .iter()
        .any(|it| heading.ends_with(it))
}

/// Names what is below a heading that other headings have, too.
fn below(above: &str, heading: &str) -> String {
    format!("{above}: {heading}")
}
