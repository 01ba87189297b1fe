//! Lists of errors by code: Spark's `error-conditions.json`, and TOML such as `errors.toml` of the tools of `TiDB`. Both
//! are read as tables.

use std::collections::HashMap;

use serde_json::{Map, Value, json};
use toml::de::{DeTable, DeValue};

use super::Source;
use super::draft::{Draft, Said};
use super::message::Message;
use super::records::{self, entries, entries_of};

/// Whether JSON has the format of Spark, in which messages are lists of lines.
pub(super) fn is_spark(text: &str) -> bool {
    let is_condition = |value: &str| {
        serde_json::from_str::<Value>(value).is_ok_and(|value| value["message"].is_array())
    };
    entries(text).is_ok_and(|all| {
        all.first().is_some_and(|(name, value)| name.is_some() && is_condition(value.get()))
    })
}

/// Reads error conditions of Spark. If a condition has subclasses, only these are sent.
pub(super) fn spark(source: &Source<'_>) -> Draft {
    let mut draft = Draft::default();
    let Some(found) = entries_of(source, "conditions", &mut draft) else { return draft };
    let (mut texts, mut conditions) = (HashMap::new(), Vec::new());
    for (name, raw) in found {
        let place = source.of_part(raw.get());
        let Some(name) = name else { continue };
        let Ok(mut condition) = serde_json::from_str::<Map<String, Value>>(raw.get()) else {
            draft.leave_out(&place, format!("`{name}` is not an object"));
            continue;
        };
        // The list of PySpark spells it in snake_case.
        let classes = condition.remove("subClass").or_else(|| condition.remove("sub_class"));
        let classes = classes.as_ref().and_then(Value::as_object).filter(|it| !it.is_empty());
        let message = joined(condition.get("message"));
        let mut add = |code: String, message: String, mut members: Map<String, Value>| {
            members.insert("message".to_owned(), Value::from(message.as_str()));
            texts.insert(code.clone(), message);
            conditions.push((place.clone(), Some(code), Value::Object(members)));
        };
        let Some(classes) = classes else {
            add(name, message, condition);
            continue;
        };
        for (class, below) in classes {
            let mut members = condition.clone();
            members.extend(below.as_object().cloned().unwrap_or_default());
            add(
                format!("{name}.{class}"),
                format!("{message} {}", joined(below.get("message"))),
                members,
            );
        }
    }
    records::of_entries(conditions, source, &mut draft);
    for error in draft.errors_mut() {
        if let Some(text) = error.code_text().and_then(|code| texts.get(&*code)) {
            error.message = Message::in_angles(text);
        }
    }
    draft.go_by_code();
    let body = json!({ "errorClass": "{code}", "messageParameters": "{params:string}" });
    draft.body = Some(Said::guess(body, "Spark's format MINIMAL without its sqlState"));
    draft
}

/// Joins the lines of a message.
fn joined(message: Option<&Value>) -> String {
    let lines = message.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    lines.collect::<Vec<&str>>().join("\n")
}

/// Reads TOML with a table for each code, which can be below tables of such tables.
pub(super) fn toml(source: &Source<'_>) -> Draft {
    let mut draft = Draft::default();
    let parsed = match DeTable::parse(source.text) {
        Ok(parsed) => parsed,
        Err(error) => {
            let place = source.at(error.span().map_or(0, |span| span.start));
            draft.leave_out(&place, format!("this is not TOML: {}", error.message()));
            return draft;
        }
    };
    let mut tables = Vec::new();
    collect(parsed.get_ref(), &mut tables);
    tables.sort_by_key(|(start, ..)| *start);
    let have_names = tables.iter().all(|(_, name, _)| name.is_some());
    let mut entries = Vec::new();
    for (start, name, value) in tables {
        let place = source.at(start);
        match name {
            Some(name) if !value.is_object() => {
                draft.leave_out(&place, format!("`{name}` is not a table with an error"));
            }
            name => entries.push((place, name, value)),
        }
    }
    records::of_entries(entries, source, &mut draft);
    if have_names {
        draft.go_by_code();
    }
    draft
}

/// Collects the members of a table that are not tables of tables, with their offsets and names. The tables of an array
/// have no names.
fn collect(table: &DeTable<'_>, found: &mut Vec<(usize, Option<String>, Value)>) {
    for (name, value) in table {
        match value.get_ref() {
            DeValue::Table(below)
                if !below.is_empty() && below.values().all(|it| it.get_ref().is_table()) =>
            {
                collect(below, found);
            }
            DeValue::Array(items) if items.iter().all(|it| it.get_ref().is_table()) => {
                let items = items.iter().map(|it| (it.span().start, None, in_json(it.get_ref())));
                found.extend(items);
            }
            value => {
                let (start, name) = (name.span().start, name.get_ref().to_string());
                found.push((start, Some(name), in_json(value)));
            }
        }
    }
}

fn in_json(value: &DeValue<'_>) -> Value {
    let number = |text: &str| serde_json::from_str(text).unwrap_or_else(|_| Value::from(text));
    match value {
        DeValue::String(text) => Value::from(text.trim()),
        DeValue::Integer(integer) => number(integer.as_str()),
        DeValue::Float(float) => number(float.as_str()),
        DeValue::Boolean(truth) => Value::from(*truth),
        DeValue::Datetime(time) => Value::from(time.to_string()),
        DeValue::Array(items) => items.iter().map(|item| in_json(item.get_ref())).collect(),
        DeValue::Table(members) => {
            let members = members.iter();
            members.map(|(name, it)| (name.get_ref().to_string(), in_json(it.get_ref()))).collect()
        }
    }
}
