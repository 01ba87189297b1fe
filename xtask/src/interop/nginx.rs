//! nginx between the client and the application.

use std::path::Path;

use super::sources;
use crate::program;
use crate::python::Python;
use crate::server::{Server, free_address};
use crate::workspace::{Error, read, write};

/// The number of ports that are tried, since another process may take one that was free.
const TRIES: usize = 5;

/// Starts nginx. Returns `None` if it is missing and cannot be installed.
pub(super) fn start(
    python: &Python,
    folder: &Path,
    fastapi: &str,
) -> Result<Option<Server>, Error> {
    let Ok(program) = program::find_or_install(&["nginx"], &["nginx-light"]) else {
        return Ok(None);
    };
    let folder = folder.join("nginx");
    write(&folder.join("pages/sorry.html"), "<!doctype html><title>Sorry</title>\n")?;
    let once = || {
        let address = free_address()?;
        let settings = read(&sources().join("nginx.conf"))?
            .replace("{port}", &address.port().to_string())
            .replace("{fastapi}", fastapi)
            .replace("{folder}", &folder.display().to_string());
        let file = folder.join("nginx.conf");
        write(&file, settings)?;
        let mut command = python.command("python");
        command
            .arg(sources().join("attached.py"))
            .arg(&program)
            .arg("-p")
            .arg(&folder)
            .arg("-c")
            .arg(&file);
        command.arg("-e").arg(folder.join("nginx-error.log"));
        Server::on_a_port(&mut command, address)
    };
    let retried = (1..TRIES).fold(once(), |started, _| started.or_else(|_| once()));
    retried.map(Some)
}
