//! Values that are likely to break messages.

use proptest::collection::vec;
use proptest::prelude::*;

use crate::jobs::{JobStateAction, JobStateState, JobsError, Quota};

/// Parts of messages, of JSON, and other text that may confuse readers.
const PARTS: &[&str] = &[
    "Job ",
    " not found",
    " is ",
    "is",
    ", so it cannot be ",
    "cancelled",
    "RESTARTED",
    "running",
    "waiting for input",
    "Offset ",
    " lies outside of -5 to 5",
    "Bad name \"",
    "\": ",
    "Login of ",
    " failed",
    "Too many ",
    "Too many jobs of kind ",
    ". Used ",
    ". ",
    " of ",
    " for ",
    "No job ",
    "{id}",
    "{{",
    "}}",
    "{",
    "}",
    "\"",
    "\\",
    "\\\"",
    "\\u0041",
    "{\"detail\":\"",
    "\"}",
    "\"detail\"",
    "\n",
    "\r\n",
    "\t",
    "\0",
    "\u{7F}",
    "\u{85}",
    "\u{9B}31m",
    "\u{1B}[31m",
    " ",
    "  ",
    "\u{A0}",
    "\u{2028}",
    "\u{202E}",
    "\u{FEFF}",
    "\u{FFFD}",
    "?",
    "•••",
    "é",
    "e\u{301}",
    "😀",
    "日本",
    "0",
    "00",
    "-",
    "-0",
    "7",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775808",
    ".",
    ":",
    ",",
    "/",
    "'",
    "<",
    ">",
    "&",
    "%s",
];

/// Any text: hostile, empty, or very long.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => prop::sample::select(PARTS).prop_map(String::from),
        2 => any::<char>().prop_map(String::from),
        1 => prop::char::range(' ', '~').prop_map(String::from),
    ];
    let short = vec(part, 0..8).prop_map(|parts| parts.concat());
    let long = (short.clone(), 100..2000_usize).prop_map(|(text, times)| text.repeat(times));
    prop_oneof![
        30 => short,
        1 => long.prop_map(|text| text.chars().take(8_000).collect()),
    ]
}

pub(crate) fn u64() -> impl Strategy<Value = u64> {
    prop_oneof![any::<u64>(), 0..20_u64, Just(u64::MAX), Just(u64::MAX / 10)]
}

pub(crate) fn i64() -> impl Strategy<Value = i64> {
    prop_oneof![any::<i64>(), -20..20_i64, Just(i64::MAX), Just(i64::MIN)]
}

fn quota() -> impl Strategy<Value = Option<Quota>> {
    let quota =
        (u64(), u64(), text()).prop_map(|(used, limit, owner)| Quota { used, limit, owner });
    prop::option::of(quota)
}

/// Any error of the jobs catalog that a server can create.
pub(crate) fn error() -> impl Strategy<Value = JobsError> {
    let state = prop::sample::select(JobStateState::ALL);
    let action = prop::sample::select(JobStateAction::ALL);
    prop_oneof![
        text().prop_map(|id| JobsError::JobNotFound { id }),
        (text(), state, action).prop_map(|(id, state, action)| JobsError::JobState {
            id,
            state,
            action
        }),
        i64().prop_map(|offset| JobsError::BadOffset { offset }),
        (text(), text()).prop_map(|(name, reason)| JobsError::BadName { name, reason }),
        text().prop_map(|user| JobsError::LoginFailed { user }),
        (text(), quota()).prop_map(|(kind, context)| JobsError::TooManyJobs { kind, context }),
        (text(), quota()).prop_map(|(kind, context)| JobsError::TooManyRuns { kind, context }),
        Just(JobsError::Braces),
    ]
}

/// Returns a message as the inside of a JSON string; the numbers select how each character is spelled.
pub(crate) fn spelled(sentence: &str, spellings: &[u8]) -> String {
    let mut spelled = String::new();
    let spellings = spellings.iter().cycle();
    for (character, spelling) in sentence.chars().zip(spellings) {
        let must = matches!(character, '"' | '\\') || character < ' ';
        match spelling % 4 {
            0 | 1 if !must => spelled.push(character),
            _ => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    let upper = spelling % 2 == 0;
                    let unit = if upper { format!("{unit:04X}") } else { format!("{unit:04x}") };
                    spelled.push_str("\\u");
                    spelled.push_str(&unit);
                }
            }
        }
    }
    spelled
}
