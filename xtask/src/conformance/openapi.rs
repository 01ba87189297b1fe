//! OpenAPI documents: valid for openapi-spec-validator and Redocly in both versions and formats, also after
//! errors were merged into one. schemathesis finds exactly the planted messages in the responses of a server.
//! Types for TypeScript contain the messages, and documentation pages show the codes.

use std::path::Path;

use super::CATALOGS;
use super::html::BROWSERS;
use super::tools::{Tools, folder};
use crate::program;
use crate::server::Server;
use crate::workspace::{Error, capture, read, root, run_shown};

pub(super) fn check(tools: &Tools) -> Result<(), Error> {
    let folder = folder("openapi", &["openapi"])?;
    let mut documents = Vec::new();
    for (name, catalog) in CATALOGS {
        for version in ["3.0", "3.1"] {
            for format in ["yaml", "json"] {
                let name = format!("{name}-{version}.{format}");
                let options = ["--openapi-version", version, "--format", format];
                let arguments = [&["openapi", catalog], &options[..]].concat();
                tools.generate_into(&folder.join(&name), &arguments)?;
                documents.push(name);
            }
        }
    }
    for name in ["others.yaml", "others.json"] {
        merge(tools, &folder, name)?;
        documents.push(name.to_owned());
    }
    let mut redocly = tools.node("@redocly/cli/bin/cli.js");
    redocly.args(["lint", "--format", "summary"]).args(&documents).current_dir(&folder);
    run_shown(&mut redocly)?;
    run_shown(tools.python("openapi-spec-validator").args(&documents).current_dir(&folder))?;
    schemathesis(tools, &folder)?;
    types(tools, &folder)?;
    let browser = program::find_or_install(BROWSERS, &["chromium", "fonts-dejavu-core"])?;
    let mut pages = tools.script("openapi/pages.mjs");
    run_shown(pages.arg(browser).arg(folder.join("kate-3.1.json")))
}

/// Checks the TypeScript types that openapi-typescript generates for the messages of a status.
fn types(tools: &Tools, folder: &Path) -> Result<(), Error> {
    let mut made = tools.node("openapi-typescript/bin/cli.js");
    capture(made.args(["kate-3.1.json", "--output", "kate.d.ts"]).current_dir(folder))?;
    let types = read(&folder.join("kate.d.ts"))?;
    let messages = "detail: \"Artifact not found\" | \"Run not found\";";
    if !types.contains(messages) {
        return Err(Error(format!("openapi-typescript makes no `{messages}`")));
    }
    println!("openapi-typescript makes types of the messages");
    Ok(())
}

/// Merges errors into an existing document, twice: the second run changes nothing.
fn merge(tools: &Tools, folder: &Path, name: &str) -> Result<(), Error> {
    let path = folder.join(name).display().to_string();
    let arguments = ["openapi", "errors.yaml", "--merge", &path, "--out", &path];
    tools.generate(&arguments)?;
    tools.generate(&[&arguments[..], &["--check"]].concat())?;
    Ok(())
}

/// Compares the responses of a server with the document of the Kate catalog.
fn schemathesis(tools: &Tools, folder: &Path) -> Result<(), Error> {
    let package = folder.join("kate_errors");
    tools.generate_into(&package, &["python", "errors.yaml"])?;
    let script = root().join("conformance/openapi/operations.py");
    // The last message belongs to another status.
    for (planted, is_clean) in [("", true), ("Run was not found", false), ("Token expired", false)]
    {
        let mut command = tools.python("python");
        let server =
            Server::that_prints_its_address(command.arg(&script).arg(&package).arg(planted))?;
        let mut run = tools.python("schemathesis");
        run.args(["run", "kate-3.1.yaml", "--url", &server.url])
            .args(["--checks", "status_code_conformance,response_schema_conformance"])
            .args(["--continue-on-failure", "--max-examples", "40", "--seed", "1", "--no-color"])
            .current_dir(folder);
        let found = capture(&mut run);
        let named = found.as_ref().err().is_some_and(|error| error.to_string().contains(planted));
        if found.is_ok() != is_clean || !is_clean && !named {
            let found = found.unwrap_or_else(|error| error.to_string());
            return Err(Error(format!("schemathesis, `{planted}` planted: {found}")));
        }
    }
    println!("schemathesis finds a planted message, and nothing else");
    Ok(())
}
