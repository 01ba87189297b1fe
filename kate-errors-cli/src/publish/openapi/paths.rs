//! Paths: the responses of the operations that a catalog names.

use std::collections::BTreeMap;

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Operation, Row};
use serde_json::{Map, Value, json};

use super::components::{response, response_name};
use super::{MARK_MEMBER, MARK_VALUE, reference};

/// The methods that a path of a document can have.
const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// A route that a document can have.
pub(super) struct Route<'o> {
    /// In small letters.
    pub(super) method: String,
    pub(super) path: &'o str,
    /// The path without the names of its parameters: two paths of one shape are one.
    pub(super) shape: String,
    pub(super) operations: Vec<&'o Operation>,
}

impl Route<'_> {
    /// The indices of the rows that the operations of the route respond with.
    fn rows(&self) -> Vec<usize> {
        let mut rows: Vec<usize> =
            self.operations.iter().flat_map(|it| &it.rows).copied().collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }
}

/// The routes of the operations, in the order of the catalog, and the operations whose route no document
/// can have: another method than those of OpenAPI, or a path with a query.
pub(super) fn routes(catalog: &Catalog) -> (Vec<Route<'_>>, Vec<&Operation>) {
    let mut routes: Vec<Route<'_>> = Vec::new();
    let mut index: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut left_out = Vec::new();
    for operation in &catalog.operations {
        let method = operation.method.to_ascii_lowercase();
        let shape = shape(&operation.path).filter(|_| METHODS.contains(&method.as_str()));
        let Some((shape, _)) = shape else {
            left_out.push(operation);
            continue;
        };
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
    (routes, left_out)
}

/// A path without the names of its parameters, and these names; `None` if it is none that a document can
/// have.
pub(super) fn shape(path: &str) -> Option<(String, Vec<&str>)> {
    if path.contains(['?', '#']) {
        return None;
    }
    let mut shape = String::new();
    let mut names = Vec::new();
    let mut rest = path;
    while let Some((before, behind)) = rest.split_once('{') {
        let (name, after) = behind.split_once('}')?;
        if before.contains('}')
            || name.is_empty()
            || name.contains(['{', '/'])
            || names.contains(&name)
        {
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

/// The paths of a document that has nothing else.
pub(super) fn paths(catalog: &Catalog) -> Map<String, Value> {
    let mut paths: Map<String, Value> = Map::new();
    let mut spelled: BTreeMap<String, &str> = BTreeMap::new();
    for route in routes(catalog).0 {
        // The first spelling of a path holds all its methods.
        let path = *spelled.entry(route.shape.clone()).or_insert(route.path);
        let item = paths.entry(path).or_insert_with(|| path_item(path));
        if let Value::Object(item) = item {
            item.insert(route.method.clone(), operation(catalog, &route));
        }
    }
    paths
}

fn path_item(path: &str) -> Value {
    let names = shape(path).map(|(_, names)| names).unwrap_or_default();
    let parameters: Vec<Value> = names
        .iter()
        .map(|name| {
            json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } })
        })
        .collect();
    if parameters.is_empty() { json!({}) } else { json!({ "parameters": parameters }) }
}

fn operation(catalog: &Catalog, route: &Route<'_>) -> Value {
    let mut operation = Map::new();
    if let Some(first) = route.operations.first() {
        operation.insert("operationId".to_owned(), first.name.as_str().into());
        let summary = first.summary.clone().unwrap_or_else(|| first.name.replace('_', " "));
        operation.insert("summary".to_owned(), summary.into());
    }
    let mut responses = Map::new();
    responses.insert("2XX".to_owned(), json!({ "description": "The operation succeeded." }));
    responses.extend(self::responses(catalog, route));
    operation.insert("responses".to_owned(), responses.into());
    operation.into()
}

/// The responses of a route, by status. One that holds all rows of its status is a reference.
pub(super) fn responses(catalog: &Catalog, route: &Route<'_>) -> Vec<(String, Value)> {
    let of_route = route.rows();
    let is_current = |row: &&Row| row.retired.is_none();
    let mut responses = Vec::new();
    for (index, status) in catalog.statuses.iter().enumerate() {
        let all = catalog.rows.iter().filter(is_current).filter(|row| row.status == index).count();
        let rows: Vec<&Row> = of_route
            .iter()
            .filter_map(|row| catalog.rows.get(*row))
            .filter(is_current)
            .filter(|row| row.status == index)
            .collect();
        let value = if rows.is_empty() {
            continue;
        } else if rows.len() == all {
            reference("responses", &response_name(catalog, status))
        } else {
            let mut response = response(catalog, status, &rows);
            response.insert(MARK_MEMBER.to_owned(), MARK_VALUE.into());
            response.into()
        };
        responses.push((status.code.to_string(), value));
    }
    responses
}
