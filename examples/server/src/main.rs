//! Starts the server: `kate-server --seed`.

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use clap::Parser;
use kate_server::options::Options;
use kate_server::server::Server;
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    let options = Options::parse();
    // The library logs an event for each response. `RUST_LOG=kate_errors=debug` adds the messages.
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let colours = std::io::stderr().is_terminal();
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colours);
    log.with_writer(std::io::stderr).init();
    match run(&options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("kate-server: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: &Options) -> Result<(), Box<dyn std::error::Error>> {
    let server = Server::bind(options).await?;
    let address = server.address();
    let running = server.run_until_signal();
    say(format_args!("listening on http://{address}"));
    running.await;
    say(format_args!("stopped"));
    Ok(())
}

/// Prints a line, and ignores that nobody may be reading: the server outlives whoever started it.
fn say(line: std::fmt::Arguments<'_>) {
    let _ = writeln!(std::io::stdout(), "{line}");
}
