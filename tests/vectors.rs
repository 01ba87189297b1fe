//! The published vectors, read by the decoder of this library: `kate-errors generate vectors` makes them
//! for clients in any language, from the same catalogs.

use std::fmt::Debug;

use data_encoding::BASE64;
use kate_errors::{CatalogCode, CatalogError, Decoded, DetailKind, KateError, Note, UnknownReason};
use serde_json::{Map, Value, json};

/// A catalog with everything.
#[kate_errors::catalog("tests/catalogs/jobs.yaml")]
pub enum JobsError {}

/// Rows that are hard to tell apart.
mod twins {
    #[kate_errors::catalog("tests/catalogs/twins.yaml")]
    pub enum TwinsError {}
}

#[test]
fn kate() {
    check::<KateError>(include_str!("vectors/kate.json"), 200);
}

#[test]
fn jobs() {
    check::<JobsError>(include_str!("vectors/jobs.json"), 300);
}

#[test]
fn twins() {
    check::<twins::TwinsError>(include_str!("vectors/twins.json"), 400);
}

/// Reads every response; `at_least` so many there must be.
fn check<E: CatalogError + Debug>(file: &str, at_least: usize) {
    let file: Value = serde_json::from_str(file).expect("the file is JSON");
    let vectors = file["vectors"].as_array().expect("a list of vectors");
    assert!(vectors.len() >= at_least, "only {} vectors", vectors.len());
    for code in E::Code::ALL {
        let codes = |it: &Value| it["expect"]["code"] == code.as_str();
        let is_base = vectors.iter().any(codes);
        let is_alternative = || {
            vectors
                .iter()
                .any(|it| it["expect"]["alternatives"].to_string().contains(code.as_str()))
        };
        assert!(is_base || is_alternative(), "no vector gives {code}");
    }
    for vector in vectors {
        let status = u16::try_from(vector["status"].as_u64().unwrap()).unwrap();
        let body = match &vector["body"] {
            Value::String(body) => body.clone().into_bytes(),
            _ => BASE64.decode(vector["body_base64"].as_str().unwrap().as_bytes()).unwrap(),
        };
        let received = E::Code::decode::<E>(status, &body);
        assert_eq!(received, vector["expect"], "{}: {}", vector["name"], vector["body"]);
    }
}

/// Reading without knowing which catalog it is.
trait Decode: CatalogCode {
    fn decode<E: CatalogError<Code = Self>>(status: u16, body: &[u8]) -> Value {
        reading(&kate_errors::Decoder::<E>::new().decode(status, body))
    }
}

impl<C: CatalogCode> Decode for C {}

/// What was found, in the words of the vectors.
fn reading<E: CatalogError>(received: &Decoded<'_, E>) -> Value {
    if let Some(error) = received.known() {
        let (values, context_values) = values(error);
        let alternatives = received.alternatives().iter().map(|it| it.code().as_str());
        return json!({
            "found": "known",
            "code": error.code().as_str(),
            "values": values,
            "context_values": context_values,
            "alternatives": alternatives.collect::<Vec<_>>(),
            "findings": received.notes().iter().map(finding).collect::<Vec<_>>(),
        });
    }
    if let Some(unknown) = received.unknown() {
        return json!({ "found": "unknown", "reason": reason(unknown.reason()) });
    }
    let found = if received.validation().is_some() { "validation" } else { "not_an_error" };
    assert_eq!(received.is_error(), found == "validation");
    json!({ "found": found })
}

/// The values of an error, and those of its context if it has them.
fn values<E: CatalogError>(error: &E) -> (Value, Value) {
    let row = E::Code::TABLE.rows().nth(error.code().__index()).unwrap();
    let (own, all) = row.more().map_or((&[][..], &[][..]), |more| (more.own_params(), more.params));
    let mut texts = Vec::new();
    error.__with_values(&mut |values| texts = values.iter().map(ToString::to_string).collect());
    let object = |range: std::ops::Range<usize>| {
        let members = range.map(|at| (all[at].name.to_owned(), Value::from(texts[at].as_str())));
        Value::Object(members.collect::<Map<_, _>>())
    };
    let has_context = texts.len() > own.len();
    let of_context = if has_context { object(own.len()..texts.len()) } else { Value::Null };
    (object(0..own.len()), of_context)
}

fn finding<C: CatalogCode>(finding: &Note<C>) -> Value {
    match finding {
        Note::StatusDiffers { expected, received } => {
            json!({ "kind": "status_differs", "expected": expected, "received": received })
        }
        Note::FormerMessage { .. } => json!({ "kind": "former_wording" }),
        Note::Retired { .. } => json!({ "kind": "retired" }),
        Note::ByteOrderMark => json!({ "kind": "byte_order_mark" }),
        other => panic!("no vector leads to {other}"),
    }
}

fn reason(reason: UnknownReason) -> &'static str {
    match reason {
        UnknownReason::OtherMessage => "other_sentence",
        UnknownReason::Empty => "empty",
        UnknownReason::NotJson { .. }
        | UnknownReason::Truncated
        | UnknownReason::TrailingBytes { .. }
        | UnknownReason::InvalidUtf8 { .. } => "not_json",
        UnknownReason::TooLarge { .. } => "too_large",
        UnknownReason::TooDeep => "too_deep",
        UnknownReason::NotAnObject => "not_an_object",
        UnknownReason::NoDetail => "no_detail",
        UnknownReason::DuplicateDetail => "duplicate_detail",
        UnknownReason::OtherKind(DetailKind::Null | DetailKind::Boolean | DetailKind::Number) => {
            "other_kind"
        }
        UnknownReason::LoneSurrogate => "lone_surrogate",
        other => panic!("no vector leads to {other}"),
    }
}
