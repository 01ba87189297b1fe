//! What stands in the repository and is generated is fresh.

mod common;

use std::path::Path;

use common::Sandbox;

/// The arguments of `kate-errors generate`, without the folder of the repository.
const PUBLISHED: &[(&str, &str, &str)] = &[
    ("markdown", "errors.yaml", "docs/error-codes.md"),
    ("json-schema", "", "docs/errors.schema.json"),
    ("vectors", "errors.yaml", "tests/vectors/kate.json"),
    ("vectors", "tests/catalogs/jobs.yaml", "tests/vectors/jobs.json"),
    ("vectors", "tests/catalogs/twins.yaml", "tests/vectors/twins.json"),
];

#[test]
fn what_is_published_is_fresh() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    for (target, catalog, file) in PUBLISHED {
        let path = |name: &str| root.join(name).display().to_string();
        let mut arguments = vec!["generate".to_owned(), (*target).to_owned()];
        arguments.extend(Some(path(catalog)).filter(|_| !catalog.is_empty()));
        arguments.extend(["--out".to_owned(), path(file), "--check".to_owned()]);
        let run = Sandbox::new().run(&arguments);
        assert_eq!(
            run.status, 0,
            "{file} is stale: cargo run -- generate {target} {catalog} --out {file}\n{}",
            run.stdout
        );
    }
}
