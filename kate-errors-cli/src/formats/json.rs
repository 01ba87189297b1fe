//! Diagnostics as JSON: an array of objects.

use kate_errors_codegen::Diagnostic;
use kate_errors_codegen::diagnostic::Label;
use serde_json::{Value, json};

use crate::catalog_file::CatalogFile;
use crate::formats::{joined, place_json};

/// Renders the diagnostics of all `files`, in order.
pub(crate) fn render(files: &[CatalogFile]) -> Value {
    let of_file = |file| CatalogFile::diagnostics(file).map(move |it| entry(file, it));
    files.iter().flat_map(of_file).collect()
}

fn entry(file: &CatalogFile, diagnostic: &Diagnostic) -> Value {
    let rule = diagnostic.rule;
    let head = json!({
        "rule": rule.id,
        "severity": rule.severity.name(),
        "message": diagnostic.message,
    });
    let mut entry = joined(head, place(file, &diagnostic.primary));
    entry["help"] = json!(diagnostic.help);
    entry["related"] = diagnostic.related.iter().map(|label| place(file, label)).collect();
    // Clashes without a diagnostic of their own, each with the codes of the other errors.
    if !diagnostic.not_shown.is_empty() {
        let others = diagnostic.not_shown.iter();
        let others = others.map(|others| json!({ "code": others.code, "with": others.with }));
        entry["not_shown"] = others.collect();
    }
    if diagnostic.omitted > 0 {
        entry["omitted"] = json!(diagnostic.omitted);
    }
    entry
}

fn place(file: &CatalogFile, label: &Label) -> Value {
    place_json(&file.compilation.source, &file.name_at(label.span), label)
}
