//! Django REST framework.

use std::time::Duration;

use kate_errors::client::RetryAdvice;
use reqwest::Method;

use crate::application::Application;
use crate::whole::{assert_has_all_rows, unknown};

const DJANGO: Application = Application("KATE_DJANGO");

#[tokio::test]
#[ignore = "needs servers: `cargo xtask interop`"]
async fn django_rows_arrive_as_typed_values() {
    assert_has_all_rows(&DJANGO.url()).await;
}

#[tokio::test]
#[ignore = "needs servers: `cargo xtask interop`"]
async fn django_own_errors_are_kept_whole() {
    let cases = [
        (
            DJANGO.item("{}"),
            400,
            r#"{"name":["This field is required."],"price":["This field is required."]}"#,
        ),
        (
            DJANGO.item("{"),
            400,
            "{\"detail\":\"JSON parse error - Expecting property name enclosed in double quotes: \
             line 1 column 2 (char 1)\"}",
        ),
        (DJANGO.request(Method::PUT, "/items"), 405, r#"{"detail":"Method \"PUT\" not allowed."}"#),
        (
            DJANGO.request(Method::POST, "/items").header("content-type", "text/plain").body("x"),
            415,
            r#"{"detail":"Unsupported media type \"text/plain\" in request."}"#,
        ),
        (
            DJANGO.request(Method::GET, "/locked"),
            401,
            r#"{"detail":"Authentication credentials were not provided."}"#,
        ),
        (DJANGO.request(Method::GET, "/raised/text"), 400, r#"["plain message"]"#),
        (DJANGO.request(Method::GET, "/raised/object"), 500, r#"{"code":"E7"}"#),
        (DJANGO.request(Method::GET, "/raised/list"), 403, r#"["a","b"]"#),
        (DJANGO.request(Method::GET, "/raised/missing"), 404, r#"{"detail":"Not found."}"#),
    ];
    for (request, status, body) in cases {
        let response = unknown(request).await;
        assert_eq!(response.status(), status, "{body}");
        assert_eq!(String::from_utf8_lossy(response.raw_body()), body);
    }
    let response = unknown(DJANGO.request(Method::PUT, "/items")).await;
    assert_eq!(response.headers()["allow"], "POST, OPTIONS");
}

#[tokio::test]
#[ignore = "needs servers: `cargo xtask interop`"]
async fn django_pages_are_kept_whole() {
    for (path, status) in [("/nowhere", 404), ("/raised/crash", 500)] {
        let response = unknown(DJANGO.request(Method::GET, path)).await;
        assert_eq!(response.status(), status);
        assert!(response.raw_body().starts_with(b"\n<!doctype html>"), "{path}: {response}");
        assert!(!response.to_string().contains("html>"), "{response}");
    }
}

#[tokio::test]
#[ignore = "needs servers: `cargo xtask interop`"]
async fn django_throttling_says_when_to_come_back() {
    let response = unknown(DJANGO.request(Method::GET, "/raised/waiting")).await;
    assert_eq!(response.status(), 429);
    assert_eq!(response.retry(), RetryAdvice::Safe);
    assert_eq!(response.retry_after(), Some(Duration::from_secs(18)));

    // A real throttle: one request an hour.
    let first = DJANGO.request(Method::GET, "/throttled").send().await.expect("a response comes");
    assert_eq!(first.status(), 200);
    let response = unknown(DJANGO.request(Method::GET, "/throttled")).await;
    assert_eq!(response.status(), 429);
    let wait = response.retry_after().expect("it says so");
    assert!((3000..=3600).contains(&wait.as_secs()), "{wait:?}");
}
