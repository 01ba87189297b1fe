//! Errors go into a document that is there.
//!
//! What the document is to say is worked out as JSON, from which an earlier run's part is taken away first. Then the
//! text is changed where it says something else, so that comments, quotes and layout stay.

use std::collections::{BTreeMap, BTreeSet};

use kate_errors_codegen::Catalog;
use serde_json::{Map, Value, json};

use super::components::{self, KINDS};
use super::document::Document;
use super::paths::{Route, responses, routes, shape};
use super::{MARK_MEMBER, MARK_VALUE, reference};

/// A document with errors in it.
pub(crate) struct Merged {
    pub(crate) text: String,
    /// What was left out, and why.
    pub(crate) notes: Vec<String>,
}

/// Why errors cannot go into a document. The texts of it are not made visible.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MergeError {
    #[error("it is neither YAML nor JSON: {0}")]
    Syntax(String),
    #[error("it is not an OpenAPI document of version 3: it has no `openapi: 3…`")]
    NotOpenApi,
    #[error(
        "it has `{0}` already, which was not generated; rename it, or rename the catalog, whose name \
         begins the names of all that is generated"
    )]
    Taken(String),
}

/// The document `text` with the errors of the catalog in it.
pub(crate) fn merge(catalog: &Catalog, text: &str) -> Result<Merged, MergeError> {
    let document = Document::read(text)?;
    let is_3 = document.value["openapi"].as_str().is_some_and(|version| version.starts_with("3."));
    if !is_3 {
        return Err(MergeError::NotOpenApi);
    }
    let ours = components::components(catalog);
    let mut new = document.value.clone();
    take_away(&mut new);
    for (kind, members) in &ours {
        for (name, value) in members.as_object().into_iter().flatten() {
            let place = member(&mut new, &["components", kind, name]);
            if !place.is_null() {
                return Err(MergeError::Taken(format!("components.{kind}.{name}")));
            }
            *place = value.clone();
        }
    }
    let mut notes = put_into_paths(catalog, &ours, &mut new);
    let (text, kept) = document.changed(&new);
    if !kept {
        notes.push(
            "the layout of the document cannot be kept: it was written anew, without its comments"
                .to_owned(),
        );
    }
    Ok(Merged { text, notes })
}

/// Takes away what an earlier run has put there.
fn take_away(document: &mut Value) {
    let components = document["components"]["responses"].clone();
    let is_our_response = |response: &Value| {
        let component = response["$ref"].as_str();
        let component = component.and_then(|it| it.strip_prefix("#/components/responses/"));
        is_ours(response) || component.is_some_and(|it| is_ours(&components[it]))
    };
    let components = document.get_mut("components");
    for (kind, members) in components.and_then(Value::as_object_mut).into_iter().flatten() {
        if let Some(members) = members.as_object_mut().filter(|_| KINDS.contains(&&**kind)) {
            members.retain(|_, value| !is_ours(value));
        }
    }
    let paths = document.get_mut("paths").and_then(Value::as_object_mut).into_iter().flatten();
    for (_, operation) in paths.filter_map(|(_, item)| item.as_object_mut()).flatten() {
        let responses = operation.get_mut("responses").and_then(Value::as_object_mut);
        if let Some(responses) = responses {
            responses.retain(|_, response| !is_our_response(response));
        }
    }
}

/// Puts responses into the operations that the catalog names, and says what is left out.
fn put_into_paths(
    catalog: &Catalog,
    components: &Map<String, Value>,
    document: &mut Value,
) -> Vec<String> {
    let (routes, left_out) = routes(catalog);
    let no_document = left_out.iter().map(|operation| {
        format!(
            "the operation `{}` is left out: a document cannot have the route `{} {}`",
            operation.name, operation.method, operation.path
        )
    });
    let mut notes: Vec<String> = no_document.collect();
    let mut spellings: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in document["paths"].as_object().into_iter().flat_map(Map::keys) {
        if let Some((shape, _)) = shape(path) {
            spellings.entry(shape).or_default().push(path.clone());
        }
    }
    for route in &routes {
        let method = route.method.to_ascii_uppercase();
        let has_route = |path: &&String| document["paths"][*path][&route.method].is_object();
        let path = spellings.get(&route.shape).and_then(|paths| paths.iter().find(has_route));
        let Some(path) = path else {
            let names: Vec<&str> = route.operations.iter().map(|it| it.name.as_str()).collect();
            notes.push(format!(
                "the operation `{}` is left out: the document has no `{method} {}`",
                names.join("`, `"),
                route.path
            ));
            continue;
        };
        for status in put_into_operation(catalog, components, document, route, path) {
            notes.push(format!(
                "`{method} {path}` has a response {status} of its own, which is left as it is"
            ));
        }
    }
    notes
}

/// Puts the responses of a route where the document has it, and gives the statuses of those that cannot be put there.
fn put_into_operation(
    catalog: &Catalog,
    components: &Map<String, Value>,
    document: &mut Value,
    route: &Route<'_>,
    path: &str,
) -> Vec<String> {
    let mut left_out = Vec::new();
    for (status, response) in responses(catalog, route) {
        let place = member(document, &["paths", path, &route.method, "responses", &status]);
        let name = response["$ref"].as_str().and_then(|it| it.rsplit('/').next());
        let component = name.and_then(|name| components.get("responses")?.get(name));
        if place.is_null() {
            *place = response;
        } else if !join(catalog, place, component.unwrap_or(&response)) {
            left_out.push(status);
        }
    }
    left_out
}

/// The member at the end of `path`. What stands on the way and is no object becomes one.
fn member<'v>(document: &'v mut Value, path: &[&str]) -> &'v mut Value {
    path.iter().fold(document, |value, name| {
        if !value.is_object() {
            *value = json!({});
        }
        &mut value[name]
    })
}

/// Whether an earlier run has put it there.
pub(super) fn is_ours(value: &Value) -> bool {
    value[MARK_MEMBER] == MARK_VALUE
}

/// Gives a response of the document's own our schema and examples beside its own; `false` where it refers to a
/// response that others may refer to, which is left as it is.
fn join(catalog: &Catalog, foreign: &mut Value, ours: &Value) -> bool {
    let may_be_object = |value: &Value| value.is_null() || value.is_object();
    let media_type = catalog.media_type.as_str();
    let media = &foreign["content"][media_type];
    let is_plain = foreign.is_object() && foreign["$ref"].is_null();
    let parts = [&foreign["content"], media, &media["examples"]];
    if !is_plain || !parts.into_iter().all(may_be_object) {
        return false;
    }
    let media = member(foreign, &["content", media_type]);
    media["schema"] = joined_schema(catalog, media["schema"].take());
    let codes: BTreeSet<&str> = catalog.rows.iter().map(|row| row.code.as_str()).collect();
    let mut examples = media["examples"].as_object().cloned().unwrap_or_default();
    let is_ours = |name: &str| {
        codes.contains(name) || name.match_indices('.').any(|(at, _)| codes.contains(&name[..at]))
    };
    examples.retain(|name, _| !is_ours(name));
    // `example` and `examples` exclude one another.
    if let Some(single) = media.as_object_mut().and_then(|media| media.shift_remove("example")) {
        examples.insert("example".to_owned(), json!({ "value": single }));
    }
    examples
        .extend(ours["content"][media_type]["examples"].as_object().cloned().unwrap_or_default());
    media["examples"] = examples.into();
    true
}

/// A schema of the document's own, or ours. One that says `anyOf` already keeps what else it says.
fn joined_schema(catalog: &Catalog, mut schema: Value) -> Value {
    let ours = reference("schemas", &catalog.enum_name());
    if schema.is_null() || schema == ours {
        return ours;
    }
    match schema.get_mut("anyOf").and_then(Value::as_array_mut) {
        Some(kinds) if kinds.contains(&ours) => schema,
        Some(kinds) => {
            kinds.push(ours);
            schema
        }
        None => json!({ "anyOf": [schema, ours] }),
    }
}
