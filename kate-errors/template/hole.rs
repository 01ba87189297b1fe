//! What a hole can hold.

use super::{Kind, Piece, Value, bytes};
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
        Kind::U64 => bytes::u64(text.as_bytes()).map(Value::U64),
        Kind::I64 => bytes::i64(text.as_bytes()).map(Value::I64),
        Kind::Word => {
            let is_word = !text.is_empty() && text.chars().all(Word::allows);
            is_word.then_some(Value::Word(text))
        }
        Kind::Text(end) => {
            let has_end = end.is_some_and(|end| text.contains(end));
            let is_text = !bytes::has_control(text.as_bytes()) && !has_end;
            is_text.then_some(Value::Text(text))
        }
        Kind::OneOf(choices) => choices.contains(&text).then_some(Value::OneOf(text)),
    }
}
