//! What a hole can hold.

use super::{Kind, Piece, Value};
use crate::word::Word;

/// What stands behind a hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Text that begins with this character.
    Character(char),
    /// Another hole.
    Hole,
    /// The end of the sentence.
    End,
}

impl Next {
    /// What the pieces behind a hole begin with.
    pub(super) fn of(pieces: &[Piece<'_>]) -> Self {
        for piece in pieces {
            match piece {
                Piece::Hole(_) => return Self::Hole,
                Piece::Literal(literal) => {
                    if let Some(character) = literal.chars().next() {
                        return Self::Character(character);
                    }
                }
            }
        }
        Self::End
    }

    /// Where a text ends that begins at the beginning of `rest`.
    pub(super) fn end_of_text(self, rest: &str) -> usize {
        match self {
            Self::Character(end) => rest.find(end).unwrap_or(rest.len()),
            Self::Hole | Self::End => rest.len(),
        }
    }

    /// Whether a run of characters that `allows` names ends before what follows, and nowhere else.
    pub(super) fn ends(self, allows: impl Fn(char) -> bool) -> bool {
        match self {
            Self::Character(character) => !allows(character),
            Self::Hole => false,
            Self::End => true,
        }
    }
}

/// The value that `text` is, if it is one of the kind, in its one spelling.
pub(crate) fn fit<'s>(kind: Kind<'_>, text: &'s str) -> Option<Value<'s>> {
    match kind {
        Kind::U64 => is_canonical(text).then(|| text.parse().ok().map(Value::U64)).flatten(),
        Kind::I64 => {
            let digits = text.strip_prefix('-').unwrap_or(text);
            let canonical = is_canonical(digits) && text != "-0";
            canonical.then(|| text.parse().ok().map(Value::I64)).flatten()
        }
        Kind::Word => {
            let is_word = !text.is_empty() && text.chars().all(Word::allows);
            is_word.then_some(Value::Word(text))
        }
        Kind::Text(end) => {
            let is_text = !has_control(text) && end.is_none_or(|end| !text.contains(end));
            is_text.then_some(Value::Text(text))
        }
        Kind::OneOf(choices) => choices.contains(&text).then_some(Value::OneOf(text)),
    }
}

/// Whether digits are spelled as they are rendered: without leading zeros.
fn is_canonical(digits: &str) -> bool {
    let all_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    all_digits && (digits == "0" || !digits.starts_with('0') && !digits.is_empty())
}

/// Whether a control character stands in `text`.
pub(crate) fn has_control(text: &str) -> bool {
    // Without branches inside, so that long texts are looked at many bytes at a time. U+0080 to U+009F
    // begin with the byte C2, as some others do.
    let is = |byte: &u8| u8::from(*byte < 0x20) | u8::from(*byte == 0x7F) | u8::from(*byte == 0xC2);
    let mut chunks = text.as_bytes().chunks(64);
    let clean = chunks.all(|chunk| chunk.iter().fold(0, |any, byte| any | is(byte)) == 0);
    !clean && text.contains(char::is_control)
}

/// How many digits `text` begins with.
pub(crate) fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// How many bytes are digits, and a sign before them.
pub(crate) fn signed_digits(text: &str) -> usize {
    let sign = usize::from(text.starts_with('-'));
    sign + digits(text.get(sign..).unwrap_or_default())
}

/// How many bytes of word `text` begins with.
pub(crate) fn word(text: &str) -> usize {
    let graphic = text.bytes().take_while(u8::is_ascii_graphic).count();
    match text.as_bytes().get(graphic) {
        Some(byte) if !byte.is_ascii() => text.find(|c| !Word::allows(c)).unwrap_or(text.len()),
        _ => graphic,
    }
}
