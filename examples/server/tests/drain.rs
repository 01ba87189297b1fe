//! Responses to requests whose body the service leaves unread: over TCP, they arrive, and how much is received for
//! them is bounded.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::DefaultBodyLimit;
use axum::http::{Request, Response, StatusCode, Version};
use axum::routing::post;
use kate_errors::KateError;
use kate_errors::tower::CatalogLayer;
use kate_server::drain::{DrainBody, DrainLayer};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tower::{Layer as _, Service as _, service_fn};
use tower_http::limit::RequestBodyLimitLayer;

/// The longest that a test waits for its server.
const MAX_TIME: Duration = Duration::from_mins(1);

/// More bytes than the socket buffers at both ends hold.
const LENGTH: usize = 25_000_000;

/// A connection to a server that accepts files of up to 16 bytes.
struct Connection {
    stream: TcpStream,
    received: Vec<u8>,
}

async fn connect(layer: DrainLayer) -> Connection {
    let limited = post(async |body: Bytes| body.len().to_string()).layer(DefaultBodyLimit::max(16));
    let router = Router::new()
        .route("/upload", limited)
        // Checks the announced length, and does not wait for the body.
        .route("/announced", post(async |_: Bytes| "taken").layer(RequestBodyLimitLayer::new(16)))
        .route("/unread", post(async || StatusCode::UNAUTHORIZED))
        .route("/panic", post(async |body: axum::body::Body| panicking(body)))
        .layer(CatalogLayer::new().replacement(413, KateError::FileTooLarge))
        .layer(layer);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let stream = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    Connection { stream, received: Vec::new() }
}

fn panicking(body: axum::body::Body) {
    drop(body);
    panic!("nobody has read the body");
}

impl Connection {
    async fn send(&mut self, bytes: &[u8]) {
        let sent = self.stream.write_all(bytes);
        tokio::time::timeout(MAX_TIME, sent).await.expect("the server receives").unwrap();
    }

    async fn head(&mut self, path: &str, headers: &str) {
        self.send(format!("POST {path} HTTP/1.1\r\nhost: kate\r\n{headers}\r\n").as_bytes()).await;
    }

    /// Receives the next response, which has a `Content-Length`.
    async fn response(&mut self) -> String {
        let response = async {
            loop {
                if let Some(response) = self.first() {
                    return response;
                }
                let read = self.stream.read_buf(&mut self.received).await.unwrap();
                assert!(read > 0, "{:?}", String::from_utf8_lossy(&self.received));
            }
        };
        tokio::time::timeout(MAX_TIME, response).await.expect("a response comes")
    }

    fn first(&mut self) -> Option<String> {
        let text = String::from_utf8(self.received.clone()).unwrap();
        let end = text.find("\r\n\r\n")? + 4;
        let length = text[..end]
            .split("content-length: ")
            .nth(1)
            .map_or(0, |rest| rest.split("\r\n").next().unwrap().parse::<usize>().unwrap());
        let response = text.get(..end + length)?.to_owned();
        self.received.drain(..response.len());
        Some(response)
    }

    /// Waits until the server has closed the connection.
    async fn closed(&mut self) {
        let mut rest = Vec::new();
        // The connection may have been reset.
        let end = self.stream.read_to_end(&mut rest);
        let _ = tokio::time::timeout(MAX_TIME, end).await.expect("the server closes");
        assert_eq!(rest, b"");
    }
}

#[track_caller]
fn assert_says(response: &str, status: u16, detail: &str) {
    assert!(response.starts_with(&format!("HTTP/1.1 {status} ")), "{response}");
    assert!(response.ends_with(&format!("\r\n\r\n{{\"detail\":\"{detail}\"}}")), "{response}");
    assert!(response.contains("\r\ncontent-type: application/json\r\n"), "{response}");
}

fn announced(length: usize) -> String {
    format!("content-length: {length}\r\n")
}

#[tokio::test]
async fn the_answer_to_a_body_that_is_too_long_arrives_and_the_connection_goes_on() {
    let mut connection = connect(DrainLayer::new()).await;
    for _ in 0..3 {
        connection.head("/upload", &announced(LENGTH)).await;
        // A client that reads only after it has sent everything.
        connection.send(&vec![b'.'; LENGTH]).await;
        let response = connection.response().await;
        assert_says(&response, 400, "File too large");
        assert!(!response.contains("connection: close"), "{response}");
    }
    connection.head("/upload", &announced(3)).await;
    connection.send(b"abc").await;
    assert!(connection.response().await.ends_with("\r\n\r\n3"));
}

#[tokio::test]
async fn so_does_the_answer_to_one_of_unknown_length() {
    let mut connection = connect(DrainLayer::new()).await;
    for path in ["/upload", "/unread"] {
        connection.head(path, "transfer-encoding: chunked\r\n").await;
        for _ in 0..25 {
            connection.send(b"f4240\r\n").await;
            connection.send(&vec![b'.'; 1_000_000]).await;
            connection.send(b"\r\n").await;
        }
        connection.send(b"0\r\n\r\n").await;
        let (status, detail) =
            if path == "/upload" { (400, "File too large") } else { (401, "Unauthorized") };
        assert_says(&connection.response().await, status, detail);
    }
}

#[tokio::test]
async fn so_do_answers_of_handlers_that_never_ask_for_the_body_or_panic() {
    let mut connection = connect(DrainLayer::new()).await;
    for (path, status, detail) in
        [("/unread", 401, "Unauthorized"), ("/panic", 500, "Internal Server Error")]
    {
        connection.head(path, &announced(LENGTH)).await;
        connection.send(&vec![b'.'; LENGTH]).await;
        assert_says(&connection.response().await, status, detail);
    }
}

#[tokio::test]
async fn who_asks_for_permission_is_refused_and_gets_none() {
    for path in ["/announced", "/unread"] {
        let mut connection = connect(DrainLayer::new()).await;
        let headers = announced(LENGTH) + "expect: 100-continue\r\n";
        connection.head(path, &headers).await;
        let response = connection.response().await;
        assert!(!response.contains("100 Continue"), "{response}");
        // The server would read the next bytes on this connection as a body.
        assert!(response.contains("\r\nconnection: close\r\n"), "{response}");
    }
}

#[tokio::test]
async fn who_asks_for_permission_and_does_not_wait_for_it_is_answered_too() {
    for path in ["/announced", "/unread"] {
        let mut connection = connect(DrainLayer::new()).await;
        connection.head(path, &(announced(LENGTH) + "expect: 100-continue\r\n")).await;
        connection.send(&vec![b'.'; LENGTH]).await;
        let response = connection.response().await;
        assert!(response.starts_with("HTTP/1.1 4"), "{response}");
        connection.closed().await;
    }
}

#[tokio::test]
async fn permission_is_given_where_the_service_reads() {
    let mut connection = connect(DrainLayer::new()).await;
    connection.head("/upload", "content-length: 3\r\nexpect: 100-continue\r\n").await;
    assert_eq!(connection.response().await, "HTTP/1.1 100 Continue\r\n\r\n");
    connection.send(b"abc").await;
    let response = connection.response().await;
    assert!(
        response.ends_with("\r\n\r\n3") && !response.contains("connection: close"),
        "{response}"
    );
}

#[tokio::test]
async fn who_announces_more_than_the_limit_is_told_that_the_connection_ends() {
    let mut connection = connect(DrainLayer::new().max_bytes(1_000_000)).await;
    connection.head("/announced", &announced(LENGTH)).await;
    let response = connection.response().await;
    assert_says(&response, 400, "File too large");
    assert!(response.contains("\r\nconnection: close\r\n"), "{response}");
    // The rest of the body is not received.
    let rest = vec![b'.'; LENGTH];
    let sent = tokio::time::timeout(MAX_TIME, connection.stream.write_all(&rest)).await;
    sent.expect("the server closes").expect_err("the connection is reset");
}

#[tokio::test]
async fn who_goes_quiet_is_not_waited_for_without_end() {
    let mut connection = connect(DrainLayer::new().max_time(Duration::from_millis(50))).await;
    connection.head("/unread", &announced(LENGTH)).await;
    connection.send(b"a beginning").await;
    assert_says(&connection.response().await, 401, "Unauthorized");
    connection.closed().await;
}

/// An endless body that counts how much of it is received.
struct Endless {
    received: Arc<AtomicU64>,
}

impl http_body::Body for Endless {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Infallible>>> {
        self.received.fetch_add(1000, Ordering::Relaxed);
        Poll::Ready(Some(Ok(http_body::Frame::data(Bytes::from_static(&[b'.'; 1000])))))
    }
}

impl Drop for Endless {
    fn drop(&mut self) {
        // Marks the count as final, for the loop that waits for it.
        self.received.fetch_add(1 << 32, Ordering::Relaxed);
    }
}

/// Returns how many bytes are received of a body that the service does not read.
async fn received(version: Version) -> u64 {
    let mut service = DrainLayer::new().max_bytes(10_500).layer(service_fn(
        async |_: Request<DrainBody<Endless>>| Ok::<_, Infallible>(Response::new(())),
    ));
    let received = Arc::new(AtomicU64::new(0));
    let mut request = Request::new(Endless { received: Arc::clone(&received) });
    *request.version_mut() = version;
    service.call(request).await.unwrap();
    let count = async {
        loop {
            if let Some(count) = received.load(Ordering::Relaxed).checked_sub(1 << 32) {
                return count;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(MAX_TIME, count).await.expect("the body is dropped")
}

#[tokio::test]
async fn no_more_is_received_than_the_limit_and_nothing_where_streams_end_alone() {
    assert_eq!(received(Version::HTTP_11).await, 11_000);
    assert_eq!(received(Version::HTTP_10).await, 11_000);
    assert_eq!(received(Version::HTTP_2).await, 0);
}

/// An echo responds before it reads the body, and keeps the body while it sends the response.
#[tokio::test]
async fn a_body_that_goes_into_the_answer_is_left_to_it() {
    let received = Arc::new(AtomicU64::new(0));
    let request = Request::new(Endless { received: Arc::clone(&received) });
    let mut echo = DrainLayer::new().max_bytes(10_500).layer(service_fn(
        async |request: Request<DrainBody<Endless>>| {
            Ok::<_, Infallible>(Response::new(request.into_body()))
        },
    ));
    let body = echo.call(request).await.unwrap().into_body();
    tokio::task::yield_now().await;
    assert_eq!(received.load(Ordering::Relaxed), 0);
    drop(body);
    while received.load(Ordering::Relaxed) < 1 << 32 {
        tokio::task::yield_now().await;
    }
    assert_eq!(received.load(Ordering::Relaxed), (1 << 32) + 11_000);
}
