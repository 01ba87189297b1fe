//! What is made of the examples of the rules compiles.
//!
//! Of broken ones the attribute makes types all the same, so that the one mistake in the catalog is the
//! one error of the crate. The sound ones come close to a mistake, which is what no other test does.

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
        // Whether it compiles does not hang on what the texts say.
        if seen.insert(shape(types.clone())) {
            // The comment leads from an error to the catalog it is in.
            let module = seen.len();
            writeln!(library, "// {place}\npub mod catalog_{module} {{ {types} }}").unwrap();
        }
    }
    assert!(seen.len() > 60, "only {} shapes were found", seen.len());
    let project = Project::new("every-catalog", "", "");
    project.write("src/lib.rs", &library);
    project.check().succeeded();
}

/// The code without its literals.
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

/// The examples of the rules, each with the page it is on.
fn catalogs() -> impl Iterator<Item = (String, String)> {
    RULES.iter().flat_map(|rule| {
        let examples = rule.page.examples().into_iter().enumerate();
        examples.map(|(index, it)| {
            (format!("rules/{}.md, example {}", rule.id, index + 1), it.catalog())
        })
    })
}
