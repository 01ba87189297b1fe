//! FastAPI, on uvicorn.

use kate_errors::{KateError, Note};
use reqwest::Method;

use crate::application::Application;
use crate::whole::{assert_has_all_rows, unknown, whole};

const FASTAPI: Application = Application("KATE_FASTAPI");

#[tokio::test]
#[ignore = "needs servers: `cargo xtask interop`"]
async fn fastapi_rows_arrive_as_typed_values() {
    assert_has_all_rows(&FASTAPI.url()).await;
}

#[tokio::test]
#[ignore = "needs servers: `cargo xtask interop`"]
async fn fastapi_validation_is_read() {
    let paths = |response: &kate_errors::client::ErrorResponse<KateError>| -> Vec<String> {
        response.fields().iter().map(kate_errors::FieldError::path).collect()
    };
    let response = unknown(FASTAPI.item(r#"{"price":-1,"password":"hunter2"}"#)).await;
    assert_eq!(response.status(), 422);
    assert_eq!(paths(&response), ["body.name", "body.price"]);
    // FastAPI repeats the whole input, secrets included. Logs must not.
    assert!(String::from_utf8_lossy(response.raw_body()).contains("hunter2"));
    assert!(!format!("{response} {response:?}").contains("hunter2"));

    let response = unknown(FASTAPI.item("{")).await;
    assert_eq!(response.status(), 422);
    assert_eq!(paths(&response), ["body[1]"]);

    let response = unknown(FASTAPI.request(Method::GET, "/items/seven")).await;
    assert_eq!(paths(&response), ["path.item"]);
}

#[tokio::test]
#[ignore = "needs servers: `cargo xtask interop`"]
async fn fastapi_own_errors_are_kept_whole() {
    let response = unknown(FASTAPI.request(Method::GET, "/nowhere")).await;
    assert_eq!(
        (response.status().as_u16(), response.raw_body()),
        (404, &br#"{"detail":"Not Found"}"#[..])
    );

    let response = unknown(FASTAPI.request(Method::PUT, "/items")).await;
    assert_eq!(response.status(), 405);
    assert_eq!(response.headers()["allow"], "POST");

    let response = unknown(FASTAPI.request(Method::GET, "/crash")).await;
    assert_eq!(
        (response.status().as_u16(), response.raw_body()),
        (500, &b"Internal Server Error"[..])
    );

    for (kind, body) in [
        ("none", r#"{"detail":"Conflict"}"#),
        ("empty", r#"{"detail":""}"#),
        ("number", r#"{"detail":7}"#),
        ("list", r#"{"detail":["a","b"]}"#),
        ("object", r#"{"detail":{"code":"E7","message":"no"}}"#),
        ("letters", "{\"detail\":\"Läuft nicht: 走らない \u{2028} \\u001b[31m\"}"),
    ] {
        let response = unknown(FASTAPI.request(Method::GET, &format!("/details/{kind}"))).await;
        assert_eq!(response.raw_body(), body.as_bytes(), "{kind}");
        assert!(!response.to_string().contains('\u{1b}'), "{kind}");
    }
}

#[tokio::test]
#[ignore = "needs servers: `cargo xtask interop`"]
async fn fastapi_sentence_under_another_status_is_known_and_told() {
    let response = whole(FASTAPI.request(Method::GET, "/moved/run_not_found")).await;
    assert_eq!(response.known(), Some(&KateError::RunNotFound));
    assert_eq!(response.notes(), [Note::StatusDiffers { expected: 404, received: 410 }]);
}

/// FastAPI does not support HEAD on GET routes: the response is an error without a body.
#[tokio::test]
#[ignore = "needs servers: `cargo xtask interop`"]
async fn fastapi_answer_to_head_has_no_body() {
    let response = whole(FASTAPI.request(Method::HEAD, "/rows/run_not_found")).await;
    assert_eq!(response.status(), 405);
    assert_eq!(response.raw_body(), b"");
    assert_eq!(response.known(), None);
}
