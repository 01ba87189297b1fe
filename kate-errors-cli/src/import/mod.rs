//! Converts existing errors to a catalog: pages, documents, tables and other lists.
//!
//! ```text
//! text ─ reader (a file for each format) ─► Draft ─ complete ─► write ─► settle ─► errors.yaml, and a report
//!                                                   (guesses)            (as check wants it)
//! ```
//!
//! A reader is a function from a text to a [`Draft`], without IO. [`table`] finds the meaning of the columns of any
//! table. [`complete`] infers what is missing, [`mod@write`] writes the catalog, and [`mod@settle`] leaves out errors that
//! the compiler rejects.

mod bodies;
mod body;
mod codes;
mod columns;
mod complete;
mod draft;
mod examples;
mod fields;
mod html;
mod known;
mod leaves;
mod lists;
mod made_html;
mod made_page;
mod markdown;
mod meaning;
mod members;
mod merge;
mod message;
mod names;
mod node;
mod openapi;
mod page;
mod pairs;
mod patterns;
mod placeholder;
mod places;
pub(crate) mod python;
mod quoted;
mod records;
mod sentences;
mod settle;
mod statuses;
mod swagger;
mod table;
mod text;
mod write;

use std::rc::Rc;

use clap::ValueEnum;

pub(crate) use draft::{Draft, Place};
pub(crate) use merge::{Merged, merge};
pub(crate) use settle::{Settled, settle};
pub(crate) use write::Guesses;

/// What a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A page in Markdown
    Markdown,
    /// A page in HTML
    Html,
    /// The text of a page, copied from a browser
    Text,
    /// An OpenAPI or Swagger 2 document, in YAML or JSON
    Openapi,
    /// A table in CSV, or separated by tabs
    Csv,
    /// A list of objects in JSON, or an object of them by code
    Json,
    /// `error-conditions.json` of Apache Spark
    Spark,
    /// Tables in TOML, named by their codes, such as `errors.toml` of the tools of `TiDB`
    Toml,
    /// The errors that Python source raises; a file or a package
    Python,
}

/// The text of a source.
pub(crate) struct Source<'t> {
    pub(crate) name: Rc<str>,
    pub(crate) text: &'t str,
    /// The offsets of line breaks.
    breaks: Vec<usize>,
}

impl<'t> Source<'t> {
    pub(crate) fn new(name: &str, text: &'t str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at).collect();
        Self { name: Rc::from(name), text, breaks }
    }

    /// Returns the place of a byte.
    fn at(&self, offset: usize) -> Place {
        self.line(self.breaks.partition_point(|end| *end < offset) + 1)
    }

    /// Returns the place of a part of the text.
    fn of_part(&self, part: &str) -> Place {
        self.at(part.as_ptr().addr().saturating_sub(self.text.as_ptr().addr()))
    }

    /// Returns the place of a line.
    fn line(&self, line: usize) -> Place {
        Place { file: Rc::clone(&self.name), line }
    }
}

/// Reads a source.
pub(crate) fn read(source: &Source<'_>, format: Format) -> Draft {
    match format {
        Format::Markdown => markdown::read(source),
        Format::Html => html::read(source),
        Format::Text => text::read(source),
        Format::Openapi => openapi::read(source),
        Format::Csv => records::csv(source),
        Format::Json => records::json(source),
        Format::Spark => lists::spark(source),
        Format::Toml => lists::toml(source),
        Format::Python => python::read(&[(source.name.to_string(), source.text.to_owned())]),
    }
}

/// Detects the format of a source from its name and its beginning.
pub(crate) fn format_of(source: &Source<'_>) -> Option<Format> {
    let ending = source.name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref() {
        Some("md" | "markdown" | "mdx") => Some(Format::Markdown),
        Some("html" | "htm" | "xhtml") => Some(Format::Html),
        Some("txt" | "text") => Some(Format::Text),
        Some("csv" | "tsv") => Some(Format::Csv),
        Some("yaml" | "yml") => Some(Format::Openapi),
        Some("toml") => Some(Format::Toml),
        Some("py") => Some(Format::Python),
        Some("json") => Some(of_json(source.text)),
        _ => of_text(source.text),
    }
}

/// Detects the format of JSON from its members.
fn of_json(text: &str) -> Format {
    let members = records::parts(text).unwrap_or_default();
    let is_document =
        members.iter().any(|(name, _)| matches!(name.as_deref(), Some("openapi" | "swagger")));
    match () {
        () if is_document => Format::Openapi,
        () if lists::is_spark(text) => Format::Spark,
        () => Format::Json,
    }
}

/// Detects the format of a text from its beginning.
fn of_text(text: &str) -> Option<Format> {
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    let mut lines = text.lines();
    let is_document = |line: &str| line.starts_with("openapi:") || line.starts_with("swagger:");
    match text.chars().next()? {
        '{' | '[' => Some(of_json(text)),
        '<' if !text.starts_with("<!-- ") || text.contains("<html") => Some(Format::Html),
        _ if lines.clone().any(is_document) => Some(Format::Openapi),
        _ if lines.any(|line| line.starts_with('|') || line.starts_with('#')) => {
            Some(Format::Markdown)
        }
        _ => None,
    }
}
