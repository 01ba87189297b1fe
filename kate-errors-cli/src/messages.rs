//! Messages of errors, as servers send them and as documentation shows them.

use std::collections::{BTreeMap, BTreeSet};

use kate_errors::__private::decode::BodyFormat;
use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Extension, Identity, Operation, Param, Row, Status};
use kate_errors_model::envelope::Slot;
use kate_errors_model::template::{self, FREE_TEXT, Template, Values};
use kate_errors_model::types::Type;
use serde_json::Value;

/// Returns the errors that servers produce, in catalog order; retired errors are omitted.
pub(crate) fn current(catalog: &Catalog) -> impl Iterator<Item = &Row> {
    catalog.rows.iter().filter(|row| row.retired.is_none())
}

/// Returns the errors of each code, in catalog order.
pub(crate) fn with_code(catalog: &Catalog) -> BTreeMap<&str, Vec<usize>> {
    let mut rows = BTreeMap::<_, Vec<usize>>::new();
    for (at, row) in catalog.rows.iter().enumerate() {
        rows.entry(row.code.as_str()).or_default().push(at);
    }
    rows
}

/// Returns the errors of each code that responses have, in catalog order.
pub(crate) fn sent_with_code(catalog: &Catalog) -> BTreeMap<&str, Vec<usize>> {
    let mut rows = with_code(catalog);
    // The name of an error without a code is not the code of another one.
    rows.retain(|_, rows| rows.iter().all(|row| !catalog.rows[*row].without_code));
    rows
}

/// Returns the operations that respond with each error, in catalog order.
pub(crate) fn operations(catalog: &Catalog) -> Vec<Vec<&Operation>> {
    let mut operations = vec![Vec::new(); catalog.rows.len()];
    for operation in &catalog.operations {
        operation.rows.iter().for_each(|row| operations[*row].push(operation));
    }
    operations
}

/// Returns the statuses of an error besides its main one.
pub(crate) fn other_statuses<'c>(
    catalog: &'c Catalog,
    row: &'c Row,
) -> impl Iterator<Item = &'c Status> {
    row.other_statuses.iter().map(|status| &catalog.statuses[*status])
}

/// Returns all statuses of an error, the main one first.
pub(crate) fn statuses<'c>(catalog: &'c Catalog, row: &'c Row) -> impl Iterator<Item = &'c Status> {
    std::iter::once(&catalog.statuses[row.status]).chain(other_statuses(catalog, row))
}

/// Returns all statuses of an error in words.
pub(crate) fn status_names(catalog: &Catalog, row: &Row) -> String {
    let named = statuses(catalog, row).map(|status| format!("{} {}", status.code, status.name));
    named.collect::<Vec<_>>().join(", or ")
}

/// Whether an error can be sent with the status.
pub(crate) fn has_status(catalog: &Catalog, row: &Row, status: u16) -> bool {
    statuses(catalog, row).any(|it| it.code == status)
}

/// Renders the message with `values`: one for each parameter of the error, then those of its context.
pub(crate) fn render(template: &Template<'_>, values: &[String]) -> String {
    let values: Vec<_> = values.iter().map(|value| template::Value::Text(value)).collect();
    template.render(Values { own: &values, context: None })
}

/// Returns the body of a response with the given message, for documentation. Values in other members are examples.
pub(crate) fn body_json(catalog: &Catalog, row: &Row, message: &str) -> Value {
    let body = catalog.body(row, message, &examples(catalog, row));
    serde_json::from_str(&body).unwrap_or_default()
}

/// Returns a template for people: placeholders stay in braces, and escaped braces are unescaped.
pub(crate) fn shown(text: &str) -> String {
    template::fill(text, |_| None)
}

/// Shown in place of a message that servers write at run time.
pub(crate) const ANY_TEXT: &str = "(free text)";

/// Returns a message for people.
pub(crate) fn message(text: &str) -> String {
    if text == FREE_TEXT { ANY_TEXT.to_owned() } else { shown(text) }
}

/// Returns a message for people, in quotes.
pub(crate) fn quoted(text: &str) -> String {
    if text == FREE_TEXT { ANY_TEXT.to_owned() } else { format!("\"{}\"", shown(text)) }
}

/// Returns the cause and the fix, each with its label. Empty ones are omitted.
pub(crate) fn advice(row: &Row) -> impl Iterator<Item = (&'static str, &str)> {
    let advice = [("Cause", row.cause.as_str()), ("Fix", row.fix.as_str())];
    advice.into_iter().filter(|(_, text)| !text.is_empty())
}

/// A field of an error: its name in catalogs and JSON, its label elsewhere, and its value, null if there is none.
type Remark = (&'static str, &'static str, fn(&Row) -> Value);

/// The fields that only inform readers. Pages and JSON show them, `import` reads them back from HTML pages, and
/// `diff` compares them.
pub(crate) const REMARKS: &[Remark] = &[("since", "Since", |row| row.since.as_deref().into())];

/// Returns the remarks about an error, each with its label, and that it has no code.
pub(crate) fn remarks(row: &Row) -> impl Iterator<Item = (&str, Value)> {
    let without_code =
        row.without_code.then(|| ("Code", "none: the message identifies the error".into()));
    let remarks = REMARKS.iter().map(|(_, label, value)| (*label, value(row)));
    without_code.into_iter().chain(remarks.filter(|(_, value)| !value.is_null()))
}

/// Returns a text as it is, and any other value as JSON.
pub(crate) fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Returns the value of a user-defined field.
pub(crate) fn extension(extension: &Extension) -> Value {
    // The compiler writes valid JSON.
    serde_json::from_str(&extension.json).unwrap_or_default()
}

/// Returns the longest form of the message: with its context, if it has one.
pub(crate) fn whole(row: &Row) -> &Template<'static> {
    row.with_context.as_ref().unwrap_or(&row.detail.parsed)
}

/// Returns a value for each parameter of an error and of its context: the example from the catalog, or one made up.
pub(crate) fn examples(catalog: &Catalog, row: &Row) -> Vec<String> {
    let of = |(at, param): (usize, &Param)| {
        let made_up = || example(param, |value| can_hold(row, at, value));
        param.example.clone().unwrap_or_else(made_up)
    };
    catalog.params(row).enumerate().map(of).collect()
}

/// Returns the distinct codes of all errors, in catalog order.
pub(crate) fn codes(catalog: &Catalog) -> impl Iterator<Item = &str> {
    let mut seen = BTreeSet::new();
    catalog.rows.iter().map(|row| row.code.as_str()).filter(move |code| seen.insert(*code))
}

/// Whether members beside the message of a body can name its error.
pub(crate) fn names_beside(catalog: &Catalog) -> bool {
    BodyFormat::of(&catalog.envelope().envelope(), catalog.identity).has_names_beside()
}

/// Whether the body has a member with the unaltered value of the parameter. Clients then do not need the message.
pub(crate) fn is_beside(catalog: &Catalog, param: &Param) -> bool {
    catalog.identity.is_by_code() && catalog.envelope().envelope().reads_value(&param.name)
}

/// Returns the codes that more than one error has.
pub(crate) fn shared_codes(catalog: &Catalog) -> BTreeSet<&str> {
    let is_shared = |(code, rows): (_, Vec<usize>)| (rows.len() > 1).then_some(code);
    with_code(catalog).into_iter().filter_map(is_shared).collect()
}

/// Whether the placeholders of a parameter can hold the value, in the message without and with its context.
pub(crate) fn can_hold(row: &Row, param: usize, value: &str) -> bool {
    [&row.detail.parsed, whole(row)].into_iter().all(|template| {
        let mut segments = template.segments.iter().filter(|segment| segment.param == param);
        segments.all(|it| it.can_hold(value) && template.sanitize(it, value) == value)
    })
}

/// Returns an example that the placeholders can hold: that of its type, unless it contains the end mark.
fn example(param: &Param, fits: impl Fn(&str) -> bool) -> String {
    let of_type =
        std::iter::once(param.ty.info().example).chain(choices(param).unwrap_or_default());
    let mut all = of_type.chain(["text", "a", "1"]);
    all.find(|value| param.ty.holds(value) && fits(value)).unwrap_or_default().to_owned()
}

/// Returns the message of an error with example values: without context, and with context if it has one.
pub(crate) fn example_messages(catalog: &Catalog, row: &Row) -> (String, Option<String>) {
    let values = examples(catalog, row);
    let full = row.with_context.as_ref().map(|template| render(template, &values));
    (render(&row.detail.parsed, &values), full)
}

/// Returns the error that most operations respond with. Errors whose message has no values are preferred.
fn most_common(catalog: &Catalog) -> Option<&Row> {
    let mut listed = vec![0; catalog.rows.len()];
    for row in catalog.operations.iter().flat_map(|operation| &operation.rows) {
        listed[*row] += 1;
    }
    let rows = catalog.rows.iter().zip(listed).rev().filter(|(row, _)| row.retired.is_none());
    // `max_by_key` returns the last maximum, which is the first in catalog order because of `rev`.
    let best = rows.max_by_key(|(row, listed)| (row.detail.constant().is_some(), *listed));
    best.map(|(row, _)| row)
}

/// Returns bodies that show the format of responses, each with a text before it: without context, with context if any
/// error has it, and as many more as are needed to show every place of values.
pub(crate) fn example_bodies(catalog: &Catalog) -> Vec<(&'static str, String)> {
    let parts = catalog.envelope();
    let envelope = parts.envelope();
    let place = |param: &Param| {
        let own = envelope.reads(Slot::Param(&param.name)).then(|| param.name.clone());
        own.or_else(|| envelope.reads_params().then(String::new))
    };
    let mut shown = BTreeSet::new();
    let mut is_new = |row: &Row| {
        let places = catalog.params(row).filter_map(place);
        places.filter(|place| shown.insert(place.clone())).count() > 0
    };
    let plain = most_common(catalog).map(|row| ("", row, example_messages(catalog, row).0));
    let mut bodies: Vec<(&str, &Row, String)> = plain.into_iter().collect();
    bodies.extend(current(catalog).find_map(|row| {
        let message = example_messages(catalog, row).1?;
        Some(("Some errors include additional context:", row, message))
    }));
    for (_, row, _) in &bodies {
        is_new(row);
    }
    let more = current(catalog).filter(|row| is_new(row));
    bodies.extend(more.map(|row| {
        ("Some errors have values in other members:", row, example_messages(catalog, row).0)
    }));
    let mut before = "";
    let bodies = bodies.into_iter().map(|(text, row, message)| {
        // One text for all bodies behind it.
        let text = if std::mem::replace(&mut before, text) == text { "" } else { text };
        (text, indented_body(catalog, row, &message))
    });
    bodies.collect()
}

/// Returns the indented body of a response with the message.
pub(crate) fn indented_body(catalog: &Catalog, row: &Row, message: &str) -> String {
    format!("{:#}", body_json(catalog, row, message))
}

/// Returns the sentence that introduces the format of bodies.
pub(crate) fn about_bodies(catalog: &Catalog) -> String {
    let header = catalog.code_header.as_ref().map(|_| catalog.error_code());
    let code = most_common(catalog).and_then(Row::sent_code);
    let header = header.zip(code).map(|(header, code)| {
        format!(", and a header such as `{}: {}`", header.name, header.value(code))
    });
    if catalog.has_usual_bodies() {
        let header = header.unwrap_or_default();
        return format!("All errors return JSON with a `detail` field{header}:");
    }
    let and = header.map_or_else(|| ", and".to_owned(), |header| format!("{header}. They"));
    format!(
        "All errors return JSON like this{and} are known by their {}:",
        known_by(catalog.identity)
    )
}

/// Returns what identifies an error, in words.
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

/// Returns the texts that a parameter can hold, if they are a fixed set.
pub(crate) fn choices(param: &Param) -> Option<Vec<&str>> {
    match &param.ty {
        Type::OneOf(choices) => Some(choices.iter().map(|choice| &**choice).collect()),
        _ => None,
    }
}

/// Suffix of the type of an optional parameter.
pub(crate) const OPTIONAL: &str = " (optional)";

/// Describes the values of a parameter, in words.
pub(crate) fn holds(param: &Param) -> String {
    let holds = choices(param).map(|it| it.join(", or "));
    let holds = holds.unwrap_or_else(|| param.ty.info().description.to_owned());
    if param.optional { holds + OPTIONAL } else { holds }
}
