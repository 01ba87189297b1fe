//! Decoding accepts anything that arrives: it always returns a result, keeps the body, and shows nothing that it
//! must not.

use std::sync::LazyLock;

use kate_errors::{CatalogError, Decoded, KateError};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::config;
use crate::jobs::{JobsError, Quota, Section};
use crate::strategies::text;

/// The recorded bodies that are short enough to be mutated often.
static RECORDED: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let lines = include_str!("../fixtures/real_responses.ndjson").lines();
    let values = lines.map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let texts = values.filter_map(|value| value["body_text"].as_str().map(str::to_owned));
    texts.map(String::into_bytes).filter(|body| body.len() < 1000).collect()
});

fn kept_and_shown<E: CatalogError>(received: &Decoded<'_, E>, status: u16, body: &[u8]) {
    assert_eq!((received.status(), received.body()), (status, body));
    let shown =
        format!("{received:?} {received} {:?} {:?}", received.nearest(), received.outcome());
    assert!(!shown.contains(char::is_control), "{shown}");
    assert!(!shown.contains(['\u{202E}', '\u{2066}', '\u{200F}']), "{shown}");
    assert_eq!(received.clone().into_body(), body);
    assert_eq!(received.is_error(), !(100..400).contains(&status));
}

fn is_total(status: u16, body: &[u8]) {
    kept_and_shown(&KateError::decode(status, body), status, body);
    kept_and_shown(&JobsError::decode(status, body), status, body);
    let decoder = JobsError::decoder().within(Section::Limits).error_code(Some(body));
    kept_and_shown(&decoder.decode(status, body), status, body);
    let _ = serde_json::from_slice::<JobsError>(body);
}

/// A mutation of a body.
#[derive(Clone, Debug)]
enum Change {
    Put(u8),
    Insert(u8),
    Cut,
    Double(usize),
}

fn changes() -> impl Strategy<Value = Vec<(prop::sample::Index, Change)>> {
    let byte = prop_oneof![any::<u8>(), prop::sample::select(&b"{}[]\":,\\0 .eEuTd"[..])];
    let change = prop_oneof![
        byte.clone().prop_map(Change::Put),
        byte.prop_map(Change::Insert),
        Just(Change::Cut),
        (1..50_usize).prop_map(Change::Double),
    ];
    vec((any::<prop::sample::Index>(), change), 1..4)
}

fn changed(mut body: Vec<u8>, changes: Vec<(prop::sample::Index, Change)>) -> Vec<u8> {
    for (at, change) in changes {
        let at = at.index(body.len() + 1);
        match change {
            Change::Put(byte) if at < body.len() => body[at] = byte,
            Change::Put(byte) | Change::Insert(byte) => body.insert(at, byte),
            Change::Cut => body.truncate(at),
            Change::Double(length) => {
                let end = body.len().min(at + length);
                body.extend_from_within(at..end);
            }
        }
    }
    body
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_bytes(status in any::<u16>(), body in vec(any::<u8>(), 0..200)) {
        is_total(status, &body);
    }

    #[test]
    fn any_sentence(status in 400..600_u16, sentence in text()) {
        let body = serde_json::json!({ "detail": sentence }).to_string();
        if sentence.len() < 100 {
            is_total(status, body.as_bytes());
        }
        let received = JobsError::decode(status, body.as_bytes());
        prop_assert_eq!(received.body(), body.as_bytes());
        let detail = received.detail();
        prop_assert_eq!(detail.as_deref(), Some(&*sentence));
    }

    #[test]
    fn recorded_bodies_with_changes(
        at in any::<prop::sample::Index>(),
        status in 400..600_u16,
        changes in changes(),
    ) {
        let body = changed(at.get(&RECORDED).clone(), changes);
        is_total(status, &body);
    }

    #[test]
    fn known_bodies_with_changes(error in crate::strategies::error(), changes in changes()) {
        let body = changed(error.body().into_owned(), changes);
        prop_assume!(body.len() < 200);
        is_total(error.status(), &body);
    }

    #[test]
    fn sensitive_values_are_not_shown(text in text(), changes in changes(), status in 400..600_u16) {
        // A mark that occurs in nothing else, and that mutations leave in place, at least in part.
        let user = format!("ZQXJZQXJ{text}");
        let quota = Quota { used: 1, limit: 2, owner: user.clone() };
        let errors = [
            JobsError::LoginFailed { user },
            JobsError::TooManyJobs { kind: String::from("a"), context: Some(quota) },
        ];
        for error in errors {
            let body = error.body().into_owned();
            for body in [body.clone(), changed(body, changes.clone())] {
                let received = JobsError::decode(status, body.as_slice());
                // After a mutation, the body may be a message with the text in a parameter that is not sensitive.
                if received.known().is_none_or(|known| *known == error.sanitized()) {
                    let shown = format!("{received} {received:?} {:?} {:#?}", received.nearest(), received.outcome());
                    prop_assert!(!shown.contains("ZQXJ"), "{}", shown);
                }
            }
        }
    }
}
