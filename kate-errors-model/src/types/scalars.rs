//! The types with a grammar, each as a static.

use super::calendar;
use super::{Field, Scalar, TypeInfo};

/// The length of the longest prefix of `text` that an automaton accepts. It is monomorphized for each type, so
/// that no call remains in it.
fn longest(
    text: &[u8],
    step: impl Fn(u8, u8) -> Option<u8>,
    accepts: impl Fn(u8) -> bool,
) -> Option<usize> {
    let (mut state, mut end) = (0, None);
    for (at, byte) in text.iter().enumerate() {
        match step(state, *byte) {
            Some(next) => state = next,
            None => break,
        }
        if accepts(state) {
            end = Some(at + 1);
        }
    }
    end
}

/// Every accepted text is in range.
fn always(_: &str) -> bool {
    true
}

/// `u64`: canonical decimal digits.
pub static U64: Scalar = Scalar {
    info: TypeInfo {
        name: "u64",
        description: "whole numbers from 0 to 2^64 - 1, without sign or leading zeros",
        field: Field::U64,
        example: "7",
        pattern: "(?:0|[1-9][0-9]*)",
    },
    step: natural,
    accepts: is_integer,
    claims: |text| longest(text, natural, is_integer),
    lookahead: None,
    // Fewer digits always fit, and parsing takes longer than reading them.
    in_range: |text| text.len() < 20 || text.parse::<u64>().is_ok(),
    stand_in: "0",
};

/// `i64`: canonical decimal digits, with a sign if it is negative.
pub static I64: Scalar = Scalar {
    info: TypeInfo {
        name: "i64",
        description: "whole numbers from -2^63 to 2^63 - 1, without leading zeros",
        field: Field::I64,
        example: "-7",
        pattern: "(?:0|-?[1-9][0-9]*)",
    },
    step: integer,
    accepts: is_integer,
    claims: |text| longest(text, integer, is_integer),
    lookahead: None,
    in_range: |text| text.len() < 19 || text.parse::<i64>().is_ok(),
    stand_in: "0",
};

/// `decimal`: digits of any length, optionally with a fraction.
pub static DECIMAL: Scalar = Scalar {
    info: TypeInfo {
        name: "decimal",
        description: "decimal numbers of any length, such as `-12.50`, in the digits they are written with",
        field: Field::String,
        example: "12.50",
        pattern: r"(?:-?[0-9]+(?:\.[0-9]+)?)",
    },
    step: decimal,
    accepts: is_decimal,
    claims: |text| longest(text, decimal, is_decimal),
    lookahead: Some((POINT, b'.')),
    in_range: always,
    stand_in: "0",
};

/// `bool`: one of two words.
pub static BOOL: Scalar = Scalar {
    info: TypeInfo {
        name: "bool",
        description: "`true` or `false`",
        field: Field::Bool,
        example: "true",
        pattern: "(?:true|false)",
    },
    step: boolean,
    accepts: |state| state == BOOLEAN,
    claims: |text| longest(text, boolean, |state| state == BOOLEAN),
    lookahead: None,
    in_range: always,
    stand_in: "false",
};

/// `uuid`: RFC 9562, in lower or upper case.
pub static UUID: Scalar = Scalar {
    info: TypeInfo {
        name: "uuid",
        description: "UUIDs (RFC 9562): 32 hexadecimal digits in five groups",
        field: Field::String,
        example: "01890a5d-ac96-774b-bcce-b302099a8057",
        pattern: "(?:[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})",
    },
    step: uuid,
    accepts: |state| state == 36,
    claims: |text| longest(text, uuid, |state| state == 36),
    lookahead: None,
    in_range: always,
    stand_in: "00000000-0000-0000-0000-000000000000",
};

/// The part of a pattern that matches a day of the Gregorian calendar.
macro_rules! day_pattern {
    () => {
        concat!(
            "(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])",
            "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))",
            "|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)"
        )
    };
}

/// `date`: RFC 3339 full-date, a day of the calendar.
pub static DATE: Scalar = Scalar {
    info: TypeInfo {
        name: "date",
        description: "days as RFC 3339 writes them, such as `2024-02-29`",
        field: Field::String,
        example: "2024-02-29",
        pattern: day_pattern!(),
    },
    step: calendar::date,
    accepts: |state| state == calendar::DAY,
    claims: |text| longest(text, calendar::date, |state| state == calendar::DAY),
    lookahead: None,
    in_range: always,
    stand_in: "1970-01-01",
};

/// `timestamp`: RFC 3339 date-time, with a capital `T` and `Z`.
pub static TIMESTAMP: Scalar = Scalar {
    info: TypeInfo {
        name: "timestamp",
        description: "moments as RFC 3339 writes them, such as `2024-02-29T12:00:00Z`",
        field: Field::String,
        example: "2024-02-29T12:00:00Z",
        pattern: concat!(
            "(?:",
            day_pattern!(),
            r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\.[0-9]+)?",
            "(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9]))"
        ),
    },
    step: calendar::timestamp,
    accepts: |state| state == calendar::MOMENT,
    claims: |text| longest(text, calendar::timestamp, |state| state == calendar::MOMENT),
    lookahead: None,
    in_range: always,
    stand_in: "1970-01-01T00:00:00Z",
};

// The states of numbers. A number begins in 0.
const SIGN: u8 = 1;
const ZERO: u8 = 2;
const DIGITS: u8 = 3;
const POINT: u8 = 4;
const FRACTION: u8 = 5;

fn natural(state: u8, byte: u8) -> Option<u8> {
    if byte == b'-' { None } else { integer(state, byte) }
}

fn integer(state: u8, byte: u8) -> Option<u8> {
    match (state, byte) {
        (0, b'-') => Some(SIGN),
        (0, b'0') => Some(ZERO),
        (0 | SIGN | DIGITS, b'1'..=b'9') | (DIGITS, b'0') => Some(DIGITS),
        _ => None,
    }
}

/// The state after the last letter of either word.
const BOOLEAN: u8 = 8;

fn boolean(state: u8, byte: u8) -> Option<u8> {
    match (state, byte) {
        (0, b't') => Some(1),
        (1, b'r') => Some(2),
        (2, b'u') => Some(3),
        (0, b'f') => Some(4),
        (4, b'a') => Some(5),
        (5, b'l') => Some(6),
        (6, b's') => Some(7),
        (3 | 7, b'e') => Some(BOOLEAN),
        _ => None,
    }
}

fn is_integer(state: u8) -> bool {
    matches!(state, ZERO | DIGITS)
}

fn decimal(state: u8, byte: u8) -> Option<u8> {
    match (state, byte) {
        (0, b'-') => Some(SIGN),
        (0 | SIGN | DIGITS, b'0'..=b'9') => Some(DIGITS),
        (DIGITS, b'.') => Some(POINT),
        (POINT | FRACTION, b'0'..=b'9') => Some(FRACTION),
        _ => None,
    }
}

fn is_decimal(state: u8) -> bool {
    matches!(state, DIGITS | FRACTION)
}

fn uuid(state: u8, byte: u8) -> Option<u8> {
    let fits = match state {
        8 | 13 | 18 | 23 => byte == b'-',
        0..36 => byte.is_ascii_hexdigit(),
        _ => false,
    };
    fits.then_some(state + 1)
}
