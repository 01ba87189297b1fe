//! The compiler takes any bytes: it never panics, every place lies in the text, no report can drive a
//! terminal, and code that is made from an accepted catalog can be read as tokens.
#![no_main]

use kate_errors_codegen::compile;
use kate_errors_codegen::emit::rust::{Shell, emit};
use kate_errors_codegen::report::{Style, render};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let compilation = compile("errors.yaml", bytes);
    let text = compilation.source.text();
    for finding in &compilation.diagnostics {
        for label in std::iter::once(&finding.primary).chain(&finding.related) {
            assert!(text.get(label.span.range()).is_some(), "{label:?}");
        }
    }
    let report = render(&compilation.source, &compilation.diagnostics, Style::Plain);
    assert!(report.chars().all(|c| c == '\n' || !c.is_control()), "{report:?}");
    match compilation.catalog() {
        Some(catalog) => drop(emit(catalog, &Shell::default())),
        None => drop(emit(&compilation.skeleton("Fuzz"), &Shell::default())),
    }
});
