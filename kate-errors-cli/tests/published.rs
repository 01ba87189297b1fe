//! Generated files in the repository are up to date. `cargo xtask codegen` runs this test with `UPDATE_EXPECT` set, so
//! that it updates stale files.

mod common;

use std::env;
use std::path::Path;

use common::Sandbox;

/// The target, the catalog and the path of each generated file.
const PUBLISHED: &[(&str, &str, &str)] = &[
    ("rust", "errors.yaml", "kate-errors/generated/kate.rs"),
    ("rust", "tests/catalogs/jobs.yaml", "tests/golden/jobs.rs"),
    ("markdown", "errors.yaml", "docs/error-codes.md"),
    ("json-schema", "", "docs/errors.schema.json"),
    ("vectors", "errors.yaml", "tests/vectors/kate.json"),
    ("vectors", "tests/catalogs/jobs.yaml", "tests/vectors/jobs.json"),
    ("vectors", "tests/catalogs/teams.yaml", "tests/vectors/teams.json"),
    ("vectors", "tests/catalogs/twins.yaml", "tests/vectors/twins.json"),
    ("vectors", "tests/catalogs/types.yaml", "tests/vectors/types.json"),
    ("vectors", "tests/catalogs/error_objects.yaml", "tests/vectors/error_objects.json"),
    ("vectors", "tests/catalogs/by_code.yaml", "tests/vectors/by_code.json"),
    ("vectors", "tests/catalogs/azure.yaml", "tests/vectors/azure.json"),
    ("vectors", "tests/catalogs/every_slot.yaml", "tests/vectors/every_slot.json"),
    ("vectors", "tests/catalogs/code_or_detail.yaml", "tests/vectors/code_or_detail.json"),
    ("vectors", "tests/catalogs/code_and_detail.yaml", "tests/vectors/code_and_detail.json"),
    ("vectors", "tests/catalogs/numbers.yaml", "tests/vectors/numbers.json"),
    ("vectors", "tests/catalogs/free.yaml", "tests/vectors/free.json"),
    ("vectors", "tests/catalogs/members.yaml", "tests/vectors/members.json"),
    ("vectors", "tests/catalogs/requests.yaml", "tests/vectors/requests.json"),
    ("vectors", "tests/catalogs/statuses.yaml", "tests/vectors/statuses.json"),
    ("vectors", "tests/catalogs/workshop.yaml", "tests/vectors/workshop.json"),
];

#[test]
fn what_is_published_is_fresh() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let check = env::var_os("UPDATE_EXPECT").is_none().then(|| "--check".to_owned());
    let mut stale = Vec::new();
    for (target, catalog, file) in PUBLISHED {
        let path = |name: &str| root.join(name).display().to_string();
        let mut arguments = vec!["generate".to_owned(), (*target).to_owned()];
        arguments.extend(Some(path(catalog)).filter(|_| !catalog.is_empty()));
        arguments.extend(["--out".to_owned(), path(file)]);
        arguments.extend(check.clone());
        let run = Sandbox::new().run(&arguments);
        if run.status != 0 {
            stale.push(format!("{file} is stale\n{}{}", run.stdout, run.stderr));
        }
    }
    assert!(stale.is_empty(), "{}\n`cargo xtask codegen` writes what is stale", stale.join("\n"));
}
