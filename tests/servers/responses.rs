//! Errors as responses, without a server: every error of the catalogs.

use std::time::Duration;

use axum::response::IntoResponse as _;
use kate_errors::{
    ApiError, CatalogCode as _, CatalogError, CatalogResponse, Fallback, Format, KateError,
    KateErrorCode, SubscribeError, ToApiError,
};

use crate::layer::{JobsError, JobsErrorCode};

/// Returns all errors without values.
fn rows<E: CatalogError>() -> Vec<E> {
    let rows: Vec<E> =
        E::Code::ALL.iter().filter_map(|code| E::__from_values(*code, &[], None)).collect();
    assert!(!rows.is_empty());
    rows
}

fn check<E: CatalogError>(error: &E, response: &http::Response<Vec<u8>>) {
    assert_eq!(response.status(), error.code().status());
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(*response.body(), *error.body());
    for (name, value) in error.headers() {
        assert_eq!(response.headers()[name], value);
    }
}

#[test]
fn every_row_is_a_response() {
    assert_eq!(rows::<KateError>().len(), KateErrorCode::ALL.len());
    for error in rows::<KateError>() {
        check(&error, &http::Response::from(error.clone()));
        check(&error, &http::Response::from(error.response()));
        check(&error, &http::Response::from(ApiError::Catalog(error.clone())));
    }
    for error in rows::<JobsError>() {
        check(&error, &http::Response::from(error.clone()));
    }
    let operation = SubscribeError::AlreadySubscribed;
    check(&operation, &http::Response::from(operation.clone()));
}

#[tokio::test]
async fn axum_sends_the_same() {
    for error in rows::<KateError>() {
        let (parts, body) = error.clone().into_response().into_parts();
        let body = http_body_util::BodyExt::collect(body).await.unwrap().to_bytes().to_vec();
        check(&error, &http::Response::from_parts(parts, body));
    }
}

/// A generic error of a server, with impls like those of `#[derive(ToApiError)]`.
#[derive(Debug)]
struct Failure<'a, T>(&'a T);

impl<T> std::fmt::Display for Failure<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("failed")
    }
}

impl<T: std::fmt::Debug> std::error::Error for Failure<'_, T> {}

impl<T: Clone + std::fmt::Debug> ToApiError for Failure<'_, T>
where
    T: ToString,
{
    type Catalog = KateError;

    fn to_api_error(&self) -> ApiError<KateError> {
        if self.0.to_string().is_empty() {
            ApiError::Internal
        } else {
            ApiError::Catalog(KateError::RunNotFound)
        }
    }
}

kate_errors::__frameworks!(['a, T: Clone + std::fmt::Debug,] Failure<'a, T> [T: ToString,]);

#[test]
fn errors_of_servers_are_responses_too() {
    let response = http::Response::<Vec<u8>>::from(Failure(&"x"));
    assert_eq!(response.body(), br#"{"detail":"Run not found"}"#);
    let response = Failure(&"").into_response();
    assert_eq!(response.status(), 500);
}

#[test]
fn rows_have_the_fields_of_their_status_or_their_own() {
    let fields = |code: JobsErrorCode| code.headers().collect::<Vec<_>>();
    assert_eq!(fields(JobsErrorCode::TooManyThings), [("retry-after", "30")]);
    assert_eq!(fields(JobsErrorCode::TooManyJobs), [("retry-after", "60")]);
    assert_eq!(fields(JobsErrorCode::TooManyRuns), [("retry-after", "60")], "as its `same_as`");
    assert_eq!(fields(JobsErrorCode::Braces), []);
}

#[test]
fn a_server_can_say_better_when_to_try_again() {
    let fallback = CatalogResponse::<JobsError>::fallback(429);
    let waits = |response: &CatalogResponse<JobsError>| {
        let fields = response.headers().filter(|(name, _)| *name == "retry-after");
        fields.map(|(_, value)| value.into_owned()).collect::<Vec<_>>()
    };
    assert_eq!(waits(&fallback), ["30"]);
    let cases = [
        (0, 0, "0"),
        (0, 1, "1"),
        (1, 0, "1"),
        (1, 999_999_999, "2"),
        (u64::MAX, 1, "18446744073709551615"),
    ];
    for (seconds, nanos, expected) in cases {
        assert_eq!(waits(&fallback.clone().retry_after(Duration::new(seconds, nanos))), [expected]);
    }
}

/// The other header fields of the error stay.
#[test]
fn a_delay_is_sent_beside_what_the_catalog_says() {
    let response = KateError::TokenExpired.response().retry_after(Duration::from_secs(7));
    let names: Vec<_> = response.headers().map(|(name, _)| name).collect();
    assert_eq!(names, ["content-type", "www-authenticate", "retry-after"]);
}

#[test]
fn fallbacks_follow_the_catalog_then_the_registry() {
    assert_eq!(Fallback::<JobsErrorCode>::of(400).code(), Some(JobsErrorCode::Braces));
    assert_eq!(Fallback::<JobsErrorCode>::of(404).detail(), "Not Found");
    let fields = |status| Fallback::<JobsErrorCode>::of(status).headers().collect::<Vec<_>>();
    assert_eq!(fields(405), [("allow", "GET, POST")]);
    assert_eq!(fields(407), [("proxy-authenticate", "Basic realm=\"proxy\"")]);
    for status in 400..=599 {
        let fallback = Fallback::<KateErrorCode>::of(status);
        let body = serde_json::json!({ "detail": fallback.detail() }).to_string();
        assert_eq!(fallback.body(), body.as_bytes());
        let response = CatalogResponse::<KateError>::fallback(status);
        assert_eq!(response.status(), status);
    }
}

#[test]
fn problems_hold_the_sentence_and_more() {
    for error in rows::<KateError>() {
        let problem: serde_json::Value = serde_json::from_slice(&error.problem_body()).unwrap();
        let code = CatalogError::code(&error);
        assert_eq!(problem["detail"], *error.detail());
        assert_eq!(problem["status"], code.status());
        assert_eq!(problem["title"], kate_errors::Status::from_u16(code.status()).unwrap().name());
        assert_eq!(problem["type"], code.docs_url().unwrap());
        assert_eq!(problem.as_object().unwrap().len(), 4);
        // The type tells errors with the same message apart.
        let read: KateError = serde_json::from_slice(&error.problem_body()).unwrap();
        assert_eq!(read, error);
        let decoded = KateError::decode(code.status(), error.problem_body());
        assert_eq!(
            (decoded.known(), decoded.alternatives(), decoded.notes()),
            (Some(&error), &[][..], &[][..])
        );
    }
}

#[test]
fn a_member_that_names_an_error_decides_among_those_with_the_message() {
    let read = |more: &str| {
        let body = format!(r#"{{"detail":"Insufficient token balance",{more}}}"#);
        let decoded = KateError::decode(402, body.as_bytes());
        assert_eq!(decoded.notes(), []);
        let error: KateError = serde_json::from_str(&body).unwrap();
        assert_eq!(Some(&error), decoded.known());
        (decoded.code().unwrap().as_str(), decoded.alternatives().len())
    };
    let (first, other) =
        ("subscription_insufficient_token_balance", "query_insufficient_token_balance");
    assert_eq!(read(r#""code":"query_insufficient_token_balance""#), (other, 0));
    assert_eq!(read(r#""code":"subscription_insufficient_token_balance""#), (first, 0));
    // These name none of the errors with the message.
    for more in [r#""code":"run_not_found""#, r#""code":7,"type":null"#, r#""type":"about:blank""#]
    {
        assert_eq!(read(more), (first, 1));
    }
    // The header takes precedence.
    let body =
        br#"{"detail":"Insufficient token balance","code":"query_insufficient_token_balance"}"#;
    let decoded = KateError::decoder().error_code(Some(first)).decode(402, body);
    assert_eq!(decoded.code().unwrap().as_str(), first);
    let decoded = KateError::decoder().error_code(Some("unknown")).decode(402, body);
    assert_eq!((decoded.code().unwrap().as_str(), decoded.alternatives().len()), (first, 1));
}

#[test]
fn what_a_client_accepts_is_weighed() {
    let problem = "application/problem+json";
    for accepted in [
        "application/problem+json",
        "Application/Problem+JSON;q=0.001",
        "application/json;q=0.9, application/problem+json",
        "application/json, application/problem+json",
        "*/*;q=0.1, application/problem+json;q=0.2",
        "application/problem+json;profile=\"a,b;q=0\";q=1.000",
        "application/json;q=0, application/problem+json;q=0.3, */*",
        " , application/problem+json ; Q=0.5",
    ] {
        assert_eq!(Format::accepted([accepted.as_bytes()]), Format::Problem, "{accepted}");
    }
    for accepted in [
        "",
        "*/*",
        "application/*",
        "text/html",
        "application/problem+jsonx",
        "application/problem+json;q=0",
        "application/problem+json;q=0.000, */*",
        "application/problem+json;q=2",
        "application/problem+json;q=1.001",
        "application/problem+json;q=0.5;q=0",
        "application/problem+json;q=0.5000",
        "application/problem+json;q=x",
        "application/problem+json;q=",
        "application/problem+json;q=0.5, application/json;q=0.6",
        "application/problem+json;q=0.5, application/*;q=0.6",
        "application/problem+json;q=0.5, */*",
        "x/y;a=\"application/problem+json, application/problem+json\"",
        "x/y;a=\"\\\", application/problem+json",
    ] {
        assert_eq!(Format::accepted([accepted.as_bytes()]), Format::Json, "{accepted}");
    }
    // Several header fields form one list (RFC 9110, section 5.3).
    let fields = [&b"text/html"[..], problem.as_bytes()];
    assert_eq!(Format::accepted(fields), Format::Problem);
    let response = CatalogResponse::<KateError>::fallback(404).accept(fields);
    assert_eq!(response.headers().last(), Some(("vary", "accept".into())));
}
