//! The tools: packages of npm and Python, installed below `target/`, once for each list of packages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::program::install_once;
use crate::python::Python;
use crate::workspace::{Error, capture, output, plain_cargo, root, run_shown, write};

/// A `package.json` that makes Node.js treat files next to it as ECMAScript modules.
pub(crate) const PACKAGE: &str = "{ \"private\": true, \"type\": \"module\" }\n";

/// The locations of the tools.
pub(crate) struct Tools {
    /// The packages of npm.
    pub(crate) node_modules: PathBuf,
    /// The packages of Python.
    pub(crate) venv: Python,
    /// The command `kate-errors`.
    command: PathBuf,
}

impl Tools {
    pub(crate) fn install() -> Result<Self, Error> {
        let folder = output().join("conformance");
        let sources = root().join("conformance");
        let node = folder.join("node");
        let lists = ["package.json", "package-lock.json"].map(|list| sources.join(list));
        install_once(&[&lists[0], &lists[1]], &node, || {
            println!("installing packages of npm");
            for list in &lists {
                copy(list, &node)?;
            }
            let mut npm = Command::new("npm");
            npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&node);
            run_shown(&mut npm)
        })?;
        let venv = Python::install(&sources.join("requirements.txt"), folder.join("venv"))?;
        let build = ["build", "--quiet", "--package", "kate-errors-cli"];
        run_shown(&mut plain_cargo(root(), &build))?;
        let command = output().with_file_name("debug").join("kate-errors");
        Ok(Self { node_modules: node.join("node_modules"), venv, command })
    }

    /// Returns a command that runs a script of an npm package, given its path in `node_modules`.
    pub(crate) fn node(&self, script: &str) -> Command {
        let mut command = Command::new("node");
        command.arg(self.node_modules.join(script));
        command.env("REDOCLY_TELEMETRY", "off").env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
        command
    }

    /// Returns a command that runs a script of `conformance/`, which gets the path of `node_modules`.
    pub(crate) fn script(&self, script: &str) -> Command {
        let mut command = Command::new("node");
        command.arg(root().join("conformance").join(script)).arg(&self.node_modules);
        command
    }

    /// Returns a command of the virtual environment.
    pub(crate) fn python(&self, name: &str) -> Command {
        self.venv.command(name)
    }

    /// Runs `kate-errors generate` in the folder of the workspace, and returns what it printed.
    pub(crate) fn generate(&self, arguments: &[&str]) -> Result<String, Error> {
        capture(&mut self.command(&[&["generate"], arguments].concat()))
    }

    /// Runs `kate-errors generate` with a file or folder as output.
    pub(crate) fn generate_into(&self, out: &Path, arguments: &[&str]) -> Result<(), Error> {
        let out = out.display().to_string();
        self.generate(&[arguments, &["--out", &out]].concat()).map(drop)
    }

    /// Returns the folder of the command.
    pub(super) fn command_folder(&self) -> Option<PathBuf> {
        self.command.parent().map(Path::to_owned)
    }

    /// Returns a command that runs `kate-errors` in the folder of the workspace.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.command);
        command.args(arguments).current_dir(root());
        command
    }
}

/// Creates a folder for a check, with the files of some folders of `conformance/`.
pub(crate) fn folder(check: &str, sources: &[&str]) -> Result<PathBuf, Error> {
    let folder = output().join("conformance").join(check);
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(Error::at(&folder))?;
    }
    fs::create_dir_all(&folder).map_err(Error::at(&folder))?;
    for source in sources {
        let source = root().join("conformance").join(source);
        for entry in fs::read_dir(&source).map_err(Error::at(&source))? {
            let path = entry.map_err(Error::at(&source))?.path();
            if path.is_file() {
                copy(&path, &folder)?;
            }
        }
    }
    Ok(folder)
}

/// Writes a catalog into the folder of a check, and returns its path for the command.
pub(crate) fn written(folder: &Path, name: &str, catalog: String) -> Result<String, Error> {
    let path = folder.join(format!("{name}.yaml"));
    write(&path, catalog)?;
    Ok(path.display().to_string())
}

/// Copies a file into a folder.
fn copy(file: &Path, folder: &Path) -> Result<(), Error> {
    let content = fs::read(file).map_err(Error::at(file))?;
    write(&folder.join(file.file_name().unwrap_or_default()), content)
}
