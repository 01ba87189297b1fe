//! Paths: the responses of the operations that a catalog names.

use std::collections::{BTreeMap, BTreeSet};

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Operation, Row, Status};
use serde_json::{Map, Value, json};

use super::components::{Made, response, response_name};
use super::{Version, reference};

/// A route. The compiler has verified that a document can contain it.
pub(super) struct Route<'o> {
    /// The method in lower case.
    pub(super) method: String,
    pub(super) path: &'o str,
    /// The path without the names of its parameters. OpenAPI treats paths with the same shape as identical.
    pub(super) shape: String,
    pub(super) operations: Vec<&'o Operation>,
}

/// Returns the routes of the operations, in catalog order.
pub(super) fn routes(catalog: &Catalog) -> Vec<Route<'_>> {
    let mut routes: Vec<Route<'_>> = Vec::new();
    let mut index: BTreeMap<(String, String), usize> = BTreeMap::new();
    for operation in &catalog.operations {
        let method = operation.method.to_ascii_lowercase();
        let Some((shape, _)) = shape(&operation.path) else { continue };
        let at = *index.entry((method.clone(), shape.clone())).or_insert(routes.len());
        match routes.get_mut(at) {
            Some(route) => route.operations.push(operation),
            None => routes.push(Route {
                method,
                path: &operation.path,
                shape,
                operations: vec![operation],
            }),
        }
    }
    routes
}

/// Returns a path without the names of its parameters, and these names. Returns `None` if an OpenAPI document cannot
/// contain the path.
pub(super) fn shape(path: &str) -> Option<(String, Vec<&str>)> {
    let mut shape = String::new();
    let mut names = Vec::new();
    let mut rest = path;
    while let Some((before, behind)) = rest.split_once('{') {
        let (name, after) = behind.split_once('}')?;
        if before.contains('}') || name.is_empty() || name.contains(['{', '/']) {
            return None;
        }
        shape.push_str(before);
        shape.push_str("{}");
        names.push(name);
        rest = after;
    }
    shape.push_str(rest);
    (!rest.contains('}')).then_some((shape, names))
}

/// Returns the paths of a new document. Schemas that they refer to are added to `components`.
pub(super) fn paths(
    catalog: &Catalog,
    version: Version,
    components: &mut Map<String, Value>,
) -> Map<String, Value> {
    let mut paths: Map<String, Value> = Map::new();
    let mut spelled: BTreeMap<String, &str> = BTreeMap::new();
    for route in routes(catalog) {
        // All methods are in the first spelling of a path.
        let path = *spelled.entry(route.shape.clone()).or_insert(route.path);
        let item = paths.entry(path).or_insert_with(|| path_item(path));
        let responses = responses(catalog, version, &route).into_iter().map(|(status, made)| {
            if let Some((name, schema)) = made.schema {
                components["schemas"][name] = schema;
            }
            (status, made.response)
        });
        item[&route.method] = operation(&route, responses);
    }
    paths
}

fn path_item(path: &str) -> Value {
    let names = shape(path).map(|(_, names)| names).unwrap_or_default();
    let parameter = |name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } });
    let parameters: Vec<Value> = names.into_iter().map(parameter).collect();
    if parameters.is_empty() { json!({}) } else { json!({ "parameters": parameters }) }
}

fn operation(route: &Route<'_>, responses: impl Iterator<Item = (String, Value)>) -> Value {
    let mut operation = json!({});
    if let Some(first) = route.operations.first() {
        let summary = first.summary.clone().unwrap_or_else(|| first.name.replace('_', " "));
        operation = json!({ "operationId": first.name, "summary": summary });
    }
    operation["responses"]["2XX"] = json!({ "description": "The operation succeeded." });
    for (status, response) in responses {
        operation["responses"][status] = response;
    }
    operation
}

/// Returns the responses of a route, by status. One with all errors of its status is a reference.
pub(super) fn responses(
    catalog: &Catalog,
    version: Version,
    route: &Route<'_>,
) -> Vec<(String, Made)> {
    let of_route: BTreeSet<usize> =
        route.operations.iter().flat_map(|it| &it.rows).copied().collect();
    let mut responses = Vec::new();
    for (index, status) in catalog.statuses.iter().enumerate() {
        let current = |row: &&Row| row.has_status(index) && row.retired.is_none();
        let all = catalog.rows.iter().filter(current).count();
        let rows = of_route.iter().map(|row| &catalog.rows[*row]);
        let rows: Vec<&Row> = rows.filter(current).collect();
        let made = if rows.is_empty() {
            continue;
        } else if rows.len() == all {
            let response = reference("responses", &response_name(catalog, status));
            Made { response, schema: None }
        } else {
            response(catalog, version, index, &rows, &schema_name(catalog, route, status))
        };
        responses.push((status.code.to_string(), made));
    }
    responses
}

/// Returns the name of the schema for a status of a route, such as `KateSubscribe402Error`. It is unique, because
/// operations have different names and the number delimits them.
fn schema_name(catalog: &Catalog, route: &Route<'_>, status: &Status) -> String {
    let operation = route.operations.first().map_or("", |it| it.type_name.as_str());
    let operation = operation.strip_suffix("Error").unwrap_or(operation);
    let mut name = format!("{operation}{}", status.code);
    // The variant of a status can have this name.
    while catalog.statuses.iter().any(|it| it.variant == name) {
        name.push('X');
    }
    format!("{}{name}Error", catalog.name)
}
