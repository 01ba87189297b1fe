//! Compressed bodies, for clients that decompress and for clients that do not.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use kate_errors::KateErrorCode;

use crate::clients::{ALL, Client, Question};
use crate::server::{Server, answer, head, send};

const BODY: &[u8] = br#"{"detail":"Run not found"}"#;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_client_that_decompresses() {
    let server = Server::new(answer(404, "content-encoding: gzip\r\n", gzip(BODY)));
    for client in ALL {
        let error = client.error(&server.url("/"));
        assert_eq!(error.code(), Some(KateErrorCode::RunNotFound), "{client:?}: {error}");
        assert_eq!((error.raw_body(), error.remaining_encoding()), (BODY, None));
    }
}

#[test]
fn a_client_that_does_not() {
    let packed = gzip(BODY);
    let server = Server::new(answer(404, "content-encoding: gzip\r\n", &packed));
    let question = Question { gzip: false, ..Question::default() };
    for client in [Client::Reqwest, Client::ReqwestBlocking] {
        let error = client.ask(&server.url("/"), &question).unwrap_err();
        assert_eq!((error.code(), error.raw_body()), (None, &packed[..]), "{client:?}");
        assert_eq!(error.remaining_encoding(), Some("gzip"));
        let shown =
            "404: the body is not UTF-8, see byte 1; the client did not decompress it (gzip)";
        assert_eq!(error.to_string(), shown);
    }
    // None of the clients has the feature for Brotli. The bytes are a complete stream.
    let brotli = [b"\x0F\x0C\x80", BODY, b"\x03"].concat();
    let server = Server::new(answer(404, "content-encoding: br\r\n", &brotli));
    for client in ALL {
        let error = client.error(&server.url("/"));
        assert_eq!((error.code(), error.raw_body()), (None, &brotli[..]), "{client:?}");
        assert_eq!(error.remaining_encoding(), Some("br"));
    }
}

#[test]
fn a_body_that_grows_when_it_is_unpacked() {
    let bomb = gzip(&vec![b' '; 50_000_000]);
    assert!(bomb.len() < 64 * 1024);
    let server = Server::new(answer(502, "content-encoding: gzip\r\n", bomb));
    for client in ALL {
        let error = client.error(&server.url("/"));
        assert!(error.is_truncated(), "{client:?}");
        assert_eq!(error.raw_body().len(), 64 * 1024);
        // The header has the compressed length.
        assert_eq!(error.body_length(), None, "{client:?}");
    }
}

#[test]
fn a_stream_that_is_cut() {
    let packed = gzip(BODY);
    for count in 0..packed.len() {
        let head = format!("content-encoding: gzip\r\ncontent-length: {}\r\n", packed.len());
        let server = Server::new(vec![send(self::head(404, &head)), send(&packed[..count])]);
        for client in ALL {
            let error = client.error(&server.url("/"));
            assert_eq!(error.code(), None, "{client:?} after {count}");
            assert!(!error.is_complete(), "{client:?} after {count}: {error:?}");
            assert!(BODY.starts_with(error.raw_body()), "{client:?} after {count}");
        }
    }
}

#[test]
fn a_stream_that_is_wrong() {
    let mut packed = gzip(BODY);
    let last = packed.len() - 6;
    packed[last] ^= 0xFF; // a byte of the checksum
    let server = Server::new(answer(404, "content-encoding: gzip\r\n", packed));
    for client in ALL {
        let error = client.error(&server.url("/"));
        assert_eq!(error.code(), None, "{client:?}: {error:?}");
        assert!(error.body_error().is_some(), "{client:?}");
    }
}

/// A body longer than the limit, which compression does not make shorter.
#[test]
fn ten_megabytes_that_are_packed() {
    let mut state = 1_u32;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    })
    .take(10_000_000)
    .collect();
    let server = Server::new(answer(502, "content-encoding: gzip\r\n", gzip(&noise)));
    for client in ALL {
        let error = client.error(&server.url("/"));
        assert!(error.is_truncated(), "{client:?}");
        assert_eq!((error.raw_body(), error.code()), (&noise[..64 * 1024], None), "{client:?}");
    }
    let question = Question { gzip: false, ..Question::default() };
    for client in [Client::Reqwest, Client::ReqwestBlocking] {
        let error = client.ask(&server.url("/"), &question).unwrap_err();
        assert!(error.is_truncated(), "{client:?}");
        assert_eq!((error.raw_body().len(), error.remaining_encoding()), (64 * 1024, Some("gzip")));
    }
}

#[test]
fn a_stream_in_chunks() {
    let packed = gzip(BODY);
    let (first, second) = packed.split_at(12);
    let size = |part: &[u8]| format!("{:x}\r\n", part.len()).into_bytes();
    let chunks = [&size(first), first, b"\r\n", &size(second), second, b"\r\n0\r\n\r\n"].concat();
    let head = head(404, "content-encoding: gzip\r\ntransfer-encoding: chunked\r\n");
    let server = Server::new(vec![send(head), send(chunks)]);
    for client in ALL {
        let error = client.error(&server.url("/"));
        assert_eq!((error.code(), error.raw_body()), (Some(KateErrorCode::RunNotFound), BODY));
        assert_eq!(error.remaining_encoding(), None, "{client:?}");
    }
}
