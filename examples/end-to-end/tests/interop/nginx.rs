//! nginx between the client and FastAPI.

use kate_errors::KateError;
use kate_errors::client::RetryAdvice;
use reqwest::{Method, RequestBuilder};

use crate::url;
use crate::whole::{assert_has_all_rows, unknown, whole};

/// Returns the address of nginx, or `None` if it is not available, which the task has reported.
fn nginx() -> Option<String> {
    url("KATE_NGINX")
}

fn request(method: Method, url: &str, path: &str) -> RequestBuilder {
    kate_end_to_end::http().request(method, format!("{url}{path}"))
}

#[tokio::test]
#[ignore = "needs servers: `cargo xtask interop`"]
async fn nginx_hands_rows_on() {
    let Some(url) = nginx() else { return };
    assert_has_all_rows(&format!("{url}/plain")).await;
}

#[tokio::test]
#[ignore = "needs servers: `cargo xtask interop`"]
async fn nginx_pages_are_kept_whole() {
    let Some(url) = nginx() else { return };
    let large = request(Method::POST, &url, "/small/items").body(vec![b'x'; 2000]);
    for (request, status, advice) in [
        (request(Method::GET, &url, "/nowhere"), 404, RetryAdvice::No),
        (request(Method::GET, &url, "/dead/items"), 502, RetryAdvice::IfIdempotent),
        (request(Method::GET, &url, "/slow/"), 504, RetryAdvice::IfIdempotent),
        (large, 413, RetryAdvice::No),
    ] {
        let response = unknown(request).await;
        assert_eq!(response.status(), status);
        assert_eq!(response.retry(), advice, "{status}");
        assert_eq!(response.headers()["content-type"], "text/html");
        assert!(response.raw_body().starts_with(b"<html>"), "{response}");
        assert!(!response.to_string().contains("<html>"), "{response}");
    }
}

#[tokio::test]
#[ignore = "needs servers: `cargo xtask interop`"]
async fn nginx_page_in_place_of_a_row_is_no_row() {
    let Some(url) = nginx() else { return };
    for row in kate_end_to_end::rows() {
        let path = format!("/intercepted/rows/{}", row.error.code().as_str());
        let response = unknown(request(Method::GET, &url, &path)).await;
        assert_eq!(response.status(), row.error.status());
        assert_eq!(response.raw_body(), b"<!doctype html><title>Sorry</title>\n");
    }
}

#[tokio::test]
#[ignore = "needs servers: `cargo xtask interop`"]
async fn nginx_limit_is_safe_to_try_again() {
    let Some(url) = nginx() else { return };
    let busy = || request(Method::GET, &url, "/busy/rows/run_not_found");
    // Only the first request of a minute reaches the server.
    let first = busy().send().await.expect("a response comes");
    assert_eq!(first.status(), 404);
    let response = unknown(busy()).await;
    assert_eq!(response.status(), 429);
    assert_eq!((response.retry(), response.retry_after()), (RetryAdvice::Safe, None));
}

/// nginx does not change a proxied 404. Its own 404 is an HTML page.
#[tokio::test]
#[ignore = "needs servers: `cargo xtask interop`"]
async fn nginx_adds_headers_and_no_bytes() {
    let Some(url) = nginx() else { return };
    let response = whole(request(Method::GET, &url, "/plain/rows/token_expired")).await;
    assert_eq!(response.known(), Some(&KateError::TokenExpired));
    assert_eq!(response.headers()["www-authenticate"], "Bearer realm=\"kate\"");
}
