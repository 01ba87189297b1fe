//! The command line options.

use std::net::IpAddr;
use std::num::{NonZeroU16, NonZeroU32};
use std::path::PathBuf;

use clap::Parser;

/// The Kate API on axum and SQLite.
#[derive(Debug, Parser)]
#[command(name = "kate-server", version)]
pub struct Options {
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1")]
    pub host: IpAddr,
    /// The port to listen on; 0 takes a free one, and prints it.
    #[arg(long, default_value_t = 8000)]
    pub port: u16,
    /// The file of the database; without it, the database is in memory and gone at the end.
    #[arg(long, value_name = "FILE")]
    pub database: Option<PathBuf>,
    /// Put agents, keys and artifacts for trying things out into an empty database.
    #[arg(long)]
    pub seed: bool,
    /// How many requests an agent may send in a minute, all of them at once if it likes.
    #[arg(long, value_name = "COUNT", default_value = "120")]
    pub requests_per_minute: NonZeroU32,
    /// How many connections there may be at once; others wait.
    #[arg(long, value_name = "COUNT", default_value = "256")]
    pub max_connections: NonZeroU16,
    /// How long the head of a request may take, a connection may wait for the next one, and a client may take
    /// nothing of a response.
    #[arg(long, value_name = "COUNT", default_value = "10")]
    pub idle_seconds: NonZeroU16,
    /// How long a request may take, its body included.
    #[arg(long, value_name = "COUNT", default_value = "30")]
    pub request_seconds: NonZeroU16,
}
