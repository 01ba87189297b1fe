//! Errors go into a document that is there.
//!
//! What changes is worked out as a list of edits: members that are set or taken away. In YAML the edits
//! are made in the text, so that comments, quotes and layout stay; whether the text then says what it
//! should is looked at by reading it.

use std::collections::{BTreeMap, BTreeSet};

use kate_errors_codegen::Catalog;
use serde_json::{Map, Value, json};

use super::components::{self, KINDS};
use super::document::Document;
use super::edits::Edits;
use super::paths::{Route, responses, routes, shape};
use super::{MARK_MEMBER, MARK_VALUE, reference};

/// The media type of errors.
const JSON: &str = "application/json";

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
    let mut merging =
        Merging { old: &document.value, ours: &ours, edits: Edits::default(), notes: Vec::new() };
    merging.components()?;
    merging.paths(catalog);
    let Merging { edits, mut notes, .. } = merging;
    let (text, kept) = document.with(&edits);
    if !kept {
        notes.push(
            "the layout of the document cannot be kept: it was written anew, without its comments"
                .to_owned(),
        );
    }
    Ok(Merged { text, notes })
}

struct Merging<'d> {
    old: &'d Value,
    /// The components that are to be there.
    ours: &'d Map<String, Value>,
    edits: Edits,
    notes: Vec<String>,
}

impl Merging<'_> {
    fn set(&mut self, path: &[&str], value: Option<Value>) {
        self.edits.set(path, value);
    }

    fn components(&mut self) -> Result<(), MergeError> {
        for kind in KINDS {
            let none = Map::new();
            let ours = self.ours.get(*kind).and_then(Value::as_object).unwrap_or(&none);
            let old = self.old["components"][*kind].as_object().unwrap_or(&none);
            for (name, _) in
                old.iter().filter(|(name, value)| is_ours(value) && !ours.contains_key(*name))
            {
                self.set(&["components", kind, name], None);
            }
            for (name, value) in ours {
                if old.get(name).is_some_and(|old| !is_ours(old)) {
                    return Err(MergeError::Taken(format!("components.{kind}.{name}")));
                }
                self.set(&["components", kind, name], Some(value.clone()));
            }
        }
        Ok(())
    }

    fn paths(&mut self, catalog: &Catalog) {
        let (routes, left_out) = routes(catalog);
        let of_documents = left_out.iter().map(|operation| {
            format!(
                "the operation `{}` is left out: a document cannot have the route `{} {}`",
                operation.name, operation.method, operation.path
            )
        });
        self.notes.extend(of_documents);
        let mut reached = BTreeSet::new();
        let shapes = self.shapes();
        for route in &routes {
            if let Some(path) = self.path_of(route, &shapes) {
                reached.insert((path.clone(), route.method.clone()));
                self.operation(catalog, route, &path);
            } else {
                let names: Vec<&str> = route.operations.iter().map(|it| it.name.as_str()).collect();
                self.notes.push(format!(
                    "the operation `{}` is left out: the document has no `{} {}`",
                    names.join("`, `"),
                    route.method.to_ascii_uppercase(),
                    route.path
                ));
            }
        }
        self.forget(&reached);
    }

    /// The paths of the document, by their shapes.
    fn shapes(&self) -> BTreeMap<String, Vec<String>> {
        let mut shapes: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for path in self.old["paths"].as_object().into_iter().flat_map(Map::keys) {
            if let Some((shape, _)) = shape(path) {
                shapes.entry(shape).or_default().push(path.clone());
            }
        }
        shapes
    }

    /// The path of a route as the document spells it, if the document has the route.
    fn path_of(&self, route: &Route<'_>, shapes: &BTreeMap<String, Vec<String>>) -> Option<String> {
        let has_route = |path: &&String| self.old["paths"][*path][&route.method].is_object();
        shapes.get(&route.shape)?.iter().find(has_route).cloned()
    }

    fn operation(&mut self, catalog: &Catalog, route: &Route<'_>, path: &str) {
        let none = Map::new();
        let old = self.old["paths"][path][&route.method]["responses"].as_object().unwrap_or(&none);
        let ours = responses(catalog, route);
        let stale = |status: &&String| !ours.iter().any(|(ours, _)| ours == *status);
        for (status, response) in old.iter().filter(|(status, _)| stale(status)) {
            if self.is_our_response(response) {
                self.set(&["paths", path, &route.method, "responses", status], None);
            }
        }
        for (status, response) in ours {
            let place = ["paths", path, &route.method, "responses", &status];
            match old.get(&status) {
                Some(foreign) if !self.is_our_response(foreign) => {
                    let joined = join(catalog, foreign, &self.resolved(&response));
                    let Some(joined) = joined else {
                        self.notes.push(format!(
                            "`{} {path}` has a response {status} of its own, which is left as it is",
                            route.method.to_ascii_uppercase()
                        ));
                        continue;
                    };
                    for (member, value) in joined {
                        let media = ["content", JSON, member];
                        self.set(&[&place[..], &media[..]].concat(), value);
                    }
                }
                _ => self.set(&place, Some(response)),
            }
        }
    }

    /// Takes our responses away from operations that the catalog does not name any more.
    fn forget(&mut self, reached: &BTreeSet<(String, String)>) {
        let none = Map::new();
        for (path, item) in self.old["paths"].as_object().unwrap_or(&none) {
            for (method, operation) in item.as_object().unwrap_or(&none) {
                if reached.contains(&(path.clone(), method.clone())) {
                    continue;
                }
                for (status, response) in operation["responses"].as_object().unwrap_or(&none) {
                    if self.is_our_response(response) {
                        self.set(&["paths", path, method, "responses", status], None);
                    }
                }
            }
        }
    }

    /// The response itself, where `response` refers to one of ours.
    fn resolved(&self, response: &Value) -> Value {
        let name = response["$ref"].as_str().and_then(|it| it.rsplit('/').next());
        let component = name.and_then(|name| self.ours.get("responses")?.get(name));
        component.unwrap_or(response).clone()
    }

    /// Whether a response is one that an earlier run has put there.
    fn is_our_response(&self, response: &Value) -> bool {
        let component = response["$ref"].as_str();
        let component = component.and_then(|it| it.strip_prefix("#/components/responses/"));
        is_ours(response)
            || component.is_some_and(|it| is_ours(&self.old["components"]["responses"][it]))
    }
}

fn is_ours(value: &Value) -> bool {
    value[MARK_MEMBER] == MARK_VALUE
}

/// The members of the media type of a response of the document's own, so that it has our schema and
/// examples beside its own; `None` where the response refers to one that others may refer to.
fn join(
    catalog: &Catalog,
    foreign: &Value,
    ours: &Value,
) -> Option<Vec<(&'static str, Option<Value>)>> {
    let may_be_object = |value: &Value| value.is_null() || value.is_object();
    let media = &foreign["content"][JSON];
    let is_plain = foreign.is_object() && foreign["$ref"].is_null();
    let parts = [&foreign["content"], media, &media["examples"]];
    if !is_plain || !parts.into_iter().all(may_be_object) {
        return None;
    }
    let mut edits = vec![("schema", Some(joined_schema(catalog, &media["schema"])))];
    let codes: BTreeSet<&str> = catalog.rows.iter().map(|row| row.code.as_str()).collect();
    let mut examples = media["examples"].as_object().cloned().unwrap_or_default();
    examples.retain(|name, _| !codes.contains(name.split('.').next().unwrap_or_default()));
    // `example` and `examples` exclude one another.
    if let Some(single) = media.get("example") {
        examples.insert("example".to_owned(), json!({ "value": single }));
        edits.push(("example", None));
    }
    examples.extend(ours["content"][JSON]["examples"].as_object()?.clone());
    edits.push(("examples", Some(examples.into())));
    Some(edits)
}

/// A schema of the document's own, or ours.
fn joined_schema(catalog: &Catalog, schema: &Value) -> Value {
    let ours = reference("schemas", &catalog.enum_name());
    if schema.is_null() || *schema == ours {
        return ours;
    }
    let kinds = schema["anyOf"].as_array().cloned();
    let mut kinds = kinds.unwrap_or_else(|| vec![schema.clone()]);
    if !kinds.contains(&ours) {
        kinds.push(ours);
    }
    with_any_of(schema, &kinds)
}

/// A schema that is one of `kinds`. One that says `anyOf` already keeps what else it says.
fn with_any_of(schema: &Value, kinds: &[Value]) -> Value {
    match schema.as_object().filter(|schema| schema.contains_key("anyOf")) {
        Some(schema) => {
            let mut schema = schema.clone();
            schema.insert("anyOf".to_owned(), kinds.into());
            schema.into()
        }
        None => json!({ "anyOf": kinds }),
    }
}
