//! A server for a check: it says its port, and ends with the check.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use crate::workspace::Error;

/// A process that listens on 127.0.0.1. It ends when its standard input does.
pub(super) struct Server {
    child: Child,
    pub(super) port: u16,
}

impl Server {
    /// Starts `command`, which prints its port when it is ready.
    pub(super) fn start(mut command: Command) -> Result<Self, Error> {
        let shown = format!("{command:?}");
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let start = |source| Error::Start { command: shown.clone(), source };
        let mut child = command.spawn().map_err(start)?;
        let mut line = String::new();
        if let Some(stdout) = child.stdout.take() {
            BufReader::new(stdout).read_line(&mut line).map_err(start)?;
        }
        let mut server = Self { child, port: 0 };
        if let Ok(port) = line.trim().parse() {
            server.port = port;
            return Ok(server);
        }
        Err(Error::Failed { command: shown, output: format!("no port, but `{line}`") })
    }

    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        // One that does not end by itself is ended; either way there is nothing left to be done.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
