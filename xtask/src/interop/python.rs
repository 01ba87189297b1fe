//! Python with the packages that the applications need, in a folder of its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use super::server::Server;
use super::sources;
use crate::workspace::{Error, capture, write};

/// A virtual environment.
pub(super) struct Python {
    program: PathBuf,
}

/// Makes a virtual environment with exactly the packages that are asked for, or takes the one of the last run.
pub(super) fn environment(folder: &Path) -> Result<Python, Error> {
    let requirements = sources().join("requirements.txt");
    let wanted = fs::read_to_string(&requirements)
        .map_err(|source| Error::File { path: requirements.display().to_string(), source })?;
    let (place, installed) = (folder.join("venv"), folder.join("venv/installed.txt"));
    let binaries = if cfg!(windows) { "Scripts" } else { "bin" };
    let program = place.join(binaries).join("python");
    if fs::read_to_string(&installed).ok().as_ref() == Some(&wanted) {
        return Ok(Python { program });
    }
    println!("installing Python packages");
    let python = env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
    capture(Command::new(python).args(["-m", "venv", "--clear"]).arg(&place))?;
    let mut pip = Command::new(&program);
    pip.args(["-m", "pip", "install", "--quiet", "--no-deps", "--requirement"]).arg(&requirements);
    capture(&mut pip)?;
    capture(Command::new(&program).args(["-m", "pip", "check"]))?;
    // Written last: what was broken off is begun again.
    write(&installed, wanted)?;
    Ok(Python { program })
}

impl Python {
    /// Starts an application.
    pub(super) fn start(&self, application: &str, rows: &Path) -> Result<Server, Error> {
        Server::that_prints_its_address(self.script(application).env("KATE_ROWS", rows))
    }

    /// A script of ours.
    pub(super) fn script(&self, name: &str) -> Command {
        let mut command = Command::new(&self.program);
        // Whatever else is set up on this machine is none of its business.
        command.env_remove("PYTHONPATH").env_remove("DJANGO_SETTINGS_MODULE");
        command.arg("-B").arg(sources().join(name));
        command
    }
}
