//! Rendering and reading are inverse operations.

use kate_errors::{CatalogError, KateError, TokenBalance};
use proptest::prelude::*;
use serde::de::DeserializeSeed;

use crate::config;
use crate::jobs::{JobsError, JobsErrorCode, ListRunsError, Section};
use crate::strategies::{error, spelled, u64};

/// Returns the error that a message is read as if nothing tells aliases apart.
fn base(error: &JobsError) -> JobsError {
    match error.clone() {
        JobsError::TooManyRuns { kind, context } => JobsError::TooManyJobs { kind, context },
        error => error,
    }
}

/// Returns what a client reads from an error if nothing tells aliases apart.
fn read(error: &JobsError) -> JobsError {
    base(&error.sanitized())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn decode_is_the_inverse_of_body(error in error()) {
        let body = error.body();
        prop_assert!(body.len() <= 64 * 1024, "every client reads what a server writes");
        let received = JobsError::decode(error.status(), body.clone());
        prop_assert_eq!(received.known(), Some(&read(&error)));
        prop_assert!(received.notes().is_empty());
        prop_assert_eq!(received.body(), &*body);
        let is_alias = base(&error).code() == JobsErrorCode::TooManyJobs;
        prop_assert_eq!(received.alternatives().len(), usize::from(is_alias));
        let sanitized = error.sanitized();
        prop_assert!(sanitized == read(&error) || received.alternatives() == [sanitized]);
    }

    #[test]
    fn sanitized_is_idempotent_and_says_what_it_changes(error in error()) {
        let sanitized = error.sanitized();
        prop_assert_eq!(sanitized.sanitized(), sanitized.clone());
        prop_assert_eq!(sanitized.detail(), error.detail());
        prop_assert_eq!(error.sanitized_parameters().is_empty(), sanitized == error);
        prop_assert!(sanitized.sanitized_parameters().is_empty());
    }

    #[test]
    fn the_scope_gives_aliases_back(error in error()) {
        let (body, sanitized) = (error.body(), error.sanitized());
        if error.code() == JobsErrorCode::TooManyRuns {
            let received = ListRunsError::decode(429, body.clone());
            prop_assert_eq!(received.known(), Some(&sanitized));
            prop_assert!(received.alternatives().is_empty() && received.notes().is_empty());
        }
        let code = error.code();
        let received = JobsError::decoder().error_code(Some(code.as_str())).decode(code.status(), body);
        prop_assert_eq!(received.known(), Some(&sanitized));
        prop_assert!(received.alternatives().is_empty() && received.notes().is_empty());
    }

    #[test]
    fn the_spelling_of_the_json_does_not_matter(
        error in error(),
        spellings in prop::collection::vec(any::<u8>(), 1..20),
        blanks in "[ \t\r\n]{0,3}",
        other in 0..4_usize,
    ) {
        let inside = spelled(&error.detail(), &spellings);
        let before = ["", "\"a\":[1,{\"detail\":2}],", "\"x\":\"\\ud800\",", "\"\":1e999 ,"][other];
        let body = format!("{blanks}{{{before}{blanks}\"d\\u0065tail\"{blanks}:{blanks}\"{inside}\"{blanks}}}{blanks}");
        let received = JobsError::decode(error.status(), body.as_bytes());
        prop_assert_eq!(received.known(), Some(&read(&error)), "{}", body);
    }

    #[test]
    fn deserialize_is_the_inverse_of_serialize(error in error()) {
        let body = serde_json::to_string(&error).unwrap();
        let rendered = error.body();
        prop_assert_eq!(&*rendered, body.as_bytes());
        prop_assert_eq!(serde_json::from_str::<JobsError>(&body).unwrap(), read(&error));
        let mut reader = serde_json::Deserializer::from_str(&body);
        let of_section = JobsError::decoder().within(Section::Limits).deserialize(&mut reader).unwrap();
        prop_assert_eq!(of_section, read(&error));
    }

    #[test]
    fn another_status_is_a_finding(error in error(), status in prop_oneof![400..600_u16, Just(0), Just(999)]) {
        let body = error.body();
        let received = JobsError::decode(status, body);
        prop_assert_eq!(received.known(), Some(&read(&error)));
        prop_assert_eq!(received.notes().is_empty(), status == error.status());
    }

    #[test]
    fn every_balance_of_the_kate_catalog(required in u64(), available in u64()) {
        let context = Some(TokenBalance { required, available });
        let error = KateError::SubscriptionInsufficientTokenBalance { context: context.clone() };
        let received = KateError::decode(402, CatalogError::body(&error));
        prop_assert_eq!(received.known(), Some(&error));
        prop_assert_eq!(received.alternatives(), [KateError::QueryInsufficientTokenBalance { context }]);
    }
}
