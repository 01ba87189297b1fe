//! Responses of real servers and proxies, recorded byte for byte. `tests/fixtures/real_responses.expected` has what is
//! decoded from each; `UPDATE_EXPECT=1` updates it.

use std::fmt::Write as _;

use kate_errors::{CatalogError, Decoded, KateError, Outcome};

use crate::recorded::{Recorded, compare, recorded};

#[path = "fixtures/recorded.rs"]
mod recorded;

/// Errors of frameworks, so that some of the responses are known.
#[kate_errors::catalog("tests/catalogs/frameworks.yaml")]
pub enum FrameworksError {}

/// Returns what is decoded from a response, as one line that contains only safe parts of the body.
fn found<E: CatalogError>(response: &Recorded, received: &Decoded<'_, E>) -> String {
    assert_eq!(received.status(), response.status);
    assert_eq!(received.body(), response.body(), "{}", response.source);
    let kind = match received.outcome() {
        Outcome::Known { notes, .. } if notes.alternatives().is_empty() => "known",
        Outcome::Known { .. } => "known, with alternatives",
        Outcome::Validation(_) => "validation",
        Outcome::Unknown(_) => "unknown",
        Outcome::NotAnError => "not an error",
    };
    let line = format!("{kind} | {received}");
    assert!(!line.contains(char::is_control), "{line}");
    line
}

#[test]
fn every_response_is_read_as_expected() {
    let mut all = String::new();
    for response in &recorded() {
        let body = response.body();
        let decoder = kate_errors::Decoder::<FrameworksError>::new();
        let frameworks = decoder.decode(response.status, &body);
        let kate = KateError::decode(response.status, body.as_slice());
        writeln!(all, "{}", response.source).unwrap();
        writeln!(all, "    frameworks: {}", found(response, &frameworks)).unwrap();
        writeln!(all, "    kate:       {}", found(response, &kate)).unwrap();
        let owned = kate.into_owned();
        assert_eq!(owned.into_body().into_owned(), body, "{}", response.source);
    }
    compare("real_responses.expected", &all);
}

#[test]
fn what_requests_held_is_not_shown() {
    let echoed = r#"{"detail":[{"type":"missing","loc":["body","email"],"msg":"Field required",
        "input":{"email":null,"password":"hunter2"},"ctx":{"secret":"hunter2"},"url":"hunter2"}]}"#;
    let received = FrameworksError::decode(422, echoed.as_bytes());
    let shown = format!("{received} {received:?} {:#?}", received.outcome());
    assert!(!shown.contains("hunter2"), "{shown}");
    assert!(shown.contains("body.email: Field required"), "{shown}");
    assert_eq!(received.validation().unwrap().json().matches("hunter2").count(), 3);
}
