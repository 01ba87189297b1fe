//! JSON Schemas of bodies.

use std::collections::HashSet;

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Param, Row};
use kate_errors_codegen::envelope::leaf;
use kate_errors_model::envelope::{Form, Leaf, Slot};
use kate_errors_model::types::Field;
use serde_json::{Map, Value, json};

use super::openapi::Version;
use crate::messages;

/// Returns the schema of the bodies of some errors of a catalog, with `detail` as the schema of messages.
pub(super) fn schema(catalog: &Catalog, version: Version, rows: &[&Row], detail: &Value) -> Value {
    // The compiler has validated the template.
    let template = serde_json::from_str(&catalog.envelope).unwrap_or_default();
    of_template(&template, &Slots { catalog, version, rows, detail })
}

/// The description of the schema of a value that errors provide for the envelope.
const CONSTANT: &str = "The error determines it.";

/// What the schemas of slots depend on.
struct Slots<'d> {
    catalog: &'d Catalog,
    version: Version,
    rows: &'d [&'d Row],
    detail: &'d Value,
}

impl Slots<'_> {
    /// Returns the schema of codes. It is unrestricted if only some of them are numbers.
    fn codes(&self) -> Value {
        let mut are_numbers =
            self.rows.iter().filter(|row| !row.without_code).map(|row| row.is_number);
        match (are_numbers.clone().any(|it| it), are_numbers.all(|it| it)) {
            (false, _) => json!({ "type": "string" }),
            (true, true) => json!({ "type": "integer" }),
            (true, false) => json!({}),
        }
    }

    /// Returns the schema of a value that errors provide for the envelope. It does not list the values, as errors that
    /// are added later can have others.
    fn constants(&self, name: &str) -> Value {
        let values = self.rows.iter().flat_map(|row| &row.wire).filter(|(it, _)| it == name);
        let values = values.map(|(_, json)| serde_json::from_str(json).unwrap_or_default());
        let mut schema = any_of(values.map(|value| kind(&value)));
        schema["description"] = CONSTANT.into();
        schema
    }

    /// Returns the schema of a parameter. Errors can have parameters of different types with this name.
    fn param(&self, name: &str) -> Value {
        let params = self.rows.iter().flat_map(|row| self.catalog.params(row));
        any_of(params.filter(|param| param.name == name).map(of_param))
    }
}

/// Returns the schema of all values of the type of a constant.
fn kind(constant: &Value) -> Value {
    match constant {
        Value::String(_) => json!({ "type": "string" }),
        Value::Bool(_) => json!({ "type": "boolean" }),
        _ => json!({ "type": "number" }),
    }
}

/// Returns the schema of a constant of the envelope. openapi-python-client has no `enum` of booleans; version 3.0 has
/// no `const`, and openapi-generator for Rust can only enumerate strings.
fn constant(constant: &Value, version: Version) -> Value {
    match (constant, version) {
        (Value::String(_), _) => json!({ "enum": [constant] }),
        (_, Version::V3_1) => json!({ "const": constant }),
        (_, Version::V3_0) => kind(constant),
    }
}

/// Returns the schema of values that can have several kinds.
fn any_of(kinds: impl Iterator<Item = Value>) -> Value {
    let mut seen = HashSet::new();
    let mut distinct: Vec<Value> = kinds.filter(|kind| seen.insert(kind.to_string())).collect();
    match distinct.len() {
        0 => json!({}),
        1 => distinct.remove(0),
        _ => json!({ "anyOf": distinct }),
    }
}

fn of_param(param: &Param) -> Value {
    match messages::choices(param) {
        Some(choices) => json!({ "type": "string", "enum": choices }),
        None if param.ty.info().field == Field::U64 => json!({ "type": "integer", "minimum": 0 }),
        None if param.is_integer() => json!({ "type": "integer" }),
        None if param.is_boolean() => json!({ "type": "boolean" }),
        None => json!({ "type": "string" }),
    }
}

fn of_template(template: &Value, slots: &Slots<'_>) -> Value {
    match template {
        Value::Object(members) if members.contains_key(BY_FIELD) => {
            json!({ "type": "object", "additionalProperties": of_template(&members[BY_FIELD], slots) })
        }
        Value::Object(members) => {
            let mut properties = Map::new();
            let mut required = Vec::new();
            for (name, value) in members.iter().filter(|(_, value)| is_written(value)) {
                properties.insert(name.clone(), of_template(value, slots));
                required.extend(is_always_written(value).then_some(name.as_str()));
            }
            let mut schema = json!({ "type": "object" });
            if !required.is_empty() {
                schema["required"] = json!(required);
            }
            schema["properties"] = Value::Object(properties);
            schema
        }
        Value::Array(items) => {
            let items = items.iter().filter(|item| is_written(item));
            let mut items: Vec<Value> = items.map(|item| of_template(item, slots)).collect();
            match items.len() {
                0 => json!({ "type": "array" }),
                1 => json!({ "type": "array", "items": items.remove(0) }),
                _ => json!({ "type": "array", "items": { "anyOf": items } }),
            }
        }
        // openapi-generator for Python stops at the type `null`.
        Value::Null => json!({}),
        other => match other.as_str().and_then(leaf) {
            Some((leaf, _)) => of_leaf(&leaf, slots),
            None => constant(other, slots.version),
        },
    }
}

/// The name of a template's member that is repeated for each invalid field.
const BY_FIELD: &str = "{field.path}";

fn of_leaf(leaf: &Leaf<'_>, slots: &Slots<'_>) -> Value {
    let is_whole = leaf.before.text.is_empty() && leaf.after.text.is_empty();
    match (leaf.slot, leaf.form) {
        (Slot::Detail, _) if is_whole => slots.detail.clone(),
        (Slot::Detail | Slot::Title | Slot::DocsUrl | Slot::Cause | Slot::Fix, _)
        | (_, Form::Inside) => json!({ "type": "string" }),
        (Slot::Code, _) => slots.codes(),
        (Slot::Status | Slot::RetryAfter | Slot::RetryAfterMillis, _) => {
            json!({ "type": "integer" })
        }
        (Slot::Params | Slot::ParamsAsStrings, _) => json!({ "type": "object" }),
        (Slot::Field(_), _) => json!({ "type": "array" }),
        (Slot::Wire(name), _) => slots.constants(name),
        (Slot::Param(name), _) => slots.param(name),
        // The server decides, or the schema of its object describes it.
        (Slot::Request(_) | Slot::NextField | Slot::MessageByField | Slot::MessagesByField, _) => {
            json!({})
        }
    }
}

fn is_written(value: &Value) -> bool {
    value != "{any}"
}

fn is_always_written(value: &Value) -> bool {
    match value {
        Value::String(text) => leaf(text).is_none_or(|(_, is_optional)| !is_optional),
        _ if is_of_fields(value) == Some(true) => false,
        Value::Array(items) => items.is_empty() || items.iter().any(is_always_written),
        Value::Object(members) => members.is_empty() || members.values().any(is_always_written),
        _ => true,
    }
}

/// Whether all slots in a template belong to fields. `None` if it has no slots.
fn is_of_fields(value: &Value) -> Option<bool> {
    match value {
        Value::String(text) => leaf(text).map(|(leaf, _)| matches!(leaf.slot, Slot::Field(_))),
        Value::Array(items) => items.iter().filter_map(is_of_fields).min(),
        Value::Object(members) => members.values().filter_map(is_of_fields).min(),
        _ => None,
    }
}
