//! Dates and timestamps (RFC 3339) as automata over bytes. Only days of the Gregorian calendar are accepted, so
//! that the proof never shows a date that cannot be sent.

/// The state after a complete date.
pub(super) const DAY: u8 = 40;

/// The state after a complete timestamp.
pub(super) const MOMENT: u8 = 70;

// The states after the year tell whether it is a leap year, those after the month how many days it has.
const COMMON: u8 = 12;
const LEAP: u8 = 13;
const DAYS_28: u8 = 20;
const DAYS_30: u8 = 22;
const DAYS_31: u8 = 23;

/// A step through `2024-02-29`.
pub(super) fn date(state: u8, byte: u8) -> Option<u8> {
    match state {
        0..COMMON => byte.is_ascii_digit().then(|| year(state, byte - b'0')),
        COMMON | LEAP => (byte == b'-').then_some(state + 2),
        14..DAYS_28 => month(state, byte),
        DAYS_28..=DAYS_31 => (byte == b'-').then_some(state + 4),
        24..DAY => day(state, byte),
        _ => None,
    }
}

/// A year is a leap year if it is divisible by 4; if it ends in 00, its first two digits must be, too. States 1
/// and 2 tell whether the first digit is even; 3 and 4 whether the first two digits are divisible by 4; 5 to 10
/// that and the third digit: 0, even, or odd.
fn year(state: u8, digit: u8) -> u8 {
    let odd = digit % 2;
    match state {
        0 => 1 + odd,
        1 | 2 => 3 + u8::from((2 * (state - 1) + digit) % 4 != 0),
        3 | 4 => 5 + 3 * (state - 3) + if digit == 0 { 0 } else { 1 + odd },
        _ => {
            let (indivisible, third) = ((state - 5) / 3, (state - 5) % 3);
            let ends_in_00 = third == 0 && digit == 0;
            let by_four = (2 * u8::from(third == 2) + digit) % 4 == 0;
            COMMON + u8::from(if ends_in_00 { indivisible == 0 } else { by_four })
        }
    }
}

/// States 14 and 15 begin a month, 16 and 17 follow its `0`, 18 and 19 its `1`. Odd states are those of leap years.
fn month(state: u8, byte: u8) -> Option<u8> {
    let leap = state % 2;
    match (state, byte) {
        (14 | 15, b'0') => Some(16 + leap),
        (14 | 15, b'1') => Some(18 + leap),
        (16 | 17, b'2') => Some(DAYS_28 + leap),
        (16 | 17, b'4' | b'6' | b'9') | (18 | 19, b'1') => Some(DAYS_30),
        (16 | 17, b'1'..=b'8') | (18 | 19, b'0' | b'2') => Some(DAYS_31),
        _ => None,
    }
}

/// States 24 to 27 begin the day of a month with 28 to 31 days. After its first digit, states 30 to 34 tell which
/// digits may follow.
fn day(state: u8, byte: u8) -> Option<u8> {
    match (state, byte) {
        (24..=27, b'0') => Some(30),
        (24..=27, b'1') | (25..=27, b'2') => Some(31),
        (24, b'2') => Some(32),
        (26, b'3') => Some(33),
        (27, b'3') => Some(34),
        (30, b'1'..=b'9')
        | (31, b'0'..=b'9')
        | (32, b'0'..=b'8')
        | (33 | 34, b'0')
        | (34, b'1') => Some(DAY),
        _ => None,
    }
}

/// A step through `2024-02-29T12:00:00.5+01:00`.
pub(super) fn timestamp(state: u8, byte: u8) -> Option<u8> {
    match (state, byte) {
        (0..DAY, _) => date(state, byte),
        (DAY, b'T') => Some(41),
        // The hour.
        (41, b'0' | b'1') => Some(42),
        (41, b'2') => Some(43),
        (42, b'0'..=b'9') | (43, b'0'..=b'3') => Some(44),
        (44, b':') => Some(45),
        // The minute.
        (45, b'0'..=b'5') => Some(46),
        (46, b'0'..=b'9') => Some(47),
        (47, b':') => Some(48),
        // The second, which is 60 for a leap second, and its fraction.
        (48, b'0'..=b'5') => Some(49),
        (48, b'6') => Some(50),
        (49, b'0'..=b'9') | (50, b'0') => Some(51),
        (51, b'.') => Some(52),
        (52 | 53, b'0'..=b'9') => Some(53),
        // The offset.
        (51 | 53, b'+' | b'-') => Some(54),
        (54, b'0' | b'1') => Some(55),
        (54, b'2') => Some(56),
        (55, b'0'..=b'9') | (56, b'0'..=b'3') => Some(57),
        (57, b':') => Some(58),
        (58, b'0'..=b'5') => Some(59),
        (51 | 53, b'Z') | (59, b'0'..=b'9') => Some(MOMENT),
        _ => None,
    }
}
