//! nginx, between the client and the application.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use super::python::Python;
use super::server::{Server, free_address};
use super::sources;
use crate::workspace::{Error, capture, write};

/// How often another port is tried: somebody may take one that was free.
const TRIES: usize = 5;

/// Starts nginx; `None` where it is not installed, and cannot be.
pub(super) fn start(
    python: &Python,
    folder: &Path,
    fastapi: &str,
) -> Result<Option<Server>, Error> {
    let Some(program) = find().or_else(install) else { return Ok(None) };
    let folder = folder.join("nginx");
    write(&folder.join("pages/sorry.html"), "<!doctype html><title>Sorry</title>\n")?;
    let mut last = None;
    for _ in 0..TRIES {
        match start_once(python, &program, &folder, fastapi) {
            Ok(server) => return Ok(Some(server)),
            Err(error) => last = Some(error),
        }
    }
    last.map_or(Ok(None), Err)
}

fn start_once(
    python: &Python,
    program: &Path,
    folder: &Path,
    fastapi: &str,
) -> Result<Server, Error> {
    let template = sources().join("nginx.conf");
    let template = fs::read_to_string(&template)
        .map_err(|source| Error::File { path: template.display().to_string(), source })?;
    let address = free_address()?;
    let settings = template
        .replace("{port}", &address.port().to_string())
        .replace("{fastapi}", fastapi)
        .replace("{folder}", &folder.display().to_string());
    let file = folder.join("nginx.conf");
    write(&file, settings)?;
    let mut command = python.script("attached.py");
    command.arg(program).arg("-p").arg(folder).arg("-c").arg(&file);
    command.arg("-e").arg(folder.join("nginx-error.log"));
    Server::on_a_port(&mut command, address)
}

fn find() -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    // Debian puts it where only administrators look.
    let folders = env::split_paths(&path).chain(["/usr/sbin".into(), "/usr/local/sbin".into()]);
    folders.map(|folder| folder.join("nginx")).find(|program| program.is_file())
}

/// Debian's package, if this is Debian and we may.
fn install() -> Option<PathBuf> {
    println!("installing nginx");
    capture(Command::new("apt-get").args(["update", "--quiet"])).ok()?;
    let mut install = Command::new("apt-get");
    install.args(["install", "--quiet", "--yes", "--no-install-recommends", "nginx-light"]);
    install.env("DEBIAN_FRONTEND", "noninteractive");
    capture(&mut install).ok()?;
    find()
}
