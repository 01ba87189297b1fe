//! The schema of catalogs: two validators find it right, accept what the compiler accepts, and refuse
//! what a schema can see.

use std::path::Path;

use super::tools::{Tools, folder};
use crate::workspace::{Error, capture, root, run_shown, write};

/// Catalogs that are valid.
const VALID: &[&str] = &[
    "errors.yaml",
    "docs/billing.yaml",
    "kate-errors-cli/src/commands/init.yaml",
    "tests/catalogs/frameworks.yaml",
    "tests/catalogs/jobs.yaml",
    "tests/catalogs/twins.yaml",
];

/// Fixtures that a schema can see the mistake of: one of each kind.
const INVALID: &[&str] = &[
    "inherited-field",
    "invalid-route",
    "invalid-value",
    "missing-field",
    "repeated-error",
    "status-not-an-error",
    "unclosed-brace",
    "unknown-field",
    "unknown-type",
    "wrong-kind",
];

pub(super) fn check(tools: &Tools) -> Result<(), Error> {
    let schema = folder("json-schema")?.join("schema.json");
    write(&schema, tools.generate(&["json-schema"])?)?;
    run_shown(tools.python("check-jsonschema").arg("--check-metaschema").arg(&schema))?;
    for catalog in VALID {
        both(tools, &schema, &root().join(catalog), true)?;
    }
    for rule in INVALID {
        let fixtures = root().join("kate-errors-codegen/tests/fixtures").join(rule);
        both(tools, &schema, &first_broken(&fixtures)?, false)?;
    }
    println!("{} catalogs valid, {} refused, by both validators", VALID.len(), INVALID.len());
    Ok(())
}

/// The first fixture of a rule that breaks it.
fn first_broken(fixtures: &Path) -> Result<std::path::PathBuf, Error> {
    let error = |source| Error::File { path: fixtures.display().to_string(), source };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(fixtures).map_err(error)? {
        let path = entry.map_err(error)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_yaml = path.extension().is_some_and(|ending| ending == "yaml");
        if is_yaml && !name.starts_with("near-miss") {
            found.push(path);
        }
    }
    found.sort();
    found
        .into_iter()
        .next()
        .ok_or_else(|| Error::Unexpected(format!("no fixture in {}", fixtures.display())))
}

fn both(tools: &Tools, schema: &Path, catalog: &Path, is_valid: bool) -> Result<(), Error> {
    let mut python = tools.python("check-jsonschema");
    python.arg("--schemafile").arg(schema).arg(catalog);
    let mut node = tools.node("ajv-cli/dist/index.js");
    node.args(["validate", "--spec=draft7", "--strict=true", "-s"])
        .arg(schema)
        .arg("-d")
        .arg(catalog);
    for command in [&mut python, &mut node] {
        let found = capture(command);
        if found.is_ok() != is_valid {
            let what = if is_valid { "refused" } else { "accepted" };
            let why = found.err().map(|error| format!(": {error}")).unwrap_or_default();
            return Err(Error::Unexpected(format!("{} is {what}{why}", catalog.display())));
        }
    }
    Ok(())
}
