//! The code that is generated from the examples of the rules compiles.
//!
//! For invalid catalogs too, the attribute generates types, so that one mistake in the catalog is one error in the
//! crate. The valid examples are near misses, which no other test compiles.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use kate_errors_codegen::compile;
use kate_errors_codegen::emit::rust::{EmitOptions, emit};
use kate_errors_codegen::rule::RULES;
use proc_macro2::{TokenStream, TokenTree};

use crate::project::Project;

#[test]
fn every_catalog_gives_types_that_compile() {
    let mut library = String::from("#![deny(warnings)]\n");
    let mut seen = BTreeSet::new();
    for (place, catalog) in catalogs() {
        let compilation = compile("errors.yaml", catalog.as_bytes());
        let types = match compilation.catalog() {
            Some(catalog) => emit(catalog, &EmitOptions::default()),
            None => emit(&compilation.skeleton("Jobs"), &EmitOptions::default()),
        };
        // Whether the code compiles does not depend on its texts.
        if seen.insert(shape(types.clone())) {
            // The comment leads from a compile error to the catalog.
            let module = seen.len();
            writeln!(library, "// {place}\npub mod catalog_{module} {{ {types} }}").unwrap();
        }
    }
    assert!(seen.len() > 60, "only {} shapes were found", seen.len());
    let project = Project::new("every-catalog", "", "");
    project.write("src/lib.rs", &library);
    project.check().succeeded();
}

/// Returns the code without its literals.
fn shape(code: TokenStream) -> String {
    let mut shape = String::new();
    for token in code {
        match token {
            TokenTree::Group(group) => {
                write!(shape, "{:?}({})", group.delimiter(), self::shape(group.stream())).unwrap();
            }
            TokenTree::Literal(_) => shape.push('…'),
            TokenTree::Ident(_) | TokenTree::Punct(_) => write!(shape, "{token} ").unwrap(),
        }
    }
    shape
}

/// Returns the examples of the rules, each with the page that it is on.
fn catalogs() -> impl Iterator<Item = (String, String)> {
    RULES.iter().flat_map(|rule| {
        let examples = rule.page.examples().into_iter().enumerate();
        examples.map(|(index, it)| {
            (format!("rules/{}.md, example {}", rule.id, index + 1), it.catalog())
        })
    })
}
