//! What is made of the catalogs of the rules' tests compiles.
//!
//! Of broken ones the attribute makes types all the same, so that the one mistake in the catalog is the
//! one error of the crate. The sound ones come close to a mistake, which is what no other test does.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use kate_errors_codegen::compile;
use kate_errors_codegen::emit::rust::{Shell, emit};
use proc_macro2::{TokenStream, TokenTree};

use crate::project::Project;

#[test]
fn every_catalog_gives_types_that_compile() {
    let mut library = String::from("#![deny(warnings)]\n");
    let mut seen = BTreeSet::new();
    for path in catalogs() {
        let compilation = compile("errors.yaml", &fs::read(&path).unwrap());
        let types = match compilation.catalog() {
            Some(catalog) => emit(catalog, &Shell::default()),
            None => emit(&compilation.skeleton("Jobs"), &Shell::default()),
        };
        // Whether it compiles does not hang on what the texts say.
        if seen.insert(shape(types.clone())) {
            // The comment leads from an error to the catalog it is in.
            let place = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().display();
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

fn catalogs() -> impl Iterator<Item = PathBuf> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("kate-errors-codegen/tests/fixtures");
    let rules = entries(&fixtures).into_iter().filter(|path| path.is_dir());
    let files = rules.flat_map(|rule| entries(&rule));
    files.filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}
