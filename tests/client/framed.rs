//! Bodies with wrong framing: invalid chunks, and lengths that differ from that of the body.

use kate_errors::{KateErrorCode, UnknownReason};

use crate::clients::ALL;
use crate::server::{Server, answer, head, send};

const BODY: &[u8] = br#"{"detail":"Run not found"}"#;

#[test]
fn a_chunk_that_is_none() {
    let first = [b"10\r\n", &BODY[..16], b"\r\n"].concat();
    let size = b"zz\r\n".to_vec();
    let negative = b"-1\r\n".to_vec();
    let huge = b"ffffffffffffffffff\r\n".to_vec();
    let longer = [b"9\r\n", &BODY[16..], b"\r\n0\r\n\r\n"].concat();
    let page = b"<html>the proxy has lost its server</html>".to_vec();
    for wrong in [size, negative, huge, longer, page] {
        let head = send(head(404, "transfer-encoding: chunked\r\nx-request-id: r-1\r\n"));
        let server = Server::new(vec![head, send([first.clone(), wrong.clone()].concat())]);
        let wrong = String::from_utf8_lossy(&wrong).into_owned();
        for client in ALL {
            let error = client.error(&server.url("/"));
            assert!(!error.is_complete() && !error.is_truncated(), "{client:?} {wrong}: {error:?}");
            assert!(error.body_error().is_some(), "{client:?} {wrong}");
            // ureq returns nothing of a chunk that ends with a mistake.
            assert!(BODY.starts_with(error.raw_body()), "{client:?} {wrong}: {error:?}");
            assert_eq!((error.code(), error.known(), error.detail()), (None, None, None));
            assert_eq!(error.received().unknown().unwrap().reason(), UnknownReason::Truncated);
            assert_eq!((error.status().as_u16(), error.request_id()), (404, Some("r-1")));
        }
    }
}

#[test]
fn a_length_that_is_too_short() {
    for count in [0, 1, 13, 25] {
        let head = send(head(404, &format!("content-length: {count}\r\n")));
        let server = Server::new(vec![head, send(BODY)]);
        for client in ALL {
            let error = client.error(&server.url("/"));
            // Bytes after the announced length are not part of the body.
            assert_eq!(error.raw_body(), &BODY[..count], "{client:?}");
            assert!(error.is_complete(), "{client:?} {count}");
            assert_eq!(error.code(), None, "{client:?} {count}");
        }
    }
    // A complete error, followed by bytes that the length does not count.
    let head = send(head(404, "content-length: 26\r\n"));
    let server = Server::new(vec![head, send(BODY), send(" and more")]);
    for client in ALL {
        let error = client.error(&server.url("/"));
        assert_eq!((error.code(), error.raw_body()), (Some(KateErrorCode::RunNotFound), BODY));
    }
}

#[test]
fn chunks_with_all_that_they_may_have() {
    let chunks = [
        b"0010;name=\"value\"\r\n",
        &BODY[..16],
        b"\r\na\r\n",
        &BODY[16..],
        b"\r\n0\r\nx-trailer: 1\r\n\r\n",
    ];
    let head = send(head(404, "transfer-encoding: chunked\r\ntrailer: x-trailer\r\n"));
    let server = Server::new(vec![head, send(chunks.concat())]);
    for client in ALL {
        let error = client.error(&server.url("/"));
        assert_eq!(error.code(), Some(KateErrorCode::RunNotFound), "{client:?}: {error:?}");
        assert!(error.is_complete(), "{client:?}");
    }
}

#[test]
fn no_body_at_all() {
    for status in [400, 404, 408, 429, 500, 503] {
        let server = Server::new(answer(status, "", ""));
        for client in ALL {
            let error = client.error(&server.url("/"));
            assert_eq!((error.code(), error.raw_body()), (None, &b""[..]), "{client:?}");
            assert!(error.is_complete(), "{client:?}");
            assert_eq!(error.received().unknown().unwrap().reason(), UnknownReason::Empty);
            assert_eq!(error.to_string(), format!("{status}: the body is empty"));
        }
    }
}

#[test]
fn several_responses_before_the_answer_are_passed_over() {
    let before = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n\
         HTTP/1.1 103 Early Hints\r\nx-error-code: token_expired\r\n\r\n";
    let mut steps = vec![send(before)];
    steps.extend(answer(404, "", BODY));
    let server = Server::new(steps);
    for client in ALL {
        let error = client.error(&server.url("/"));
        assert_eq!(error.code(), Some(KateErrorCode::RunNotFound), "{client:?}");
        assert_eq!(error.headers().get("x-error-code"), None);
    }
}
