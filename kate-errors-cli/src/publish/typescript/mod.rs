//! Types and a decoder for clients in TypeScript: one module without dependencies.
//!
//! The decoder is the same for every catalog, and stands in `decoder.ts`; what is made here are the types
//! and the table that it works on. Numbers are `bigint`, so that none is rounded.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Param, ParamKind, Piece, Retry, Row, Template};
use serde_json::Value;

use super::sentences;

const DECODER: &str = include_str!("decoder.ts");

/// Names that the decoder has, or that it uses.
const TAKEN: &[&str] = &[
    "Array",
    "BigInt",
    "Context",
    "Error",
    "Finding",
    "Index",
    "Info",
    "JSON",
    "Kind",
    "Map",
    "Match",
    "Math",
    "Number",
    "Object",
    "Param",
    "Piece",
    "Promise",
    "Read",
    "Readonly",
    "ReadonlyMap",
    "Reason",
    "Received",
    "Record",
    "Retry",
    "Row",
    "Scope",
    "Set",
    "String",
    "Symbol",
    "Uint8Array",
    "Value",
    "Values",
    "Wording",
];

/// The module.
pub(crate) fn module(catalog: &Catalog, mark: &str) -> String {
    let error = catalog.enum_name();
    let names = Names::of(catalog);
    let mut module = format!("// {mark}\n/* eslint-disable */\n\n");
    types(catalog, &names, &mut module);
    let decoder = [
        ("$Error", error.as_str()),
        ("$Code", &format!("{error}Code")),
        ("$Operation", &format!("{}Operation", catalog.name)),
        ("$Section", &format!("{}Section", catalog.name)),
    ];
    let decoder =
        decoder.iter().fold(DECODER.to_owned(), |text, (from, to)| text.replace(from, to));
    module.push_str(&decoder);
    tables(catalog, &mut module);
    module
}

/// The names of the types of contexts.
struct Names {
    contexts: Vec<String>,
}

impl Names {
    fn of(catalog: &Catalog) -> Self {
        let error = catalog.enum_name();
        let own = [format!("{}Operation", catalog.name), format!("{}Section", catalog.name)];
        let mut taken: BTreeSet<String> = TAKEN.iter().map(|name| (*name).to_owned()).collect();
        taken.extend([format!("{error}Code"), error]);
        taken.extend(own);
        let mut free = |name: &str| {
            let mut name = name.to_owned();
            while !taken.insert(name.clone()) {
                name.push_str("Context");
            }
            name
        };
        Self { contexts: catalog.contexts.iter().map(|it| free(&it.type_name)).collect() }
    }
}

fn types(catalog: &Catalog, names: &Names, out: &mut String) {
    let error = catalog.enum_name();
    let title = catalog.title.as_deref().unwrap_or("The errors of an API");
    for (context, name) in catalog.contexts.iter().zip(&names.contexts) {
        let shown = sentences::shown(&context.text, &context.params);
        doc(out, "", &[format!("What may follow a sentence: {shown}")]);
        let _ = writeln!(out, "export interface {name} {{\n{}}}\n", fields(&context.params, "  "));
    }
    doc(
        out,
        "",
        &[format!("{title}: an error with the values of its sentence, known by its `code`.")],
    );
    let _ = writeln!(out, "export type {error} =");
    for row in &catalog.rows {
        variant(catalog, names, row, out);
    }
    out.truncate(out.trim_end().len());
    out.push_str(";\n\n");
    union(
        out,
        "The codes of all errors.",
        &format!("{error}Code"),
        catalog.rows.iter().map(|it| it.code.as_str()),
    );
    let sections = catalog.sections.iter().map(|it| it.name.as_str());
    union(out, "The sections of the API.", &format!("{}Section", catalog.name), sections);
    let operations = catalog.operations.iter().map(|it| it.name.as_str());
    union(out, "The operations of the API.", &format!("{}Operation", catalog.name), operations);
}

fn variant(catalog: &Catalog, names: &Names, row: &Row, out: &mut String) {
    let status = &catalog.statuses[row.status];
    let shown = |template| sentences::shown(template, &row.params);
    let mut lines = vec![
        format!("{} {}: {}", status.code, status.name, shown(&row.detail)),
        String::new(),
        format!("Cause: {}", shown(&row.cause)),
        format!("Fix: {}", shown(&row.fix)),
    ];
    lines.extend(row.retired.as_ref().map(|retired| format!("Retired: {}", retired.reason)));
    doc(out, "  ", &lines);
    let _ = write!(out, "  | {{ readonly code: {}", string(&row.code));
    if !row.params.is_empty() {
        let _ = write!(out, "; readonly values: {{\n{}  }}", fields(&row.params, "    "));
    }
    if let Some(name) = row.context.and_then(|context| names.contexts.get(context)) {
        let _ = write!(out, "; readonly context: {name} | null");
    }
    out.push_str(" }\n");
}

fn fields(params: &[Param], indent: &str) -> String {
    let mut fields = String::new();
    for param in params {
        let sensitive = param.sensitive.then(|| "Sensitive: keep it out of logs.".to_owned());
        let lines: Vec<String> = param.description.iter().cloned().chain(sensitive).collect();
        if !lines.is_empty() {
            doc(&mut fields, indent, &lines);
        }
        let _ = writeln!(fields, "{indent}readonly {}: {};", param.name, type_of(&param.kind));
    }
    fields
}

fn type_of(kind: &ParamKind) -> String {
    match kind {
        ParamKind::U64 | ParamKind::I64 => "bigint".to_owned(),
        ParamKind::Word | ParamKind::Text { .. } => "string".to_owned(),
        ParamKind::OneOf(choices) => {
            let choices: Vec<String> = choices.choices.iter().map(|it| string(&it.text)).collect();
            choices.join(" | ")
        }
    }
}

fn union<'n>(out: &mut String, what: &str, name: &str, of: impl Iterator<Item = &'n str>) {
    doc(out, "", &[what.to_owned()]);
    let names: Vec<String> = of.map(|name| format!("\n  | {}", string(name))).collect();
    let names = if names.is_empty() { " never".to_owned() } else { names.concat() };
    let _ = writeln!(out, "export type {name} ={names};\n");
}

/// A comment. What would end it does not, and no line begins with a tag.
fn doc(out: &mut String, indent: &str, lines: &[String]) {
    let line = |line: &String| {
        let line = line.replace("*/", "*\\/");
        if line.starts_with('@') { format!("\\{line}") } else { line }
    };
    if let [only] = lines {
        let _ = writeln!(out, "{indent}/** {} */", line(only));
        return;
    }
    let _ = writeln!(out, "{indent}/**");
    for text in lines.iter().map(line) {
        let _ = writeln!(out, "{}", format!("{indent} * {text}").trim_end());
    }
    let _ = writeln!(out, "{indent} */");
}

/// A text as a literal: those of JSON are those of JavaScript (ECMAScript 2019).
fn string(text: &str) -> String {
    Value::from(text).to_string()
}

fn tables(catalog: &Catalog, out: &mut String) {
    let reference = catalog.reference.as_deref().map_or("null".to_owned(), string);
    let _ = writeln!(out, "\nconst REFERENCE: string | null = {reference};\n");
    out.push_str("const CONTEXTS: readonly Context[] = [\n");
    for context in &catalog.contexts {
        let (text, params) = (pieces(&context.text), params(&context.params));
        let _ = writeln!(out, "  {{ text: {text}, params: {params} }},");
    }
    let _ = writeln!(out, "];\n");
    out.push_str("const OPERATIONS: Readonly<Record<string, readonly string[]>> = {\n");
    for operation in &catalog.operations {
        let codes = operation.rows.iter().filter_map(|row| catalog.rows.get(*row));
        let codes: Vec<String> = codes.map(|row| string(&row.code)).collect();
        let _ = writeln!(out, "  {}: [{}],", operation.name, codes.join(", "));
    }
    out.push_str("};\n\nconst ROWS: readonly Row[] = [\n");
    for row in &catalog.rows {
        table_row(catalog, row, out);
    }
    out.push_str("];\n");
}

fn table_row(catalog: &Catalog, row: &Row, out: &mut String) {
    let retry = match row.retry {
        Retry::Never => "never",
        Retry::Later => "later",
        Retry::AfterFix => "after_fix",
    };
    let index = |index: Option<usize>| index.map_or("null".to_owned(), |it| it.to_string());
    let former: Vec<String> = row.former.iter().map(pieces).collect();
    let members = [
        ("code", string(&row.code)),
        ("status", catalog.statuses[row.status].code.to_string()),
        ("section", string(&catalog.sections[row.section].name)),
        ("retry", string(retry)),
        ("detail", pieces(&row.detail)),
        ("cause", pieces(&row.cause)),
        ("fix", pieces(&row.fix)),
        ("params", params(&row.params)),
        ("context", index(row.context)),
        ("sameAs", index(row.same_as)),
        ("former", format!("[{}]", former.join(", "))),
        ("retired", row.retired.as_ref().map_or("null".to_owned(), |it| string(&it.reason))),
    ];
    out.push_str("  {\n");
    for (name, value) in members {
        let _ = writeln!(out, "    {name}: {value},");
    }
    out.push_str("  },\n");
}

fn pieces(template: &Template) -> String {
    let pieces: Vec<String> = template
        .pieces
        .iter()
        .map(|piece| match piece {
            Piece::Literal(text) => string(text),
            Piece::Hole(param) => param.to_string(),
        })
        .collect();
    format!("[{}]", pieces.join(", "))
}

fn params(params: &[Param]) -> String {
    let params: Vec<String> = params
        .iter()
        .map(|param| {
            let more = match &param.kind {
                ParamKind::Text { ends_at } => {
                    let end = ends_at.map_or("null".to_owned(), |end| string(&end.to_string()));
                    format!(", end: {end}")
                }
                ParamKind::OneOf(choices) => {
                    let choices: Vec<String> =
                        choices.choices.iter().map(|it| string(&it.text)).collect();
                    format!(", choices: [{}]", choices.join(", "))
                }
                _ => String::new(),
            };
            let (name, kind) = (string(&param.name), string(param.kind.name()));
            let sensitive = param.sensitive;
            format!("{{ name: {name}, kind: {{ is: {kind}{more} }}, sensitive: {sensitive} }}")
        })
        .collect();
    format!("[{}]", params.join(", "))
}
