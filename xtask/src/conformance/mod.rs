//! `cargo xtask conformance`: what is generated, given to the tools that it is made for.
//!
//! It installs what it needs (packages of npm and of Python, in the versions that `conformance/` names)
//! below `target/`, and Chromium through apt-get where there is none. A check is a file here and a line in [`CHECKS`]; what it runs in other languages stands
//! in `conformance/`.

mod generated;
mod hostile;
mod html;
mod json_schema;
mod many_rows;
mod markdown;
mod openapi;
mod python;
mod tools;
mod typescript;

use clap::Args;

use crate::workspace::Error;
use tools::Tools;

#[derive(Args)]
pub(crate) struct Options {
    /// The checks; all of them if none is named.
    checks: Vec<String>,
}

type Check = fn(&Tools) -> Result<(), Error>;

/// The checks, by name.
const CHECKS: &[(&str, Check)] = &[
    ("markdown", markdown::check),
    ("json-schema", json_schema::check),
    ("openapi", openapi::check),
    ("typescript", typescript::check),
    ("python", python::check),
    ("html", html::check),
    ("hostile", hostile::check),
    ("many-rows", many_rows::check),
];

pub(crate) fn run(options: &Options) -> Result<(), Error> {
    if let Some(unknown) =
        options.checks.iter().find(|it| !CHECKS.iter().any(|(name, _)| name == it))
    {
        let names: Vec<&str> = CHECKS.iter().map(|(name, _)| *name).collect();
        return Err(Error::Unexpected(format!("no check is called `{unknown}`, but {names:?}")));
    }
    let tools = Tools::install()?;
    let wanted =
        |name: &str| options.checks.is_empty() || options.checks.iter().any(|it| it == name);
    let mut passed = 0;
    for (name, check) in CHECKS.iter().filter(|(name, _)| wanted(name)) {
        println!("\n-- {name}");
        check(&tools)?;
        passed += 1;
    }
    println!("\nconformance: {passed} of {passed} checks passed");
    Ok(())
}
