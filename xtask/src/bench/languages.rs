//! Measures the decoders in TypeScript and Python against JSON parsers, and the cost of importing them.

use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};

use crate::catalog::{Row, rows, yaml};
use crate::conformance::tools::{Tools, written};
use crate::workspace::{Error, output, root, run_shown, write};

/// The sizes of the catalogs, in errors.
const SIZES: [usize; 3] = [15, 1_000, 10_000];

pub(super) fn run() -> Result<(), Error> {
    let tools = Tools::install()?;
    let folders = SIZES.into_iter().map(|size| folder(&tools, size));
    let folders: Vec<PathBuf> = folders.collect::<Result<_, _>>()?;
    println!(
        "\nNanoseconds for one response, ours / peer; peers parse JSON and look the message up in a map:\n"
    );
    println!("| work | 15 errors | 1,000 | 10,000 | growth |\n|---|---|---|---|---|");
    let scripts = root().join("benches/languages");
    let mut node = Command::new("node");
    node.arg(scripts.join("bench.mjs")).arg(&tools.node_modules).args(&folders);
    run_shown(&mut node)?;
    let mut python = tools.python("python");
    // Imported modules are compiled once, as for users.
    python.env_remove("PYTHONDONTWRITEBYTECODE");
    run_shown(python.arg(scripts.join("bench.py")).args(&folders))
}

/// Creates a folder with the module, the package, and their inputs.
fn folder(tools: &Tools, size: usize) -> Result<PathBuf, Error> {
    let folder = output().join("languages").join(size.to_string());
    let rows = rows(size);
    let catalog = written(&folder, "errors", yaml(&rows))?;
    write(&folder.join("inputs.json"), inputs(&rows).to_string())?;
    for (target, out) in [("typescript", "errors.ts"), ("python", "scale_errors")] {
        tools.generate_into(&folder.join(out), &[target, &catalog])?;
    }
    Ok(folder)
}

/// Returns the errors: status, and message as a template and with values.
fn inputs(rows: &[Row]) -> Value {
    let input = |row: &Row| {
        json!({
            "code": row.code,
            "status": row.status,
            "detail": row.detail,
            "message": row.message(),
            "has_values": row.has_values,
        })
    };
    rows.iter().map(input).collect()
}
