//! The module of the exceptions (`errors.py`) and its stub (`errors.pyi`).
//!
//! At runtime, a class is created on first use, because creating thousands of them takes seconds. So the module has
//! only tables, and the stub declares all classes for type checkers and editors (PEP 484).

use std::fmt::Write as _;

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Context, Param, Row};
use kate_errors_model::envelope::Envelope;
use kate_errors_model::{MAX_BODY, MAX_REQUEST_TEXT};
use serde_json::{Value, json};

use super::names::{Names, attribute};
use crate::messages;
use crate::publish::string;
use crate::publish::tables::{self, Tables};

/// Renders the stub for type checkers and editors.
pub(super) fn stub(catalog: &Catalog, names: &Names) -> String {
    let overload = if catalog.operations.is_empty() { "" } else { ", overload as _overload" };
    let typing = "Literal as _Literal, TypeAlias as _TypeAlias, Union as _Union";
    let mut module = head(catalog, names, &format!("{typing}{overload}"));
    for (context, name) in catalog.contexts.iter().zip(&names.contexts) {
        context_class(context, name, &mut module);
        init(&context.params, None, &mut module);
    }
    base_class(catalog, names, &mut module);
    for (row, name) in catalog.rows.iter().zip(&names.errors) {
        error_class(catalog, names, row, name, &mut module);
    }
    unions(catalog, names, &mut module);
    functions_of_stub(catalog, names, &mut module);
    module
}

/// Renders the module.
pub(super) fn module(catalog: &Catalog, names: &Names) -> String {
    let mut module =
        head(catalog, names, "Any as _Any, Literal as _Literal, TypeAlias as _TypeAlias");
    for (context, name) in catalog.contexts.iter().zip(&names.contexts) {
        context_class(context, name, &mut module);
        let _ = writeln!(module, "    __match_args__ = {}", match_args(&context.params, None));
    }
    base_class(catalog, names, &mut module);
    statuses(catalog, &mut module);
    let tables = tables(catalog);
    let common = tables.members("    ", literal);
    let _ = writeln!(module, "_TABLES: dict[str, _Any] = {{\n{common}}}");
    let _ = writeln!(module, "_ERRORS = (\n{})", tables.errors("    "));
    let lines = names.errors.iter().map(|name| format!("    \"{name}\",\n"));
    let _ = writeln!(module, "_NAMES = (\n{})", lines.collect::<Vec<_>>().concat());
    functions(catalog, names, &mut module);
    module
}

fn head(catalog: &Catalog, names: &Names, typing: &str) -> String {
    let Names { error, .. } = names;
    let title = catalog.title.as_deref().unwrap_or("The errors of an API");
    let mut module = format!(
        "{}\n\nfrom __future__ import annotations\n\nfrom collections.abc import Mapping\n\
         from typing import {typing}\n\nfrom . import decoder as _core\n\n",
        string(&format!("{title}."))
    );
    literals(&mut module, &format!("{error}Code"), messages::codes(catalog));
    let sections = catalog.sections.iter().map(|it| it.name.as_str());
    literals(&mut module, &format!("{}Section", catalog.name), sections);
    let operations = catalog.operations.iter().map(|it| it.name.as_str());
    literals(&mut module, &format!("{}Operation", catalog.name), operations);
    module
}

fn literals<'n>(out: &mut String, name: &str, of: impl Iterator<Item = &'n str>) {
    let of: Vec<String> = of.map(|it| format!("\n    {},", string(it))).collect();
    if of.is_empty() {
        // An alias for `None`: there are no values.
        let _ = writeln!(out, "{name}: _TypeAlias = None");
    } else {
        let _ = writeln!(out, "{name}: _TypeAlias = _Literal[{}\n]", of.concat());
    }
}

fn context_class(context: &Context, name: &str, out: &mut String) {
    let shown = messages::shown(&context.text.source);
    let doc = string(&format!("The context that may follow a message: {shown}"));
    let _ = writeln!(out, "\n\nclass {name}(_core.Values):\n    {doc}\n");
}

fn base_class(catalog: &Catalog, names: &Names, out: &mut String) {
    let doc = string(&format!("An error of the {} API.", catalog.name));
    let _ = writeln!(out, "\n\nclass {}(_core.CatalogError):\n    {doc}\n", names.error);
}

fn error_class(catalog: &Catalog, names: &Names, row: &Row, name: &str, out: &mut String) {
    let shown = messages::shown;
    let message = messages::message(&row.detail.source);
    let mut doc = format!("{}: {message}\n", messages::status_names(catalog, row));
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
    init(&row.params, row.context.and_then(|context| names.contexts.get(context)), out);
}

/// Renders the tuple of attributes for patterns, in the order of the parameters.
fn match_args(params: &[Param], context: Option<&String>) -> String {
    let attributes = params.iter().map(|param| string(&attribute(&param.name)));
    tuple(&attributes.chain(context.map(|_| string("context"))).collect::<Vec<_>>())
}

/// Declares the attributes and the constructor.
fn init(params: &[Param], context: Option<&String>, out: &mut String) {
    if params.is_empty() && context.is_none() {
        out.push_str("    def __init__(self) -> None: ...\n\n");
        return;
    }
    let _ = writeln!(out, "    __match_args__ = {}\n", match_args(params, context));
    let mut arguments: Vec<String> = Vec::new();
    for param in params {
        let (name, mut ty) = (attribute(&param.name), type_of(param));
        let mut default = "";
        if param.optional {
            ty.push_str(" | None");
            default = " = None";
        }
        let _ = writeln!(out, "    {name}: {ty}");
        if let Some(description) = &param.description {
            let _ = writeln!(out, "    {}", string(description));
        }
        arguments.push(format!("{name}: {ty}{default}"));
    }
    if let Some(ty) = context {
        let _ = writeln!(out, "    context: {ty} | None");
        arguments.push(format!("context: {ty} | None = None"));
    }
    let arguments = arguments.join(", ");
    let _ = writeln!(out, "\n    def __init__(self, *, {arguments}) -> None: ...\n");
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

fn statuses(catalog: &Catalog, out: &mut String) {
    out.push_str("\nSTATUSES: Mapping[int, str] = {\n");
    for status in &catalog.statuses {
        let text = string(&format!("{}: {}", status.name, status.description));
        let _ = writeln!(out, "    {}: {text},", status.code);
    }
    out.push_str("}\n\"The statuses of the API, with their meanings.\"\n\n");
}

/// Declares the union of all errors and that of each operation, and the constants.
fn unions(catalog: &Catalog, names: &Names, out: &mut String) {
    let error = &names.error;
    let union = |errors: &[String]| match errors {
        [] => "_core.Nothing".to_owned(),
        [only] => only.clone(),
        errors => format!("_Union[\n    {},\n]", errors.join(",\n    ")),
    };
    let _ = writeln!(out, "\nAny{error}: _TypeAlias = {}", union(&names.errors));
    out.push_str("\"Any of the errors, as a union of their classes: a `match` over them can be exhaustive.\"\n\n");
    for (operation, alias) in catalog.operations.iter().zip(&names.operations) {
        let of: Vec<String> = operation.rows.iter().map(|row| names.errors[*row].clone()).collect();
        let doc = string(&format!("An error of the operation `{}`.", operation.name));
        let _ = writeln!(out, "{alias}: _TypeAlias = {}\n{doc}\n", union(&of));
    }
    out.push_str(
        "STATUSES: Mapping[int, str]\n\"The statuses of the API, with their meanings.\"\n\n",
    );
    let _ = writeln!(out, "OPERATIONS: Mapping[str, tuple[type[{error}], ...]]");
    out.push_str("\"The errors that each operation can respond with.\"\n\n");
    let _ = writeln!(out, "_KINDS: tuple[type[Any{error}], ...]\n");
}

/// Declares the functions. `decode` has an overload for each operation, with its errors as the result.
fn functions_of_stub(catalog: &Catalog, names: &Names, out: &mut String) {
    let Names { error, .. } = names;
    let any = format!("_core.Known[Any{error}]");
    let mut overloads = vec![("None = None".to_owned(), any.clone())];
    for (operation, alias) in catalog.operations.iter().zip(&names.operations) {
        let is_known = !operation.rows.is_empty();
        let known = if is_known { format!("_core.Known[{alias}] | ") } else { String::new() };
        let operation = format!("_Literal[{}]", string(&operation.name));
        overloads.push((operation, format!("{known}_core.OutOfScope[Any{error}]")));
    }
    if overloads.len() > 1 {
        overloads.push((format!("{}Operation | None = None", catalog.name), any));
    }
    let overload = if overloads.len() > 1 { "@_overload\n" } else { "" };
    for (operation, known) in overloads {
        let _ = writeln!(out, "{overload}{}", decode(catalog, &operation, &known));
    }
    let _ = writeln!(out, "{}", raise(catalog));
    let _ = writeln!(out, "{}", error_of(error, &format!("Any{error}")));
}

/// Renders the beginning of `decode`, up to its documentation.
fn decode(catalog: &Catalog, operation: &str, known: &str) -> String {
    let (name, header) = (&catalog.name, catalog.error_code().name);
    format!(
        "def decode(
    status: int,
    body: object,
    *,
    operation: {operation},
    section: {name}Section | None = None,
    error_code: str | None = None,
) -> {known} | _core.Validation | _core.Unknown | _core.NotAnError:
    \"\"\"Decodes a response. It never raises, and an unknown response keeps its status and body.

    The body is a string, bytes, or parsed JSON. The operation or section that was called and the header field
    `{header}` of the response tell errors with the same message apart. With an operation, an error that it does not
    list is an `OutOfScope`.
    \"\"\"
"
    )
}

fn raise(catalog: &Catalog) -> String {
    let name = &catalog.name;
    format!(
        "def raise_for_error(
    response: _core.ClientResponse,
    *,
    operation: {name}Operation | None = None,
    section: {name}Section | None = None,
) -> None:
    \"\"\"Raises the error of a response of httpx or requests, if it has one.

    An error of the catalog is raised itself, any other one as a `ResponseError`. Both have the `response`. The content
    of a streamed response must have been read before.
    \"\"\"
"
    )
}

fn error_of(error: &str, ty: &str) -> String {
    format!(
        "def error_of(code: {error}Code) -> type[{ty}]:
    \"\"\"Returns the class of the error with this code, or of the first one if several have it.\"\"\"
"
    )
}

fn functions(catalog: &Catalog, names: &Names, out: &mut String) {
    let Names { error, .. } = names;
    let unions = catalog.operations.iter().zip(&names.operations);
    let unions = unions.map(|(of, alias)| format!(", \"{alias}\": {}", string(&of.name)));
    let (unions, contexts) = (unions.collect::<Vec<_>>().concat(), tuple(&names.contexts));
    let _ = writeln!(
        out,
        "_UNIONS = {{\"Any{error}\": None{unions}}}
_CATALOG = _core.Catalog[_Any](_TABLES, _ERRORS, _NAMES, {error}, {contexts})


def __getattr__(name: str) -> _Any:
    value = globals()[name] = _CATALOG.member(name, _UNIONS)
    return value


def __dir__() -> list[str]:
    return [*{{*globals(), *_NAMES, *_UNIONS, \"OPERATIONS\"}}]

"
    );
    let operation = format!("{}Operation | None = None", catalog.name);
    let decode = decode(catalog, &operation, "_core.Known[_Any]");
    let (raise, error_of) = (raise(catalog), error_of(error, "_Any"));
    let _ = write!(
        out,
        "{decode}    return _CATALOG.decode(status, body, operation, section, error_code)


{raise}    _CATALOG.raise_for_error(response, operation, section)


{error_of}    return _CATALOG.kind(_CATALOG.by_code[code][0])
"
    );
}

/// Returns the tables of the decoder, extended by what servers need.
fn tables(catalog: &Catalog) -> Tables {
    let mut tables = Tables::of(catalog);
    let parts = catalog.envelope();
    let envelope = parts.envelope();
    // FastAPI sends a list of fields in place of the message.
    let list = envelope.is_detail().then(|| tables::pieces(Envelope::VALIDATION.pieces));
    tables.common["envelope"]["pieces"] = tables::pieces(envelope.pieces);
    tables.common["envelope"]["list"] = json!(list);
    tables.common["envelope"]["longest"] = json!(MAX_BODY);
    tables.common["envelope"]["longest_given"] = json!(MAX_REQUEST_TEXT);
    tables.common["envelope"]["media_type"] = json!(catalog.media_type);
    let operations = catalog.operations.iter().map(|it| (it.name.clone(), json!(it.rows)));
    tables.common["operations"] = Value::Object(operations.collect());
    let shared = messages::shared_codes(catalog);
    for (row, error) in catalog.rows.iter().zip(&mut tables.errors) {
        let attributes: Vec<String> = row.params.iter().map(|it| attribute(&it.name)).collect();
        error.insert("attributes".to_owned(), json!(attributes));
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
    tables
}

/// Returns how an error is sent with one of its statuses: status, name, header fields, and example bodies.
fn sent(catalog: &Catalog, row: &Row, index: usize) -> Value {
    let status = &catalog.statuses[index];
    // Header fields of an error are added to those of its status, and replace those with the same name.
    let has_own = row.headers != catalog.statuses[row.status].headers;
    let own = if has_own { row.headers.fields() } else { Vec::new() };
    let mut of_status = status.headers.fields();
    of_status.retain(|(name, _)| own.iter().all(|(known, _)| known != name));
    let header = catalog.code_header.is_some().then(|| catalog.error_code());
    let code = header.zip(row.sent_code());
    let code = code.map(|(header, code)| (header.name, header.value(code).into_owned()));
    let headers: Vec<_> = own.into_iter().chain(of_status).chain(code).collect();
    let values = messages::examples(catalog, row);
    let (detail, full) = messages::example_messages(catalog, row);
    // Bodies can contain the status.
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

/// Renders a value as a literal on one line. Arrays become tuples.
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
