//! The repository contains the generated code of the library's own catalog, so that users of the library do not
//! build the compiler. This script verifies that the code matches `errors.yaml`. With the feature `regenerate`,
//! which is enabled in this workspace, it compiles the catalog instead.

use std::env;
use std::path::{Path, PathBuf};

fn main() {
    #[cfg(feature = "regenerate")]
    kate_errors_codegen::build_script::compile("errors.yaml");
    if env::var_os("CARGO_FEATURE_REGENERATE").is_none() {
        verify();
    }
}

fn verify() {
    let folder = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("Cargo sets it"));
    let fingerprint =
        format!("fingerprint {:016x}", fingerprint(&read(&folder.join("errors.yaml"))));
    let generated = read(&folder.join("kate-errors/generated/kate.rs"));
    let head = generated.lines().next().unwrap_or_default();
    if !head.contains(&fingerprint) {
        eprintln!(
            "kate-errors/generated/kate.rs was not made from this errors.yaml; make it again:\n\n    \
             cargo xtask codegen\n"
        );
        std::process::exit(1);
    }
}

fn read(path: &Path) -> String {
    println!("cargo:rerun-if-changed={}", path.display());
    match std::fs::read_to_string(path) {
        // A checkout on Windows may have converted the line breaks.
        Ok(text) => text.replace("\r\n", "\n"),
        Err(error) => panic!("cannot read {}: {error}", path.display()),
    }
}

/// FNV-1a, like `kate_errors_codegen::fingerprint`: without the feature, that crate is not available here.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}
