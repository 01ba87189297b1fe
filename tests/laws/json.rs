//! Our JSON reader against `serde_json`.

use std::fmt;

use kate_errors::{KateError, Outcome, Unknown, UnknownReason};
use proptest::collection::vec;
use proptest::prelude::*;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use crate::config;

/// The members of an object in their order, including duplicates.
struct Members(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Members;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

/// Tokens that are valid or nearly valid JSON.
const TOKENS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"detail\"",
    "\"d\\u0065tail\"",
    "\"a\"",
    "\"\"",
    "0",
    "-0",
    "1e5",
    "1.5E-3",
    "1e999",
    "123456789012345678901234567890",
    "01",
    "1.",
    ".5",
    "-",
    "+1",
    "1e",
    "0x1",
    "NaN",
    "true",
    "false",
    "null",
    "nul",
    "True",
    " ",
    "\n",
    "\t",
    "\r",
    "\u{C}",
    "\u{A0}",
    "\"\\u00e9\"",
    "\"\\ud83d\\ude00\"",
    "\"\\ud800\"",
    "\"\\udc00\\ud800\"",
    "\"\\ud800\\u0041\"",
    "\"\\x\"",
    "\"\\u12\"",
    "\"a\nb\"",
    "\"\\n\\t\\/\"",
    "\"Run not found\"",
    "\"\u{FFFD}é😀\"",
    "'a'",
    "//",
    "\u{FEFF}",
    "\"",
    "\\",
];

fn value() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "0",
        "-0",
        "1e5",
        "1.5E-3",
        "true",
        "false",
        "null",
        "\"\"",
        "\"a\"",
        "\"Run not found\"",
        "\"\\u00e9\\\\\"",
        "\"\\ud83d\\ude00\"",
        "\"\\\"\\/\\b\\f\\n\\r\\t\"",
        "[]",
        "{}",
        "[ ]",
        "{ }",
        "1e999",
        "\"\\ud800\"",
    ]);
    leaf.prop_map(str::to_owned).prop_recursive(4, 24, 4, |inner| {
        let name = prop::sample::select(vec![
            "\"detail\"",
            "\"d\\u0065tail\"",
            "\"a\"",
            "\"\"",
            "\"detail \"",
        ]);
        let member = (name, inner.clone()).prop_map(|(name, value)| format!("{name} :{value}"));
        prop_oneof![
            vec(inner, 0..4).prop_map(|values| format!("[{}]", values.join(" ,"))),
            vec(member, 0..4).prop_map(|members| format!("{{{}}}", members.join(", "))),
        ]
    })
}

fn object() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec!["\"detail\"", "\"det\\u0061il\"", "\"a\"", "\"Detail\""]);
    let member = (name, value()).prop_map(|(name, value)| format!("{name}:{value}"));
    vec(member, 0..4).prop_map(|members| format!(" {{{}}}\n", members.join(",")))
}

/// A text that is JSON, nearly JSON, or neither.
fn json() -> impl Strategy<Value = String> {
    let tokens = vec(prop::sample::select(TOKENS), 0..12).prop_map(|tokens| tokens.concat());
    let change =
        (object(), any::<prop::sample::Index>(), prop::sample::select(TOKENS), any::<bool>());
    let changed = change.prop_map(|(mut text, at, token, cut)| {
        let mut at = at.index(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        if cut {
            text.truncate(at);
        } else {
            text.insert_str(at, token);
        }
        text
    });
    prop_oneof![1 => tokens, 1 => value(), 3 => object(), 3 => changed]
}

/// Returns why the text is not JSON, if it is not.
fn fault(text: &str) -> Option<UnknownReason> {
    let received = KateError::decode(400, text.as_bytes());
    received.unknown().map(Unknown::reason).filter(|reason| {
        matches!(
            reason,
            UnknownReason::Empty
                | UnknownReason::NotJson { .. }
                | UnknownReason::Truncated
                | UnknownReason::TrailingBytes { .. }
        )
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn both_accept_the_same_texts(text in json()) {
        // In values that they skip, both readers accept any number and surrogate. Only ours accepts a byte order mark.
        let unmarked = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
        let theirs = serde_json::from_str::<IgnoredAny>(unmarked);
        let ours = fault(&text);
        prop_assert_eq!(ours.is_none(), theirs.is_ok(), "{:?}: {:?}", &text, ours);
    }

    #[test]
    fn what_is_cut_off_is_said_to_be((text, at) in (object(), any::<prop::sample::Index>())) {
        let end = text.rfind('}').unwrap();
        let mut at = at.index(end + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let is_blank = text[..at].trim().is_empty();
        prop_assert_eq!(fault(&text[..at]), Some(if is_blank { UnknownReason::Empty } else { UnknownReason::Truncated }));
    }

    #[test]
    fn both_read_the_same_detail(text in json()) {
        let received = KateError::decode(400, text.as_bytes());
        if let Ok(Members(members)) = serde_json::from_str(&text) {
            let details: Vec<&Value> =
                members.iter().filter(|(name, _)| name == "detail").map(|(_, value)| value).collect();
            let reason = received.unknown().map(Unknown::reason);
            match details.as_slice() {
                [] => prop_assert_eq!(reason, Some(UnknownReason::NoDetail)),
                [Value::String(detail)] => {
                    assert_eq!(received.detail().as_deref(), Some(detail.as_str()));
                }
                [Value::Array(_) | Value::Object(_)] => {
                    let Outcome::Validation(validation) = received.outcome() else { panic!("{text}") };
                    let kept: Value = serde_json::from_str(validation.json()).unwrap();
                    prop_assert_eq!(&kept, details[0]);
                    if let Value::Array(values) = details[0] {
                        prop_assert_eq!(validation.items().len(), values.len());
                    }
                }
                [_] => prop_assert!(matches!(reason, Some(UnknownReason::OtherKind(_)))),
                _ => prop_assert_eq!(reason, Some(UnknownReason::DuplicateDetail)),
            }
        }
    }

    #[test]
    fn every_escape_is_read_as_there(inside in vec(prop::sample::select(vec![
        "a", "\\u", "d800", "D83D", "DE00", "dc00", "\\ud83d\\ude00", "\\u00e9", "\\", "\"", "n", "0041", "é", "😀", "\\\\",
    ]), 0..8)) {
        let body = format!("{{\"detail\":\"{}\"}}", inside.concat());
        let theirs = serde_json::from_str::<Members>(&body);
        let received = KateError::decode(400, body.as_bytes());
        if let Ok(Members(members)) = theirs {
            assert_eq!(received.detail().as_deref(), members[0].1.as_str());
        } else {
            prop_assert_eq!(received.detail(), None);
        }
    }
}
