//! Header fields in sources, converted to fields of a catalog.

use kate_errors_model::status::HEADER_FIELDS;
use serde_json::Value;

use super::draft::{Draft, Place};
use super::examples::{Document, members};
use super::message::snake_case;
use super::table::one_line;

/// Adds the header fields of a response in an OpenAPI document that a catalog can have, with their example values.
/// Other values are listed.
pub(super) fn of_response(
    document: Document<'_>,
    response: &Value,
    status: u16,
    place: &Place,
    draft: &mut Draft,
) {
    for (name, header) in members(&response["headers"]) {
        let key = snake_case(name);
        let header = document.resolved(header);
        let is_field = HEADER_FIELDS.iter().any(|field| field.key == key);
        let Some(value) = document.value_of(header).filter(|_| is_field) else { continue };
        let fields = &mut draft.statuses.entry(status).or_default().fields;
        let own = of_catalog(name, &value, status);
        let is_own = own.is_some();
        if own.is_some_and(|(key, own)| *fields.entry(key).or_insert_with(|| own.clone()) == own) {
            continue;
        }
        let why = if is_own { "but other responses differ" } else { "which a catalog cannot have" };
        let value = one_line(value.as_str().unwrap_or(&value.to_string()));
        let why = format!("{status} has `{name}: {value}`, {why}");
        draft.leave_out_once(place, why);
    }
}

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
