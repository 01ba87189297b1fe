//! `cargo xtask load`: the example server with an error on every request.

use clap::Args;

use crate::examples;
use crate::workspace::{Error, run_shown};

#[derive(Args)]
pub(crate) struct Options {
    /// Errors that the server has to answer with.
    #[arg(long, default_value_t = 100_000)]
    requests: u64,
    /// Requests for each batch of the comparison with a plain handler.
    #[arg(long, default_value_t = 20_000)]
    batch: u64,
}

pub(crate) fn run(options: &Options) -> Result<(), Error> {
    let packages = ["--package", "kate-server", "--package", "kate-load"];
    run_shown(examples::cargo(&["build", "--release"]).args(packages))?;
    let (requests, batch) = (options.requests.to_string(), options.batch.to_string());
    let load = ["run", "--release", "--quiet", "--package", "kate-load", "--"];
    let arguments = ["--requests", &requests, "--batch", &batch];
    run_shown(examples::cargo(&load).args(arguments))
}
