//! Reads records: CSV, and JSON with a list of objects or an object of them by code. Both are read as tables.

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::columns::{Field, field_of};
use super::draft::{Draft, Place};
use super::statuses::error_status;
use super::table::{Cell, Row, Table, Writer};
use super::{Source, table};
use crate::publish::openapi;

/// Reads a table in CSV. The separator is the first of tab, semicolon and comma that the first line contains outside quotes.
pub(super) fn csv(source: &Source<'_>) -> Draft {
    let mut draft = Draft::default();
    // Line breaks of a cell are those of the file.
    let text = source.text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n");
    let head: String = text.lines().next().unwrap_or_default().split('"').step_by(2).collect();
    let delimiter = ['\t', ';', ','].into_iter().find(|it| head.contains(*it)).unwrap_or(',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut found = Table { place: source.line(1), ..Table::default() };
    match reader.headers() {
        Ok(columns) => found.columns = columns.iter().map(str::to_owned).collect(),
        Err(error) => draft.leave_out(&source.line(1), error.to_string()),
    }
    let place = |at: Option<&csv::Position>| {
        source.line(at.and_then(|it| it.line().try_into().ok()).unwrap_or_default())
    };
    for record in reader.records() {
        match record {
            Ok(record) => {
                let cells = record.iter().map(Cell::of).collect();
                found.rows.push(Row { place: place(record.position()), cells });
            }
            Err(error) => draft.leave_out(&place(error.position()), error.to_string()),
        }
    }
    table::draft(&found, Writer::Data, &mut draft);
    draft
}

/// The maximum number of names in a list of objects.
const MOST_COLUMNS: usize = 64;

/// Reads a list of objects, or an object with objects or messages by code.
pub(super) fn json(source: &Source<'_>) -> Draft {
    let mut draft = Draft::default();
    let Some(found) = entries_of(source, "errors", &mut draft) else { return draft };
    let is_by_message = are_by_message(&found);
    let is_by_code = found.iter().all(|(code, _)| code.is_some());
    let entries = found.into_iter().map(|(mut name, raw)| {
        let mut value: Value = serde_json::from_str(raw.get()).unwrap_or_default();
        if let Some(members) = value.as_object_mut().filter(|_| is_by_message) {
            members.extend(name.take().map(|text| ("message".to_owned(), text.into())));
        }
        (source.of_part(raw.get()), name, value)
    });
    of_entries(entries.collect(), source, &mut draft);
    if is_by_code {
        draft.go_by_code();
    }
    draft
}

/// Whether the names of entries are messages: most have several words, and the objects have a code and no message.
fn are_by_message(entries: &[(Option<String>, &RawValue)]) -> bool {
    let is_phrase = |name: &&Option<String>| name.as_ref().is_some_and(|it| it.contains(' '));
    let has_code = |(_, raw): &(Option<String>, &RawValue)| {
        let members: Map<String, Value> = serde_json::from_str(raw.get()).unwrap_or_default();
        let fields: Vec<Field> = members.keys().filter_map(|name| field_of(name)).collect();
        let is_code =
            |field: &Field| matches!(field, Field::Code | Field::ErrorCode | Field::CodeOrStatus);
        fields.iter().any(is_code)
            && !fields.iter().any(|it| matches!(it, Field::Message | Field::Error))
    };
    let phrases = entries.iter().map(|(name, _)| name).filter(is_phrase).count();
    phrases * 2 > entries.len() && entries.iter().all(has_code)
}

/// Adds the errors of entries, each with its place and its code if it has one.
pub(super) fn of_entries(
    entries: Vec<(Place, Option<String>, Value)>,
    source: &Source<'_>,
    draft: &mut Draft,
) {
    let mut all = Table { place: source.line(1), ..Table::default() };
    let is_status = |value: &Value| error_status(&value["code"].to_string()).is_some();
    let has_statuses = entries.iter().any(|(.., value)| is_status(value));
    let name_of_code = if has_statuses { "error_code" } else { "code" };
    for (place, code, value) in entries {
        let members = match value {
            Value::Object(members) => members,
            Value::String(text) if code.is_some() => {
                Map::from_iter([("message".to_owned(), Value::from(text))])
            }
            _ => {
                draft.leave_out(&place, "this is not an object");
                continue;
            }
        };
        let code = code.map(|code| (name_of_code.to_owned(), Value::from(code)));
        let mut cells = vec![Cell::default(); all.columns.len()];
        for (name, value) in code.iter().map(|(name, code)| (name, code)).chain(&members) {
            let known = all.columns.iter().position(|it| it == name);
            // Limits the columns: objects with different names are not a table.
            if known.is_none() && all.columns.len() == MOST_COLUMNS {
                draft.leave_out(&place, format!("`{name}` is beyond the {MOST_COLUMNS}th name"));
                continue;
            }
            let column = known.unwrap_or(all.columns.len());
            if known.is_none() {
                all.columns.push(name.clone());
                cells.push(Cell::default());
            }
            // Objects and lists are neither messages nor codes.
            let is_whole = !value.is_object() && !value.is_array();
            if is_whole || !field_of(name).is_some_and(is_said) {
                cells[column] = cell(value);
            } else {
                draft.leave_out(&place, format!("`{name}` is an object or a list"));
            }
        }
        all.rows.push(Row { place, cells });
    }
    table::draft(&all, Writer::Data, draft);
}

fn is_said(field: Field) -> bool {
    matches!(field, Field::Message | Field::Error | Field::Code | Field::Symbol | Field::ErrorCode)
}

fn cell(value: &Value) -> Cell {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let other = Some(value).filter(|it| !it.is_null() && it.as_str().is_none_or(str::is_empty));
    Cell { value: other.cloned(), ..Cell::of(text) }
}

/// The entries of a list, or the members of an object with their names.
pub(super) type Entries<'t> = Vec<(Option<String>, &'t RawValue)>;

/// How deep in objects a list of errors stands.
const DEEPEST_LIST: usize = 3;

/// Returns the entries of a source, or lists why there are none with `what` it should have.
pub(super) fn entries_of<'t>(
    source: &Source<'t>,
    what: &str,
    draft: &mut Draft,
) -> Option<Entries<'t>> {
    let why = |error: &serde_json::Error| format!("this is not JSON with {what}: {error}");
    let found = entries(source.text);
    found.map_err(|error| draft.leave_out(&source.line(error.line()), why(&error))).ok()
}

pub(super) fn entries(text: &str) -> Result<Entries<'_>, serde_json::Error> {
    let entries = parts(text)?;
    // `{ "data": { "errors": [ … ] } }` stands for the list, even with strings and numbers next to it.
    let mut found = Vec::new();
    for (_, part) in entries.iter().filter(|(name, _)| name.is_some()) {
        lists(part, DEEPEST_LIST, &mut found);
    }
    match found[..] {
        [only] if only.get().starts_with('[') => parts(only.get()),
        _ => Ok(only_member(&entries).unwrap_or(entries)),
    }
}

/// The objects in the only member of an object, as in `{ "errors": { "A1": { … }, "A2": { … } } }`.
fn only_member<'t>(entries: &Entries<'t>) -> Option<Entries<'t>> {
    let [(Some(_), part)] = entries[..] else { return None };
    let inside = parts(part.get()).ok().filter(|inside| inside.len() > 1)?;
    inside.iter().all(|(_, it)| it.get().starts_with('{')).then_some(inside)
}

/// The entries of a text itself.
pub(super) fn parts(text: &str) -> Result<Entries<'_>, serde_json::Error> {
    let parts = openapi::parts(text.trim_start_matches('\u{FEFF}'))?.into_iter();
    let decoded = |name: Option<&RawValue>| name.map(|it| serde_json::from_str(it.get()));
    parts.map(|(name, value)| Ok((decoded(name).transpose()?, value))).collect()
}

/// The lists of objects in a part, and the objects in it that are errors themselves.
fn lists<'t>(part: &'t RawValue, depth: usize, found: &mut Vec<&'t RawValue>) {
    let items = part.get().strip_prefix('[');
    found.extend(items.filter(|items| items.trim_start().starts_with('{')).map(|_| part));
    if found.len() > 1 || depth == 0 || !part.get().starts_with('{') {
        return;
    }
    let Ok(parts) = parts(part.get()) else { return };
    let is_text = |(name, it): &(Option<String>, &RawValue)| {
        let field = name.as_deref().and_then(field_of);
        it.get().starts_with('"') && field.is_some_and(is_said)
    };
    if parts.iter().any(is_text) {
        found.push(part);
        return;
    }
    for (_, part) in parts {
        lists(part, depth - 1, found);
    }
}
