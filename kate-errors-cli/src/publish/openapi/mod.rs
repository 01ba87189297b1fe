//! OpenAPI documents: a response for each status with a named example for each error, responses of the operations in
//! the catalog, and a schema for each response.
//!
//! A schema allows only the messages of its response, so that tools that validate responses find undocumented ones.
//! Another schema allows all messages of the catalog.

mod components;
mod document;
mod json_splice;
mod merge;
mod paths;
mod pattern;
mod yaml_splice;

use clap::ValueEnum;
use kate_errors_codegen::Catalog;
use serde_json::{Value, json};

use super::{json_text, yaml_text};

pub(crate) use components::{CAUSE_BEHIND, DETAIL, STATUS, WIRE, WITH_CONTEXT};
pub(crate) use document::read_document;
pub(crate) use json_splice::parts;
pub(crate) use merge::{MOST_REFERENCES, merge, resolved};

/// The version of the specification.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Version {
    /// OpenAPI 3.1
    #[default]
    #[value(name = "3.1")]
    V3_1,
    /// OpenAPI 3.0
    #[value(name = "3.0")]
    V3_0,
}

/// How a document is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// YAML
    #[default]
    Yaml,
    /// JSON
    Json,
}

/// The member that tells the next run what it may replace.
pub(crate) const MARK_MEMBER: &str = "x-generated-by";

/// Its value.
const MARK_VALUE: &str = "kate-errors";

/// Renders a complete document.
pub(crate) fn document(catalog: &Catalog, mark: &str, version: Version, format: Format) -> String {
    let mut document = match format {
        Format::Json => json!({ MARK_MEMBER: mark }),
        Format::Yaml => json!({}),
    };
    document["openapi"] = match version {
        Version::V3_1 => "3.1.0".into(),
        Version::V3_0 => "3.0.3".into(),
    };
    document["info"] = info(catalog);
    // This is the default, but linters require it.
    document["servers"] = json!([{ "url": "/" }]);
    // The catalog does not define how clients authenticate.
    document["security"] = json!([]);
    let mut components = components::components(catalog, version);
    document["paths"] = paths::paths(catalog, version, &mut components).into();
    document["components"] = components.into();
    match format {
        Format::Json => json_text(&document),
        Format::Yaml => format!("# {mark}\n{}", yaml_text::block(&document, 0)),
    }
}

/// Adds the mark to a merged document that is written to another file.
pub(crate) fn marked(text: &str, mark: &str) -> String {
    let Some(members) = text.trim_start_matches(document::is_blank).strip_prefix('{') else {
        return format!("# {mark}\n{text}");
    };
    // Insert the member where the first one began.
    let blanks = &members[..members.len() - members.trim_start().len()];
    let colon = if blanks.is_empty() { ":" } else { ": " };
    format!("{{{blanks}\"{MARK_MEMBER}\"{colon}{},{members}", Value::from(mark))
}

fn info(catalog: &Catalog) -> Value {
    let title = catalog.title.clone().unwrap_or_else(|| format!("Errors of {}", catalog.name));
    let mut info = json!({ "title": title });
    if let Some(summary) = &catalog.summary {
        info["description"] = json!(summary);
    }
    // A catalog has no version, but the member is required.
    info["version"] = "1".into();
    info
}

/// Returns a reference within the document.
fn reference(kind: &str, name: &str) -> Value {
    json!({ "$ref": format!("#/components/{kind}/{name}") })
}
