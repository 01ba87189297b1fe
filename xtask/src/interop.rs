//! `cargo xtask interop`: reads the errors of real servers in other languages with the client library.

mod nginx;

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use crate::examples;
use crate::python::Python;
use crate::server::Server;
use crate::workspace::{Error, capture, output, root, run_shown, run_within, write};

/// The maximum time for the tests, once they are built.
const TIME: Duration = Duration::from_secs(180);

/// Returns the folder with the applications and the settings of servers.
fn sources() -> PathBuf {
    root().join("xtask/interop")
}

pub(crate) fn run() -> Result<(), Error> {
    let folder = output().join("interop");
    let rows = folder.join("rows.json");
    let end_to_end = ["run", "--quiet", "--package", "kate-end-to-end", "--bin", "rows"];
    write(&rows, capture(&mut examples::cargo(&end_to_end))?)?;
    run_shown(&mut test(&["--no-run"]))?;

    let python = Python::install(&sources().join("requirements.txt"), folder.join("venv"))?;
    let start = |application: &str| -> Result<Server, Error> {
        let mut command = python.command("python");
        command.arg(sources().join(application)).env("KATE_ROWS", &rows);
        Server::that_prints_its_address(&mut command)
    };
    // Each server ends when it goes out of scope, or when the task is killed.
    let fastapi = start("fastapi_app.py")?;
    let django = start("django_app.py")?;
    let nginx = nginx::start(&python, &folder, &fastapi.url)?;
    let mut tests = test(&["--", "--ignored"]);
    tests.env("KATE_FASTAPI", &fastapi.url).env("KATE_DJANGO", &django.url);
    match &nginx {
        Some(nginx) => tests.env("KATE_NGINX", &nginx.url),
        None => tests.env_remove("KATE_NGINX"),
    };
    run_within(&mut tests, TIME)?;
    if nginx.is_none() {
        println!(
            "not shown here: the tests with nginx, which cannot be had; they passed without doing anything"
        );
    }
    Ok(())
}

fn test(more: &[&str]) -> Command {
    let arguments = ["test", "--quiet", "--package", "kate-end-to-end", "--test", "interop"];
    examples::cargo(&[&arguments[..], more].concat())
}
