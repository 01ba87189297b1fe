//! Components: the schema of the body, the headers, and a response for each status.

use std::collections::{BTreeSet, HashSet};

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Extension, Row, Status};
use kate_errors_model::status::HEADER_FIELDS;
use serde_json::{Map, Value, json};

use super::pattern::{literal, messages_of};
use super::{MARK_MEMBER, MARK_VALUE, reference};
use crate::messages;
use crate::publish::body_schema;

/// The kinds of components that are made.
pub(super) const KINDS: &[&str] = &["schemas", "responses", "headers"];

/// What the schema of messages says of them.
pub(crate) const DETAIL: &str = "The message by which the error is known.";

/// What follows the code of an error in the name of an example with its context.
pub(crate) const WITH_CONTEXT: &str = ".with_context";

/// The longest pattern, in bytes. Java has no constants over 64 KiB, and engines have their limits.
const LONGEST_PATTERN: usize = 32 * 1024;

pub(super) fn components(catalog: &Catalog) -> Map<String, Value> {
    let schemas = Map::from_iter([(catalog.enum_name(), schema(catalog))]);
    let [mut responses, mut headers] = [Map::new(), Map::new()];
    for (index, status) in catalog.statuses.iter().enumerate() {
        let rows: Vec<&Row> =
            messages::current(catalog).filter(|row| row.has_status(index)).collect();
        if rows.is_empty() {
            continue;
        }
        responses.insert(response_name(catalog, status), response(catalog, status, &rows));
        for name in header_names(status) {
            headers.insert(header_component(catalog, name), header(name, example(&rows, name)));
        }
    }
    let kinds = KINDS.iter().zip([schemas, responses, headers]);
    let kinds = kinds.filter(|(_, members)| !members.is_empty());
    kinds.map(|(kind, members)| ((*kind).to_owned(), members.into())).collect()
}

/// The name of the response for a status: `KateNotFound`.
pub(super) fn response_name(catalog: &Catalog, status: &Status) -> String {
    format!("{}{}", catalog.name, status.variant)
}

fn schema(catalog: &Catalog) -> Value {
    let mut detail = all_messages(catalog);
    detail["description"] = DETAIL.into();
    let description = format!("An error of the {} API.", catalog.name);
    let mut schema = json!({ "type": "object", "description": description });
    if let Value::Object(body) = body_schema::schema(catalog, &detail) {
        body.into_iter().for_each(|(name, value)| schema[name] = value);
    }
    schema[MARK_MEMBER] = MARK_VALUE.into();
    for (name, value) in extensions(&catalog.extensions) {
        schema[name] = value;
    }
    schema
}

/// A schema of every message.
///
/// It is one string where it can be: of several kinds of strings, generators of clients make types that
/// cannot hold any (progenitor, and openapi-generator for Rust).
fn all_messages(catalog: &Catalog) -> Value {
    let mut constants = Vec::new();
    let mut patterns = Vec::new();
    let mut seen = BTreeSet::new();
    for row in messages::current(catalog) {
        let (of_row, of_templates) = messages_of(row);
        constants.extend(of_row.into_iter().filter(|it| seen.insert(it.clone())));
        patterns.extend(of_templates.into_iter().filter(|it| seen.insert(it.clone())));
    }
    if patterns.is_empty() {
        return json!({ "type": "string", "enum": constants });
    }
    let all: Vec<String> = constants.iter().map(|it| literal(it)).chain(patterns.clone()).collect();
    let pattern = format!("^(?:{})$", all.join("|"));
    if pattern.len() <= LONGEST_PATTERN {
        return json!({ "type": "string", "pattern": pattern });
    }
    let kinds =
        patterns.into_iter().map(|it| json!({ "type": "string", "pattern": format!("^{it}$") }));
    let constants = Some(constants).filter(|it| !it.is_empty());
    let constants = constants.map(|it| json!({ "type": "string", "enum": it }));
    json!({ "anyOf": constants.into_iter().chain(kinds).collect::<Vec<Value>>() })
}

/// The response with `status` that holds `rows`.
pub(super) fn response(catalog: &Catalog, status: &Status, rows: &[&Row]) -> Value {
    let mut response = json!({ "description": format!("{}: {}", status.name, status.description) });
    for name in header_names(status) {
        response["headers"][name] = reference("headers", &header_component(catalog, name));
    }
    let mut schema = reference("schemas", &catalog.enum_name());
    if catalog.success == Some(status.code) {
        schema = json!({ "anyOf": [{ "description": "The operation succeeded." }, schema] });
    }
    response["content"] = json!({
        &catalog.media_type: {
            "schema": schema,
            "examples": examples(catalog, status, rows),
        },
    });
    let mut codes: Vec<&str> = rows.iter().map(|row| row.code.as_str()).collect();
    let mut seen = HashSet::new();
    codes.retain(|code| seen.insert(*code));
    response["x-kate-errors"] = codes.into();
    response[MARK_MEMBER] = MARK_VALUE.into();
    response
}

/// An example for each row, by its code, and one more for its context.
fn examples(catalog: &Catalog, status: &Status, rows: &[&Row]) -> Map<String, Value> {
    let mut examples = Map::new();
    let index = catalog.statuses.iter().position(|it| it.code == status.code);
    for row in rows {
        // A body may say what its status is.
        let mut sent = Row::clone(row);
        sent.status = index.unwrap_or(row.status);
        let (detail, full) = messages::example_messages(catalog, row);
        let example = |message: String| example_of(catalog, &sent, &message);
        let name = example_name(row, rows);
        let full = full.map(|full| (with_context(&name, rows), example(full)));
        examples.insert(name, example(detail));
        examples.extend(full);
    }
    examples
}

/// The name of an example: the code, and the variant behind it where other errors have the code too.
fn example_name(row: &Row, rows: &[&Row]) -> String {
    let code = &row.code;
    let is_shared = rows.iter().filter(|it| it.code == *code).count() > 1;
    if is_shared { format!("{code}.{}", row.variant) } else { code.clone() }
}

/// The name of an example with the context, which is the code of no other error.
fn with_context(name: &str, rows: &[&Row]) -> String {
    let mut name = format!("{name}{WITH_CONTEXT}");
    while rows.iter().any(|row| row.code == name) {
        name.push('_');
    }
    name
}

fn example_of(catalog: &Catalog, row: &Row, message: &str) -> Value {
    let mut example = Map::new();
    for (member, text) in [("summary", &row.cause), ("description", &row.fix)] {
        if !text.is_empty() {
            example.insert(member.to_owned(), messages::shown(text).into());
        }
    }
    example.insert("value".to_owned(), messages::body_json(catalog, row, message));
    example.extend(extensions(&row.extensions));
    example.into()
}

/// Fields of the user's own, which `OpenAPI` takes wherever an object describes something.
fn extensions(extensions: &[Extension]) -> impl Iterator<Item = (String, Value)> {
    extensions.iter().map(|extension| (extension.name.clone(), messages::extension(extension)))
}

/// The headers that a response may have by its status: those that a catalog can give it, and one that it cannot.
fn header_names(status: &Status) -> impl Iterator<Item = &'static str> {
    let fields = HEADER_FIELDS.iter().filter(|field| field.statuses.contains(&status.code));
    fields.map(|field| field.name).chain((status.code == 426).then_some("Upgrade"))
}

fn header_component(catalog: &Catalog, name: &str) -> String {
    format!("{}{}", catalog.name, name.replace('-', ""))
}

/// A value that the catalog has for a header.
fn example(rows: &[&Row], name: &str) -> Option<String> {
    let fields = rows.iter().flat_map(|row| row.headers.fields());
    let mut values = fields.filter(|(field, _)| field.eq_ignore_ascii_case(name));
    values.next().map(|(_, value)| value)
}

fn header(name: &str, example: Option<String>) -> Value {
    let description = match name {
        "WWW-Authenticate" => "How to authenticate (RFC 9110, section 11.6.1).",
        "Proxy-Authenticate" => "How to authenticate at the proxy (RFC 9110, section 11.7.1).",
        "Allow" => "The methods that the resource has (RFC 9110, section 10.2.1).",
        "Upgrade" => "The protocols that the server asks for (RFC 9110, section 7.8).",
        _ => "When to try again: seconds, or a date (RFC 9110, section 10.2.3).",
    };
    let mut header = json!({ "description": description, "schema": { "type": "string" } });
    if let Some(example) = example {
        header["example"] = example.into();
    }
    header[MARK_MEMBER] = MARK_VALUE.into();
    header
}
