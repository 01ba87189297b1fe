//! The folders of the workspace, and running commands in them.

use std::ffi::OsStr;
use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};
use std::{env, fs, io, thread};

/// Why a task failed, in words.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Error(pub(crate) String);

impl Error {
    /// Creates the error of an operation on the file or folder at `path`.
    pub(crate) fn at(path: &Path) -> impl Fn(io::Error) -> Self {
        move |source| Self(format!("{}: {source}", path.display()))
    }

    /// Creates the error that `command` cannot be run.
    pub(crate) fn start(command: &Command) -> impl Fn(io::Error) -> Self + use<> {
        let command = format!("{command:?}");
        move |source| Self(format!("cannot run {command}: {source}"))
    }

    /// Creates the error that `command` failed with this output.
    pub(crate) fn failed(command: &Command, output: &impl Display) -> Self {
        Self(format!("{command:?} failed\n{output}"))
    }
}

/// The folder of the workspace.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// Returns the folder for the output of tasks.
pub(crate) fn output() -> PathBuf {
    let target =
        env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    target.join("xtask")
}

/// Writes a file, and creates the folders above it.
pub(crate) fn write(path: &Path, text: impl AsRef<[u8]>) -> Result<(), Error> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(Error::at(folder))?;
    }
    fs::write(path, text).map_err(Error::at(path))
}

/// Reads a text file.
pub(crate) fn read(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(Error::at(path))
}

/// Returns a Cargo command in a folder, with the environment of this process.
pub(crate) fn plain_cargo(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(folder);
    command
}

/// Runs Cargo in a folder, and returns what it printed.
pub(crate) fn cargo<A: AsRef<OsStr>>(folder: &Path, arguments: &[A]) -> Result<String, Error> {
    capture(cargo_command(folder).args(arguments).env("CARGO_INCREMENTAL", "0"))
}

/// Returns a Cargo command in a folder with the settings of users: incremental, except for release builds.
pub(crate) fn cargo_command(folder: &Path) -> Command {
    let mut command = plain_cargo(folder, &[]);
    command.env("CARGO_TARGET_DIR", output().join("target")).env_remove("CARGO_INCREMENTAL");
    command
}

/// Returns a command of the nightly Cargo in a folder, whichever toolchain runs this.
pub(crate) fn nightly_cargo(folder: &Path) -> Command {
    let mut command = Command::new("cargo");
    command.arg("+nightly").current_dir(folder);
    for variable in ["RUSTUP_TOOLCHAIN", "RUSTC", "RUSTDOC", "CARGO"] {
        command.env_remove(variable);
    }
    command
}

/// Runs a command, and returns what it printed.
pub(crate) fn capture(command: &mut Command) -> Result<String, Error> {
    let output = command.output().map_err(Error::start(command))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if output.status.success() {
        return Ok(text(&output.stdout));
    }
    Err(Error::failed(command, &(text(&output.stdout) + &text(&output.stderr))))
}

/// Runs a command whose output goes to the terminal.
pub(crate) fn run_shown(command: &mut Command) -> Result<(), Error> {
    let status = command.status().map_err(Error::start(command))?;
    if status.success() { Ok(()) } else { Err(Error::failed(command, &status)) }
}

/// Runs a command whose output goes to the terminal, and kills it after `time`.
pub(crate) fn run_within(command: &mut Command, time: Duration) -> Result<(), Error> {
    let mut process = command.spawn().map_err(Error::start(command))?;
    match end_of(&mut process, time).map_err(Error::start(command))? {
        Some(status) if status.success() => Ok(()),
        Some(status) => Err(Error::failed(command, &status)),
        None => Err(Error(format!("{command:?} did not end within {} s", time.as_secs()))),
    }
}

/// Waits until a process ends. After `time` it is killed, and the result is `None`.
pub(crate) fn end_of(process: &mut Child, time: Duration) -> io::Result<Option<ExitStatus>> {
    let end = Instant::now() + time;
    while Instant::now() < end {
        if let Some(status) = process.try_wait()? {
            return Ok(Some(status));
        }
        thread::sleep(Duration::from_millis(20));
    }
    // It may have ended in the meantime.
    let _ = process.kill();
    process.wait().map(|_| None)
}
