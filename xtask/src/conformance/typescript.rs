//! The module for TypeScript: two generations of the compiler report nothing with their strictest options; it
//! reads all vectors and every error of a real server.

use std::process::Command;

use super::tools::{PACKAGE, Tools, folder};
use super::{CATALOGS, vectors};
use crate::server::Server;
use crate::workspace::{Error, root, run_shown, write};

pub(super) fn check(tools: &Tools) -> Result<(), Error> {
    let folder = folder("typescript", &["typescript"])?;
    write(&folder.join("package.json"), PACKAGE)?;
    for (name, catalog) in CATALOGS {
        let module = folder.join(name).with_extension("ts");
        tools.generate_into(&module, &["typescript", catalog])?;
    }
    run_shown(tools.node("typescript/bin/tsc").current_dir(&folder))?;
    // Many projects lack strict options, of which some change what types are.
    for option in ["--strict", "--strictNullChecks"] {
        let lenient = ["--noEmit", "--exactOptionalPropertyTypes", "false", option, "false"];
        run_shown(tools.node("typescript/bin/tsc").args(lenient).current_dir(&folder))?;
    }
    run_shown(tools.node("typescript-7/bin/tsc").arg("--noEmit").current_dir(&folder))?;
    let node = |script: &str| {
        let mut command = Command::new("node");
        command.arg(script).current_dir(&folder);
        command
    };
    run_shown(&mut node("out/usage.js"))?;
    run_shown(node("hover.mjs").arg(&tools.node_modules))?;
    for (name, catalog) in CATALOGS {
        let module = format!("out/{name}.js");
        run_shown(node("vectors.mjs").arg(&module).arg(vectors(name)))?;
        let package = folder.join(format!("{name}_errors"));
        tools.generate_into(&package, &["python", catalog])?;
        let mut command = tools.python("python");
        command.arg(root().join("conformance/python/server.py")).arg(&package);
        let server = Server::that_prints_its_address(&mut command)?;
        run_shown(node("client.mjs").arg(&module).arg(&server.url))?;
    }
    Ok(())
}
