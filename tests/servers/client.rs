//! A minimal client: one request per connection, with limits on time and size.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const MAX_BYTES: u64 = 4 << 20;
const MAX_TIME: Duration = Duration::from_secs(20);

/// A response as received.
#[derive(Debug)]
pub(crate) struct ApiError {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl ApiError {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(known, _)| known == name);
        let value = found.next().map(|(_, value)| value.as_str());
        assert!(found.next().is_none(), "{name} stands twice: {self:?}");
        value
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// Asserts that this is a response of a catalog, with this message and a correct length.
    #[track_caller]
    pub(crate) fn says(&self, status: u16, detail: &str) {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.text(), serde_json::json!({ "detail": detail }).to_string());
        assert_eq!(self.header("content-type"), Some("application/json"));
        assert_eq!(self.header("content-length"), Some(&*self.body.len().to_string()));
        assert_eq!(self.header("content-encoding"), None);
        assert_eq!(self.header("transfer-encoding"), None);
    }
}

/// A client of the server at an address.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Client {
    pub(crate) address: SocketAddr,
}

impl Client {
    pub(crate) async fn get(&self, path: &str) -> ApiError {
        self.ask("GET", path, &[], b"").await
    }

    pub(crate) async fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> ApiError {
        let mut request =
            format!("{method} {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n");
        for (name, value) in headers {
            let _ = write!(request, "{name}: {value}\r\n");
        }
        if !body.is_empty() {
            let _ = write!(request, "content-length: {}\r\n", body.len());
        }
        request.push_str("\r\n");
        let sent = [request.as_bytes(), body].concat();
        tokio::time::timeout(MAX_TIME, exchange(self.address, sent)).await.unwrap()
    }
}

async fn exchange(address: SocketAddr, sent: Vec<u8>) -> ApiError {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // A server that responds early may close before it has read everything.
    let _ = stream.write_all(&sent).await;
    let mut bytes = Vec::new();
    let _ = stream.take(MAX_BYTES).read_to_end(&mut bytes).await;
    parse(&bytes)
}

fn parse(bytes: &[u8]) -> ApiError {
    let end = bytes.windows(4).position(|part| part == b"\r\n\r\n").unwrap();
    let head = std::str::from_utf8(&bytes[..end]).unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers: Vec<(String, String)> = lines
        .map(|line| line.split_once(": ").unwrap())
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let mut body = bytes[end + 4..].to_vec();
    if headers.contains(&("transfer-encoding".to_owned(), "chunked".to_owned())) {
        body = dechunk(&body);
    }
    ApiError { status, headers, body }
}

fn dechunk(mut bytes: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(end) = bytes.windows(2).position(|part| part == b"\r\n") {
        let length = std::str::from_utf8(&bytes[..end]).unwrap();
        let length = usize::from_str_radix(length, 16).unwrap();
        if length == 0 {
            break;
        }
        body.extend_from_slice(&bytes[end + 2..end + 2 + length]);
        bytes = &bytes[end + 4 + length..];
    }
    body
}
