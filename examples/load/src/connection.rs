//! A minimal HTTP/1.1 client: it keeps its connection as long as the server does, and costs little CPU time.

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::failure::Failure;

pub(crate) struct Connection {
    address: String,
    /// `None` once the server has announced that it closes.
    stream: Option<TcpStream>,
    /// What arrived after the last response.
    received: Vec<u8>,
}

/// A response as received.
pub(crate) struct RawResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Connection {
    pub(crate) fn to(address: &str) -> Self {
        Self { address: address.to_owned(), stream: None, received: Vec::with_capacity(4096) }
    }

    /// Sends the bytes of a request, and waits for the response.
    pub(crate) async fn ask(&mut self, request: &[u8]) -> Result<RawResponse, Failure> {
        if self.stream.is_none() {
            let stream = TcpStream::connect(&self.address).await;
            let stream = stream.map_err(Failure::io("connecting"))?;
            stream.set_nodelay(true).map_err(Failure::io("connecting"))?;
            self.stream = Some(stream);
        }
        if let Some(stream) = &mut self.stream {
            stream.write_all(request).await.map_err(Failure::io("sending"))?;
        }
        let head = loop {
            let end = self.received.windows(4).position(|bytes| bytes == b"\r\n\r\n");
            match end {
                Some(end) => break end + 4,
                None => self.receive().await?,
            }
        };
        let (status, headers) = read_head(&self.received[..head])?;
        let length = headers.get("content-length").and_then(|value| value.to_str().ok());
        let length: usize = length.and_then(|length| length.parse().ok()).unwrap_or_default();
        while self.received.len() < head + length {
            self.receive().await?;
        }
        let body = self.received[head..head + length].to_vec();
        self.received.drain(..head + length);
        if headers.get("connection").is_some_and(|value| value == "close") {
            self.stream = None;
            self.received.clear();
        }
        Ok(RawResponse { status, headers, body })
    }

    async fn receive(&mut self) -> Result<(), Failure> {
        let read = match &mut self.stream {
            Some(stream) => stream.read_buf(&mut self.received).await,
            None => Ok(0),
        };
        match read.map_err(Failure::io("receiving"))? {
            0 => Err(Failure::NotHttp(String::from_utf8_lossy(&self.received).into_owned())),
            _ => Ok(()),
        }
    }
}

fn read_head(head: &[u8]) -> Result<(StatusCode, HeaderMap), Failure> {
    let error = || Failure::NotHttp(String::from_utf8_lossy(head).into_owned());
    let text = std::str::from_utf8(head).map_err(|_| error())?;
    let mut lines = text.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).ok_or_else(error)?;
    let status = status.parse().map_err(|_| error())?;
    let mut headers = HeaderMap::new();
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        let name: HeaderName = name.parse().map_err(|_| error())?;
        headers.append(name, HeaderValue::from_str(value).map_err(|_| error())?);
    }
    Ok((status, headers))
}
