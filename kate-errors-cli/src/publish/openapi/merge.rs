//! Merges errors into an existing document.
//!
//! The new content is computed as JSON, after the additions of an earlier run were removed. Then the text is edited
//! only where its content differs, so comments, quotes and layout are kept.

use std::collections::{BTreeMap, BTreeSet};

use kate_errors_codegen::Catalog;
use serde_json::{Map, Value, json};

use super::components::{self, KINDS};
use super::document::Document;
use super::paths::{Route, responses, routes, shape};
use super::{MARK_MEMBER, MARK_VALUE, Version};

/// A document with the errors merged into it.
pub(crate) struct Merged {
    pub(crate) text: String,
    /// What was left out, and why.
    pub(crate) notes: Vec<String>,
}

/// Merges the errors of the catalog into the document `text`, or says why that is not possible. Quoted texts are not
/// escaped.
pub(crate) fn merge(catalog: &Catalog, text: &str) -> Result<Merged, String> {
    let document = Document::read(text)?;
    let version = document.value["openapi"].as_str().filter(|version| version.starts_with("3."));
    let version = match version {
        Some(version) if version.starts_with("3.0") => Version::V3_0,
        Some(_) => Version::V3_1,
        None => {
            let why = "it is not an OpenAPI document of version 3: it has no `openapi: 3…`";
            return Err(why.to_owned());
        }
    };
    let mut ours = components::components(catalog, version);
    let mut new = document.value.clone();
    take_away(&mut new);
    let mut notes = put_into_paths(catalog, version, &mut ours, &mut new);
    for (kind, members) in ours {
        let Value::Object(members) = members else { continue };
        for (name, value) in members {
            let place = member(&mut new, &["components", &kind, &name]);
            if !place.is_null() {
                return Err(format!(
                    "it has `components.{kind}.{name}` already, which was not generated; rename it, or rename the \
                     catalog, whose name begins the names of all that is generated"
                ));
            }
            *place = value;
        }
    }
    let (text, kept) = document.changed(&new);
    if !kept {
        notes.push(
            "the layout of the document cannot be kept: it was written anew, without its comments"
                .to_owned(),
        );
    }
    Ok(Merged { text, notes })
}

/// Removes what an earlier run has added.
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
    for items in ["/paths", "/components/pathItems"] {
        let items = document.pointer_mut(items).and_then(Value::as_object_mut);
        let items = items.into_iter().flatten().filter_map(|(_, item)| item.as_object_mut());
        for (_, operation) in items.flatten() {
            let responses = operation.get_mut("responses").and_then(Value::as_object_mut);
            let Some(responses) = responses else { continue };
            responses.retain(|_, response| !is_our_response(response));
            let is_put_there = |schema: &Value| is_ours(schema) && !schema["$ref"].is_null();
            responses.values_mut().for_each(|response| part(response, is_put_there));
        }
    }
}

/// Adds responses to the operations that the catalog names. Returns notes about what was left out.
fn put_into_paths(
    catalog: &Catalog,
    version: Version,
    components: &mut Map<String, Value>,
    document: &mut Value,
) -> Vec<String> {
    let mut notes = Vec::new();
    let mut spellings: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in document["paths"].as_object().into_iter().flat_map(Map::keys) {
        if let Some((shape, _)) = shape(path) {
            spellings.entry(shape).or_default().push(path.clone());
        }
    }
    for route in &routes(catalog) {
        let method = route.method.to_ascii_uppercase();
        let has_route = |path: &&String| {
            let item = resolved(document, vec!["paths".to_owned(), (*path).clone()]);
            item.is_some_and(|(_, item)| item[&route.method].is_object())
        };
        let paths = spellings.get(&route.shape).map_or(&[][..], Vec::as_slice);
        let Some(path) = paths.iter().find(has_route) else {
            let names: Vec<&str> = route.operations.iter().map(|it| it.name.as_str()).collect();
            let elsewhere = paths.iter().find_map(|path| {
                let place = vec!["paths".to_owned(), path.clone()];
                let target = document["paths"][path]["$ref"].as_str();
                target.filter(|_| resolved(document, place).is_none())
            });
            let why = match elsewhere {
                Some(target) => {
                    format!("its path refers to `{target}`, which is not in the document")
                }
                None => format!("the document has no `{method} {}`", route.path),
            };
            notes.push(format!("the operation `{}` is left out: {why}", names.join("`, `")));
            continue;
        };
        for (status, why) in put_into_operation(catalog, version, components, document, route, path)
        {
            notes.push(format!(
                "`{method} {path}` has a response {status} {why}, which is left as it is"
            ));
        }
    }
    notes
}

/// Adds the responses of a route to the document's operation. Returns the statuses for which that was not possible,
/// each with what is there instead.
fn put_into_operation(
    catalog: &Catalog,
    version: Version,
    components: &mut Map<String, Value>,
    document: &mut Value,
    route: &Route<'_>,
    path: &str,
) -> Vec<(String, String)> {
    let mut left_out = Vec::new();
    let item = resolved(document, vec!["paths".to_owned(), path.to_owned()]);
    let Some((item, _)) = item else { return left_out };
    for (status, made) in responses(catalog, version, route) {
        let place = [&item[..], &[route.method.clone(), "responses".to_owned(), status.clone()]];
        let place = place.concat();
        let there = resolved(document, place.clone()).map(|(_, there)| there.clone());
        let place: Vec<&str> = place.iter().map(String::as_str).collect();
        let place = member(document, &place);
        let name = made.response["$ref"].as_str().and_then(|it| it.rsplit('/').next());
        let component = name.and_then(|name| components["responses"].get(name));
        let ours = component.unwrap_or(&made.response);
        if place.is_null() {
            *place = made.response;
        } else if let Some(joined) = there.and_then(|there| joined(catalog, there, ours)) {
            *place = joined;
        } else {
            let elsewhere =
                place["$ref"].as_str().map(|target| format!("that refers to `{target}`"));
            left_out.push((status, elsewhere.unwrap_or_else(|| "of its own".to_owned())));
            continue;
        }
        if let Some((name, schema)) = made.schema {
            components["schemas"][name] = schema;
        }
    }
    left_out
}

/// The maximum number of references that are followed in a row.
pub(crate) const MOST_REFERENCES: usize = 16;

/// Returns the value at a place of the document, and its place after following references.
pub(crate) fn resolved(document: &Value, mut place: Vec<String>) -> Option<(Vec<String>, &Value)> {
    for _ in 0..MOST_REFERENCES {
        let found = place.iter().try_fold(document, |value, name| value.get(name))?;
        let Some(target) = found.get("$ref") else { return Some((place, found)) };
        let names = target.as_str()?.strip_prefix("#/")?.split('/');
        place = names.map(|name| name.replace("~1", "/").replace("~0", "~")).collect();
    }
    None
}

/// Returns the member at the end of `path`. Values on the way that are not objects are replaced by objects.
fn member<'v>(document: &'v mut Value, path: &[&str]) -> &'v mut Value {
    path.iter().fold(document, |value, name| {
        if !value.is_object() {
            *value = json!({});
        }
        &mut value[name]
    })
}

/// Whether an earlier run has added the value.
pub(super) fn is_ours(value: &Value) -> bool {
    value[MARK_MEMBER] == MARK_VALUE
}

/// Adds our schema and examples to a response of the document. A shared response is thus copied into the operation.
fn joined(catalog: &Catalog, mut foreign: Value, ours: &Value) -> Option<Value> {
    let may_be_object = |value: &Value| value.is_null() || value.is_object();
    let media_type = catalog.media_type.as_str();
    let media = &foreign["content"][media_type];
    let parts = [&foreign["content"], media, &media["examples"]];
    if !foreign.is_object() || !parts.into_iter().all(may_be_object) {
        return None;
    }
    // Removes generated schemas, such as those of the Python package for FastAPI, which are less specific.
    part(&mut foreign, is_ours);
    let our_media = &ours["content"][media_type];
    let media = member(&mut foreign, &["content", media_type]);
    media["schema"] = joined_schema(&our_media["schema"], media["schema"].take());
    let codes: BTreeSet<&str> = catalog.rows.iter().map(|row| row.code.as_str()).collect();
    let mut examples = media["examples"].as_object().cloned().unwrap_or_default();
    let is_ours = |name: &str| {
        codes.contains(name) || name.match_indices('.').any(|(at, _)| codes.contains(&name[..at]))
    };
    examples.retain(|name, _| !is_ours(name));
    // `example` and `examples` are mutually exclusive.
    if let Some(single) = media.as_object_mut().and_then(|media| media.shift_remove("example")) {
        examples.insert("example".to_owned(), json!({ "value": single }));
    }
    examples.extend(our_media["examples"].as_object().cloned().unwrap_or_default());
    media["examples"] = examples.into();
    Some(foreign)
}

/// Returns a schema that allows `ours` or the existing one. Ours is more specific and therefore first. An existing
/// `anyOf` is extended, and keeps its other members.
fn joined_schema(ours: &Value, mut schema: Value) -> Value {
    let mut ours = ours.clone();
    ours[MARK_MEMBER] = MARK_VALUE.into();
    if let Some(kinds) = schema.get_mut("anyOf").and_then(Value::as_array_mut) {
        kinds.insert(0, ours);
        return schema;
    }
    if schema.is_null() { ours } else { json!({ "anyOf": [ours, schema] }) }
}

/// Removes our schemas from a response of the document.
fn part(response: &mut Value, is_ours: impl Fn(&Value) -> bool) {
    let content = response.get_mut("content").and_then(Value::as_object_mut);
    for media in content.into_iter().flat_map(Map::values_mut).filter_map(Value::as_object_mut) {
        let Some(schema) = media.get_mut("schema") else { continue };
        if is_ours(schema) {
            media.shift_remove("schema");
            continue;
        }
        let members = schema.as_object().map_or(0, Map::len);
        let Some(kinds) = schema.get_mut("anyOf").and_then(Value::as_array_mut) else { continue };
        let all = kinds.len();
        kinds.retain(|kind| !is_ours(kind));
        if kinds.len() == 1 && all > 1 && members == 1 {
            *schema = kinds.remove(0);
        }
    }
}
