//! A catalog of 5,000 errors: each target is generated in limited memory, twice with the same result, and the
//! compilers and Python accept it.

use std::process::Command;
use std::time::Instant;

use super::tools::{PACKAGE, Tools, folder, written};
use crate::catalog::{rows, yaml};
use crate::workspace::{Error, capture, root, run_shown, write};

const ROWS: usize = 5_000;

/// The maximum address space of the command, in KiB, on systems that can limit it.
const MOST_MEMORY: usize = 1024 * 1024;

pub(super) fn check(tools: &Tools) -> Result<(), Error> {
    let folder = folder("many-rows", &["typescript"])?;
    for other in ["usage.ts", "client.mjs"].map(|other| folder.join(other)) {
        std::fs::remove_file(&other).map_err(Error::at(&other))?;
    }
    write(&folder.join("package.json"), PACKAGE)?;
    let catalog = written(&folder, "errors", yaml(&rows(ROWS)))?;
    let files = [
        ("rust", "errors.rs"),
        ("markdown", "errors.md"),
        ("html", "errors.html"),
        ("openapi", "openapi.yaml"),
        ("vectors", "vectors.json"),
        ("typescript", "errors.ts"),
        ("python", "scale_errors"),
    ];
    for (target, file) in files {
        let started = Instant::now();
        let out = folder.join(file).display().to_string();
        let arguments = ["generate", target, &catalog, "--out", &out];
        capture(&mut limited(tools.command(&arguments)))?;
        println!("{target}: {:.1} s, built without optimisation", started.elapsed().as_secs_f64());
        capture(&mut tools.command(&[&arguments[..], &["--check"]].concat()))?;
    }
    run_shown(tools.node("typescript/bin/tsc").current_dir(&folder))?;
    run_shown(tools.node("typescript-7/bin/tsc").arg("--noEmit").current_dir(&folder))?;
    let script = "import scale_errors as it; \
                  found = it.decode(404, it.error_of('row_1')().body); \
                  assert found.error.code == 'row_1', found; \
                  assert len(it.errors._KINDS) == 5000";
    run_shown(tools.python("python").args(["-c", script]).current_dir(&folder))?;
    let document = folder.join("openapi.yaml");
    run_shown(tools.python("openapi-spec-validator").arg(document))
}

/// Limits the memory of the command, on Linux only.
fn limited(command: Command) -> Command {
    if !cfg!(target_os = "linux") {
        return command;
    }
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("ulimit -v {MOST_MEMORY} && exec \"$0\" \"$@\"")]);
    shell.arg(command.get_program()).args(command.get_args()).current_dir(root());
    shell
}
