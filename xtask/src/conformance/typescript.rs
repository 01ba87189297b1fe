//! The module for TypeScript: two generations of the compiler find nothing under their strictest options,
//! it reads all vectors, and every error of a real server.

use std::process::Command;

use super::generated::SUBJECTS;
use super::tools::{Tools, copy, folder};
use crate::server::Server;
use crate::workspace::{Error, root, run_shown, write};

pub(super) fn check(tools: &Tools) -> Result<(), Error> {
    let folder = folder("typescript")?;
    copy("typescript", &folder)?;
    write(&folder.join("package.json"), "{ \"private\": true, \"type\": \"module\" }\n")?;
    for subject in SUBJECTS {
        let module = tools.generate(&["typescript", subject.catalog])?;
        write(&folder.join(format!("{}.ts", subject.name)), module)?;
    }
    run_shown(tools.node("typescript/bin/tsc").current_dir(&folder))?;
    run_shown(tools.node("typescript-7/bin/tsc").arg("--noEmit").current_dir(&folder))?;
    let node = |script: &str| {
        let mut command = Command::new("node");
        command.arg(script).current_dir(&folder);
        command
    };
    run_shown(&mut node("out/usage.js"))?;
    for subject in SUBJECTS {
        let module = format!("out/{}.js", subject.name);
        run_shown(node("vectors.mjs").arg(&module).arg(subject.vectors()))?;
        let package = folder.join(format!("{}_errors", subject.name));
        tools.generate(&["python", subject.catalog, "--out", &package.display().to_string()])?;
        let mut command = tools.python("python");
        command.arg(root().join("conformance/python/server.py")).arg(&package);
        let server = Server::that_prints_its_address(&mut command)?;
        run_shown(node("client.mjs").arg(&module).arg(&server.url))?;
    }
    Ok(())
}
