//! Messages of errors, as servers send them and as readers are shown them.

use std::collections::{BTreeMap, BTreeSet};

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Extension, Identity, Operation, Param, Row, Status};
use kate_errors_model::template::{self, Segment, Template, Value, Values};

/// The errors that servers produce, in the order of the catalog.
pub(crate) fn current(catalog: &Catalog) -> impl Iterator<Item = &Row> {
    catalog.rows.iter().filter(|row| row.retired.is_none())
}

/// The errors that have each code, in the order of the catalog.
pub(crate) fn with_code(catalog: &Catalog) -> BTreeMap<&str, Vec<usize>> {
    let mut rows = BTreeMap::<_, Vec<usize>>::new();
    for (at, row) in catalog.rows.iter().enumerate() {
        rows.entry(row.code.as_str()).or_default().push(at);
    }
    rows
}

/// For each error, the operations that respond with it, in the order of the catalog.
pub(crate) fn operations(catalog: &Catalog) -> Vec<Vec<&Operation>> {
    let mut operations = vec![Vec::new(); catalog.rows.len()];
    for operation in &catalog.operations {
        operation.rows.iter().for_each(|row| operations[*row].push(operation));
    }
    operations
}

/// Further statuses with which an error is sent.
pub(crate) fn other_statuses<'c>(
    catalog: &'c Catalog,
    row: &'c Row,
) -> impl Iterator<Item = &'c Status> {
    row.other_statuses.iter().map(|status| &catalog.statuses[*status])
}

/// Whether an error is sent with the status.
pub(crate) fn has_status(catalog: &Catalog, row: &Row, status: u16) -> bool {
    catalog.statuses[row.status].code == status
        || other_statuses(catalog, row).any(|other| other.code == status)
}

/// The message with `values`, one for each parameter of the error and of its context.
pub(crate) fn render(template: &Template<'_>, values: &[String]) -> String {
    let values: Vec<Value<'_>> = values.iter().map(|value| Value::Text(value)).collect();
    let mut message = String::new();
    template.render(Values { own: &values, context: None }, &mut message);
    message
}

/// The body of a response with a message of an error, for readers and documents; its values are examples.
pub(crate) fn body_json(catalog: &Catalog, row: &Row, message: &str) -> serde_json::Value {
    let body = catalog.body(row, message, &examples(catalog, row));
    serde_json::from_str(&body).unwrap_or_default()
}

/// A text for people: placeholders in braces, and braces that are text as they are.
pub(crate) fn shown(text: &str) -> String {
    template::fill(text, |_| None)
}

/// Cause and fix for people, each with its name, as far as the catalog has them.
pub(crate) fn advice(row: &Row) -> impl Iterator<Item = (&'static str, &str)> {
    let advice = [("Cause", row.cause.as_str()), ("Fix", row.fix.as_str())];
    advice.into_iter().filter(|(_, text)| !text.is_empty())
}

/// The value of a field of a user's own.
pub(crate) fn extension(extension: &Extension) -> serde_json::Value {
    // What the compiler has written is JSON.
    serde_json::from_str(&extension.json).unwrap_or_default()
}

/// The message with everything that can be in it.
pub(crate) fn whole(row: &Row) -> &Template<'static> {
    row.with_context.as_ref().unwrap_or(&row.detail.parsed)
}

/// A value for each parameter of an error and of its context: its example, or one that is made up.
pub(crate) fn examples(catalog: &Catalog, row: &Row) -> Vec<String> {
    let template = whole(row);
    let of = |(at, param): (usize, &Param)| {
        let segment = template.segments.iter().find(|segment| segment.param == at);
        let made_up = || segment.map_or_else(|| example_of_type(param), example);
        param.example.clone().unwrap_or_else(made_up)
    };
    catalog.params(row).enumerate().map(of).collect()
}

/// The codes of all errors, each of them once, in the order of the catalog.
pub(crate) fn codes(catalog: &Catalog) -> impl Iterator<Item = &str> {
    let mut seen = BTreeSet::new();
    catalog.rows.iter().map(|row| row.code.as_str()).filter(move |code| seen.insert(*code))
}

/// Whether the value of a parameter stands in a member of its own as it is, so that nobody needs it in the message.
pub(crate) fn is_beside(catalog: &Catalog, param: &Param) -> bool {
    catalog.identity.is_by_code() && catalog.envelope().envelope().reads_value(&param.name)
}

/// The codes that several errors have.
pub(crate) fn shared_codes(catalog: &Catalog) -> BTreeSet<&str> {
    let is_shared = |(code, rows): (_, Vec<usize>)| (rows.len() > 1).then_some(code);
    with_code(catalog).into_iter().filter_map(is_shared).collect()
}

/// A value of a parameter that stands in no message.
fn example_of_type(param: &Param) -> String {
    let choices = choices(param).into_iter().flatten();
    let mut all = std::iter::once(param.ty.info().example).chain(choices);
    all.find(|value| param.ty.holds(value)).unwrap_or_default().to_owned()
}

/// A value that a placeholder can hold: that of its type, if its end mark is not in it.
fn example(segment: &Segment<'_>) -> String {
    let short = ["text", "a", "1"];
    let of_type = std::iter::once(segment.ty.info().example).chain(segment.choices());
    let mut all = of_type.chain(short).filter(|value| segment.can_hold(value));
    all.next().unwrap_or_default().to_owned()
}

/// The message of an error with example values, and with its context if it has one.
pub(crate) fn example_messages(catalog: &Catalog, row: &Row) -> (String, Option<String>) {
    let values = examples(catalog, row);
    let full = row.with_context.as_ref().map(|template| render(template, &values));
    (render(&row.detail.parsed, &values), full)
}

/// The error that most operations respond with, of those whose message has no values if there are any.
fn most_common(catalog: &Catalog) -> Option<&Row> {
    let mut listed = vec![0; catalog.rows.len()];
    for row in catalog.operations.iter().flat_map(|operation| &operation.rows) {
        listed[*row] += 1;
    }
    let rows = catalog.rows.iter().zip(listed).rev().filter(|(row, _)| row.retired.is_none());
    // The first of equal ones, which is the last of them here.
    let best = rows.max_by_key(|(row, listed)| (row.detail.constant().is_some(), *listed));
    best.map(|(row, _)| row)
}

/// Two bodies that show the format of responses: without context, and with one if any error has it.
pub(crate) fn example_bodies(catalog: &Catalog) -> [Option<String>; 2] {
    let plain = most_common(catalog).map(|row| (row, example_messages(catalog, row).0));
    let with_context =
        current(catalog).find_map(|row| Some((row, example_messages(catalog, row).1?)));
    [plain, with_context]
        .map(|example| example.map(|(row, message)| indented_body(catalog, row, &message)))
}

/// The body of a response with the message, for readers.
pub(crate) fn indented_body(catalog: &Catalog, row: &Row, message: &str) -> String {
    format!("{:#}", body_json(catalog, row, message))
}

/// What readers are told of the body of every response.
pub(crate) fn about_bodies(catalog: &Catalog) -> String {
    if catalog.has_usual_bodies() {
        return "All errors return JSON with a `detail` field:".to_owned();
    }
    let by = known_by(catalog.identity);
    format!("All errors return JSON like this, and are known by their {by}:")
}

/// What errors are known by, in words.
pub(crate) fn known_by(identity: Identity) -> &'static str {
    match identity {
        Identity::Detail => "message",
        Identity::Code => "code",
        Identity::CodeAndDetail => "code and message",
        Identity::CodeOrDetail => "code, or by their message if there is no code",
    }
}

pub(crate) fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// The texts that a parameter can hold, if they are counted.
pub(crate) fn choices(param: &Param) -> Option<Vec<&str>> {
    param.choices().map(|it| it.choices.iter().map(|choice| choice.text.as_str()).collect())
}

/// What is said behind the type of a parameter whose values can be missing.
pub(crate) const OPTIONAL: &str = " (optional)";

/// What a parameter can hold, in words.
pub(crate) fn holds(param: &Param) -> String {
    let holds = choices(param).map(|it| it.join(", or "));
    let holds = holds.unwrap_or_else(|| param.ty.info().description.to_owned());
    if param.optional { holds + OPTIONAL } else { holds }
}
