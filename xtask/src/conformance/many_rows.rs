//! A catalog of 5,000 rows: each target is made of it, and the compilers and Python take what is made.

use std::time::Instant;

use super::tools::{Tools, copy, folder};
use crate::catalog::{rows, yaml};
use crate::workspace::{Error, run_shown, write};

const ROWS: usize = 5_000;

pub(super) fn check(tools: &Tools) -> Result<(), Error> {
    let folder = folder("many-rows")?;
    copy("typescript", &folder)?;
    for other in ["usage.ts", "client.mjs"] {
        std::fs::remove_file(folder.join(other))
            .map_err(|source| Error::File { path: other.to_owned(), source })?;
    }
    write(&folder.join("package.json"), "{ \"private\": true, \"type\": \"module\" }\n")?;
    let catalog = folder.join("errors.yaml");
    write(&catalog, yaml(&rows(ROWS)))?;
    let catalog = catalog.display().to_string();
    let files = [
        ("rust", "errors.rs"),
        ("markdown", "errors.md"),
        ("openapi", "openapi.yaml"),
        ("vectors", "vectors.json"),
        ("typescript", "errors.ts"),
        ("python", "scale_errors"),
    ];
    for (target, file) in files {
        let started = Instant::now();
        tools.generate(&[target, &catalog, "--out", &folder.join(file).display().to_string()])?;
        println!("{target}: {:.1} s, built without optimisation", started.elapsed().as_secs_f64());
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
