//! Converts responses of Swagger 2 to those of OpenAPI 3. Their places in the document and the targets of references
//! do not change.

use serde_json::{Map, Value, json};

/// The default media type.
const USUAL: &str = "application/json";

/// Whether a document is Swagger 2.
pub(super) fn is_one(document: &Value) -> bool {
    // `swagger: 2.0` is a number.
    document["swagger"].to_string().trim_matches('"').starts_with('2')
}

pub(super) fn converted(mut document: Value) -> Value {
    let usual = media_type(&document["produces"]).unwrap_or_else(|| USUAL.to_owned());
    for item in values_mut(&mut document["paths"]) {
        for operation in values_mut(item) {
            if operation.is_object() {
                let media_type = media_type(&operation["produces"]);
                let media_type = media_type.as_deref().unwrap_or(&usual);
                values_mut(&mut operation["responses"]).for_each(|it| convert(it, media_type));
            }
        }
    }
    values_mut(&mut document["responses"]).for_each(|response| convert(response, &usual));
    document
}

/// Returns the first JSON media type in a list, or else the first one.
fn media_type(produces: &Value) -> Option<String> {
    let all = || produces.as_array().into_iter().flatten().filter_map(Value::as_str);
    all().find(|it| it.contains("json")).or_else(|| all().next()).map(str::to_owned)
}

fn values_mut(value: &mut Value) -> impl Iterator<Item = &mut Value> {
    value.as_object_mut().into_iter().flat_map(Map::values_mut)
}

/// Moves the schema and the examples of a response below its media types.
fn convert(response: &mut Value, media_type: &str) {
    let Some(response) = response.as_object_mut() else { return };
    let schema = response.remove("schema").unwrap_or_default();
    let mut content = Map::new();
    let examples = response.remove("examples").unwrap_or_default();
    for (name, example) in examples.as_object().into_iter().flatten() {
        if name.contains('/') {
            content.insert(name.clone(), json!({ "schema": schema, "example": example }));
        } else {
            // The key should be a media type, but some documents have a name instead.
            let named = content.entry(media_type).or_insert_with(|| json!({ "schema": schema }));
            named["examples"][name] = json!({ "value": example });
        }
    }
    if content.is_empty() {
        content.insert(media_type.to_owned(), json!({ "schema": schema }));
    }
    response.insert("content".to_owned(), content.into());
}
