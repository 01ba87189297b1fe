//! Responses of real servers and proxies, recorded byte for byte: what is found in each of them stands in
//! `tests/fixtures/real_responses.expected`. `BLESS=1` writes it again.

use std::fmt::Write as _;
use std::path::Path;

use kate_errors::{CatalogError, Found, KateError, Received};
use serde::Deserialize;

/// Errors of frameworks, so that some of the responses are known.
#[kate_errors::catalog("tests/catalogs/frameworks.yaml")]
pub enum FrameworksError {}

const RECORDED: &str = include_str!("fixtures/real_responses.ndjson");

#[derive(Deserialize)]
struct Recorded {
    source: String,
    status: u16,
    body_base64: String,
}

impl Recorded {
    fn body(&self) -> Vec<u8> {
        base64(&self.body_base64)
    }
}

fn recorded() -> Vec<Recorded> {
    RECORDED.lines().map(|line| serde_json::from_str(line).expect(line)).collect()
}

/// RFC 4648, section 4.
fn base64(text: &str) -> Vec<u8> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = text.trim_end_matches('=').bytes();
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0_u32, 0);
    for digit in digits {
        let value = DIGITS.iter().position(|known| *known == digit).expect("a digit");
        bits = bits << 6 | u32::try_from(value).expect("it is small");
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xFF).expect("a byte"));
        }
    }
    bytes
}

/// What is found in a response, in one line that holds nothing of its body but what is safe.
fn found<E: CatalogError>(response: &Recorded, received: &Received<'_, E>) -> String {
    assert_eq!(received.status(), response.status);
    assert_eq!(received.body(), response.body(), "{}", response.source);
    let kind = match received.found() {
        Found::Known { notes, .. } if notes.alternatives().is_empty() => "known",
        Found::Known { .. } => "known, with alternatives",
        Found::Validation(_) => "validation",
        Found::Unknown(_) => "unknown",
        Found::NotAnError => "not an error",
    };
    let line = format!("{kind} | {received}");
    assert!(!line.contains(char::is_control), "{line}");
    line
}

#[test]
fn every_response_is_read_as_expected() {
    let responses = recorded();
    assert_eq!(responses.len(), 115);
    let mut all = String::new();
    for response in &responses {
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

fn compare(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, actual).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(expected == actual, "{name} differs; write it with `BLESS=1`:\n{actual}");
}

#[test]
fn what_requests_held_is_not_shown() {
    let echoed = r#"{"detail":[{"type":"missing","loc":["body","email"],"msg":"Field required",
        "input":{"email":null,"password":"hunter2"},"ctx":{"secret":"hunter2"},"url":"hunter2"}]}"#;
    let received = FrameworksError::decode(422, echoed.as_bytes());
    let shown = format!("{received} {received:?} {:#?}", received.found());
    assert!(!shown.contains("hunter2"), "{shown}");
    assert!(shown.contains("body.email: Field required"), "{shown}");
    assert_eq!(received.validation().unwrap().json().matches("hunter2").count(), 3);
}
