//! The command line client: `kate-client tour`.

use std::process::ExitCode;

use clap::Parser;
use kate_client::commands::Arguments;

#[tokio::main]
async fn main() -> ExitCode {
    match Arguments::parse().run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
