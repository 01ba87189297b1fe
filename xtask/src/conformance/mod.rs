//! `cargo xtask conformance`: gives generated files to the tools for which they are made.
//!
//! It installs what it needs below `target/` (packages of npm and Python, in the versions that `conformance/`
//! names), and Chromium with apt-get if it is missing. Each check is a file here and a line in [`CHECKS`]; what
//! it runs in other languages is in `conformance/`.

mod clients;
mod completions;
mod hostile;
mod html;
mod json_schema;
mod many_rows;
mod markdown;
mod mcp;
mod openapi;
mod pasted;
mod python;
pub(crate) mod tools;
mod typescript;

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::workspace::{Error, root};
use tools::Tools;

#[derive(Args)]
pub(crate) struct Options {
    /// The checks; all of them if none is named.
    #[arg(value_parser = PossibleValuesParser::new(CHECKS.iter().map(|(name, _)| *name)))]
    checks: Vec<String>,
}

type Check = fn(&Tools) -> Result<(), Error>;

/// The names of catalogs, and their files.
const CATALOGS: &[(&str, &str)] = include!("../../../conformance/catalogs.rs");

/// Returns the file with the vectors of a catalog.
fn vectors(name: &str) -> PathBuf {
    root().join("tests/vectors").join(name).with_extension("json")
}

/// The checks, by name.
const CHECKS: &[(&str, Check)] = &[
    ("markdown", markdown::check),
    ("json-schema", json_schema::check),
    ("openapi", openapi::check),
    ("clients", clients::check),
    ("typescript", typescript::check),
    ("python", python::check),
    ("pasted", pasted::check),
    ("html", html::check),
    ("mcp", mcp::check),
    ("completions", completions::check),
    ("hostile", hostile::check),
    ("many-rows", many_rows::check),
];

pub(crate) fn run(options: &Options) -> Result<(), Error> {
    let tools = Tools::install()?;
    let wanted =
        |name: &str| options.checks.is_empty() || options.checks.iter().any(|it| it == name);
    let checks: Vec<_> = CHECKS.iter().filter(|(name, _)| wanted(name)).collect();
    for (name, check) in &checks {
        println!("\n-- {name}");
        check(&tools)?;
    }
    println!("\nconformance: {0} of {0} checks passed", checks.len());
    Ok(())
}
