//! Slow bodies: the client's timeout ends the wait.

use std::time::Duration;

use crate::clients::{ALL, Client, Question};
use crate::server::{Server, Step, head, send};
use kate_errors::KateError;
use kate_errors::client::{ErrorResponse, ResponseReader};

const BODY: &[u8] = br#"{"detail":"Run not found"}"#;

fn ask(client: Client, server: &Server) -> ErrorResponse<KateError> {
    let timeout = Duration::from_secs(2);
    let question = Question { timeout, ..Question::default() };
    client.ask(&server.url("/"), &question).unwrap_err()
}

/// Whether an error is a timeout.
fn is_timeout(error: &ErrorResponse<KateError>) -> bool {
    let error = error.body_error().expect("reading failed");
    let mut error: Option<&(dyn std::error::Error + 'static)> = Some(error);
    let mut is_timeout = false;
    while let Some(cause) = error {
        is_timeout |=
            cause.to_string().contains("timed out") || cause.to_string().contains("timeout");
        error = cause.source();
    }
    is_timeout
}

#[test]
fn a_body_that_stops() {
    let head = head(404, "content-length: 26\r\nx-request-id: r-1\r\n");
    let server =
        Server::new(vec![send(head), send(&BODY[..13]), Step::Wait(Duration::from_secs(8))]);
    for client in ALL {
        let error = ask(client, &server);
        assert!(is_timeout(&error), "{client:?}: {:?}", error.body_error());
        assert_eq!((error.status().as_u16(), error.raw_body()), (404, &BODY[..13]), "{client:?}");
        assert_eq!((error.code(), error.request_id()), (None, Some("r-1")));
    }
}

fn trickle() -> Server {
    let mut steps = vec![send(head(503, "transfer-encoding: chunked\r\n"))];
    for _ in 0..120 {
        steps.extend([send("1\r\n \r\n"), Step::Wait(Duration::from_millis(50))]);
    }
    Server::new(steps)
}

#[test]
fn a_body_that_trickles() {
    let server = trickle();
    // Blocking reqwest restarts its timeout for each read.
    for client in [Client::Reqwest, Client::Ureq] {
        let error = ask(client, &server);
        assert!(is_timeout(&error), "{client:?}: {:?}", error.body_error());
        assert!(error.raw_body().len() < 120 && error.code().is_none(), "{client:?}");
    }
}

#[test]
fn a_body_that_trickles_past_every_timeout() {
    let server = trickle();
    let reader = ResponseReader::new().max_body_time(Duration::from_millis(300));
    for client in ALL {
        let question = Question { reader, ..Question::default() };
        let error = client.ask(&server.url("/"), &question).unwrap_err();
        let cause = error.body_error().expect("reading was stopped");
        assert_eq!(cause.to_string(), "the body took longer than 300ms", "{client:?}");
        assert!((1..120).contains(&error.raw_body().len()) && error.code().is_none(), "{client:?}");
    }
}
