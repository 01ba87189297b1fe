//! Diagnostics for people: excerpts with carets, and a summary line.

use kate_errors_codegen::{Compilation, Diagnostic, report};

use crate::catalog_file::CatalogFile;
use crate::messages::counted;
use crate::output;
use crate::visible::visible;

/// Renders the diagnostics of a file with excerpts. The stream strips the colours where they are not wanted.
pub(crate) fn report(compilation: &Compilation) -> String {
    report::render(&compilation.source, &compilation.diagnostics, output::style())
}

/// Returns one line with the number of diagnostics of a file, and what the file defines.
pub(crate) fn summary(file: &CatalogFile) -> String {
    let found = found(&file.compilation.diagnostics);
    let name = file.name();
    match file.compilation.catalog() {
        Some(catalog) => {
            let errors = counted(catalog.rows.len(), "error");
            let sections = counted(catalog.sections.len(), "section");
            format!("{}: {found}; it defines {errors} in {sections}", visible(&name))
        }
        None => format!("{}: {found}", visible(&name)),
    }
}

fn found(diagnostics: &[Diagnostic]) -> String {
    let omitted: usize = diagnostics.iter().map(|diagnostic| diagnostic.omitted).sum();
    let shown = diagnostics.iter().filter(|diagnostic| diagnostic.omitted == 0);
    let errors = shown.clone().filter(|diagnostic| diagnostic.is_error()).count();
    let found = match (errors, shown.count() - errors) {
        (0, 0) => "no diagnostics".to_owned(),
        (0, warnings) => counted(warnings, "warning"),
        (errors, 0) => counted(errors, "error"),
        (errors, warnings) => {
            format!("{}, {}", counted(errors, "error"), counted(warnings, "warning"))
        }
    };
    if omitted == 0 { found } else { format!("{found}, and {omitted} more") }
}
