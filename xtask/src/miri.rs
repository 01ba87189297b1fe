//! `cargo xtask miri`: runs tests of the library and the model in Miri, an interpreter that detects undefined
//! behaviour.

use std::process::Command;

use clap::Args;

use crate::workspace::{Error, nightly_cargo, output, root, run_shown};

#[derive(Args)]
pub(crate) struct Options {
    /// The tests; if none is named, those of `TESTS`.
    tests: Vec<String>,
}

/// The files in `tests/` that are run. The laws and the recorded responses would take hours.
const TESTS: &[&str] = &["decode", "wire", "twins"];

/// Tests in these files that read very long bodies, which would also take hours.
const TOO_LONG: &[&str] =
    &["long_bodies", "the_deepest_body_that_is_read", "values_at_their_limits"];

pub(crate) fn run(options: &Options) -> Result<(), Error> {
    install()?;
    let mut command = nightly_cargo(root());
    let packages = ["--package", "kate-errors", "--package", "kate-errors-model"];
    command.args(["miri", "test", "--lib"]).args(packages);
    let tests: Vec<&str> = match options.tests.as_slice() {
        [] => TESTS.to_vec(),
        named => named.iter().map(String::as_str).collect(),
    };
    command.args(tests.iter().flat_map(|test| ["--test", test]));
    command.arg("--");
    command.args(TOO_LONG.iter().flat_map(|test| ["--skip", test]));
    command.env("CARGO_TARGET_DIR", output().join("miri"));
    run_shown(&mut command)
}

/// Installs Miri. It is a component of the nightly toolchain, like the source of the standard library that it
/// interprets.
fn install() -> Result<(), Error> {
    let has_miri = nightly_cargo(root()).args(["miri", "--version"]).output();
    if has_miri.is_ok_and(|output| output.status.success()) {
        return Ok(());
    }
    let mut rustup = Command::new("rustup");
    rustup.args(["component", "add", "--toolchain", "nightly", "miri", "rust-src"]);
    run_shown(&mut rustup).map_err(|error| {
        Error(format!(
            "Miri is a component of a nightly toolchain, and cannot be installed here: {error}\n\
             `rustup toolchain install nightly --component miri,rust-src` does both where it can"
        ))
    })
}
