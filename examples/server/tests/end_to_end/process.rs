//! A server process that ends with the test.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};

use kate_client::client::{Client, Credentials};

/// A server process on a free port.
pub(crate) struct Server {
    process: Child,
    pub(crate) url: String,
}

impl Server {
    /// Starts a server with demo data and further arguments, and waits until it listens.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_kate-server"))
            .args(["--seed", "--port", "0"])
            .args(arguments)
            .env("RUST_LOG", "off")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let output = process.stdout.take().expect("its output is a pipe");
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line).expect("it prints its address");
        let url =
            line.trim().strip_prefix("listening on ").expect("the line is that of the address");
        Self { url: url.to_owned(), process }
    }

    /// Returns a client with a key of the demo data.
    pub(crate) fn client(&self, name: &str) -> Client {
        let credentials = Credentials::Key(format!("kate-demo-{name}"));
        Client::new(&self.url, credentials).expect("a client is made")
    }

    /// Asks the process to stop, with the signal that operating systems use.
    pub(crate) fn terminate(&self) {
        let id = self.process.id().to_string();
        let killed = Command::new("kill").args(["-TERM", &id]).status().expect("`kill` runs");
        assert!(killed.success());
    }

    /// Waits until the process has ended.
    pub(crate) fn wait(&mut self) -> ExitStatus {
        self.process.wait().expect("it can be waited for")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
