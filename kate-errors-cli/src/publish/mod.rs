//! The targets of `generate` besides Rust: a file or a folder for each.
//!
//! An emitter is a function from a checked [`Catalog`](kate_errors_codegen::Catalog) to text, without IO and without
//! failures. `mark` is the line that identifies a generated file; each file has it within its first lines.

pub(crate) mod agents;
mod body_schema;
pub(crate) mod html;
pub(crate) mod json_schema;
pub(crate) mod markdown;
pub(crate) mod openapi;
pub(crate) mod python;
mod tables;
pub(crate) mod typescript;
pub(crate) mod vectors;
mod wire;
pub(crate) mod yaml_text;

/// The output of a target.
pub(crate) enum Output {
    File(String),
    /// The files of a folder with their names. Names are in `snake_case`, or constants of the target.
    Folder(Vec<(String, String)>),
}

/// Renders JSON with an indentation of two spaces and a line break at the end.
fn json_text(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}

/// Renders a string literal. Those of JSON are valid in JavaScript (ECMAScript 2019), and in Python, because characters
/// beyond the BMP are not escaped.
fn string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Escapes a text for a comment in HTML or Markdown.
fn in_comment(text: &str) -> String {
    text.replace('<', "\\u{3c}").replace('>', "\\u{3e}")
}
