//! Clients that generators make of the OpenAPI document: those of openapi-python-client, datamodel-code-generator,
//! openapi-generator (for Python and Rust), orval and progenitor read every error of every operation.

use std::path::Path;
use std::process::Command;

use super::tools::{PACKAGE, Tools, folder};
use crate::server::Server;
use crate::workspace::{Error, capture, cargo_command, run_shown, write};

pub(super) fn check(tools: &Tools) -> Result<(), Error> {
    // Below the packages of npm, so that modules find `zod`.
    let folder = folder("node/clients", &["clients"])?;
    write(&folder.join("package.json"), PACKAGE)?;
    for (name, catalog) in [("kate", "errors.yaml"), ("shop", "conformance/clients/shop.yaml")] {
        for version in ["3.0", "3.1"] {
            let options = ["--openapi-version", version, "--format", "json"];
            let document = tools.generate(&[&["openapi", catalog], &options[..]].concat())?;
            write(&folder.join(name).join(format!("{version}.json")), document)?;
        }
        in_python(tools, &folder.join(name), &server(tools, &folder, name)?.url)?;
    }
    let server = server(tools, &folder, "kate")?;
    in_typescript(tools, &folder, &server.url)?;
    in_rust(tools, &folder, &server.url)
}

/// Starts a server that sends the examples of a catalog's document.
fn server(tools: &Tools, folder: &Path, name: &str) -> Result<Server, Error> {
    let mut responses = tools.python("python");
    let document = folder.join(name).join("3.1.json");
    Server::that_prints_its_address(responses.arg(folder.join("responses.py")).arg(document))
}

/// Runs openapi-generator with the Java that is installed with it.
fn openapi_generator(tools: &Tools, folder: &Path, arguments: &[&str]) -> Result<(), Error> {
    let mut run = tools.python("openapi-generator-cli");
    run.arg("generate").args(arguments).current_dir(folder);
    capture(&mut run).map(drop)
}

fn in_python(tools: &Tools, folder: &Path, url: &str) -> Result<(), Error> {
    let mut client = tools.python("openapi-python-client");
    client.args(["generate", "--path", "3.1.json", "--meta", "none"]);
    capture(client.args(["--output-path", "httpx_client"]).current_dir(folder))?;
    let mut models = tools.python("datamodel-codegen");
    models.args(["--input", "3.1.json", "--output", "models.py"]);
    capture(models.args(["--output-model-type", "pydantic_v2.BaseModel"]).current_dir(folder))?;
    openapi_generator(tools, folder, &["-g", "python", "-i", "3.1.json", "-o", "."])?;
    run_shown(tools.python("python").args(["../clients.py", url]).current_dir(folder))
}

fn in_typescript(tools: &Tools, folder: &Path, url: &str) -> Result<(), Error> {
    let mut orval = tools.node("orval/dist/bin/orval.mjs");
    capture(orval.args(["--config", "./orval.config.cjs"]).current_dir(folder))?;
    run_shown(tools.node("typescript/bin/tsc").current_dir(folder))?;
    run_shown(Command::new("node").args(["out/clients.js", url]).current_dir(folder))
}

fn in_rust(tools: &Tools, folder: &Path, url: &str) -> Result<(), Error> {
    openapi_generator(tools, folder, &["-g", "rust", "-i", "kate/3.0.json", "-o", "openapi"])?;
    run_shown(cargo_command(folder).args(["run", "--quiet", "--locked", "--", url]))
}
