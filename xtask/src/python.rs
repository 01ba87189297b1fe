//! Python with exactly the packages that a task needs, in a folder of its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::workspace::{Error, capture, root, write};

/// The least version of Python: the one that packages are generated for.
const LEAST: (u32, u32) = (3, 10);

/// A virtual environment.
pub(crate) struct Python {
    pub(crate) folder: PathBuf,
}

impl Python {
    /// Makes a virtual environment with the packages of a list, and no others, or takes the one of the last
    /// run.
    pub(crate) fn install(list: &Path, folder: PathBuf) -> Result<Self, Error> {
        let wanted = fs::read_to_string(list)
            .map_err(|source| Error::File { path: list.display().to_string(), source })?;
        let installed = folder.join("installed.txt");
        let python = Self { folder };
        if fs::read_to_string(&installed).ok().as_ref() == Some(&wanted) {
            return Ok(python);
        }
        println!("installing packages of Python");
        let base = env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
        let (major, minor) = LEAST;
        let question = format!("import sys; sys.exit(sys.version_info < ({major}, {minor}))");
        if capture(Command::new(&base).args(["-c", &question])).is_err() {
            let base = base.to_string_lossy();
            return Err(Error::Unexpected(format!(
                "`{base}` must be Python {major}.{minor} or later"
            )));
        }
        capture(Command::new(base).args(["-m", "venv", "--clear"]).arg(&python.folder))?;
        let mut pip = python.command("python");
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]);
        capture(pip.arg("--requirement").arg(list))?;
        capture(python.command("python").args(["-m", "pip", "check"]))?;
        // Written last: what was broken off is begun again.
        write(&installed, wanted)?;
        Ok(python)
    }

    /// A command of the environment.
    pub(crate) fn command(&self, name: &str) -> Command {
        let binaries = self.folder.join(if cfg!(windows) { "Scripts" } else { "bin" });
        let mut command = Command::new(binaries.join(name));
        // Whatever else is set up on this machine is none of its business. Scripts find `loopback`.
        command.env_remove("DJANGO_SETTINGS_MODULE").env("PYTHONPATH", root().join("xtask/python"));
        command.env("PYTHONDONTWRITEBYTECODE", "1");
        command
    }

    /// A script, run by the environment.
    pub(crate) fn script(&self, path: &Path) -> Command {
        let mut command = self.command("python");
        command.arg(path);
        command
    }
}
