//! The output formats of `check`: one for people, three for programs.

pub(crate) mod github;
pub(crate) mod json;
pub(crate) mod row_json;
pub(crate) mod sarif;
pub(crate) mod text;
mod uri;

use kate_errors_codegen::Source;
use kate_errors_codegen::diagnostic::Label;
use kate_errors_codegen::source::{Position, Span};
use serde_json::{Value, json};

use crate::visible::visible_json;

/// Returns where a place begins and ends: lines and columns from 1, columns in characters, the end exclusive.
pub(crate) fn ends(source: &Source, span: Span) -> [Position; 2] {
    [span.start, span.end.max(span.start)].map(|offset| source.position(offset))
}

/// Returns a place and its label as JSON.
pub(crate) fn place_json(source: &Source, file: &str, label: &Label) -> Value {
    let [start, end] = ends(source, label.span);
    json!({
        "file": file,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "label": label.text,
    })
}

/// Renders `value` as indented JSON with invisible characters escaped and a line break at the end.
pub(crate) fn to_json(value: &Value) -> String {
    visible_json(&format!("{value:#}")) + "\n"
}

/// Adds the members of `more` to `object`.
pub(crate) fn joined(mut object: Value, more: Value) -> Value {
    if let (Value::Object(members), Value::Object(more)) = (&mut object, more) {
        members.extend(more);
    }
    object
}
