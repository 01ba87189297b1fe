//! `cargo xtask load`: sends requests to the example server that all result in an error.

use clap::Args;

use crate::examples;
use crate::workspace::{Error, run_shown};

#[derive(Args)]
pub(crate) struct Options {
    /// Errors that the server has to answer with.
    #[arg(long, default_value_t = 100_000)]
    requests: u64,
    /// Requests for each batch of the comparison with a plain handler; 0 leaves it out.
    #[arg(long, default_value_t = 20_000)]
    batch: u64,
    /// A few seconds, on the build that the tests have: 20,000 errors, and no comparison.
    #[arg(long, conflicts_with_all = ["requests", "batch"])]
    short: bool,
}

pub(crate) fn run(options: &Options) -> Result<(), Error> {
    let packages = ["--package", "kate-server", "--package", "kate-load"];
    let (profile, requests, batch): (&[&str], _, _) = if options.short {
        (&[], 20_000, 0)
    } else {
        (&["--release"], options.requests, options.batch)
    };
    run_shown(examples::cargo(&["build"]).args(profile).args(packages))?;
    let (requests, batch) = (requests.to_string(), batch.to_string());
    let mut load = examples::cargo(&["run", "--quiet"]);
    load.args(profile).args(["--package", "kate-load", "--"]);
    run_shown(load.args(["--requests", &requests, "--batch", &batch]))
}
