//! `cargo xtask examples`: checks format and lints of the crates in `examples/`, and runs their tests.

use std::process::Command;

use crate::workspace::{Error, plain_cargo, root, run_shown};

/// Returns a Cargo command in `examples/`, which has its own workspace and target folder.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    plain_cargo(&root().join("examples"), arguments)
}

pub(crate) fn run() -> Result<(), Error> {
    run_shown(&mut cargo(&["fmt", "--all", "--check"]))?;
    let lints = ["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"];
    run_shown(&mut cargo(&lints))?;
    run_shown(&mut cargo(&["test", "--workspace"]))
}
