//! Header fields in sources, converted to fields of a catalog.

use kate_errors_model::status::HEADER_FIELDS;
use serde_json::Value;

use super::message::snake_case;

/// Returns the field of a catalog for a header field, and its value. Returns `None` if a catalog has no such field,
/// or if it has no meaning for the status.
pub(super) fn of_catalog(name: &str, value: &Value, status: u16) -> Option<(String, Value)> {
    let key = snake_case(name);
    HEADER_FIELDS.iter().find(|field| field.key == key && field.statuses.contains(&status))?;
    let value = value_of(&key, value)?;
    Some((key, value))
}

/// Converts the value of a header field.
pub(super) fn value_of(key: &str, value: &Value) -> Option<Value> {
    Some(match key {
        "allow" => value.as_str()?.split(',').map(|method| Value::from(method.trim())).collect(),
        "retry_after" => value.to_string().trim_matches('"').parse::<u32>().ok()?.into(),
        _ => value.as_str()?.into(),
    })
}
