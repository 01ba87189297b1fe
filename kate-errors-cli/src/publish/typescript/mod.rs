//! Types and a decoder for TypeScript clients, in one module without dependencies.
//!
//! The decoder is the same for every catalog and is in `decoder.ts`. Only the types and the tables of the decoder are
//! generated.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Param, Retry, Row};
use serde_json::Value;

use super::string;
use super::tables::Tables;
use crate::messages;

const DECODER: &str = include_str!("decoder.ts");

/// The decoder without types and comments: an ECMAScript module without its tables.
///
/// The TypeScript compiler generates it from `decoder.ts`: `UPDATE_EXPECT=1 cargo xtask conformance html`.
pub(super) const JAVASCRIPT_DECODER: &str = include_str!("decoder.js");

/// Returns the capitalized words of the decoder, which include all names that it declares or uses. Those of comments are
/// left out, so that a changed comment does not rename generated types.
fn words() -> impl Iterator<Item = &'static str> {
    let is_code = |line: &&str| !line.trim_start().starts_with(['/', '*']);
    let words = DECODER
        .lines()
        .filter(is_code)
        .flat_map(|line| line.split(|character: char| !character.is_ascii_alphanumeric()));
    words.filter(|word| word.starts_with(|first: char| first.is_ascii_uppercase()))
}

pub(crate) fn module(catalog: &Catalog, mark: &str) -> String {
    let error = catalog.enum_name();
    let mut module = format!("// {mark}\n/* eslint-disable */\n\n");
    types(catalog, &Names::of(catalog), &mut module);
    // A catalog can be named `Field`.
    let field_error = if error == "FieldError" { "RequestFieldError" } else { "FieldError" };
    let decoder = [
        ("$FieldError", field_error),
        ("$ErrorOf", &format!("{error}Of")),
        ("$Error", error.as_str()),
        ("$Exception", &format!("{}Exception", catalog.name)),
        ("$Code", &format!("{error}Code")),
        ("$Operation", &format!("{}Operation", catalog.name)),
        ("$Section", &format!("{}Section", catalog.name)),
        ("$Header", catalog.error_code().name),
    ];
    let decoder =
        decoder.iter().fold(DECODER.to_owned(), |text, (from, to)| text.replace(from, to));
    module.push_str(&decoder);
    let tables = Tables::of(catalog);
    // JSON is a subset of JavaScript (ECMAScript 2019).
    let (common, errors) = (tables.members("  ", Value::to_string), tables.errors("      "));
    let _ = write!(
        module,
        "\nconst TABLES: Tables = {{\n{common}  get errors() {{\n    const value = JSON.parse(`[${{[\n{errors}    ].join()}}]`);\n\
         \x20   Object.defineProperty(this, \"errors\", {{ value }});\n    return value;\n  }},\n}};\n"
    );
    module
}

/// The names of the types that depend on the catalog.
struct Names {
    contexts: Vec<String>,
    /// The type of each error.
    errors: Vec<String>,
}

impl Names {
    fn of(catalog: &Catalog) -> Self {
        let error = catalog.enum_name();
        let mut taken: BTreeSet<String> = words().map(str::to_owned).collect();
        taken.extend([format!("{error}Code"), format!("{error}Of"), error, "Retry".to_owned()]);
        let parts = ["Operation", "Operations", "Section", "Exception"];
        taken.extend(parts.map(|part| format!("{}{part}", catalog.name)));
        let mut free = |name: &str, more: &str| {
            let mut name = name.to_owned();
            while !taken.insert(name.clone()) {
                name.push_str(more);
            }
            name
        };
        let contexts = catalog.contexts.iter().map(|it| free(&it.type_name, "Context")).collect();
        let errors = catalog.rows.iter().map(|row| free(&row.variant, "Error")).collect();
        Self { contexts, errors }
    }
}

fn types(catalog: &Catalog, names: &Names, out: &mut String) {
    let error = catalog.enum_name();
    let title = catalog.title.as_deref().unwrap_or("The errors of an API");
    let shared = messages::shared_codes(catalog);
    for (context, name) in catalog.contexts.iter().zip(&names.contexts) {
        let shown = messages::shown(&context.text.source);
        doc(out, "", &[format!("The context that may follow a message: {shown}")]);
        let _ = writeln!(out, "export interface {name} {{\n{}}}\n", fields(&context.params, "  "));
    }
    for (row, name) in catalog.rows.iter().zip(&names.errors) {
        error_type(catalog, names, row, name, shared.contains(&*row.code), out);
    }
    let by = if shared.is_empty() {
        "`code`"
    } else {
        "`code`, and by its `name` if others have that code too"
    };
    doc(out, "", &[format!("{title}: an error with its values, identified by its {by}.")]);
    let all = one_of(names.errors.iter().cloned(), "\n  | ");
    let _ = writeln!(out, "export type {error} ={all};\n");
    union(out, "The codes of all errors.", &format!("{error}Code"), messages::codes(catalog));
    union(
        out,
        "Whether a retry can succeed: never, later, or once the cause is removed.",
        "Retry",
        Retry::ALL.iter().map(|retry| retry.as_str()),
    );
    let sections = catalog.sections.iter().map(|it| it.name.as_str());
    union(out, "The sections of the API.", &format!("{}Section", catalog.name), sections);
    let operations = catalog.operations.iter().map(|it| it.name.as_str());
    union(out, "The operations of the API.", &format!("{}Operation", catalog.name), operations);
    operation_types(catalog, names, out);
}

/// Declares the errors of each operation.
fn operation_types(catalog: &Catalog, names: &Names, out: &mut String) {
    let (name, error) = (&catalog.name, catalog.enum_name());
    doc(out, "", &["The errors that each operation responds with.".to_owned()]);
    let _ = writeln!(out, "export interface {name}Operations {{");
    for operation in &catalog.operations {
        let summary = operation.summary.iter().cloned();
        let lines: Vec<String> = [format!("`{} {}`", operation.method, operation.path)]
            .into_iter()
            .chain(summary)
            .collect();
        doc(out, "  ", &lines);
        let errors = operation.rows.iter().map(|row| names.errors[*row].clone());
        let _ = writeln!(out, "  readonly {}:{};", operation.name, one_of(errors, "\n    | "));
    }
    out.push_str("}\n\n");
    doc(out, "", &["The errors that an operation responds with.".to_owned()]);
    let _ = writeln!(
        out,
        "export type {error}Of<Operation extends {name}Operation> = {name}Operations[Operation];\n"
    );
}

fn error_type(
    catalog: &Catalog,
    names: &Names,
    row: &Row,
    name: &str,
    is_shared: bool,
    out: &mut String,
) {
    let shown = messages::shown;
    let mut lines = vec![
        format!(
            "{}: {}",
            messages::status_names(catalog, row),
            messages::message(&row.detail.source)
        ),
        String::new(),
    ];
    lines.extend(messages::advice(row).map(|(name, text)| format!("{name}: {}", shown(text))));
    lines.extend(row.retired.as_ref().map(|retired| format!("Retired: {}", retired.reason)));
    doc(out, "", &lines);
    let _ = writeln!(out, "export interface {name} {{");
    // Editors show this comment after an error was narrowed by its code.
    doc(out, "  ", &lines);
    let _ = writeln!(out, "  readonly code: {};", string(&row.code));
    if is_shared {
        let _ = writeln!(out, "  readonly name: {};", string(&row.name));
    }
    if !row.params.is_empty() {
        let _ = writeln!(out, "  readonly values: {{\n{}  }};", fields(&row.params, "    "));
    }
    if let Some(name) = row.context.and_then(|context| names.contexts.get(context)) {
        let _ = writeln!(out, "  readonly context: {name} | null;");
    }
    out.push_str("}\n\n");
}

fn fields(params: &[Param], indent: &str) -> String {
    let mut fields = String::new();
    for param in params {
        let sensitive = param.sensitive.then(|| "Sensitive: keep it out of logs.".to_owned());
        let lines: Vec<String> = param.description.iter().cloned().chain(sensitive).collect();
        if !lines.is_empty() {
            doc(&mut fields, indent, &lines);
        }
        let mark = if param.optional { "?" } else { "" };
        let _ = writeln!(fields, "{indent}readonly {}{mark}: {};", param.name, type_of(param));
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
    let names = one_of(of.map(string), "\n  | ");
    let _ = writeln!(out, "export type {name} ={names};\n");
}

/// Renders a union of types, each after `bar`.
fn one_of(types: impl Iterator<Item = String>, bar: &str) -> String {
    let types = types.map(|it| format!("{bar}{it}")).collect::<Vec<_>>().concat();
    if types.is_empty() { " never".to_owned() } else { types }
}

/// Renders a doc comment. The text can neither end the comment nor begin a line with a tag.
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
