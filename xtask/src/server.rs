//! A server that runs as long as it is in scope.

use std::io::{BufRead as _, BufReader};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crate::workspace::{Error, end_of};

/// The maximum time until a server listens.
const START: Duration = Duration::from_secs(60);

/// The maximum time until a server ends.
const END: Duration = Duration::from_secs(5);

/// A process that listens on the loopback interface. It ends when its standard input is closed: when it is
/// dropped, or when the task ends in any other way.
pub(crate) struct Server {
    process: Child,
    pub(crate) url: String,
}

impl Server {
    /// Starts a server that chooses a free port and prints `listening on URL`.
    pub(crate) fn that_prints_its_address(command: &mut Command) -> Result<Self, Error> {
        let mut server = Self::spawn(command.stdout(Stdio::piped()))?;
        let (sender, line) = mpsc::channel();
        if let Some(stdout) = server.process.stdout.take() {
            thread::spawn(move || {
                let mut line = String::new();
                // If the server prints nothing, an empty line is sent.
                let _ = BufReader::new(stdout).read_line(&mut line);
                let _ = sender.send(line);
            });
        }
        let line = line.recv_timeout(START).unwrap_or_default();
        let Some(url) = line.trim().strip_prefix("listening on ") else {
            let says = format!("it does not listen, and says {line:?}");
            return Err(Error::failed(command, &says));
        };
        url.clone_into(&mut server.url);
        Ok(server)
    }

    /// Starts a server on a port that was free just before, and waits until it listens.
    pub(crate) fn on_a_port(command: &mut Command, address: SocketAddr) -> Result<Self, Error> {
        let mut server = Self::spawn(command)?;
        let end = Instant::now() + START;
        while Instant::now() < end {
            let ended = server.process.try_wait().ok().flatten();
            if let Some(status) = ended {
                return Err(Error::failed(command, &status));
            }
            if TcpStream::connect(address).is_ok() {
                server.url = format!("http://{address}");
                return Ok(server);
            }
            thread::sleep(Duration::from_millis(20));
        }
        Err(Error::failed(command, &"it does not listen"))
    }

    fn spawn(command: &mut Command) -> Result<Self, Error> {
        let process = command.stdin(Stdio::piped()).spawn().map_err(Error::start(command))?;
        Ok(Self { process, url: String::new() })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = end_of(&mut self.process, END);
    }
}

/// Returns an address on which nothing currently listens.
pub(crate) fn free_address() -> Result<SocketAddr, Error> {
    let address = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    address.map_err(|source| Error(format!("cannot listen on 127.0.0.1: {source}")))
}
