//! Every response is decoded to the right error, or kept completely.

use kate_end_to_end::{assert_is_row, rows};
use kate_errors::KateError;
use kate_errors::client::{ErrorResponse, ReqwestExt as _};
use reqwest::RequestBuilder;
use reqwest::header::HeaderMap;

/// Asserts that a server responds with all fifteen errors, each at its own path.
pub(crate) async fn assert_has_all_rows(url: &str) {
    let http = kate_end_to_end::http();
    assert_eq!(rows().len(), 15);
    for row in rows() {
        let request = http.get(format!("{url}/rows/{}", row.error.code().as_str()));
        let response = kate_end_to_end::refused(request, row.reader).await;
        assert_is_row(&response, &row);
    }
}

/// Sends a request twice: one response is read by the library, the other one by reqwest alone. Asserts that both have
/// the same status, headers and bytes, and returns the first.
pub(crate) async fn whole(request: RequestBuilder) -> ErrorResponse<KateError> {
    let again = request.try_clone().expect("tests send no streams");
    let response = again.send().await.expect("a response comes");
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = response.bytes().await.expect("it comes whole");

    let response = request.send().await.expect("a response comes");
    let response = response.error_for_catalog().await.expect_err("the response is an error");
    assert_eq!(response.status(), status);
    assert_eq!(response.raw_body(), &bytes[..]);
    assert!(response.is_complete() && !response.is_truncated(), "{response:?}");
    assert_eq!(without_time(response.headers()), without_time(&headers));
    response
}

/// Like [`whole`], but asserts that the response is not in the catalog.
pub(crate) async fn unknown(request: RequestBuilder) -> ErrorResponse<KateError> {
    let response = whole(request).await;
    assert_eq!(response.known(), None, "{response}");
    assert_eq!(response.code(), None, "{response}");
    assert_eq!(response.error_type(), "_OTHER", "{response}");
    response
}

fn without_time(headers: &HeaderMap) -> HeaderMap {
    let mut headers = headers.clone();
    headers.remove("date");
    // It counts the remaining seconds.
    headers.remove("retry-after");
    headers
}
