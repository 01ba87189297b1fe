//! Responses of every kind: without a body, without an error, and bodies that are not text.

use kate_errors::client::{ErrorResponse, RetryAdvice};
use kate_errors::{KateError, KateErrorCode, QueryError, UnknownReason};

use crate::clients::{ALL, Question};
use crate::server::{Server, answer, head, send};

const BODY: &[u8] = br#"{"detail":"Run not found"}"#;

#[test]
fn a_success_is_handed_on_untouched() {
    for status in [200, 201, 299] {
        let server = Server::new(answer(status, "", BODY));
        for client in ALL {
            assert_eq!(
                client.get(&server.url("/")).unwrap(),
                (status, BODY.to_vec()),
                "{client:?}"
            );
        }
    }
}

#[test]
fn neither_204_nor_304_is_an_error() {
    for status in [204, 304] {
        let server = Server::new(vec![send(head(status, "x-error-code: run_not_found\r\n"))]);
        for client in ALL {
            assert_eq!(client.get(&server.url("/")).unwrap(), (status, Vec::new()), "{client:?}");
        }
    }
}

#[test]
fn the_answer_to_head_has_no_body() {
    let question = Question { is_head: true, ..Question::default() };
    let steps = vec![send(head(404, "content-length: 26\r\n"))];
    let server = Server::new(steps);
    for client in ALL {
        let error = client.ask(&server.url("/"), &question).unwrap_err();
        assert!(error.is_complete(), "{client:?}: {error:?}");
        assert_eq!((error.code(), error.raw_body()), (None, &b""[..]));
        assert_eq!(error.to_string(), "404: the body is empty");
    }
    let server =
        Server::new(vec![send(head(404, "content-length: 26\r\nx-error-code: run_not_found\r\n"))]);
    for client in ALL {
        let error = client.ask(&server.url("/"), &question).unwrap_err();
        assert_eq!(error.code(), Some(KateErrorCode::RunNotFound), "{client:?}");
        assert_eq!((error.known(), error.error_type()), (None, "run_not_found"));
        assert_eq!(error.fix().unwrap(), "Check the run ID");
    }
}

#[test]
fn what_comes_before_the_answer_is_passed_over() {
    let hints = "HTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\n";
    let mut steps = vec![send(hints)];
    steps.extend(answer(404, "", BODY));
    let server = Server::new(steps);
    for client in ALL {
        assert_eq!(
            client.error(&server.url("/")).code(),
            Some(KateErrorCode::RunNotFound),
            "{client:?}"
        );
    }
}

#[test]
fn bodies_that_are_no_text() {
    let body = b"{\"detail\":\"Run not f\xFFund\"}";
    let server = Server::new(answer(404, "content-type: text/html; charset=iso-8859-1\r\n", body));
    for client in ALL {
        let error = client.error(&server.url("/"));
        assert_eq!(error.raw_body(), body, "{client:?}");
        assert_eq!(
            error.received().unknown().unwrap().reason(),
            UnknownReason::InvalidUtf8 { at: 20 }
        );
        assert_eq!(error.detail(), None);
    }
}

#[test]
fn odd_statuses() {
    for (status, advice) in
        [(599, RetryAdvice::IfIdempotent), (499, RetryAdvice::No), (999, RetryAdvice::IfIdempotent)]
    {
        let server = Server::new(answer(status, "", "{}"));
        for client in ALL {
            let error = client.error(&server.url("/"));
            assert_eq!((error.status().as_u16(), error.retry()), (status, advice), "{client:?}");
        }
    }
}

#[test]
fn the_header_and_the_operation_tell_homonyms_apart() {
    let body = br#"{"detail":"Insufficient token balance"}"#;
    let plain = Server::new(answer(402, "", body));
    let header = "x-error-code: query_insufficient_token_balance\r\n";
    let named = Server::new(answer(402, header, body));
    let reader = ErrorResponse::reader().operation::<QueryError>();
    for client in ALL {
        let code = |error: ErrorResponse<KateError>| error.code().unwrap();
        let base = client.error(&plain.url("/"));
        assert_eq!(base.received().alternatives().len(), 1);
        assert_eq!(code(base), KateErrorCode::SubscriptionInsufficientTokenBalance);
        let of_header = client.error(&named.url("/"));
        assert_eq!(code(of_header), KateErrorCode::QueryInsufficientTokenBalance);
        let question = Question { reader, ..Question::default() };
        let of_operation = client.ask(&plain.url("/"), &question).unwrap_err();
        assert_eq!(code(of_operation), KateErrorCode::QueryInsufficientTokenBalance);
    }
}
