//! A server in a process of its own, and what it costs.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::failure::Failure;

/// How long a tick of the clock of processes is: what Linux tells programs, whatever it counts with.
const TICK: Duration = Duration::from_millis(10);

/// A server, which ends with this value.
pub(crate) struct Server {
    process: Child,
    /// Its address, without a scheme.
    pub(crate) address: String,
}

impl Server {
    /// Starts a program that prints `listening on http://ADDRESS`.
    pub(crate) fn start(program: &Path, arguments: &[&str]) -> Result<Self, Failure> {
        let mut command = Command::new(program);
        command.args(arguments).env("RUST_LOG", "off").stdout(Stdio::piped());
        let process = command.spawn().map_err(Failure::io("starting the server"))?;
        let mut server = Self { process, address: String::new() };
        let mut line = String::new();
        if let Some(output) = server.process.stdout.take() {
            let read = BufReader::new(output).read_line(&mut line);
            read.map_err(Failure::io("starting the server"))?;
        }
        match line.trim().strip_prefix("listening on http://") {
            Some(address) => address.clone_into(&mut server.address),
            None => return Err(Failure::NotHttp(line)),
        }
        Ok(server)
    }

    /// The memory that it has at this moment, in KiB.
    pub(crate) fn memory(&self) -> Result<u64, Failure> {
        let text = self.proc("status")?;
        let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        number.ok_or(Failure::NotHttp(text))
    }

    /// The time that processors have spent on it.
    pub(crate) fn processor_time(&self) -> Result<Duration, Failure> {
        let text = self.proc("stat")?;
        // The name of the program stands in parentheses; user time and system time are the 12th and the 13th
        // field behind it.
        let fields = text.rsplit(')').next().unwrap_or_default().split_whitespace();
        let ticks: u32 =
            fields.skip(11).take(2).filter_map(|field| field.parse::<u32>().ok()).sum();
        Ok(TICK * ticks)
    }

    fn proc(&self, file: &str) -> Result<String, Failure> {
        let path = format!("/proc/{}/{file}", self.process.id());
        std::fs::read_to_string(path).map_err(Failure::io("reading /proc"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
