//! The module of the exceptions.

use std::fmt::Write as _;

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Context, Param, ParamKind, Piece, Retry, Row, Template};
use serde_json::Value;

use super::names::{Names, attribute};
use crate::publish::sentences;

pub(super) fn module(catalog: &Catalog, names: &Names) -> String {
    let error = catalog.enum_name();
    let title = catalog.title.as_deref().unwrap_or("The errors of an API");
    let mut module = format!("{}\n\n", string(&format!("{title}.")));
    module.push_str(
        "from __future__ import annotations\n\nfrom collections.abc import Mapping\n\
         from typing import Literal as _Literal, TypeAlias as _TypeAlias, Union as _Union\n\n\
         from . import decoder as _core\n\n",
    );
    let codes = catalog.rows.iter().map(|row| row.code.as_str());
    literals(&mut module, &format!("{error}Code"), codes);
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
    let shown = sentences::shown(&context.text, &context.params);
    let doc = string(&format!("What may follow a sentence: {shown}"));
    let _ = writeln!(out, "\n\nclass {name}(_core.Values):\n    {doc}\n");
    let _ = writeln!(out, "    _params = {}", params(&context.params));
    init(&context.params, None, "", out);
}

fn error_class(catalog: &Catalog, names: &Names, row: &Row, name: &str, out: &mut String) {
    let status = &catalog.statuses[row.status];
    let shown = |template| sentences::shown(template, &row.params);
    let mut doc = format!(
        "{} {}: {}\n\nCause: {}\nFix: {}",
        status.code,
        status.name,
        shown(&row.detail),
        shown(&row.cause),
        shown(&row.fix)
    );
    for param in &row.params {
        if let Some(description) = &param.description {
            let _ = write!(doc, "\n{}: {description}", attribute(&param.name));
        }
    }
    if let Some(retired) = &row.retired {
        let _ = write!(doc, "\n\nRetired: {}", retired.reason);
    }
    let _ = writeln!(out, "\nclass {name}({}):\n    {}\n", catalog.enum_name(), string(&doc));
    let _ = writeln!(out, "    code = {}\n    status = {}", string(&row.code), status.code);
    if !row.params.is_empty() {
        let _ = writeln!(out, "    _params = {}", params(&row.params));
    }
    table_row(catalog, row, out);
    let context = row.context.and_then(|context| names.contexts.get(context));
    init(&row.params, context, "        super().__init__()\n", out);
}

/// The values of parameters, each checked, or made to fit.
fn init(params: &[Param], context: Option<&String>, after: &str, out: &mut String) {
    if params.is_empty() && context.is_none() {
        out.push('\n');
        return;
    }
    let names: Vec<String> = params.iter().map(|param| attribute(&param.name)).collect();
    let mut listed: Vec<&str> = names.iter().map(String::as_str).collect();
    listed.extend(context.map(|_| "context"));
    let listed: Vec<String> = listed.iter().map(|name| string(name)).collect();
    let _ = writeln!(out, "    __match_args__ = ({},)\n", listed.join(", "));
    let mut arguments: Vec<String> = params
        .iter()
        .zip(&names)
        .map(|(param, name)| format!("{name}: {}", type_of(&param.kind)))
        .collect();
    arguments.extend(context.map(|name| format!("context: {name} | None = None")));
    let _ = writeln!(out, "    def __init__(self, *, {}) -> None:", arguments.join(", "));
    for (param, name) in params.iter().zip(&names) {
        let _ = writeln!(out, "        self.{name} = {}", made_to_fit(&param.kind, name));
    }
    if context.is_some() {
        out.push_str("        self.context = context\n");
    }
    out.push_str(after);
    out.push('\n');
}

fn type_of(kind: &ParamKind) -> String {
    match kind {
        ParamKind::U64 | ParamKind::I64 => "_core.Number".to_owned(),
        ParamKind::Word | ParamKind::Text { .. } => "_core.Text".to_owned(),
        ParamKind::OneOf(choices) => {
            let choices: Vec<String> = choices.choices.iter().map(|it| string(&it.text)).collect();
            format!("_Literal[{}]", choices.join(", "))
        }
    }
}

fn made_to_fit(kind: &ParamKind, name: &str) -> String {
    match kind {
        ParamKind::U64 | ParamKind::I64 => {
            format!("_core.as_number({name}, {})", string(kind.name()))
        }
        ParamKind::Word => format!("_core.as_word({name})"),
        ParamKind::Text { ends_at } => format!("_core.as_text({name}, {})", end(*ends_at)),
        ParamKind::OneOf(choices) => {
            let choices: Vec<String> =
                choices.choices.iter().map(|it| format!("{}, ", string(&it.text))).collect();
            format!("_core.as_choice({name}, ({}))", choices.concat().trim_end())
        }
    }
}

fn end(ends_at: Option<char>) -> String {
    ends_at.map_or("None".to_owned(), |end| string(&end.to_string()))
}

fn table_row(catalog: &Catalog, row: &Row, out: &mut String) {
    let retry = match row.retry {
        Retry::Never => "never",
        Retry::Later => "later",
        Retry::AfterFix => "after_fix",
    };
    let _ = writeln!(out, "    row = _core.Row(");
    let mut member = |name: &str, value: &str| {
        let _ = writeln!(out, "        {name}={value},");
    };
    member("code", &string(&row.code));
    member("status", &catalog.statuses[row.status].code.to_string());
    member("section", &string(&catalog.sections[row.section].name));
    member("retry", &string(retry));
    member("detail", &pieces(&row.detail));
    member("cause", &pieces(&row.cause));
    member("fix", &pieces(&row.fix));
    if !row.params.is_empty() {
        member("params", "_params");
    }
    if let Some(context) = sentences::context(catalog, row) {
        let second =
            format!("_core.Second({}, {})", pieces(&context.text), params(&context.params));
        member("second", &second);
    }
    if let Some(base) = row.same_as {
        member("same_as", &base.to_string());
    }
    if !row.former.is_empty() {
        let former: Vec<String> = row.former.iter().map(|it| format!("{}, ", pieces(it))).collect();
        member("former", &format!("({})", former.concat().trim_end()));
    }
    if let Some(retired) = &row.retired {
        member("retired", &string(&retired.reason));
    }
    if let Some(url) = catalog.docs_url(row) {
        member("docs_url", &string(&url));
    }
    let headers: Vec<String> = row
        .headers
        .fields()
        .iter()
        .map(|(name, value)| format!("({}, {}), ", string(name), string(value)))
        .collect();
    if !headers.is_empty() {
        member("headers", &format!("({})", headers.concat().trim_end()));
    }
    let (detail, full) = sentences::example_sentences(catalog, row);
    let examples: Vec<String> =
        std::iter::once(detail).chain(full).map(|it| format!("{}, ", string(&it))).collect();
    member("examples", &format!("({})", examples.concat().trim_end()));
    out.push_str("    )\n");
}

fn pieces(template: &Template) -> String {
    let pieces: Vec<String> = template
        .pieces
        .iter()
        .map(|piece| match piece {
            Piece::Literal(text) => format!("{}, ", string(text)),
            Piece::Hole(param) => format!("{param}, "),
        })
        .collect();
    format!("({})", pieces.concat().trim_end())
}

fn params(params: &[Param]) -> String {
    let params: Vec<String> = params
        .iter()
        .map(|param| {
            let more = match &param.kind {
                ParamKind::Text { ends_at } => format!(", end={}", end(*ends_at)),
                ParamKind::OneOf(choices) => {
                    let choices: Vec<String> = choices
                        .choices
                        .iter()
                        .map(|it| format!("{}, ", string(&it.text)))
                        .collect();
                    format!(", choices=({})", choices.concat().trim_end())
                }
                _ => String::new(),
            };
            let attribute = string(&attribute(&param.name));
            let (name, kind) = (string(&param.name), string(param.kind.name()));
            let sensitive = if param.sensitive { ", sensitive=True" } else { "" };
            format!("_core.Param({name}, {attribute}, {kind}{more}{sensitive}), ")
        })
        .collect();
    format!("({})", params.concat().trim_end())
}

fn tail(catalog: &Catalog, names: &Names, out: &mut String) {
    let error = catalog.enum_name();
    let _ = write!(
        out,
        "\nAny{error}: _TypeAlias = _Union[\n    {},\n]\n",
        names.errors.join(",\n    ")
    );
    out.push_str("\"One of the errors: a `match` over its classes can be exhaustive.\"\n\n");
    out.push_str("STATUSES: Mapping[int, str] = {\n");
    for status in &catalog.statuses {
        let text = string(&format!("{}: {}", status.name, status.description));
        let _ = writeln!(out, "    {}: {text},", status.code);
    }
    out.push_str("}\n\"The statuses of the API, with what they mean.\"\n\n");
    let operation = format!("{}Operation", catalog.name);
    let _ = writeln!(out, "OPERATIONS: Mapping[str, tuple[type[{error}], ...]] = {{");
    for operation in &catalog.operations {
        let of: Vec<String> = operation
            .rows
            .iter()
            .filter_map(|row| names.errors.get(*row))
            .map(|it| format!("{it}, "))
            .collect();
        let _ = writeln!(out, "    {}: ({}),", string(&operation.name), of.concat().trim_end());
    }
    out.push_str("}\n\"Which errors an operation can answer with.\"\n\n");
    let _ = writeln!(
        out,
        "_KINDS: tuple[type[Any{error}], ...] = (\n    {},\n)",
        names.errors.join(",\n    ")
    );
    out.push_str("_CONTEXTS: dict[str, type[_core.Values]] = {\n");
    for row in &catalog.rows {
        if let Some(name) = row.context.and_then(|context| names.contexts.get(context)) {
            let _ = writeln!(out, "    {}: {name},", string(&row.code));
        }
    }
    out.push_str("}\n");
    let _ = write!(
        out,
        "_CATALOG = _core.Catalog[Any{error}](
    _KINDS,
    _CONTEXTS,
    {{name: tuple(kind.code for kind in kinds) for name, kinds in OPERATIONS.items()}},
)


def decode(
    status: int,
    body: bytes | str,
    *,
    operation: {operation} | None = None,
    section: {}Section | None = None,
    error_code: str | None = None,
) -> _core.Known[Any{error}] | _core.Validation | _core.Unknown | _core.NotAnError:
    \"\"\"Reads a response. It never raises, and keeps what it does not know.

    The operation or the section that was called, and the header `x-error-code` of the response, tell errors
    with one sentence apart. A body over 64 KiB, or nested deeper than 128 levels, is unknown.
    \"\"\"
    return _CATALOG.decode(status, body, _core.Scope(operation, section, error_code))


def error_of(code: {error}Code) -> type[Any{error}]:
    \"\"\"The class of the error with this code.\"\"\"
    return _KINDS[_CATALOG.by_code[code]]
",
        catalog.name
    );
}
