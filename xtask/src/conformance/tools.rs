//! The tools: packages of npm and of Python, installed below `target/` once for each list of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::python::Python;
use crate::workspace::{Error, capture, output, root, run_shown, write};

/// Where the tools are.
pub(super) struct Tools {
    /// The folder with `node_modules`.
    node: PathBuf,
    python: Python,
    /// The command that generates.
    command: PathBuf,
}

impl Tools {
    pub(super) fn install() -> Result<Self, Error> {
        let folder = output().join("conformance");
        let node = folder.join("node");
        install_node(&node)?;
        let python = Python::install(&list_of("requirements.txt"), folder.join("venv"))?;
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        run_shown(
            cargo.args(["build", "--quiet", "--package", "kate-errors-cli"]).current_dir(root()),
        )?;
        Ok(Self { node, python, command: target().join("debug/kate-errors") })
    }

    /// A script of a package of npm, by its place in `node_modules`.
    pub(super) fn node(&self, script: &str) -> Command {
        let mut command = Command::new("node");
        command.arg(self.node.join("node_modules").join(script));
        command.env("REDOCLY_TELEMETRY", "off").env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
        command
    }

    /// The packages of npm, for scripts of ours that use them.
    pub(super) fn node_modules(&self) -> PathBuf {
        self.node.join("node_modules")
    }

    /// A command of the virtual environment.
    pub(super) fn python(&self, name: &str) -> Command {
        self.python.command(name)
    }

    /// The virtual environment itself.
    pub(super) fn venv(&self) -> &Path {
        &self.python.folder
    }

    /// `kate-errors generate`, in the folder of the workspace.
    pub(super) fn generate(&self, arguments: &[&str]) -> Result<String, Error> {
        capture(&mut self.command(&[&["generate"], arguments].concat()))
    }

    /// The command `kate-errors`, in the folder of the workspace.
    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.command);
        command.args(arguments).current_dir(root());
        command
    }
}

/// An empty folder for a check.
pub(super) fn folder(check: &str) -> Result<PathBuf, Error> {
    let folder = output().join("conformance").join(check);
    let error = |source| Error::File { path: folder.display().to_string(), source };
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(error)?;
    }
    fs::create_dir_all(&folder).map_err(error)?;
    Ok(folder)
}

/// Copies the files of a folder of `conformance/`.
pub(super) fn copy(from: &str, to: &Path) -> Result<(), Error> {
    let from = root().join("conformance").join(from);
    let error = |source| Error::File { path: from.display().to_string(), source };
    for entry in fs::read_dir(&from).map_err(error)? {
        let entry = entry.map_err(error)?;
        if entry.path().is_file() {
            fs::copy(entry.path(), to.join(entry.file_name())).map_err(error)?;
        }
    }
    Ok(())
}

/// Where Cargo puts what it builds for the workspace.
fn target() -> PathBuf {
    output().parent().map(Path::to_path_buf).unwrap_or_default()
}

fn list_of(name: &str) -> PathBuf {
    root().join("conformance").join(name)
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(|source| Error::File { path: path.display().to_string(), source })
}

/// Installs the packages of npm, unless the last run has.
fn install_node(folder: &Path) -> Result<(), Error> {
    let lists = ["package.json", "package-lock.json"];
    let installed = |list: &str| folder.join(format!("{list}.installed"));
    let is_fresh = |list: &str| {
        fs::read(installed(list))
            .is_ok_and(|installed| read(&list_of(list)).is_ok_and(|wanted| wanted == installed))
    };
    if lists.into_iter().all(is_fresh) {
        return Ok(());
    }
    println!("installing packages of npm");
    for list in lists {
        write(&folder.join(list), read(&list_of(list))?)?;
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(folder);
    run_shown(&mut npm)?;
    for list in lists {
        write(&installed(list), read(&list_of(list))?)?;
    }
    Ok(())
}
