//! The tools: packages of npm and of Python, installed below `target/` once for each list of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::workspace::{Error, capture, output, root, run_shown, write};

/// The least version of Python for which packages are generated.
const PYTHON: (u32, u32) = (3, 10);

/// Where the tools are.
pub(super) struct Tools {
    /// The folder with `node_modules`.
    node: PathBuf,
    /// The virtual environment of Python.
    venv: PathBuf,
    /// The command that generates.
    command: PathBuf,
}

impl Tools {
    pub(super) fn install() -> Result<Self, Error> {
        let folder = output().join("conformance");
        let tools = Self {
            node: folder.join("node"),
            venv: folder.join("venv"),
            command: target().join("debug/kate-errors"),
        };
        tools.install_node()?;
        tools.install_python()?;
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        run_shown(
            cargo.args(["build", "--quiet", "--package", "kate-errors-cli"]).current_dir(root()),
        )?;
        Ok(tools)
    }

    fn install_node(&self) -> Result<(), Error> {
        let lists = ["package.json", "package-lock.json"];
        if is_fresh(&self.node, &lists) {
            return Ok(());
        }
        println!("installing packages of npm");
        for list in lists {
            write(&self.node.join(list), read(&list_of(list))?)?;
        }
        let mut npm = Command::new("npm");
        npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&self.node);
        run_shown(&mut npm)?;
        stamp(&self.node, &lists)
    }

    fn install_python(&self) -> Result<(), Error> {
        let lists = ["requirements.txt"];
        if is_fresh(&self.venv, &lists) {
            return Ok(());
        }
        let (major, minor) = PYTHON;
        let question = format!("import sys; sys.exit(sys.version_info < ({major}, {minor}))");
        if capture(Command::new("python3").args(["-c", &question])).is_err() {
            return Err(Error::Unexpected(format!(
                "`python3` must be Python {major}.{minor} or later"
            )));
        }
        println!("installing packages of Python");
        run_shown(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&self.venv))?;
        let mut pip = self.python("pip");
        pip.args(["install", "--quiet", "--disable-pip-version-check", "--requirement"]);
        run_shown(pip.arg(list_of("requirements.txt")))?;
        stamp(&self.venv, &lists)
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
        let mut command = Command::new(self.venv.join("bin").join(name));
        command.env("PYTHONDONTWRITEBYTECODE", "1");
        command
    }

    /// The virtual environment itself.
    pub(super) fn venv(&self) -> &Path {
        &self.venv
    }

    /// `kate-errors generate`, in the folder of the workspace.
    pub(super) fn generate(&self, arguments: &[&str]) -> Result<String, Error> {
        let mut command = Command::new(&self.command);
        capture(command.arg("generate").args(arguments).current_dir(root()))
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

/// Whether a folder was installed from the lists as they are now.
fn is_fresh(folder: &Path, lists: &[&str]) -> bool {
    lists.iter().all(|list| {
        let installed = fs::read(folder.join(format!("{list}.installed")));
        installed
            .is_ok_and(|installed| read(&list_of(list)).is_ok_and(|wanted| wanted == installed))
    })
}

fn stamp(folder: &Path, lists: &[&str]) -> Result<(), Error> {
    for list in lists {
        write(&folder.join(format!("{list}.installed")), read(&list_of(list))?)?;
    }
    Ok(())
}
