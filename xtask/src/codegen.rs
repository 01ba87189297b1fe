//! `cargo xtask codegen`: what stands in the repository and is generated from something else that stands there.

use std::env;
use std::process::Command;

use clap::Args;

use crate::workspace::{Error, root, run_shown};

/// The tests that hold such files fresh, and write them where they are told to.
const TESTS: &[(&str, &str)] = &[
    ("kate-errors-cli", "published"),
    ("kate-errors-codegen", "documentation"),
    ("kate-errors-codegen", "rules"),
    ("kate-errors-codegen", "published"),
];

#[derive(Args)]
pub(crate) struct Options {
    /// Say what is stale, and write nothing
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(options: &Options) -> Result<(), Error> {
    for (package, test) in TESTS {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["test", "--quiet", "--package", package, "--test", test]).current_dir(root());
        if options.check {
            cargo.env_remove("UPDATE_EXPECT");
        } else {
            cargo.env("UPDATE_EXPECT", "1");
        }
        run_shown(&mut cargo)?;
    }
    Ok(())
}
