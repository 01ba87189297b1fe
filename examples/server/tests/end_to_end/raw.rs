//! Requests as raw bytes, as no client library would send them.

use std::fmt;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use kate_errors::{Fallback, KateError, KateErrorCode};
use serde_json::Value;

use crate::process::Server;

/// The longest that a test waits for anything.
const MAX_TIME: Duration = Duration::from_secs(30);

/// The header line with a valid key.
pub(crate) const KEY: &str = "x-api-key: kate-demo-ada\r\n";

pub(crate) const JSON: &str = "content-type: application/json\r\n";

/// A connection to the server.
pub(crate) struct Connection {
    pub(crate) stream: TcpStream,
}

/// A response as received.
pub(crate) struct RawResponse {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: Vec<u8>,
}

/// Returns a request with a request line, further header lines and a body.
pub(crate) fn request(line: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let length =
        if body.is_empty() { String::new() } else { format!("content-length: {}\r\n", body.len()) };
    let head = format!("{line} HTTP/1.1\r\nhost: kate\r\nconnection: close\r\n{head}{length}\r\n");
    [head.as_bytes(), body].concat()
}

impl Connection {
    pub(crate) fn open(server: &Server) -> Self {
        let address = server.url.trim_start_matches("http://");
        let stream = TcpStream::connect(address).expect("the server listens");
        stream.set_read_timeout(Some(MAX_TIME)).expect("time is limited");
        stream.set_write_timeout(Some(MAX_TIME)).expect("time is limited");
        Self { stream }
    }

    pub(crate) fn send(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).expect("the server receives");
    }

    /// Receives everything until the server closes.
    pub(crate) fn receive(&mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.stream.read_to_end(&mut bytes).expect("the server closes in time");
        bytes
    }

    /// Receives the only response, after which the server closes.
    pub(crate) fn response(&mut self) -> RawResponse {
        RawResponse::of(&self.receive())
    }
}

/// Sends one request, closes the sending side, and returns the response.
pub(crate) fn ask(server: &Server, bytes: &[u8]) -> RawResponse {
    let mut connection = Connection::open(server);
    connection.send(bytes);
    // The server may have closed already.
    let _ = connection.stream.shutdown(Shutdown::Write);
    connection.response()
}

impl RawResponse {
    fn of(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|part| part == b"\r\n\r\n");
        let end = end.unwrap_or_else(|| panic!("{:?}", String::from_utf8_lossy(bytes)));
        let head = String::from_utf8(bytes[..end].to_vec()).expect("a head is ASCII");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        Self { status: status.expect("a status"), head, body: bytes[end + 4..].to_vec() }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut fields = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        fields.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Asserts that the response has this status, and exactly a body of the catalog for it.
    #[track_caller]
    pub(crate) fn is_in_catalog(&self, status: u16, what: &str) {
        assert_eq!(self.status, status, "{what}: {self:?}");
        assert_eq!(self.header("content-type"), Some("application/json"), "{what}: {self:?}");
        let body: Value = serde_json::from_slice(&self.body).expect("the body is JSON");
        let detail = body["detail"].as_str().expect("it has a sentence");
        assert_eq!(body, serde_json::json!({ "detail": detail }), "{what}");
        let is_row = KateError::decode(status, &self.body[..]).known().is_some();
        let is_fallback = Fallback::<KateErrorCode>::of(status).detail() == detail;
        assert!(is_row || is_fallback, "{what}: {self:?}");
        assert_eq!(self.header("allow").is_some(), status == 405, "{what}: {self:?}");
        assert_eq!(self.header("www-authenticate").is_some(), status == 401, "{what}: {self:?}");
    }
}

impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n\n{}", self.head, String::from_utf8_lossy(&self.body))
    }
}
