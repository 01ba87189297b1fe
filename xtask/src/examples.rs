//! `cargo xtask examples`: format, lints and tests of the crates in `examples/`.

use std::process::Command;

use crate::workspace::{Error, plain_cargo, root, run_shown};

/// Cargo in the examples, which have a workspace and a target folder of their own.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    plain_cargo(&root().join("examples"), arguments)
}

pub(crate) fn run() -> Result<(), Error> {
    run_shown(&mut cargo(&["fmt", "--all", "--check"]))?;
    let lints = ["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"];
    run_shown(&mut cargo(&lints))?;
    run_shown(&mut cargo(&["test", "--workspace"]))
}
