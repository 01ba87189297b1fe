//! The documented features are those of `Cargo.toml`, each of them builds without the others, and each documented
//! framework is built by a test.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

const MANIFEST: &str = include_str!("../Cargo.toml");
const LIBRARY: &str = include_str!("../kate-errors/lib.rs");
const README: &str = include_str!("../README.md");
const SERVERS: &str = include_str!("../docs/servers.md");
const CLIENTS: &str = include_str!("../docs/clients.md");

/// Returns the features of the manifest, except the default set and the feature for work on this repository.
fn features() -> BTreeSet<&'static str> {
    let section = MANIFEST.split("\n[features]\n").nth(1).unwrap().split("\n[").next().unwrap();
    let names = section.lines().filter(|line| !line.starts_with('#'));
    let names = names.filter_map(|line| Some(line.split_once(" = ")?.0));
    names.filter(|name| !["default", "regenerate"].contains(name)).collect()
}

/// Returns the names in the first column of the table with the heading `feature`.
fn table(page: &'static str) -> BTreeSet<&'static str> {
    let lines = page.lines().map(|line| line.trim_start_matches("//! "));
    let rows = lines.skip_while(|line| !line.starts_with("| feature |")).skip(2);
    let cells = rows.map_while(|line| line.strip_prefix("| ")?.split(" |").next());
    let names = cells.flat_map(|cell| cell.split(", "));
    let names: Vec<&str> = names.map(|name| name.trim_matches('`')).collect();
    let set: BTreeSet<&str> = names.iter().copied().collect();
    assert_eq!(set.len(), names.len(), "a feature stands twice: {names:?}");
    set
}

#[test]
fn tables_of_all_features_have_all() {
    let features = features();
    assert!(features.contains("http") && features.len() > 5, "{features:?}");
    assert_eq!(table(LIBRARY), features, "kate-errors/lib.rs");
    assert_eq!(table(README), features, "README.md");
}

#[test]
fn each_feature_is_for_servers_for_clients_or_for_whoever_has_a_catalog() {
    let mut named: BTreeSet<&str> = table(SERVERS).union(&table(CLIENTS)).copied().collect();
    // docs/derive.md documents this one.
    assert!(named.insert("derive"));
    assert_eq!(named, features());
}

/// All other tests build the library with all features, which give each other their dependencies and modules.
#[test]
fn each_feature_builds_alone() {
    // Lints have already built most dependencies in this folder.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    for feature in features() {
        let check = Command::new(env!("CARGO"))
            .args([
                "check",
                "--offline",
                "--quiet",
                "--package",
                "kate-errors",
                "--features",
                feature,
            ])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env("CARGO_TARGET_DIR", target)
            .output()
            .unwrap();
        let printed = String::from_utf8_lossy(&check.stderr);
        assert!(check.status.success() && printed.is_empty(), "{feature}:\n{printed}");
    }
}

#[test]
fn frameworks_that_are_named_are_built_by_a_test() {
    let manifests = [
        MANIFEST.split("\n[dev-dependencies]\n").nth(1).unwrap(),
        include_str!("actix/Cargo.toml"),
        include_str!("../examples/server/Cargo.toml"),
    ];
    let is_built =
        |name: &str| manifests.iter().any(|manifest| manifest.contains(&format!("\n{name} = ")));
    let pages = [README, SERVERS, LIBRARY, include_str!("../docs/actix.md")];
    let words: BTreeSet<&str> = pages
        .iter()
        .flat_map(|page| page.split(|c: char| !c.is_alphanumeric() && c != '-'))
        .collect();
    let mut built = 0;
    let known = "axum actix-web hyper tower gotham iron loco ntex pavex poem rocket salvo tide tonic trillium viz warp";
    for framework in known.split(' ') {
        if words.contains(framework) {
            assert!(is_built(framework), "{framework} is named, and no test builds it");
            built += 1;
        }
    }
    assert_eq!(built, 4);
}
