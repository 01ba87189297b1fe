//! Encoding and decoding, for every error of the Kate catalog.

use std::borrow::Cow;

use kate_errors::{
    CatalogError, KateError, KateErrorCode, QueryError, Retry, Section, Status, SubscribeError,
    TokenBalance, UploadArtifactError, UploadSpansError,
};

fn balance(required: u64, available: u64) -> TokenBalance {
    TokenBalance { required, available }
}

/// Returns every error once, and those with a context twice.
fn every_error() -> Vec<KateError> {
    use KateError as E;
    let mut errors = vec![
        E::InvalidApiKey,
        E::MissingAuthorizationHeader,
        E::TokenExpired,
        E::ArtifactNotFound,
        E::ArtifactAlreadyHasADraft,
        E::CoverNotGenerated,
        E::FileTooLarge,
        E::AlreadySubscribed,
        E::SubscriptionInsufficientTokenBalance { context: None },
        E::ArtifactNotListed,
        E::NoActiveSubscription,
        E::QueryInsufficientTokenBalance { context: None },
        E::RunNotInRunningStatus,
        E::RunNotFound,
        E::RateLimitExceeded,
    ];
    assert!(errors.iter().map(KateError::code).eq(KateErrorCode::ALL.iter().copied()));
    errors.push(E::SubscriptionInsufficientTokenBalance { context: Some(balance(500, 120)) });
    errors.push(E::QueryInsufficientTokenBalance { context: Some(balance(0, u64::MAX)) });
    errors
}

#[test]
fn every_row_goes_there_and_back() {
    for error in every_error() {
        let body = serde_json::to_string(&error).unwrap();
        assert_eq!(error.body(), body.as_bytes(), "the body is what serde writes");
        assert_eq!(error.to_string(), error.detail(), "Display is the sentence");
        let value: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(value, serde_json::json!({ "detail": error.detail() }));
        let back: KateError = serde_json::from_str(&body).unwrap();
        let base = match error {
            KateError::QueryInsufficientTokenBalance { context } => {
                KateError::SubscriptionInsufficientTokenBalance { context }
            }
            other => other,
        };
        assert_eq!(back, base, "a homonym is read as the row that it names");
    }
}

#[test]
fn bodies_are_exact() {
    let with = KateError::SubscriptionInsufficientTokenBalance { context: Some(balance(500, 120)) };
    let without = KateError::SubscriptionInsufficientTokenBalance { context: None };
    assert_eq!(
        serde_json::to_string(&with).unwrap(),
        r#"{"detail":"Insufficient token balance. Required: 500, available: 120"}"#
    );
    assert_eq!(
        serde_json::to_string(&without).unwrap(),
        r#"{"detail":"Insufficient token balance"}"#
    );
    assert!(matches!(without.body(), Cow::Borrowed(_)), "a body without values is precomputed");
    assert!(matches!(without.detail(), Cow::Borrowed(_)));
    // What is not sent adds nothing.
    let response = without.response().with_status(499).with_fields([]);
    assert!(matches!(response.body(), Cow::Borrowed(_)), "nothing is added");
}

#[test]
fn only_objects_are_read() {
    let refused = [
        r#"["Run not found"]"#,
        r#""Run not found""#,
        r#"{"detail":"Run not found","detail":"Run not found"}"#,
        r#"{"detail":["Run not found"]}"#,
        r#"{"error":"Run not found"}"#,
        r#"{"detail":"run not found"}"#,
        r#"{"detail":"Run not found."}"#,
        r#"{"detail":"Insufficient token balance. Required: 0500, available: 120"}"#,
        r#"{"detail":"Insufficient token balance. Required: +500, available: 120"}"#,
        r#"{"detail":"Insufficient token balance. Required: 18446744073709551616, available: 1"}"#,
        r#"{"detail":"Insufficient token balance. Required: 500, available: 120 "}"#,
        "{}",
        "null",
    ];
    for body in refused {
        assert!(serde_json::from_str::<KateError>(body).is_err(), "{body}");
    }
    let with_more = r#"{"type":"x","detail":"Run not found","extra":{"detail":["no"]}}"#;
    assert_eq!(serde_json::from_str::<KateError>(with_more).unwrap(), KateError::RunNotFound);
    let escaped = r#"{"d\u0065tail":"Run n\u006ft found"}"#;
    assert_eq!(serde_json::from_str::<KateError>(escaped).unwrap(), KateError::RunNotFound);
}

#[test]
fn an_unknown_sentence_is_named() {
    let error = serde_json::from_str::<KateError>(r#"{"detail":"Bad"}"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "invalid value: another message, of 3 characters, expected the detail of a KateError at line 1 \
         column 15"
    );
}

#[test]
fn methods() {
    let error = KateError::RateLimitExceeded;
    assert_eq!(error.code(), KateErrorCode::RateLimitExceeded);
    assert_eq!(error.status(), Status::TooManyRequests);
    assert_eq!(error.status(), 429);
    assert_eq!(Status::TooManyRequests.name(), "Too Many Requests");
    assert_eq!(error.section(), Section::RateLimits);
    assert_eq!(error.section().name(), "Rate Limits");
    assert_eq!(error.cause(), "Too many requests in the time window");
    assert_eq!(error.fix(), "Wait and retry, or reduce request frequency");
    assert_eq!(error.retry(), Retry::Later);
    assert_eq!(
        error.docs_url().unwrap(),
        "https://docs.projectkate.com/reference/error-codes#rate_limit_exceeded"
    );
    assert_eq!(format!("{error:?}"), "RateLimitExceeded");
    let with = KateError::SubscriptionInsufficientTokenBalance { context: Some(balance(5, 1)) };
    assert_eq!(
        format!("{with:?}"),
        "SubscriptionInsufficientTokenBalance { context: Some(TokenBalance { required: 5, available: 1 }) }"
    );
    assert_ne!(with, KateError::QueryInsufficientTokenBalance { context: Some(balance(5, 1)) });
    assert_ne!(with, KateError::SubscriptionInsufficientTokenBalance { context: None });
    assert_eq!(with, with.clone());
}

#[test]
fn codes_go_there_and_back() {
    for code in KateErrorCode::ALL {
        assert_eq!(code.as_str().parse::<KateErrorCode>().unwrap(), *code);
        assert_eq!(code.to_string(), code.as_str());
    }
    let unknown = "Run_Not_Found".parse::<KateErrorCode>().unwrap_err();
    assert_eq!(unknown.to_string(), "no error has the code `Run_Not_Found`");
}

#[test]
fn an_error_can_be_sent_and_boxed() {
    fn is_error<E: CatalogError>() {}
    is_error::<KateError>();
    let boxed: Box<dyn std::error::Error + Send + Sync> = Box::new(KateError::RunNotFound);
    assert_eq!(boxed.to_string(), "Run not found");
}

#[test]
fn operations_tell_homonyms_apart() {
    let body = r#"{"detail":"Insufficient token balance. Required: 2, available: 1"}"#;
    let context = Some(balance(2, 1));
    let subscribe: SubscribeError = serde_json::from_str(body).unwrap();
    assert_eq!(
        subscribe,
        SubscribeError::SubscriptionInsufficientTokenBalance { context: context.clone() }
    );
    let query: QueryError = serde_json::from_str(body).unwrap();
    assert_eq!(query, QueryError::QueryInsufficientTokenBalance { context });
    assert_eq!(KateError::from(query).fix(), "Add tokens");
    assert!(UploadSpansError::try_from(KateError::FileTooLarge).is_err());
    assert!(UploadArtifactError::try_from(KateError::FileTooLarge).is_ok());
}
