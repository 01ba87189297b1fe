//! The error type as a Rust error, and what logs show of it.

use std::error::Error;
use std::fmt::Write as _;

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use kate_errors::KateError;
use kate_errors::client::ErrorResponse;

use crate::clients::ALL;
use crate::server::{Server, answer, head, send};

/// The error is one pointer wide, also in an `Option`, so it is small in every `Result`.
const _: () = assert!(size_of::<Option<ErrorResponse<KateError>>>() == size_of::<usize>());

fn is_error<T: Error + Send + Sync + Clone + 'static>() {}

#[test]
fn it_is_an_error_as_clients_expect() {
    is_error::<ErrorResponse<KateError>>();
    let error = read(404, &[], br#"{"detail":"Run not found"}"#);
    let boxed: Box<dyn Error + Send + Sync> = error.clone().into();
    let found: &ErrorResponse<KateError> = boxed.downcast_ref().unwrap();
    assert_eq!(found.known(), Some(&KateError::RunNotFound));
    assert!(boxed.source().is_none());
}

fn read(status: u16, headers: &[(&'static str, &str)], body: &[u8]) -> ErrorResponse<KateError> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
    }
    ErrorResponse::from_parts(StatusCode::from_u16(status).unwrap(), &map, body).unwrap()
}

#[test]
fn nothing_secret_is_shown() {
    let secret = "hunter2";
    let headers = [
        ("authorization", "Bearer hunter2"),
        ("set-cookie", "session=hunter2"),
        ("location", "/?token=hunter2"),
        ("x-request-id", "r-1"),
    ];
    let bodies: [&[u8]; 4] = [
        br#"{"detail":[{"loc":["body","name"],"msg":"Field required","input":{"password":"hunter2"}}]}"#,
        br#"{"detail":"hunter2"}"#,
        br#"{"detail":"Run not found","password":"hunter2"}"#,
        b"<h1>hunter2</h1>",
    ];
    for body in bodies {
        let error = read(422, &headers, body);
        let shown = format!("{error} {error:?} {error:#?}");
        assert!(!shown.contains(secret), "{shown}");
        assert!(shown.contains("set-cookie") && shown.contains("r-1"), "{shown}");
        assert!(error.headers()["set-cookie"].to_str().unwrap().contains(secret));
        assert_eq!(error.raw_body(), body);
    }
}

#[test]
fn nothing_disturbs_a_terminal() {
    let headers =
        [("x-request-id", "a\tb"), ("content-encoding", "\"];--"), ("x-error-code", "no\tsuch")];
    let bodies: [&[u8]; 3] =
        [b"\x1B[31m", b"{\"detail\":\"\\u001b[31m\\u202e\\n\"}", b"\xFF\x00\x9B"];
    for body in bodies {
        let shown = read(500, &headers, body).to_string();
        assert!(!shown.contains(|c: char| c.is_control() || c == '\u{202E}'), "{shown}");
    }
}

#[test]
fn addresses_stay_out_of_errors() {
    let server = Server::new(vec![send(head(404, "content-length: 9\r\n")), send("{")]);
    for client in ALL {
        let error = client.error(&server.url("/?token=hunter2"));
        let mut shown = format!("{error} {error:?}");
        let mut cause = error.source();
        assert!(cause.is_some(), "{client:?}");
        while let Some(error) = cause {
            write!(shown, " {error} {error:?}").unwrap();
            cause = error.source();
        }
        assert!(!shown.contains("hunter2"), "{client:?}: {shown}");
    }
}

#[test]
fn what_ureq_throws_away_is_not_invented() {
    let server = Server::new(answer(404, "x-request-id: r-1\r\n", r#"{"detail":"Run not found"}"#));
    let agent = ureq::Agent::config_builder().proxy(None).build().new_agent();
    let error = agent.get(server.url("/")).call().unwrap_err();
    let error = ErrorResponse::<KateError>::from_ureq_error(error).unwrap();
    assert_eq!((error.status().as_u16(), error.code(), error.request_id()), (404, None, None));
    assert_eq!(error.to_string(), "404: the body is cut off; 0 bytes of it came");
    assert!(
        error.source().unwrap().to_string().starts_with("ureq discarded the headers and the body")
    );
    let other = ureq::Error::HostNotFound;
    assert!(matches!(
        ErrorResponse::<KateError>::from_ureq_error(other),
        Err(ureq::Error::HostNotFound)
    ));
}
