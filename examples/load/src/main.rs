//! Load tests of the example server, with an error on every request: no wrong response, no growth of memory, and
//! the cost of the error path beside a plain handler. `cargo xtask load` builds and starts them.

mod cases;
mod connection;
mod endurance;
mod failure;
mod paths;
mod process;
mod ratio;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::failure::Failure;

#[derive(Parser)]
struct Arguments {
    /// Errors that the example server has to response with.
    #[arg(long, default_value_t = 100_000)]
    requests: u64,
    /// Requests for each batch of the comparison; 0 leaves it out.
    #[arg(long, default_value_t = 20_000)]
    batch: u64,
    #[command(subcommand)]
    part: Option<Part>,
}

#[derive(Subcommand)]
enum Part {
    /// Serve the handlers that are compared; the load starts this itself.
    Paths,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.part {
        Some(Part::Paths) => paths::serve().await,
        None => run(&arguments).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &Arguments) -> Result<(), Failure> {
    endurance::run(arguments.requests).await?;
    if arguments.batch == 0 {
        return Ok(());
    }
    ratio::run(arguments.batch).await
}
