//! The generated code of the Kate catalog stands in the repository, so that a review shows what a
//! change of the catalog does. It is what the build script has made for this very build.

use kate_errors_codegen::emit::rust::Shell;

const GOLDEN: &str = include_str!("golden/kate.rs");
const BUILT: &str = include_str!(concat!(env!("OUT_DIR"), "/errors.rs"));

#[test]
fn the_file_of_a_catalog_with_everything_is_fresh() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/catalogs/jobs.yaml");
    let compilation = kate_errors_codegen::compile("jobs.yaml", &std::fs::read(path).expect(path));
    let catalog = compilation.catalog().expect("the catalog is sound");
    let tokens = kate_errors_codegen::emit::rust::emit(catalog, &Shell::default()).to_string();
    check(
        include_str!("golden/jobs.rs"),
        &tokens,
        "tests/catalogs/jobs.yaml --out tests/golden/jobs.rs",
    );
}

#[test]
fn the_golden_file_is_what_the_build_script_makes() {
    check(GOLDEN, BUILT, "--out tests/golden/kate.rs");
}

fn check(golden: &str, generated: &str, arguments: &str) {
    let file = syn::parse_file(generated).expect("generated code is Rust");
    let generated = prettyplease::unparse(&file);
    // The head says what made the file, and how it is to be treated.
    let (_, golden) = golden.split_once("\n\n").expect("a head and a body");
    assert!(
        golden == generated,
        "a golden file is stale; write it with `cargo run -- generate rust {arguments}`"
    );
}
