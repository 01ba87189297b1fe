//! Header fields that a catalog has, as sources spell them.

use kate_errors_model::status::HEADER_FIELDS;
use serde_json::Value;

use super::message::snake_case;

/// The field of a catalog for a header field, and its value there; nothing where a catalog has no such field, or where
/// it has no meaning under the status.
pub(super) fn of_catalog(name: &str, value: &Value, status: u16) -> Option<(String, Value)> {
    let key = snake_case(name);
    let field = HEADER_FIELDS.iter().find(|field| field.key == key)?;
    if !field.statuses.contains(&status) {
        return None;
    }
    let value = value_of(&key, value)?;
    Some((key, value))
}

/// The value of a field in a catalog.
pub(super) fn value_of(key: &str, value: &Value) -> Option<Value> {
    Some(match key {
        "allow" => value.as_str()?.split(',').map(|method| Value::from(method.trim())).collect(),
        "retry_after" => value.to_string().trim_matches('"').parse::<u32>().ok()?.into(),
        _ => value.as_str()?.into(),
    })
}
