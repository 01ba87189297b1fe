//! Paragraphs, headings and items of a page that begin with a message in quotes, and fields of errors in paragraphs.

use std::collections::HashSet;

use super::columns::{Field, field_of};
use super::draft::{Draft, Place};
use super::message::Message;
use super::page::Page;
use super::pairs;
use super::quoted::unquoted;
use super::table::{Table, one_line, says_error};

impl Page {
    /// Begins what is below a heading.
    pub(super) fn heading(&mut self, level: u8, heading: &str) {
        self.end_paragraphs();
        self.levels.retain(|other, _| *other < level);
        if let Some((_, above)) = self.levels.last_key_value() {
            self.above.insert(heading.to_owned(), above.clone());
        }
        self.levels.insert(level, heading.to_owned());
    }

    /// Returns the section of an error that a heading names: the heading above it, unless that is the title.
    pub(super) fn section(&self, heading: &str) -> String {
        let above = self.above.get(heading).filter(|it| self.title.as_ref() != Some(it));
        above.cloned().unwrap_or_default()
    }

    /// Whether the fields in a table that was made of them are those of an error.
    pub(super) fn is_of_errors(&self, fields: &Table) -> bool {
        let is_status =
            |it: &String| matches!(field_of(it), Some(Field::Status | Field::CodeOrStatus));
        self.title.as_deref().is_some_and(says_error) || fields.columns.iter().any(is_status)
    }

    /// Reads the paragraphs below the current heading: the fields of an error, unless a list or an example has them, or messages.
    pub(super) fn end_paragraphs(&mut self) {
        let items = std::mem::take(&mut self.paragraphs);
        let Some((_, heading)) = self.levels.last_key_value().filter(|_| !self.is_made) else {
            return;
        };
        let fields = pairs::of_paragraphs(heading, &items)
            .filter(|it| !self.read.contains(heading) && self.is_of_errors(it));
        if let (Some(mut table), Some((place, _))) = (fields, items.first()) {
            table.heading = self.section(heading);
            self.tables.push((place.clone(), table));
            self.read.insert(heading.clone());
        } else {
            self.sentences.extend(pairs::messages(heading, &items));
        }
    }

    /// Adds the messages of texts to the tables, unless a table has them: then the text is about an error that is read.
    pub(super) fn take_sentences(&mut self) {
        let cells =
            self.tables.iter().flat_map(|(_, table)| &table.rows).flat_map(|row| &row.cells);
        let known: HashSet<String> = cells.map(|cell| unquoted(&cell.text).to_owned()).collect();
        for mut table in std::mem::take(&mut self.sentences) {
            table.rows.retain(|row| !known.contains(unquoted(&row.cells[0].text)));
            let place = table.rows.first().map(|row| row.place.clone());
            self.tables.extend(place.map(|place| (place, table)));
        }
        self.tables.sort_by_key(|(place, _)| place.line);
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
