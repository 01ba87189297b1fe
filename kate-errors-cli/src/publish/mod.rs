//! What is published from a catalog beside Rust: one file or folder for each target.
//!
//! An emitter is a function from a checked [`Catalog`](kate_errors_codegen::Catalog) to text: it reads
//! nothing, writes nothing, and cannot fail. `mark` is the line that says that a file is generated;
//! it stands within the first lines of each.

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
pub(crate) mod yaml_text;

/// What a target makes.
pub(crate) enum Output {
    File(String),
    /// The files of a folder, by their names. They are in `snake_case`, or the target alone chooses them.
    Folder(Vec<(String, String)>),
}

/// JSON with two spaces for each level, and a line break at the end.
fn json_text(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}

/// A text that stands in a comment of markup, which ends at `>`.
fn in_comment(text: &str) -> String {
    text.replace('<', "\\u{3c}").replace('>', "\\u{3e}")
}
