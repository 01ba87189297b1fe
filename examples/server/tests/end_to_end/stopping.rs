//! Graceful shutdown.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use crate::process::Server;

#[test]
fn a_request_that_was_begun_is_answered() {
    let mut server = Server::start(&[]);
    let address = server.url.trim_start_matches("http://");
    let mut connection = TcpStream::connect(address).expect("the server listens");
    connection.set_read_timeout(Some(Duration::from_secs(20))).expect("time is limited");
    let head = "POST /artifacts/upload?title=Late HTTP/1.1\r\nhost: kate\r\n\
        x-api-key: kate-demo-ada\r\ncontent-length: 10\r\n\r\nfirst";
    connection.write_all(head.as_bytes()).expect("half a request is sent");
    // The server must have begun to read the request: it would close an idle connection.
    std::thread::sleep(Duration::from_millis(300));
    server.terminate();
    std::thread::sleep(Duration::from_millis(300));
    connection.write_all(b"-last").expect("the other half is sent");

    let mut response = String::new();
    connection.read_to_string(&mut response).expect("a response comes, and then the end");
    assert!(response.starts_with("HTTP/1.1 201 Created\r\n"), "{response}");
    assert!(server.wait().success());
}

#[test]
fn who_only_keeps_a_connection_does_not_hold_the_server_up() {
    let mut server = Server::start(&["--idle-seconds", "600"]);
    let mut connection = crate::raw::Connection::open(&server);
    connection.send(b"GET /nowhere HTTP/1.1\r\nhost: kate\r\n\r\n");
    let mut response = [0; 12];
    connection.stream.read_exact(&mut response).expect("a response comes");
    let silent = crate::raw::Connection::open(&server);
    server.terminate();
    assert!(server.wait().success());
    drop((connection, silent));
}
