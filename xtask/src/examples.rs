//! `cargo xtask examples`: format, lints and tests of the crates in `examples/`.

use std::path::PathBuf;
use std::process::Command;

use crate::workspace::{Error, root, run_shown};

/// The folder of the examples.
pub(crate) fn folder() -> PathBuf {
    root().join("examples")
}

/// Cargo in the examples, which have a workspace and a target folder of their own.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(folder());
    command
}

pub(crate) fn run() -> Result<(), Error> {
    run_shown(&mut cargo(&["fmt", "--all", "--check"]))?;
    let lints = ["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"];
    run_shown(&mut cargo(&lints))?;
    run_shown(&mut cargo(&["test", "--workspace"]))
}
