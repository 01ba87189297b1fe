//! Bodies over the limit: no more is kept than the limit, and no more is read than arrives together with that.

use http::{HeaderMap, StatusCode};
use kate_errors::client::ResponseReader;
use kate_errors::{KateError, KateErrorCode, UnknownReason};

use crate::clients::{ALL, Question};
use crate::server::{Server, Step, answer, head, send};

const LIMIT: usize = 64 * 1024;

/// More bytes than the socket buffers of a connection hold.
const BUFFERED: usize = 48 * 1024 * 1024;

#[test]
fn ten_megabytes() {
    let page = "x".repeat(10_000_000);
    let server = Server::new(answer(502, "", page));
    for client in ALL {
        let error = client.error(&server.url("/"));
        assert!(error.is_truncated() && !error.is_complete(), "{client:?}");
        assert_eq!(error.raw_body().len(), LIMIT);
        assert_eq!(error.body_length(), Some(10_000_000));
        let reason = UnknownReason::TooLarge { length: 10_000_000 };
        assert_eq!(error.received().unknown().unwrap().reason(), reason);
        assert_eq!(
            error.to_string(),
            "502: the body has 10000000 bytes, and at most 65536 are read; 65536 are kept"
        );
    }
}

#[test]
fn one_byte_over_the_limit() {
    let reader = ResponseReader::<KateError>::new();
    for (length, reason) in
        [(LIMIT, UnknownReason::Empty), (LIMIT + 1, UnknownReason::TooLarge { length: LIMIT + 1 })]
    {
        let error = reader.read(StatusCode::BAD_GATEWAY, &HeaderMap::new(), vec![b' '; length]);
        assert_eq!(error.unwrap().received().unknown().unwrap().reason(), reason);
    }
}

#[test]
fn a_gigabyte_stays_with_the_server() {
    let piece = vec![b'x'; LIMIT];
    let with_length = vec![
        send(head(502, "content-length: 1073741824\r\n")),
        Step::Repeat(piece.clone(), 16 * 1024),
    ];
    let chunk = [b"10000\r\n", piece.as_slice(), b"\r\n"].concat();
    let chunked =
        vec![send(head(502, "transfer-encoding: chunked\r\n")), Step::Repeat(chunk, 16 * 1024)];
    for (steps, length) in [(with_length, Some(1 << 30)), (chunked, None)] {
        for client in ALL {
            let server = Server::new(steps.clone());
            let error = client.error(&server.url("/"));
            assert!(error.is_truncated(), "{client:?}");
            assert_eq!((error.raw_body().len(), error.body_length()), (LIMIT, length));
            assert!(error.received().unknown().is_some());
            assert!(server.written() < BUFFERED, "{client:?} took {}", server.written());
        }
    }
}

/// An error followed by white space, which JSON allows: only the length makes a difference.
fn padded(length: usize) -> Vec<u8> {
    let mut body = br#"{"detail":"Run not found"}"#.to_vec();
    body.resize(length, b' ');
    body
}

#[test]
fn the_limit_is_exact() {
    for (length, is_known) in [(LIMIT - 1, true), (LIMIT, true), (LIMIT + 1, false)] {
        let server = Server::new(answer(404, "", padded(length)));
        for client in ALL {
            let error = client.error(&server.url("/"));
            assert_eq!(error.code().is_some(), is_known, "{client:?} {length}");
            assert_eq!(error.is_truncated(), !is_known, "{client:?} {length}");
            assert_eq!(error.raw_body().len(), length.min(LIMIT));
        }
    }
}

#[test]
fn limits_can_be_changed() {
    let server = Server::new(answer(404, "", padded(2_000_000)));
    for (limit, kept) in [(0, 0), (26, 26), (100_000, 100_000), (usize::MAX, 1024 * 1024)] {
        let reader = ResponseReader::new().body_limit(limit);
        for client in ALL {
            let question = Question { reader, ..Question::default() };
            let error = client.ask(&server.url("/"), &question).unwrap_err();
            assert_eq!(error.raw_body().len(), kept, "{client:?}");
            assert!(error.is_truncated() && error.code().is_none(), "{client:?}");
        }
    }
    let server = Server::new(answer(404, "", r#"{"detail":"Run not found"}"#));
    let question = Question { reader: ResponseReader::new().body_limit(26), ..Question::default() };
    for client in ALL {
        let error = client.ask(&server.url("/"), &question).unwrap_err();
        assert_eq!(error.code(), Some(KateErrorCode::RunNotFound));
    }
}
