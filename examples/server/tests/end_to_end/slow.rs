//! Slow clients: each gets a response or is disconnected, and others are served meanwhile.

use std::io::{ErrorKind, Write as _};

use crate::process::Server;
use crate::raw::{Connection, JSON, KEY, ask, request};

/// Starts a server that waits one second for heads, and two for requests.
fn start(more: &[&str]) -> Server {
    let hasty = ["--idle-seconds", "1", "--request-seconds", "2"];
    Server::start(&[&hasty, more].concat())
}

#[test]
fn who_does_not_end_a_head_is_left() {
    let server = start(&[]);
    for beginning in ["", "GET /wal", "GET /wallet HTTP/1.1\r\nhost: kate\r\n"] {
        let mut connection = Connection::open(&server);
        connection.send(beginning.as_bytes());
        assert_eq!(connection.receive(), b"", "{beginning:?}");
    }
}

#[test]
fn who_does_not_ask_again_is_left() {
    let server = start(&[]);
    let mut connection = Connection::open(&server);
    connection.send(format!("GET /wallet HTTP/1.1\r\nhost: kate\r\n{KEY}\r\n").as_bytes());
    assert_eq!(connection.response().status, 200);
}

#[test]
fn who_does_not_end_a_body_is_told() {
    let server = start(&[]);
    for line in ["POST /artifacts", "POST /artifacts/upload?title=a"] {
        let mut connection = Connection::open(&server);
        let head = format!("{KEY}{JSON}content-length: 30\r\n");
        connection.send(&request(line, &head, b""));
        connection.send(b"{\"title\":");
        connection.response().is_in_catalog(408, line);
    }
}

#[test]
fn who_takes_no_answer_is_left() {
    let server = start(&[]);
    let mut connection = Connection::open(&server);
    let requests = "GET /nowhere HTTP/1.1\r\nhost: kate\r\n\r\n".repeat(1000);
    // More than buffers hold, and no response is ever read.
    let sent = (0..10_000).try_for_each(|_| connection.stream.write_all(requests.as_bytes()));
    let kind = sent.expect_err("the server closes").kind();
    assert!(matches!(kind, ErrorKind::ConnectionReset | ErrorKind::BrokenPipe), "{kind}");
}

#[test]
fn who_comes_when_all_places_are_taken_is_served_in_the_end() {
    let server = start(&["--max-connections", "2"]);
    let silent = [Connection::open(&server), Connection::open(&server)];
    let response = ask(&server, &request("GET /wallet", KEY, b""));
    assert_eq!(response.status, 200);
    drop(silent);
}
