//! Findings as JSON: an array of objects.

use kate_errors_codegen::Finding;
use kate_errors_codegen::finding::Label;
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
}

/// Clashes that no finding shows: those of one error, and with which.
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

/// The findings of all `files`, in their order.
pub(crate) fn render(files: &[CatalogFile]) -> Result<String, Failure> {
    let names: Vec<String> = files.iter().map(CatalogFile::name).collect();
    let entries = files.iter().zip(&names).flat_map(|(file, name)| {
        file.compilation.findings.iter().map(move |finding| entry(file, name, finding))
    });
    to_json(&entries.collect::<Vec<_>>())
}

fn entry<'f>(file: &'f CatalogFile, name: &'f str, finding: &'f Finding) -> Entry<'f> {
    Entry {
        rule: finding.rule.id,
        severity: finding.rule.severity.name(),
        message: &finding.message,
        place: place(file, name, &finding.primary),
        help: &finding.help,
        related: finding.related.iter().map(|label| place(file, name, label)).collect(),
        not_shown: finding
            .not_shown
            .iter()
            .map(|others| Others { code: &others.code, with: &others.with })
            .collect(),
    }
}

fn place<'f>(file: &'f CatalogFile, name: &'f str, label: &'f Label) -> Place<'f> {
    Place {
        file: name,
        region: Region::of(&file.compilation.source, label.span),
        label: &label.text,
    }
}
