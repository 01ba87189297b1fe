//! `cargo xtask codegen`: updates generated files in the repository.

use clap::Args;

use crate::workspace::{Error, plain_cargo, root, run_shown};

/// The tests that verify that these files are fresh, and that write them if told to.
const TESTS: &[(&str, &[&str])] = &[
    ("kate-errors-cli", &["--test", "published"]),
    ("kate-errors-cli", &["--bin", "kate-errors", "diff::tests::pages"]),
    ("kate-errors-cli", &["--bin", "kate-errors", "lock::tests"]),
    ("kate-errors-codegen", &["--test", "documentation"]),
    ("kate-errors-codegen", &["--test", "rules"]),
    ("kate-errors-codegen", &["--test", "published"]),
];

#[derive(Args)]
pub(crate) struct Options {
    /// Say what is stale, and write nothing
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(options: &Options) -> Result<(), Error> {
    for (package, test) in TESTS {
        let arguments = [&["test", "--quiet", "--package", package], *test].concat();
        let mut cargo = plain_cargo(root(), &arguments);
        if options.check {
            cargo.env_remove("UPDATE_EXPECT");
        } else {
            cargo.env("UPDATE_EXPECT", "1");
        }
        run_shown(&mut cargo)?;
    }
    Ok(())
}
