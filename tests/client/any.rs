//! Whatever the status, the headers and the body are: nothing panics, nothing is lost, and displayed text has a
//! limited length.

use std::time::Duration;

use http::{HeaderMap, HeaderValue, StatusCode};
use kate_errors::KateError;
use kate_errors::client::{ErrorResponse, ResponseReader, RetryAfter};
use proptest::prelude::*;

const HOUR: Duration = Duration::from_secs(3600);

/// The headers that the client reads.
const NAMES: [&str; 7] = [
    "retry-after",
    "date",
    "content-encoding",
    "content-length",
    "x-request-id",
    "x-error-code",
    "request-id",
];

/// Bytes of a text that matches a regular expression.
fn text(pattern: &str) -> impl Strategy<Value = Vec<u8>> + use<> {
    prop::string::string_regex(pattern).unwrap().prop_map(String::into_bytes)
}

/// A header value: a date, which may be invalid, a number, a known word, or anything.
fn value() -> impl Strategy<Value = Vec<u8>> {
    let days = "(Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
    let months = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
    let time = "[0-9]{2}:[0-9]{2}:[0-9]{2}";
    prop_oneof![
        text(&format!("{days}, [0-9]{{2}} {months} [0-9]{{4}} {time} GMT")),
        text(&format!("{days}day, [0-9]{{2}}-{months}-[0-9]{{2}} {time} GMT")),
        text(&format!("{days} {months} [ 0-9][0-9] {time} [0-9]{{4}}")),
        text("[-+]?[0-9]{1,22}"),
        text("(gzip|br|identity|run_not_found|rate_limit_exceeded)"),
        prop::collection::vec(any::<u8>(), 0..40),
    ]
}

fn body() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..80),
        text(r#"\{"detail":("(Run not found|Token expired|[ -~]{0,20})"|[0-9]|\[\])\}"#),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics_and_nothing_is_lost(
        status in 100_u16..1000,
        headers in prop::collection::vec((prop::sample::select(&NAMES[..]), value()), 0..5),
        body in body(),
        limit in 0_usize..100,
    ) {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            if let Ok(value) = HeaderValue::from_bytes(&value) {
                map.append(name, value);
            }
        }
        let status = StatusCode::from_u16(status).unwrap();
        let reader = ResponseReader::<KateError>::new().body_limit(limit);
        let Some(error) = reader.read(status, &map, &body) else {
            prop_assert!((100..400).contains(&status.as_u16()));
            return Ok(());
        };
        prop_assert_eq!(error.raw_body(), &body[..body.len().min(limit)]);
        prop_assert_eq!(error.is_complete(), body.len() <= limit);
        prop_assert_eq!(error.body_length(), u64::try_from(body.len()).ok());
        prop_assert!(error.is_complete() || error.known().is_none());
        prop_assert_eq!((error.status(), error.headers()), (status, &map));
        check(&error)?;
    }
}

fn check(error: &ErrorResponse<KateError>) -> Result<(), TestCaseError> {
    prop_assert!(error.retry_after().is_none_or(|delay| delay <= HOUR));
    for shown in [error.to_string(), format!("{error:?}")] {
        prop_assert!(!shown.contains(char::is_control), "{}", shown);
    }
    prop_assert!(error.request_id().is_none_or(|id| !id.is_empty() && id.len() <= 128));
    let _ = RetryAfter::of(error.headers()).map(|after| after.delay(error.headers()));
    let _ = (error.retry(), error.cause(), error.fix(), error.docs_url(), error.detail());
    prop_assert!(error.code().is_none_or(|code| code.as_str() == error.error_type()));
    Ok(())
}
