//! Redirects.

use kate_errors::KateErrorCode;

use crate::clients::{ALL, Question};
use crate::server::{Server, answer};

fn server() -> Server {
    Server::with(|_, request| {
        if request.starts_with("GET /old ") {
            let body = r#"{"detail":"Token expired"}"#;
            return answer(302, "location: /new\r\nretry-after: 1\r\n", body);
        }
        answer(404, "", r#"{"detail":"Run not found"}"#)
    })
}

#[test]
fn the_error_is_that_of_the_last_response() {
    let server = server();
    for client in ALL {
        let error = client.error(&server.url("/old"));
        assert_eq!(error.code(), Some(KateErrorCode::RunNotFound), "{client:?}");
    }
}

#[test]
fn a_redirection_that_is_not_followed_is_no_error() {
    let server = server();
    let question = Question { follows: false, ..Question::default() };
    for client in ALL {
        let (status, body) = client.ask(&server.url("/old"), &question).unwrap();
        assert_eq!((status, body.as_slice()), (302, &br#"{"detail":"Token expired"}"#[..]));
    }
}
