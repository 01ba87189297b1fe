//! Connections that are cut in the middle of an error's body.

use kate_errors::client::RetryAdvice;
use kate_errors::{KateErrorCode, UnknownReason};

use crate::clients::ALL;
use crate::server::{Server, Step, head, send};

const BODY: &[u8] = br#"{"detail":"Run not found"}"#;

#[test]
fn what_came_is_kept_and_never_taken_for_an_error() {
    for count in 0..=BODY.len() {
        let head = head(404, "content-length: 26\r\nx-request-id: r-1\r\n");
        let server = Server::new(vec![send(head), send(&BODY[..count])]);
        for client in ALL {
            let error = client.error(&server.url("/"));
            assert_eq!(error.status(), 404);
            assert_eq!(error.request_id(), Some("r-1"));
            assert_eq!(error.raw_body(), &BODY[..count], "{client:?}");
            assert_eq!(error.body_length(), Some(26));
            let is_whole = count == BODY.len();
            assert_eq!(error.is_complete(), is_whole, "{client:?} after {count}");
            assert_eq!(error.body_error().is_none(), is_whole);
            assert!(!error.is_truncated());
            let expected = is_whole.then_some(KateErrorCode::RunNotFound);
            assert_eq!(error.code(), expected, "{client:?} after {count}");
            if !is_whole {
                assert_eq!(error.received().unknown().unwrap().reason(), UnknownReason::Truncated);
                assert_eq!(error.detail(), None);
                let shown =
                    format!("404: the body is cut off; {count} of its 26 bytes came (request r-1)");
                assert_eq!(error.to_string(), shown);
            }
        }
    }
}

#[test]
fn a_reset_is_an_error_too() {
    for count in [0, 1, 13, 25] {
        let head = send(head(503, "content-length: 26\r\nretry-after: 3\r\n"));
        // A pause, so that the data arrives before the reset.
        let pause = Step::Wait(std::time::Duration::from_millis(200));
        let server = Server::new(vec![head, send(&BODY[..count]), pause, Step::Reset]);
        for client in ALL {
            let error = client.error(&server.url("/"));
            assert_eq!((error.known(), error.raw_body()), (None, &BODY[..count]), "{client:?}");
            assert!(error.body_error().is_some(), "{client:?}");
            assert_eq!(error.retry(), RetryAdvice::IfIdempotent);
            assert_eq!(error.retry_after().unwrap().as_secs(), 3);
        }
    }
}

#[test]
fn a_beginning_that_looks_whole_is_no_error() {
    // The server has announced one more byte, so the body is incomplete, whatever the rest would have been.
    let server = Server::new(vec![send(head(404, "content-length: 27\r\n")), send(BODY)]);
    for client in ALL {
        let error = client.error(&server.url("/"));
        assert_eq!((error.code(), error.raw_body()), (None, BODY), "{client:?}");
        assert_eq!((error.known(), error.detail()), (None, None));
        assert!(error.body_error().is_some());
    }
}

#[test]
fn chunks_are_cut_at_every_byte() {
    let chunks = [b"10\r\n", &BODY[..16], b"\r\nA\r\n", &BODY[16..], b"\r\n0\r\n\r\n"].concat();
    for count in 0..=chunks.len() {
        let head = send(head(404, "transfer-encoding: chunked\r\n"));
        let server = Server::new(vec![head, send(&chunks[..count])]);
        for client in ALL {
            let error = client.error(&server.url("/"));
            assert!(BODY.starts_with(error.raw_body()), "{client:?} after {count}: {error:?}");
            if error.is_complete() {
                // Some clients accept `0` and a line break as the end.
                assert!(count >= chunks.len() - 2, "{client:?} after {count}");
                assert_eq!(
                    (error.code(), error.raw_body()),
                    (Some(KateErrorCode::RunNotFound), BODY)
                );
            } else {
                assert!(count < chunks.len(), "{client:?}");
                assert_eq!((error.code(), error.body_length()), (None, None));
                assert!(error.body_error().is_some());
            }
        }
    }
}

#[test]
fn without_a_length_the_end_is_the_end() {
    for (head, name) in [
        ("HTTP/1.0 404 Not Found\r\n\r\n", "HTTP/1.0"),
        ("HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n", "HTTP/1.1"),
    ] {
        let whole = Server::new(vec![send(head), send(BODY)]);
        let cut = Server::new(vec![send(head), send(&BODY[..20])]);
        for client in ALL {
            let error = client.error(&whole.url("/"));
            assert_eq!(error.code(), Some(KateErrorCode::RunNotFound), "{client:?} {name}");
            // The framing does not show that the body is cut, but it is incomplete JSON.
            let error = client.error(&cut.url("/"));
            assert!(error.is_complete(), "{client:?} {name}");
            assert_eq!((error.code(), error.raw_body()), (None, &BODY[..20]));
            assert_eq!(error.to_string(), "404: the body is cut off");
        }
    }
}

#[test]
fn pieces_are_put_together() {
    let mut steps = vec![send(head(404, "content-length: 26\r\n"))];
    for byte in BODY {
        steps.push(send([*byte]));
        steps.push(Step::Wait(std::time::Duration::from_millis(1)));
    }
    let server = Server::new(steps);
    for client in ALL {
        assert_eq!(client.error(&server.url("/")).code(), Some(KateErrorCode::RunNotFound));
    }
}

#[test]
fn a_header_says_what_the_body_does_not() {
    let head = head(404, "content-length: 26\r\nx-error-code: run_not_found\r\n");
    let server = Server::new(vec![send(head), send(&BODY[..9])]);
    for client in ALL {
        let error = client.error(&server.url("/"));
        assert_eq!((error.code(), error.known()), (Some(KateErrorCode::RunNotFound), None));
        assert!(!error.is_complete(), "{client:?}");
    }
    // The code in the header is ignored if the status is not that of the error.
    let head = self::head(502, "x-error-code: run_not_found\r\n");
    let server = Server::new(vec![send(head), send("<html>")]);
    for client in ALL {
        assert_eq!(client.error(&server.url("/")).code(), None, "{client:?}");
    }
}
