//! The exact list of packages that a crate which depends on `kate-errors` has to build.

use std::collections::BTreeSet;
use std::process::Command;

/// What every user builds and links.
const PACKAGES: &[&str] = &["kate-errors", "kate-errors-model", "serde_core"];

/// The packages that the feature `derive` adds to the build: the compiler.
const OF_DERIVE: &[&str] = &[
    "annotate-snippets",
    "anstyle",
    "arraydeque",
    "granit-parser",
    "kate-errors-codegen",
    "kate-errors-derive",
    "proc-macro2",
    "quote",
    "smallvec",
    "strsim",
    "syn",
    "tinyvec",
    "unicode-ident",
    "unicode-normalization",
    "unicode-width",
];

/// The packages that the feature `http` adds: the types that frameworks and clients share.
const OF_HTTP: &[&str] = &["bytes", "http", "httpdate", "itoa"];

/// The packages that the feature `tower` adds to those.
const OF_TOWER: &[&str] = &["http-body", "pin-project-lite", "tower-layer", "tower-service"];

/// The packages that the feature `tracing` adds.
const OF_TRACING: &[&str] = &["pin-project-lite", "tracing", "tracing-core"];

#[test]
fn default() {
    check("normal,build", &[], PACKAGES.iter());
}

#[test]
fn no_default_features() {
    check("normal,build", &["--no-default-features"], PACKAGES.iter());
}

#[test]
fn derive() {
    let packages = PACKAGES.iter().chain(OF_DERIVE);
    check("normal,build", &["--features", "derive"], packages);
}

#[test]
fn linked() {
    check("normal,no-proc-macro", &["--features", "derive"], PACKAGES.iter());
}

#[test]
fn http() {
    let packages = PACKAGES.iter().chain(OF_HTTP);
    check("normal,no-proc-macro", &["--features", "http"], packages);
}

/// Users of a client have chosen a TLS implementation, and must not have to build another one.
#[test]
fn clients_bring_no_tls() {
    let packages = tree("normal,build", &["--all-features"]);
    assert!(packages.contains("reqwest") && packages.contains("ureq"));
    let tls = ["rustls", "native-tls", "openssl", "ring", "aws-lc-rs"];
    assert_eq!(tls.map(|name| packages.contains(name)), [false; 5]);
}

#[test]
fn tower() {
    let packages = PACKAGES.iter().chain(OF_HTTP).chain(OF_TOWER);
    check("normal,no-proc-macro", &["--features", "tower"], packages);
}

#[test]
fn tracing() {
    let packages = PACKAGES.iter().chain(OF_TRACING);
    check("normal,no-proc-macro", &["--features", "tracing"], packages);
}

#[track_caller]
fn check<'p>(edges: &str, features: &[&str], expected: impl Iterator<Item = &'p &'p str>) {
    let found = tree(edges, features);
    let expected: BTreeSet<String> = expected.map(|name| (*name).to_owned()).collect();
    let added: Vec<_> = found.difference(&expected).collect();
    let gone: Vec<_> = expected.difference(&found).collect();
    assert!(
        found == expected,
        "what users build has changed: {added:?} came, {gone:?} went.\n\
         Each package is paid for in every build of every user, so a compiler (outside the feature `derive`), \
         clap, prettyplease, serde_json and the like have no place here.\n\
         If the change is meant, name the package and its reason in ARCHITECTURE.md, and change the \
         list in tests/light.rs."
    );
}

/// Returns the names of the packages that Cargo builds for a crate that depends on `kate-errors`.
fn tree(edges: &str, features: &[&str]) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--package", "kate-errors", "--edges", edges])
        .args(["--prefix", "none", "--format", "{p}"])
        .args(features)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    // `syn v3.0.0 (*)` is a package that is listed before.
    lines.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}
