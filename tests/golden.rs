//! The generated code of the Kate catalog stands in the repository, so that a review shows what a
//! change of the catalog does. It is what the build script has made for this very build.

const GOLDEN: &str = include_str!("golden/kate.rs");
const BUILT: &str = include_str!(concat!(env!("OUT_DIR"), "/errors.rs"));

#[test]
fn the_golden_file_is_what_the_build_script_makes() {
    let file = syn::parse_file(BUILT).expect("generated code is Rust");
    let built = prettyplease::unparse(&file);
    // The head says what made the file, and how it is to be treated.
    let (_, golden) = GOLDEN.split_once("\n\n").expect("a head and a body");
    assert!(
        golden == built,
        "tests/golden/kate.rs is stale; write it with \
         `cargo run -- generate rust --out tests/golden/kate.rs`"
    );
}
