//! Values as they stand in a sentence, in bytes that need not be UTF-8.

use crate::steps;
use crate::word::Word;

/// How many digits `text` begins with; a few more than a number has stand for all that there may be. A
/// number may be looked for at many places of one long run of digits, so none goes through all of it.
pub(crate) fn digits(text: &[u8]) -> usize {
    const ENOUGH: usize = LONGEST + 1;
    let text = text.get(..ENOUGH).unwrap_or(text);
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    steps::count(digits + 1);
    digits
}

/// How many bytes are digits, and a sign before them.
pub(crate) fn signed_digits(text: &[u8]) -> usize {
    let sign = usize::from(text.first() == Some(&b'-'));
    sign + digits(text.get(sign..).unwrap_or_default())
}

/// How many bytes of word `text` begins with.
pub(crate) fn word(text: &[u8]) -> usize {
    let graphic = text.iter().take_while(|byte| byte.is_ascii_graphic()).count();
    steps::count(graphic + 1);
    match text.get(graphic) {
        Some(byte) if !byte.is_ascii() => {
            let text = valid(text);
            steps::count(text.len());
            text.find(|character| !Word::allows(character)).unwrap_or(text.len())
        }
        _ => graphic,
    }
}

/// The UTF-8 that bytes begin with.
fn valid(text: &[u8]) -> &str {
    match core::str::from_utf8(text) {
        Ok(text) => text,
        Err(error) => {
            let valid = text.get(..error.valid_up_to()).unwrap_or_default();
            core::str::from_utf8(valid).unwrap_or_default()
        }
    }
}

/// Every number of so many digits is a `u64`.
const SAFE: usize = 19;

/// No `u64` and no `i64` has more digits.
const LONGEST: usize = 20;

/// The number that `text` is, in its one spelling: without leading zeros.
pub(crate) fn u64(text: &[u8]) -> Option<u64> {
    if text.first() == Some(&b'0') {
        return (text.len() == 1).then_some(0);
    }
    if text.is_empty() || text.len() > SAFE {
        let all_digits = text.iter().all(u8::is_ascii_digit);
        return core::str::from_utf8(text).ok().filter(|_| all_digits)?.parse().ok();
    }
    text.iter().try_fold(0_u64, |number, byte| {
        byte.is_ascii_digit().then(|| number * 10 + u64::from(byte - b'0'))
    })
}

/// The number that all the digits are with which `text` begins, in its one spelling, and how many they are.
#[inline]
pub(crate) fn leading_u64(text: &[u8]) -> Option<(u64, usize)> {
    let (mut number, mut length) = (0, 0);
    for byte in text.iter().take(SAFE).take_while(|byte| byte.is_ascii_digit()) {
        number = number * 10 + u64::from(byte - b'0');
        length += 1;
    }
    steps::count(length + 1);
    match (length, text.first()) {
        (1, _) => Some((number, 1)),
        (0, _) | (_, Some(b'0')) => None,
        (SAFE, _) => {
            let length = digits(text);
            u64(text.get(..length)?).map(|number| (number, length))
        }
        _ => Some((number, length)),
    }
}

/// The number that `text` is, in its one spelling: without leading zeros, and no `-0`.
pub(crate) fn i64(text: &[u8]) -> Option<i64> {
    match text.strip_prefix(b"-") {
        None => i64::try_from(u64(text)?).ok(),
        Some(digits) => 0_i64.checked_sub_unsigned(u64(digits).filter(|number| *number > 0)?),
    }
}

/// Whether a control character stands in `text`.
pub(crate) fn has_control(text: &[u8]) -> bool {
    steps::count(text.len());
    // Without branches inside, so that long texts are looked at many bytes at a time. U+0080 to U+009F
    // begin with the byte C2, as some others do.
    let is = |byte: &u8| u8::from(*byte < 0x20) | u8::from(*byte == 0x7F) | u8::from(*byte == 0xC2);
    let mut chunks = text.chunks(64);
    let clean = chunks.all(|chunk| chunk.iter().fold(0, |any, byte| any | is(byte)) == 0);
    !clean && has_control_precisely(text)
}

fn has_control_precisely(text: &[u8]) -> bool {
    let ascii = text.iter().any(u8::is_ascii_control);
    ascii || text.windows(2).any(|pair| matches!(pair, [0xC2, 0x80..=0x9F]))
}

/// Where a character stands for the first time.
pub(crate) fn find(text: &[u8], character: char) -> Option<usize> {
    let mut buffer = [0; 4];
    let spelled = character.encode_utf8(&mut buffer).as_bytes();
    let first = *spelled.first()?;
    let mut from = 0;
    loop {
        let at = from + position(text.get(from..)?, first)?;
        if spelled.len() == 1 || text.get(at..)?.starts_with(spelled) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// Where `until` stands for the first time, or where the text ends, if `without` does not stand before. It
/// looks no farther than twice the place of the first of them, since either may be what stands before a text
/// that is looked for at many places.
#[cold]
pub(crate) fn find_without(text: &[u8], until: Option<char>, without: char) -> Option<usize> {
    let mut look = 64;
    loop {
        let part = text.get(..look).unwrap_or(text);
        let end = until.and_then(|until| find(part, until));
        let end =
            end.or_else(|| (until.is_none() && part.len() == text.len()).then_some(text.len()));
        if find(part.get(..end.unwrap_or(part.len()))?, without).is_some() {
            return None;
        }
        if end.is_some() || part.len() == text.len() {
            return end;
        }
        look *= 2;
    }
}

/// Where a byte stands for the first time.
fn position(text: &[u8], byte: u8) -> Option<usize> {
    /// Looked at without stopping, so that the processor does it at once.
    const AT_ONCE: usize = 32;
    let has = |chunk: &[u8]| chunk.iter().fold(0, |any, other| any | u8::from(*other == byte)) != 0;
    let before = text.chunks(AT_ONCE).position(has).map(|chunk| chunk * AT_ONCE);
    steps::count(before.unwrap_or(text.len()) + 1);
    let before = before?;
    let within = text.get(before..)?.iter().position(|other| *other == byte)?;
    Some(before + within)
}
