//! Types and a decoder for clients in TypeScript: one module without dependencies.
//!
//! The decoder is the same for every catalog, and stands in `decoder.ts`; what is made here are the types
//! and the tables that it works on.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Param, Retry, Row};
use serde_json::Value;

use super::tables::Tables;
use crate::messages;

const DECODER: &str = include_str!("decoder.ts");

/// The decoder without its types and comments: an ECMAScript module that lacks its tables.
///
/// It is made from `decoder.ts` by the compiler for TypeScript: `UPDATE_EXPECT=1 cargo xtask conformance html`.
pub(super) const JAVASCRIPT_DECODER: &str = include_str!("decoder.js");

/// The words of the decoder that begin with a capital letter: names that it has, or that it uses, are among them.
fn words() -> impl Iterator<Item = &'static str> {
    let words = DECODER.split(|character: char| !character.is_ascii_alphanumeric());
    words.filter(|word| word.starts_with(|first: char| first.is_ascii_uppercase()))
}

pub(crate) fn module(catalog: &Catalog, mark: &str) -> String {
    let error = catalog.enum_name();
    let names = context_names(catalog);
    let mut module = format!("// {mark}\n/* eslint-disable */\n\n");
    types(catalog, &names, &mut module);
    // A catalog may be called `Field`.
    let field_error = if error == "FieldError" { "RequestFieldError" } else { "FieldError" };
    let decoder = [
        ("$FieldError", field_error),
        ("$Error", error.as_str()),
        ("$Code", &format!("{error}Code")),
        ("$Operation", &format!("{}Operation", catalog.name)),
        ("$Section", &format!("{}Section", catalog.name)),
        ("$Header", messages::code_header(catalog)),
    ];
    let decoder =
        decoder.iter().fold(DECODER.to_owned(), |text, (from, to)| text.replace(from, to));
    module.push_str(&decoder);
    // What JSON writes, JavaScript reads (ECMAScript 2019).
    let tables = Tables::of(catalog).lines("  ", ['[', ']'], Value::to_string);
    let _ = write!(module, "\nconst TABLES: Tables = {{\n{tables}}};\n");
    module
}

/// The names of the types of contexts.
fn context_names(catalog: &Catalog) -> Vec<String> {
    let error = catalog.enum_name();
    let mut taken: BTreeSet<String> = words().map(str::to_owned).collect();
    taken.extend([format!("{error}Code"), error, "Retry".to_owned()]);
    taken.extend(["Operation", "Section"].map(|part| format!("{}{part}", catalog.name)));
    let free = |name: &str| {
        let mut name = name.to_owned();
        while !taken.insert(name.clone()) {
            name.push_str("Context");
        }
        name
    };
    catalog.contexts.iter().map(|it| it.type_name.as_str()).map(free).collect()
}

fn types(catalog: &Catalog, names: &[String], out: &mut String) {
    let error = catalog.enum_name();
    let title = catalog.title.as_deref().unwrap_or("The errors of an API");
    let shared = messages::shared_codes(catalog);
    for (context, name) in catalog.contexts.iter().zip(names) {
        let shown = messages::shown(&context.text.source);
        doc(out, "", &[format!("What may follow a message: {shown}")]);
        let _ = writeln!(out, "export interface {name} {{\n{}}}\n", fields(&context.params, "  "));
    }
    let by = if shared.is_empty() {
        "`code`"
    } else {
        "`code`, and its `name` where others have that too"
    };
    doc(out, "", &[format!("{title}: an error with its values, known by its {by}.")]);
    let _ = writeln!(out, "export type {error} =");
    for row in &catalog.rows {
        variant(catalog, names, row, shared.contains(&*row.code), out);
    }
    out.truncate(out.trim_end().len());
    out.push_str(";\n\n");
    union(out, "The codes of all errors.", &format!("{error}Code"), messages::codes(catalog));
    union(
        out,
        "Whether trying again helps: never, later, or once the cause is removed.",
        "Retry",
        Retry::ALL.iter().map(|retry| retry.as_str()),
    );
    let sections = catalog.sections.iter().map(|it| it.name.as_str());
    union(out, "The sections of the API.", &format!("{}Section", catalog.name), sections);
    let operations = catalog.operations.iter().map(|it| it.name.as_str());
    union(out, "The operations of the API.", &format!("{}Operation", catalog.name), operations);
}

fn variant(catalog: &Catalog, names: &[String], row: &Row, is_shared: bool, out: &mut String) {
    let status = &catalog.statuses[row.status];
    let shown = messages::shown;
    let mut lines = vec![
        format!("{} {}: {}", status.code, status.name, shown(&row.detail.source)),
        String::new(),
    ];
    lines.extend(messages::advice(row).map(|(name, text)| format!("{name}: {}", shown(text))));
    lines.extend(row.retired.as_ref().map(|retired| format!("Retired: {}", retired.reason)));
    doc(out, "  ", &lines);
    let _ = write!(out, "  | {{ readonly code: {}", string(&row.code));
    if is_shared {
        let _ = write!(out, "; readonly name: {}", string(&row.name));
    }
    if !row.params.is_empty() {
        let _ = write!(out, "; readonly values: {{\n{}  }}", fields(&row.params, "    "));
    }
    if let Some(name) = row.context.and_then(|context| names.get(context)) {
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
        let _ = writeln!(fields, "{indent}readonly {}: {};", param.name, type_of(param));
    }
    fields
}

fn type_of(param: &Param) -> String {
    match messages::choices(param) {
        Some(texts) => {
            let texts: Vec<String> = texts.into_iter().map(string).collect();
            texts.join(" | ")
        }
        None if param.is_integer() => "Integer".to_owned(),
        None if param.is_boolean() => "boolean".to_owned(),
        None => "string".to_owned(),
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
        let line = line.replace("*/", "*\\/").replace('\n', " ");
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
