//! The types that modules for other languages declare. `cargo xtask conformance` gives them to compilers and type checkers.

mod common;

use common::Sandbox;
use expect_test::expect_file;

/// Everything that types depend on, with names and texts that modules need, or must escape.
const CATALOG: &str = include_str!("types/errors.yaml");

#[test]
fn typescript_has_types_for_everything() {
    let module = Sandbox::with(CATALOG).run(&["generate", "typescript"]).exits(0).stdout;
    let (types, decoder) = module.split_once("\n/** An integer: ").expect("the decoder");
    expect_file!["types/errors.ts"].assert_eq(types);
    // The name that fields of a request have is taken.
    assert!(decoder.contains("export interface RequestFieldError {"));
}

#[test]
fn the_stub_of_python_has_types_for_everything() {
    let sandbox = Sandbox::with(CATALOG);
    sandbox.run(&["generate", "python", "--out", "made"]).exits(0);
    expect_file!["types/errors.pyi"].assert_eq(&sandbox.read("made/errors.pyi"));
}
