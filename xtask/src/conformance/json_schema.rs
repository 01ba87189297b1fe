//! The JSON Schema of catalogs: two validators consider it valid, accept what the compiler accepts, and reject
//! mistakes that a schema can detect; an editor uses it to describe and complete fields.

use std::path::{Path, PathBuf};

use kate_errors_codegen::rule;

use super::tools::{Tools, folder};
use crate::workspace::{Error, capture, root, run_shown, write};

/// Valid catalogs.
const VALID: &[&str] = &[
    "errors.yaml",
    "docs/billing.yaml",
    "kate-errors-cli/src/commands/init.yaml",
    "tests/catalogs/frameworks.yaml",
    "tests/catalogs/jobs.yaml",
    "tests/catalogs/twins.yaml",
    "tests/catalogs/types.yaml",
];

/// Rules whose first example has a mistake that a schema can detect.
const INVALID: &[&str] = &[
    "inherited-field",
    "invalid-route",
    "invalid-value",
    "missing-field",
    "repeated-error",
    "unclosed-brace",
    "unknown-field",
    "unknown-type",
    "wrong-kind",
];

pub(super) fn check(tools: &Tools) -> Result<(), Error> {
    let folder = folder("json-schema", &[])?;
    let schema = folder.join("schema.json");
    tools.generate_into(&schema, &["json-schema"])?;
    run_shown(tools.python("check-jsonschema").arg("--check-metaschema").arg(&schema))?;
    for catalog in VALID {
        both(tools, &schema, &root().join(catalog), true)?;
    }
    for rule in INVALID {
        both(tools, &schema, &broken(&folder, rule)?, false)?;
    }
    println!("{} catalogs valid, {} refused, by both validators", VALID.len(), INVALID.len());
    let mut editor = tools.script("json-schema/editor.mjs");
    run_shown(editor.arg(&schema).args(VALID).current_dir(root()))
}

/// Writes a file with the first example of a rule.
fn broken(folder: &Path, id: &str) -> Result<PathBuf, Error> {
    let examples = rule::find(id).map(|rule| rule.page.examples()).unwrap_or_default();
    let example = examples.first().ok_or_else(|| Error(format!("no rule `{id}`")))?;
    let path = folder.join(id).with_extension("yaml");
    write(&path, example.catalog())?;
    Ok(path)
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
            return Err(Error(format!("{} is {what}{why}", catalog.display())));
        }
    }
    Ok(())
}
