//! Components: the schema of the body, the headers, and a response for each status.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Extension, Row, Status};
use kate_errors_model::status::HEADER_FIELDS;
use serde_json::{Map, Value, json};

use super::pattern::{literal, pattern};
use super::{MARK_MEMBER, MARK_VALUE, Version, reference};
use crate::messages;
use crate::publish::body_schema;
use crate::publish::wire::wire;

/// The kinds of components that are generated.
pub(super) const KINDS: &[&str] = &["schemas", "responses", "headers"];

/// The description of the schema of messages.
pub(crate) const DETAIL: &str = "The message of the error.";

/// The suffix of the name of an example with context.
pub(crate) const WITH_CONTEXT: &str = ".with_context";

/// The member of the schema of all bodies that has their format, as the catalog writes it.
pub(crate) const WIRE: &str = "x-kate-errors-wire";

/// The member of a response that has its status: names of statuses can be those of the API.
pub(crate) const STATUS: &str = "x-http-status";

/// The text between the name of an example and the cause of its error, in its summary.
pub(crate) const CAUSE_BEHIND: &str = ": ";

/// The maximum length of a pattern, in bytes. Java has no constants over 64 KiB, and regex engines have limits.
const LONGEST_PATTERN: usize = 32 * 1024;

pub(super) fn components(catalog: &Catalog, version: Version) -> Map<String, Value> {
    let mut schemas = Map::from_iter([(catalog.enum_name(), schema(catalog, version))]);
    let [mut responses, mut headers] = [Map::new(), Map::new()];
    for (index, status) in catalog.statuses.iter().enumerate() {
        let rows: Vec<&Row> =
            messages::current(catalog).filter(|row| row.has_status(index)).collect();
        if rows.is_empty() {
            continue;
        }
        let name = response_name(catalog, status);
        let made = response(catalog, version, index, &rows, &format!("{name}Error"));
        schemas.extend(made.schema);
        responses.insert(name, made.response);
        for name in header_names(status) {
            headers.insert(header_component(catalog, name), header(name, example(&rows, name)));
        }
    }
    let kinds = KINDS.iter().zip([schemas, responses, headers]);
    let kinds = kinds.filter(|(_, members)| !members.is_empty());
    kinds.map(|(kind, members)| ((*kind).to_owned(), members.into())).collect()
}

/// Returns the name of the response for a status, such as `KateNotFound`.
pub(super) fn response_name(catalog: &Catalog, status: &Status) -> String {
    format!("{}{}", catalog.name, status.variant)
}

fn schema(catalog: &Catalog, version: Version) -> Value {
    let (rows, mut detail) =
        (messages::current(catalog).collect::<Vec<_>>(), all_messages(catalog));
    detail["description"] = DETAIL.into();
    let description = format!("An error of the {} API.", catalog.name);
    let mut schema = json!({ "type": "object", "description": description });
    if let Value::Object(body) = body_schema::schema(catalog, version, &rows, &detail) {
        body.into_iter().for_each(|(name, value)| schema[name] = value);
    }
    schema[MARK_MEMBER] = MARK_VALUE.into();
    if let Some(wire) = wire(catalog) {
        schema[WIRE] = wire;
    }
    for (name, value) in extensions(&catalog.extensions) {
        schema[name] = value;
    }
    schema
}

/// Returns a schema of all messages.
///
/// It is a single string schema if possible: for several kinds of strings, client generators make types that cannot
/// hold any (progenitor, and openapi-generator for Rust).
fn all_messages(catalog: &Catalog) -> Value {
    let (constants, patterns) = messages(messages::current(catalog));
    if patterns.is_empty() {
        return json!({ "type": "string", "enum": constants });
    }
    let all: Vec<String> = constants.iter().map(|it| literal(it)).chain(patterns.clone()).collect();
    one_pattern(&all).unwrap_or_else(|| kinds_of_messages(constants, &patterns))
}

/// Returns a schema of the messages of some errors, with those without values as an enumeration.
fn messages_schema<'r>(rows: impl Iterator<Item = &'r Row>) -> Value {
    let (constants, patterns) = messages(rows);
    kinds_of_messages(constants, &patterns)
}

/// Returns the messages without values, and the patterns of the others, each once.
fn messages<'r>(rows: impl Iterator<Item = &'r Row>) -> (Vec<String>, Vec<String>) {
    let (mut constants, mut patterns) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    for template in
        rows.flat_map(|row| std::iter::once(&row.detail.parsed).chain(&row.with_context))
    {
        let (text, kind) = match template.constant() {
            Some(constant) => (constant.to_owned(), &mut constants),
            None => (pattern(template), &mut patterns),
        };
        kind.extend(seen.insert(text.clone()).then_some(text));
    }
    (constants, patterns)
}

/// Returns a string schema that matches any of the patterns, unless it would be too long.
fn one_pattern(patterns: &[String]) -> Option<Value> {
    let pattern = format!("^(?:{})$", patterns.join("|"));
    (pattern.len() <= LONGEST_PATTERN).then(|| json!({ "type": "string", "pattern": pattern }))
}

fn kinds_of_messages(constants: Vec<String>, patterns: &[String]) -> Value {
    let constants = Some(constants).filter(|it| !it.is_empty());
    let constants = constants.map(|it| json!({ "type": "string", "enum": it }));
    let each = || patterns.iter().map(std::slice::from_ref).filter_map(one_pattern).collect();
    let patterns: Vec<Value> = match patterns {
        [] => Vec::new(),
        _ => one_pattern(patterns).map_or_else(each, |one| vec![one]),
    };
    let mut kinds: Vec<Value> = constants.into_iter().chain(patterns).collect();
    if kinds.len() == 1 { kinds.remove(0) } else { json!({ "anyOf": kinds }) }
}

/// A response, and a schema that only this response refers to.
pub(super) struct Made {
    pub(super) response: Value,
    pub(super) schema: Option<(String, Value)>,
}

/// Returns the response with the status that has this index, for the errors `rows`.
pub(super) fn response(
    catalog: &Catalog,
    version: Version,
    index: usize,
    rows: &[&Row],
    name: &str,
) -> Made {
    let status = &catalog.statuses[index];
    let codes = distinct(rows.iter().map(|row| row.code.as_str()));
    let mut response = json!({ "description": description(status, &codes) });
    for name in header_names(status) {
        response["headers"][name] = reference("headers", &header_component(catalog, name));
    }
    if catalog.code_header.is_some() {
        let sent = distinct(rows.iter().filter_map(|row| row.sent_code()));
        if !sent.is_empty() {
            response["headers"][catalog.error_code().name] = code_header(catalog, &sent);
        }
    }
    let (mut schema, own) = response_schema(catalog, version, rows, name);
    if catalog.success == Some(status.code) {
        schema = json!({ "anyOf": [{ "description": "The operation succeeded." }, schema] });
    }
    response["content"] = json!({
        &catalog.media_type: {
            "schema": schema,
            "examples": examples(catalog, index, rows),
        },
    });
    response["x-kate-errors"] = codes.into();
    response[STATUS] = status.code.into();
    response[MARK_MEMBER] = MARK_VALUE.into();
    Made { response, schema: own.map(|own| (name.to_owned(), own)) }
}

fn distinct<'c>(codes: impl Iterator<Item = &'c str>) -> Vec<&'c str> {
    let mut seen = HashSet::new();
    codes.filter(|code| seen.insert(*code)).collect()
}

/// The maximum number of codes in a description.
const MOST_CODES: usize = 12;

/// Returns the description of a response, in Markdown. It contains the codes, because pages show neither name nor
/// summary of a single example.
fn description(status: &Status, codes: &[&str]) -> String {
    let code = |code: &&str| {
        let fence = if code.contains('`') { "`` " } else { "`" };
        format!("{fence}{code}{}", fence.chars().rev().collect::<String>())
    };
    let mut listed: Vec<String> = codes.iter().take(MOST_CODES).map(code).collect();
    let more = codes.len() - listed.len();
    listed.extend((more > 0).then(|| format!("and {more} more")));
    format!("{}: {}\n\nErrors: {}", status.name, status.description, listed.join(", "))
}

/// Returns the schema in a response and the component that it refers to, if any.
///
/// Generators that only support version 3.0 (progenitor) allow one type of errors per operation. For that version,
/// all responses refer to one schema, and the restrictions next to the reference are for validators that evaluate
/// them.
fn response_schema(
    catalog: &Catalog,
    version: Version,
    rows: &[&Row],
    name: &str,
) -> (Value, Option<Value>) {
    let mut detail = messages_schema(rows.iter().copied());
    detail["description"] = DETAIL.into();
    let mut body = body_schema::schema(catalog, version, rows, &detail);
    match version {
        Version::V3_1 => {
            body[MARK_MEMBER] = MARK_VALUE.into();
            (reference("schemas", name), Some(body))
        }
        Version::V3_0 => {
            let mut beside = reference("schemas", &catalog.enum_name());
            if let (Some(beside), Value::Object(body)) = (beside.as_object_mut(), body) {
                beside.extend(body);
            }
            (beside, None)
        }
    }
}

/// Returns an example for each error, named by its code, and another one with its context.
fn examples(catalog: &Catalog, status: usize, rows: &[&Row]) -> Map<String, Value> {
    let mut examples = Map::new();
    let mut counts = BTreeMap::new();
    for row in rows {
        *counts.entry(&*row.code).or_default() += 1;
    }
    for row in rows {
        // Bodies can contain the status.
        let mut sent = Row::clone(row);
        sent.status = status;
        let (detail, full) = messages::example_messages(catalog, row);
        let name = example_name(row, &counts);
        let full = full.map(|full| (with_context(&name, &counts), full));
        for (name, message) in std::iter::once((name, detail)).chain(full) {
            let example = example_of(catalog, &sent, &name, &message);
            examples.insert(name, example);
        }
    }
    examples
}

/// Returns the name of an example: the code, followed by the variant if other errors share the code.
fn example_name(row: &Row, counts: &BTreeMap<&str, usize>) -> String {
    let code = &row.code;
    let is_shared = counts.get(&**code).is_some_and(|count| *count > 1);
    if is_shared { format!("{code}.{}", row.variant) } else { code.clone() }
}

/// Returns the name of an example with the context. It never equals the code of another error.
fn with_context(name: &str, counts: &BTreeMap<&str, usize>) -> String {
    let mut name = format!("{name}{WITH_CONTEXT}");
    while counts.contains_key(&*name) {
        name.push('_');
    }
    name
}

/// Returns an example. Its summary has both name and cause, because pages show the summary instead of the name. Values in
/// texts are those of the example.
fn example_of(catalog: &Catalog, row: &Row, name: &str, message: &str) -> Value {
    let mut example = Map::new();
    let values = messages::examples(catalog, row);
    let [cause, fix] = [&row.cause, &row.fix].map(|text| catalog.filled(row, text, &values));
    let behind = if cause.is_empty() { "" } else { CAUSE_BEHIND };
    example.insert("summary".to_owned(), format!("{name}{behind}{cause}").into());
    if !fix.is_empty() {
        example.insert("description".to_owned(), fix.into());
    }
    example.insert("value".to_owned(), messages::body_json(catalog, row, message));
    example.extend(extensions(&row.extensions));
    example.into()
}

/// Returns user-defined fields, which OpenAPI allows in every object that describes something.
fn extensions(extensions: &[Extension]) -> impl Iterator<Item = (String, Value)> {
    extensions.iter().map(|extension| (extension.name.clone(), messages::extension(extension)))
}

/// Returns the headers of a response: those that a catalog can set for its status, and `Upgrade`, which it cannot set.
fn header_names(status: &Status) -> impl Iterator<Item = &'static str> {
    let fields = HEADER_FIELDS.iter().filter(|field| field.statuses.contains(&status.code));
    fields.map(|field| field.name).chain((status.code == 426).then_some("Upgrade"))
}

/// Returns the header with the codes of responses.
fn code_header(catalog: &Catalog, codes: &[&str]) -> Value {
    let header = catalog.error_code();
    let values: Vec<Cow<'_, str>> = codes.iter().map(|code| header.value(code)).collect();
    let around = [header.leaf.before, header.leaf.after];
    let is_exact = around.iter().all(|affix| !affix.is_open && !affix.text.contains('{'));
    let mut shown =
        json!({ "description": "The code of the error.", "schema": { "type": "string" } });
    if is_exact {
        shown["schema"]["enum"] = json!(values);
    }
    shown["example"] = json!(values.first());
    shown
}

fn header_component(catalog: &Catalog, name: &str) -> String {
    format!("{}{}", catalog.name, name.replace('-', ""))
}

/// Returns a value for a header from the catalog.
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
