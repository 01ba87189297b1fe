//! The module of the exceptions.

use std::fmt::Write as _;

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Context, Param, Row};
use kate_errors_model::envelope::Envelope;
use serde_json::{Value, json};

use super::names::{Names, attribute};
use crate::messages;
use crate::publish::tables::{self, Tables};

pub(super) fn module(catalog: &Catalog, names: &Names) -> String {
    let Names { error, .. } = names;
    let title = catalog.title.as_deref().unwrap_or("The errors of an API");
    let mut module = format!("{}\n\n", string(&format!("{title}.")));
    module.push_str(
        "from __future__ import annotations\n\nfrom collections.abc import Mapping\n\
         from typing import Any as _Any, Literal as _Literal, TypeAlias as _TypeAlias, Union as _Union\n\n\
         from . import decoder as _core\n\n",
    );
    literals(&mut module, &format!("{error}Code"), messages::codes(catalog));
    let sections = catalog.sections.iter().map(|it| it.name.as_str());
    literals(&mut module, &format!("{}Section", catalog.name), sections);
    let operations = catalog.operations.iter().map(|it| it.name.as_str());
    literals(&mut module, &format!("{}Operation", catalog.name), operations);
    for (context, name) in catalog.contexts.iter().zip(&names.contexts) {
        context_class(context, name, &mut module);
    }
    let doc = string(&format!("An error of the {} API.", catalog.name));
    let _ = writeln!(module, "\nclass {error}(_core.CatalogError):\n    {doc}\n");
    for (row, name) in catalog.rows.iter().zip(&names.errors) {
        error_class(catalog, names, row, name, &mut module);
    }
    tail(catalog, names, &mut module);
    module
}

/// A text as a literal. That of JSON is one of Python, since characters beyond the first plane are not
/// escaped in it.
pub(super) fn string(text: &str) -> String {
    Value::from(text).to_string()
}

fn literals<'n>(out: &mut String, name: &str, of: impl Iterator<Item = &'n str>) {
    let of: Vec<String> = of.map(|it| format!("\n    {},", string(it))).collect();
    if of.is_empty() {
        // A type without values: nothing can be given for it.
        let _ = writeln!(out, "{name}: _TypeAlias = None");
    } else {
        let _ = writeln!(out, "{name}: _TypeAlias = _Literal[{}\n]", of.concat());
    }
}

fn context_class(context: &Context, name: &str, out: &mut String) {
    let shown = messages::shown(&context.text.source);
    let doc = string(&format!("What may follow a message: {shown}"));
    let _ = writeln!(out, "\n\nclass {name}(_core.Values):\n    {doc}\n");
    init(&context.params, None, out);
}

fn error_class(catalog: &Catalog, names: &Names, row: &Row, name: &str, out: &mut String) {
    let status = &catalog.statuses[row.status];
    let shown = messages::shown;
    let mut doc = format!("{} {}: {}\n", status.code, status.name, shown(&row.detail.source));
    for (name, text) in messages::advice(row) {
        let _ = write!(doc, "\n{name}: {}", shown(text));
    }
    for param in &row.params {
        if let Some(description) = &param.description {
            let _ = write!(doc, "\n{}: {description}", attribute(&param.name));
        }
    }
    if let Some(retired) = &row.retired {
        let _ = write!(doc, "\n\nRetired: {}", retired.reason);
    }
    let _ = writeln!(out, "\nclass {name}({}):\n    {}\n", names.error, string(&doc));
    let _ = writeln!(out, "    code = {}\n    status = {}", string(&row.code), status.code);
    init(&row.params, row.context.and_then(|context| names.contexts.get(context)), out);
}

/// The values of parameters, whose attributes stand in the order of the parameters.
fn init(params: &[Param], context: Option<&String>, out: &mut String) {
    if params.is_empty() && context.is_none() {
        out.push('\n');
        return;
    }
    let names = params.iter().map(|param| attribute(&param.name));
    let mut attributes: Vec<(String, String)> = names.zip(params.iter().map(type_of)).collect();
    let listed = attributes.iter().map(|(name, _)| string(name));
    let listed: Vec<String> = listed.chain(context.map(|_| string("context"))).collect();
    let _ = writeln!(out, "    __match_args__ = ({},)\n", listed.join(", "));
    let mut arguments: Vec<String> =
        attributes.iter().map(|(name, ty)| format!("{name}: {ty}")).collect();
    arguments.extend(context.map(|ty| format!("context: {ty} | None = None")));
    let _ = writeln!(out, "    def __init__(self, *, {}) -> None:", arguments.join(", "));
    attributes.extend(context.map(|ty| ("context".to_owned(), format!("{ty} | None"))));
    for (name, ty) in &attributes {
        let _ = writeln!(out, "        self.{name}: {ty} = {name}");
    }
    out.push_str("        super().__init__()\n\n");
}

fn type_of(param: &Param) -> String {
    match messages::choices(param) {
        Some(texts) => {
            let texts: Vec<String> = texts.into_iter().map(string).collect();
            format!("_Literal[{}]", texts.join(", "))
        }
        None if param.is_integer() => "_core.Number".to_owned(),
        None if param.is_boolean() => "_core.Boolean".to_owned(),
        None => "_core.Text".to_owned(),
    }
}

fn tail(catalog: &Catalog, names: &Names, out: &mut String) {
    let Names { error, .. } = names;
    let listed = names.errors.join(",\n    ");
    let _ = write!(out, "\nAny{error}: _TypeAlias = _Union[\n    {listed},\n]\n");
    out.push_str("\"One of the errors: a `match` over its classes can be exhaustive.\"\n\n");
    out.push_str("STATUSES: Mapping[int, str] = {\n");
    for status in &catalog.statuses {
        let text = string(&format!("{}: {}", status.name, status.description));
        let _ = writeln!(out, "    {}: {text},", status.code);
    }
    out.push_str("}\n\"The statuses of the API, with what they mean.\"\n\n");
    let _ = writeln!(out, "OPERATIONS: Mapping[str, tuple[type[{error}], ...]] = {{");
    for operation in &catalog.operations {
        let of = operation.rows.iter().map(|row| names.errors[*row].clone());
        let _ =
            writeln!(out, "    {}: {},", string(&operation.name), tuple(&of.collect::<Vec<_>>()));
    }
    out.push_str("}\n\"Which errors an operation can respond with.\"\n\n");
    let _ = writeln!(out, "_KINDS: tuple[type[Any{error}], ...] = (\n    {listed},\n)");
    let _ = write!(out, "_TABLES: dict[str, _Any] = {{\n{}}}\n", tables(catalog));
    let (contexts, name) = (tuple(&names.contexts), &catalog.name);
    let header = messages::code_header(catalog);
    let _ = write!(
        out,
        "_CATALOG = _core.Catalog[Any{error}](_TABLES, _KINDS, {contexts})


def decode(
    status: int,
    body: object,
    *,
    operation: {name}Operation | None = None,
    section: {name}Section | None = None,
    error_code: str | None = None,
) -> _core.Known[Any{error}] | _core.Validation | _core.Unknown | _core.NotAnError:
    \"\"\"Reads a response. It never raises, and keeps what it does not know.

    The body is a text, bytes, or JSON that was parsed already. The operation or the section that was called, and the
    header `{header}` of the response, tell errors with one message apart.
    \"\"\"
    return _CATALOG.decode(status, body, _core.hints_of(operation, section, error_code))


def error_of(code: {error}Code) -> type[Any{error}]:
    \"\"\"The class of the error with this code, the first one where several have it.\"\"\"
    return _KINDS[_CATALOG.by_code[code][0]]
"
    );
}

/// The tables, with what servers must know of an error beside what decoders know.
fn tables(catalog: &Catalog) -> String {
    let mut tables = Tables::of(catalog);
    let parts = catalog.envelope();
    let envelope = parts.envelope();
    // FastAPI has a list of fields in place of the message.
    let list = envelope.is_detail().then(|| tables::pieces(Envelope::VALIDATION.pieces));
    tables.common["envelope"]["pieces"] = tables::pieces(envelope.pieces);
    tables.common["envelope"]["list"] = json!(list);
    tables.common["envelope"]["media_type"] = json!(catalog.media_type);
    let shared = messages::shared_codes(catalog);
    for (row, error) in catalog.rows.iter().zip(&mut tables.errors) {
        let is_shared = shared.contains(&*row.code);
        let label = if is_shared { format!("{}.{}", row.code, row.name) } else { row.code.clone() };
        let sent = std::iter::once(&row.status).chain(&row.other_statuses);
        error.insert("label".to_owned(), json!(label));
        error.insert("is_number".to_owned(), json!(row.is_number));
        error.insert(
            "sent".to_owned(),
            sent.map(|status| self::sent(catalog, row, *status)).collect(),
        );
        let wire = row.wire.iter();
        let wire =
            wire.map(|(name, json)| (name.clone(), serde_json::from_str(json).unwrap_or_default()));
        error.insert("wire".to_owned(), Value::Object(wire.collect()));
    }
    tables.lines("    ", ['(', ')'], literal)
}

/// How an error is sent with one of its statuses: the status and its name, header fields, and examples of bodies.
fn sent(catalog: &Catalog, row: &Row, index: usize) -> Value {
    let status = &catalog.statuses[index];
    // Fields of an error stand beside those of its status.
    let has_own = row.headers != catalog.statuses[row.status].headers;
    let own = if has_own { row.headers.fields() } else { Vec::new() };
    let mut of_status = status.headers.fields();
    of_status.retain(|(name, _)| own.iter().all(|(known, _)| known != name));
    let code = catalog.code_header.iter().map(|name| (name.as_str(), row.code.clone()));
    let headers: Vec<_> = own.into_iter().chain(of_status).chain(code).collect();
    let values = messages::examples(catalog, row);
    let (detail, full) = messages::example_messages(catalog, row);
    // A body may say what its status is.
    let mut row = row.clone();
    row.status = index;
    let plain = catalog.body(&row, &detail, &values[..row.params.len()]);
    let full = full.map(|message| catalog.body(&row, &message, &values));
    let examples: Vec<String> = std::iter::once(plain).chain(full).collect();
    json!([status.code, status.name, headers, examples])
}

fn tuple(items: &[String]) -> String {
    if items.is_empty() { "()".to_owned() } else { format!("({},)", items.join(", ")) }
}

/// A value as a literal on one line; arrays are tuples.
fn literal(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Array(items) => tuple(&items.iter().map(literal).collect::<Vec<_>>()),
        Value::Object(members) => {
            let member =
                |(name, value): (&String, &Value)| format!("{}: {}", string(name), literal(value));
            let members: Vec<String> = members.iter().map(member).collect();
            format!("{{{}}}", members.join(", "))
        }
        plain => plain.to_string(),
    }
}
