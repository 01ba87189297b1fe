//! Python with exactly the packages that a task needs, in a separate folder.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::program::install_once;
use crate::workspace::{Error, capture, root};

/// The minimum version of Python, for which packages are generated.
const LEAST: (u32, u32) = (3, 10);

/// A virtual environment.
pub(crate) struct Python {
    pub(crate) folder: PathBuf,
}

impl Python {
    /// Creates a virtual environment with exactly the packages of a list, or reuses that of the last run.
    pub(crate) fn install(list: &Path, folder: PathBuf) -> Result<Self, Error> {
        let python = Self { folder };
        install_once(&[list], &python.folder, || python.fill(list))?;
        Ok(python)
    }

    fn fill(&self, list: &Path) -> Result<(), Error> {
        println!("installing packages of Python");
        let base = std::env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
        let (major, minor) = LEAST;
        let question = format!("import sys; sys.exit(sys.version_info < ({major}, {minor}))");
        if capture(Command::new(&base).args(["-c", &question])).is_err() {
            let base = base.to_string_lossy();
            return Err(Error(format!("`{base}` must be Python {major}.{minor} or later")));
        }
        capture(Command::new(base).args(["-m", "venv", "--clear"]).arg(&self.folder))?;
        let mut pip = self.command("python");
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]);
        capture(pip.arg("--requirement").arg(list))?;
        capture(self.command("python").args(["-m", "pip", "check"])).map(drop)
    }

    /// Returns a command of the environment.
    pub(crate) fn command(&self, name: &str) -> Command {
        let binaries = self.folder.join(if cfg!(windows) { "Scripts" } else { "bin" });
        let mut command = Command::new(binaries.join(name));
        // Settings of this machine must not affect it. Scripts can import `loopback`.
        command.env_remove("DJANGO_SETTINGS_MODULE").env("PYTHONPATH", root().join("xtask/python"));
        command.env("PYTHONDONTWRITEBYTECODE", "1");
        command
    }
}
