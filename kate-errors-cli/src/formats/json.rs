//! Diagnostics as JSON: an array of objects.

use kate_errors_codegen::Diagnostic;
use kate_errors_codegen::diagnostic::Label;
use serde::Serialize;

use crate::catalog_file::CatalogFile;
use crate::failure::Failure;
use crate::formats::{Region, to_json};

#[derive(Serialize)]
struct Entry<'f> {
    rule: &'static str,
    severity: &'static str,
    message: &'f str,
    #[serde(flatten)]
    place: Place<'f>,
    help: &'f str,
    related: Vec<Place<'f>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not_shown: Vec<Others<'f>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    omitted: Option<usize>,
}

/// Clashes that no diagnostic shows: those of one error, and with which.
#[derive(Serialize)]
struct Others<'f> {
    code: &'f str,
    with: &'f [String],
}

#[derive(Serialize)]
struct Place<'f> {
    file: &'f str,
    #[serde(flatten)]
    region: Region,
    label: &'f str,
}

/// The diagnostics of all `files`, in their order.
pub(crate) fn render(files: &[CatalogFile]) -> Result<String, Failure> {
    let names: Vec<String> = files.iter().map(CatalogFile::name).collect();
    let entries = files.iter().zip(&names).flat_map(|(file, name)| {
        file.compilation.diagnostics.iter().map(move |diagnostic| entry(file, name, diagnostic))
    });
    to_json(&entries.collect::<Vec<_>>())
}

fn entry<'f>(file: &'f CatalogFile, name: &'f str, diagnostic: &'f Diagnostic) -> Entry<'f> {
    Entry {
        rule: diagnostic.rule.id,
        severity: diagnostic.rule.severity.name(),
        message: &diagnostic.message,
        place: place(file, name, &diagnostic.primary),
        help: &diagnostic.help,
        related: diagnostic.related.iter().map(|label| place(file, name, label)).collect(),
        not_shown: diagnostic
            .not_shown
            .iter()
            .map(|others| Others { code: &others.code, with: &others.with })
            .collect(),
        omitted: Some(diagnostic.omitted).filter(|omitted| *omitted > 0),
    }
}

fn place<'f>(file: &'f CatalogFile, name: &'f str, label: &'f Label) -> Place<'f> {
    Place {
        file: name,
        region: Region::of(&file.compilation.source, label.span),
        label: &label.text,
    }
}
