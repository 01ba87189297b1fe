//! What an OpenAPI document says of errors: a schema, a response for each status with every row as a
//! named example, and the responses of the operations that the catalog names.
//!
//! There is one schema, which every response refers to: generators of clients make one type of it, and
//! some of them (progenitor) take no more than one for an operation. It holds every message of the
//! catalog, so that tools which compare responses with the document find those that are not in it.

mod components;
mod document;
mod edits;
mod json_splice;
mod merge;
mod paths;
mod pattern;
mod yaml_splice;

use clap::ValueEnum;
use kate_errors_codegen::Catalog;
use serde_json::{Map, Value, json};

use super::{json_text, yaml_text};

pub(crate) use merge::{MergeError, merge};

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

/// The member by which the next run knows what it may replace.
const MARK_MEMBER: &str = "x-generated-by";

/// What stands in it.
const MARK_VALUE: &str = "kate-errors";

/// A whole document.
pub(crate) fn document(catalog: &Catalog, mark: &str, version: Version, format: Format) -> String {
    let mut document = Map::new();
    if format == Format::Json {
        document.insert(MARK_MEMBER.to_owned(), mark.into());
    }
    let version = match version {
        Version::V3_1 => "3.1.0",
        Version::V3_0 => "3.0.3",
    };
    document.insert("openapi".to_owned(), version.into());
    document.insert("info".to_owned(), info(catalog));
    // What it is where nothing is said; tools want it said.
    document.insert("servers".to_owned(), json!([{ "url": "/" }]));
    // The catalog does not say how clients authenticate.
    document.insert("security".to_owned(), json!([]));
    document.insert("paths".to_owned(), paths::paths(catalog).into());
    document.insert("components".to_owned(), components::components(catalog).into());
    written(&document.into(), mark, format)
}

/// A document of others that is written to a file of its own: it says that it is generated.
pub(crate) fn marked(text: &str, mark: &str) -> String {
    let Some(members) = text.trim_start_matches(document::is_blank).strip_prefix('{') else {
        return format!("# {mark}\n{text}");
    };
    // The member begins where the first one did.
    let blanks = &members[..members.len() - members.trim_start().len()];
    let colon = if blanks.is_empty() { ":" } else { ": " };
    format!("{{{blanks}\"{MARK_MEMBER}\"{colon}{},{members}", Value::from(mark))
}

fn info(catalog: &Catalog) -> Value {
    let title = catalog.title.clone().unwrap_or_else(|| format!("Errors of {}", catalog.name));
    let mut info = Map::new();
    info.insert("title".to_owned(), title.into());
    if let Some(summary) = &catalog.summary {
        info.insert("description".to_owned(), summary.as_str().into());
    }
    // A catalog has no version, and the member must be there.
    info.insert("version".to_owned(), "1".into());
    info.into()
}

fn written(document: &Value, mark: &str, format: Format) -> String {
    match format {
        Format::Json => json_text(document),
        Format::Yaml => {
            let mut text = format!("# {mark}\n");
            yaml_text::write(document, 0, &mut text);
            text
        }
    }
}

/// A reference within the document.
fn reference(kind: &str, name: &str) -> Value {
    json!({ "$ref": format!("#/components/{kind}/{name}") })
}
