//! Retrying: the advice, and third-party retry layers that follow it.

use std::time::Duration;

use http::{HeaderMap, HeaderValue, Method, StatusCode};
use kate_errors::client::{ErrorResponse, ResponseReader, RetryAdvice};
use kate_errors::{CatalogError, KateError, KateErrorCode, Retry};
use reqwest_retry::RetryTransientMiddleware;
use reqwest_retry::policies::ExponentialBackoff;

use crate::examples::{CatalogStrategy, Failure, artifacts};
use crate::server::{Server, answer};

/// Errors whose `retry` differs from the advice for their status.
#[kate_errors::catalog("tests/catalogs/retries.yaml")]
pub enum RetriesError {}

/// An error without a code has other advice than its status.
#[kate_errors::catalog("tests/catalogs/families/quay.yaml")]
pub enum QuayError {}

/// Errors with several statuses, of which some share a code.
#[kate_errors::catalog("tests/catalogs/statuses.yaml")]
pub enum StatusesError {}

fn read<E: CatalogError>(
    status: u16,
    body: &str,
    headers: &[(&'static str, &str)],
) -> ErrorResponse<E> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.insert(*name, HeaderValue::from_str(value).unwrap());
    }
    let status = StatusCode::from_u16(status).unwrap();
    ErrorResponse::from_parts(status, &map, body.as_bytes()).unwrap()
}

#[test]
fn rows_are_asked_first() {
    use RetryAdvice::{IfIdempotent, No, Safe};

    let advice = |status, detail: &str| {
        read::<RetriesError>(status, &format!(r#"{{"detail":"{detail}"}}"#), &[]).retry()
    };
    assert_eq!(advice(409, "The job is starting"), Safe);
    assert_eq!(advice(503, "Maintenance"), IfIdempotent);
    assert_eq!(advice(500, "The database lost a row"), No);
    assert_eq!(advice(429, "Out of quota for good"), No);
    assert_eq!(advice(408, "The report took too long"), IfIdempotent);
    // If the status is not the catalog's, the more careful advice is given.
    assert_eq!(advice(502, "The job is starting"), IfIdempotent);
    assert_eq!(advice(409, "Maintenance"), IfIdempotent);
    // Aliases that nothing tells apart.
    assert_eq!(advice(423, "Locked"), No);
    // Not in the catalog, so the status decides.
    assert_eq!(advice(429, "Slow down"), Safe);
    assert_eq!(advice(500, "Oops"), IfIdempotent);
}

/// The code is enough for cause, fix and advice, although the values of the message cannot be read.
#[test]
fn errors_whose_values_cannot_be_read_are_asked_too() {
    let moved = StatusesErrorCode::ItemMoved;
    for status in [409, 401] {
        let error = read::<StatusesError>(status, r#"{"code":"no_item","message":"Déplacé"}"#, &[]);
        assert_eq!((error.known(), error.code()), (None, Some(moved)));
        assert_eq!(error.received().code(), Some(moved));
        assert_eq!(error.cause().unwrap(), "Somebody moves it");
        assert_eq!((error.retry(), error.error_type()), (RetryAdvice::Safe, "no_item"));
        // In the header, under any status of the error.
        let error = read::<StatusesError>(status, "", &[("x-error-code", "no_item")]);
        assert_eq!((error.code(), error.retry()), (Some(moved), RetryAdvice::Safe));
        let advice = RetryAdvice::of_head::<StatusesErrorCode>(error.status(), error.headers());
        assert_eq!(advice, RetryAdvice::Safe);
    }
    // None of the errors with the code has this status.
    let error = read::<StatusesError>(500, r#"{"code":"no_item","message":"Déplacé"}"#, &[]);
    assert_eq!(error.code(), Some(StatusesErrorCode::NoItem));
}

/// The header field can only name errors that are sent with a code.
#[test]
fn the_name_of_an_error_without_a_code_is_no_code() {
    let mut headers = HeaderMap::new();
    headers.insert("x-quay-code", HeaderValue::from_static("crane_busy"));
    let advice = RetryAdvice::of_head::<QuayErrorCode>(StatusCode::CONFLICT, &headers);
    assert_eq!(advice, RetryAdvice::No);
    assert_eq!(
        read::<QuayError>(409, r#"{"detail":"Crane 7 is busy"}"#, &[]).retry(),
        RetryAdvice::Safe
    );
}

#[test]
fn statuses_are_asked_where_no_row_is_known() {
    let of = |status| read::<KateError>(status, "<html>", &[]).retry();
    for status in 400..=999 {
        let expected = match (Retry::of_status(status), status) {
            (Retry::Later, 425 | 429) => RetryAdvice::Safe,
            (Retry::Later, _) => RetryAdvice::IfIdempotent,
            _ => RetryAdvice::No,
        };
        assert_eq!(of(status), expected, "{status}");
        let status = StatusCode::from_u16(status).unwrap();
        assert_eq!(RetryAdvice::of_head::<KateErrorCode>(status, &HeaderMap::new()), expected);
    }
    // With `Retry-After`, the content is too large only for now.
    let too_large = |value| read::<KateError>(413, "", &[("retry-after", value)]).retry();
    assert_eq!((too_large("60"), too_large("later")), (RetryAdvice::Safe, RetryAdvice::No));
    // An incomplete message is not that of the error.
    let body = &r#"{"detail":"The database lost a row"}"#[..30];
    assert_eq!(read::<RetriesError>(500, body, &[]).retry(), RetryAdvice::IfIdempotent);
}

#[test]
fn methods_decide_the_rest() {
    for method in [Method::GET, Method::HEAD, Method::PUT, Method::DELETE, Method::OPTIONS] {
        assert!(RetryAdvice::IfIdempotent.allows(&method) && RetryAdvice::Safe.allows(&method));
        assert!(!RetryAdvice::No.allows(&method));
    }
    for method in [Method::POST, Method::PATCH, Method::CONNECT] {
        assert!(!RetryAdvice::IfIdempotent.allows(&method) && RetryAdvice::Safe.allows(&method));
    }
}

#[test]
fn retry_after_counts_where_the_advice_is_to_retry() {
    let of = |status, detail: &str, value| {
        let body = format!(r#"{{"detail":"{detail}"}}"#);
        read::<RetriesError>(status, &body, &[("retry-after", value)]).retry_after()
    };
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    for status in 400..=599 {
        let error = read::<RetriesError>(status, "?", &[("retry-after", "5")]);
        let is_advised = status == 413 || Retry::of_status(status) == Retry::Later;
        assert_eq!(error.retry_after(), is_advised.then_some(Duration::from_secs(5)), "{status}");
    }
    for status in [408, 413, 425, 429, 500, 503, 504, 520] {
        assert_eq!(of(status, "?", "-1"), None);
        assert_eq!(of(status, "?", "99999999999999999999"), seconds(3600));
    }
    // Errors whose catalog says `later`, and errors whose catalog says otherwise.
    assert_eq!(of(409, "The job is starting", "5"), seconds(5));
    assert_eq!(of(500, "The database lost a row", "5"), None);
    assert_eq!(of(429, "Out of quota for good", "5"), None);
    // At most an hour, whatever the date.
    let date = "Fri, 31 Dec 9999 23:59:59 GMT";
    assert_eq!(of(503, "?", date), seconds(3600));
    assert_eq!(of(503, "?", "Sun, 06 Nov 1994 08:49:37 GMT"), seconds(0));
    let headers =
        [("retry-after", "Sunday, 06-Nov-94 08:49:37 GMT"), ("date", "Sun Nov  6 08:49:07 1994")];
    assert_eq!(read::<KateError>(503, "", &headers).retry_after(), seconds(30));
}

#[test]
fn the_longer_time_of_header_and_body_counts() {
    mod homeserver {
        #[kate_errors::catalog("tests/catalogs/families/matrix.yaml")]
        pub enum HomeserverError {}
    }
    let of = |millis: &str, headers: &[(&'static str, &'static str)]| {
        let body = format!(
            r#"{{"errcode":"M_LIMIT_EXCEEDED","error":"Slow down","retry_after_ms":{millis}}}"#
        );
        let error = read::<homeserver::HomeserverError>(429, &body, headers);
        error.retry_after().map(|delay| delay.as_secs())
    };
    for (millis, expected) in
        [("0", 0), ("2001", 3), ("1e400", 3600), ("999999999999999999999", 3600)]
    {
        assert_eq!(of(millis, &[]), Some(expected), "{millis}");
    }
    assert_eq!(of("2001", &[("retry-after", "2")]), Some(3));
    assert_eq!(of("2001", &[("retry-after", "7")]), Some(7));
    // A body that ended too early may have been another one.
    let body = r#"{"errcode":"M_LIMIT_EXCEEDED","error":"Slow down","retry_after_ms":2001}"#;
    let reader = ResponseReader::<homeserver::HomeserverError>::new();
    let status = StatusCode::TOO_MANY_REQUESTS;
    let broken = reader.read_broken(status, &HeaderMap::new(), body.as_bytes(), "reset").unwrap();
    assert_eq!(broken.retry_after(), None);
    let body = body.replace("2001", &"9".repeat(20)).into_bytes();
    let reader = reader.max_retry_after(Duration::MAX);
    let longest = reader.read(status, &HeaderMap::new(), body).unwrap().retry_after();
    assert_eq!(longest, Some(Duration::from_secs(9_999_999_999)), "as in the header");
    for other in ["-1", "null", "\"2001\"", "[2001]"] {
        assert_eq!(of(other, &[]), None, "{other}");
        assert_eq!(of(other, &[("retry-after", "7")]), Some(7), "{other}");
    }
}

#[tokio::test]
async fn backon_tries_again() {
    let body = r#"{"detail":"Rate limit exceeded"}"#;
    let server = Server::with(move |number, _| match number {
        0 | 1 => answer(429, "retry-after: 0\r\n", body),
        _ => answer(200, "", "the list"),
    });
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    assert_eq!(artifacts(&client, &server.url("")).await.unwrap(), "the list");
    assert_eq!(server.connections(), 3);

    let server = Server::new(answer(403, "", r#"{"detail":"No active subscription"}"#));
    let failure = artifacts(&client, &server.url("")).await.unwrap_err();
    assert!(matches!(&failure, Failure::Api(error) if error.known().is_some()), "{failure}");
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn backon_waits_as_long_as_the_server_says() {
    use backon::{ExponentialBuilder, Retryable as _};
    use std::sync::{Arc, Mutex};

    let delays = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&delays);
    let call = || async { Err::<(), _>(read::<KateError>(429, "", &[("retry-after", "7")])) };
    let error = call
        .retry(ExponentialBuilder::default().with_max_times(2))
        .sleep(move |delay| {
            seen.lock().unwrap().push(delay);
            std::future::ready(())
        })
        .when(|error| error.retry().allows(&Method::GET))
        .adjust(|error, delay| {
            delay.map(|delay| error.retry_after().map_or(delay, |after| after.max(delay)))
        })
        .await
        .unwrap_err();
    assert_eq!(error.status(), 429);
    assert_eq!(*delays.lock().unwrap(), [Duration::from_secs(7); 2]);
}

#[tokio::test]
async fn reqwest_retry_follows_the_advice() {
    // The status, whether requests are idempotent, and the number of requests that the server receives.
    for (status, is_idempotent, expected) in
        [(429, false, 3), (502, true, 3), (502, false, 1), (404, true, 1), (501, true, 1)]
    {
        let server = Server::new(answer(status, "", "{}"));
        let policy = ExponentialBackoff::builder()
            .retry_bounds(Duration::ZERO, Duration::from_millis(1))
            .build_with_max_retries(2);
        let strategy = CatalogStrategy { is_idempotent };
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let client = reqwest_middleware::ClientBuilder::new(client)
            .with(RetryTransientMiddleware::new_with_policy_and_strategy(policy, strategy))
            .build();
        let response = client.get(server.url("/")).send().await.unwrap();
        assert_eq!(response.status(), status);
        assert_eq!(server.connections(), expected, "{status} {is_idempotent}");
    }
}
