//! A server in its own process, and the memory and CPU time that it uses.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::failure::Failure;

/// The unit of CPU times in `/proc`: on Linux always 1/100 s, whatever the kernel's own tick is.
const TICK: Duration = Duration::from_millis(10);

/// A server process, which is killed on drop.
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

    /// Returns the memory in use at this moment, in KiB.
    pub(crate) fn memory(&self) -> Result<u64, Failure> {
        let text = self.proc("status")?;
        let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        number.ok_or(Failure::NotHttp(text))
    }

    /// Returns the CPU time that the process has used.
    pub(crate) fn processor_time(&self) -> Result<Duration, Failure> {
        let text = self.proc("stat")?;
        // The name of the program is in parentheses. The 12th and 13th fields after it are user time and system
        // time.
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
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
