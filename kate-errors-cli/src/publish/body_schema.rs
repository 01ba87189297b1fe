//! JSON Schemas of bodies.

use kate_errors_codegen::Catalog;
use serde_json::{Map, Value, json};

/// The schema of a template of a body; `leaf` gives the schema of a text with a placeholder.
pub(super) fn schema(template: &Value, leaf: &dyn Fn(&str) -> Option<Value>) -> Value {
    match template {
        Value::Object(members) => {
            let mut properties = Map::new();
            let mut required = Vec::new();
            for (name, value) in members {
                if is_written(value) {
                    properties.insert(name.clone(), schema(value, leaf));
                }
                if is_always_written(value) {
                    required.push(name.as_str());
                }
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
            let mut items: Vec<Value> = items.map(|item| schema(item, leaf)).collect();
            match items.len() {
                0 => json!({ "type": "array" }),
                1 => json!({ "type": "array", "items": items.remove(0) }),
                _ => json!({ "type": "array", "items": { "anyOf": items } }),
            }
        }
        Value::String(text) if text.contains('{') => leaf(text).unwrap_or_else(|| of_slot(text)),
        Value::Null => json!({}),
        constant => json!({ "enum": [constant] }),
    }
}

/// The template of a catalog's bodies.
pub(super) fn template(catalog: &Catalog) -> Value {
    serde_json::from_str(&catalog.envelope).unwrap_or_default()
}

/// The schema of a placeholder by what it holds.
fn of_slot(text: &str) -> Value {
    match text.trim_end_matches("?}").trim_end_matches('}') {
        "{status" | "{retry_after" | "{retry_after:ms" => json!({ "type": "integer" }),
        "{params" | "{params:string" => json!({ "type": "object" }),
        name if text.starts_with('{') && is_parameter(name) => json!({}),
        _ => json!({ "type": "string" }),
    }
}

/// Whether it is a placeholder of one parameter, which may be a string or a number.
fn is_parameter(name: &str) -> bool {
    let slots = ["code", "detail", "title", "docs_url", "cause", "fix"];
    let name = name.trim_start_matches('{');
    !slots.contains(&name) && !name.ends_with(":string")
}

fn is_written(value: &Value) -> bool {
    value != "{any}"
}

fn is_always_written(value: &Value) -> bool {
    match value {
        Value::String(text) => !(text.contains("?}") || text == "{any}"),
        Value::Array(items) => items.is_empty() || items.iter().any(is_always_written),
        Value::Object(members) => members.is_empty() || members.values().any(is_always_written),
        _ => true,
    }
}
