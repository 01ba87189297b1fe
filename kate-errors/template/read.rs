//! Reading a sentence in one pass, where what follows each hole says where its value ends.
//!
//! A response is not read in this way: `trie/` looks at all templates at once. The command reads one template
//! when it explains a sentence or writes test vectors, and tests hold the tree against it.

use super::bytes::{digits, signed_digits, word};
use super::hole::{Next, fit};
use super::{Kind, Piece, Template, Value, note};
use crate::word::Word;

/// What one pass over a sentence found.
pub(super) enum Reading {
    /// The sentence is one of the template's.
    Fits,
    /// It is none.
    Differs,
    /// A value might end at several places.
    ManyWays,
}

/// Where the value of a hole ends.
enum End {
    At(usize),
    Nowhere,
    Undecided,
}

/// Reads the values of `sentence`, if there is one way to do so.
pub(super) fn read<'s>(
    template: &Template<'_>,
    sentence: &'s str,
    values: &mut [Value<'s>],
) -> Reading {
    let mut rest = sentence;
    let mut pieces = template.pieces;
    while let Some((piece, behind)) = pieces.split_first() {
        pieces = behind;
        let param = match piece {
            Piece::Literal(literal) => {
                let Some(behind) = rest.strip_prefix(literal) else { return Reading::Differs };
                rest = behind;
                continue;
            }
            Piece::Hole(param) => *param,
        };
        let Some(kind) = template.params.get(param).map(|param| param.kind) else {
            return Reading::Differs;
        };
        let length = match end(kind, Next::of(behind), rest) {
            End::At(length) => length,
            End::Nowhere => return Reading::Differs,
            End::Undecided => return Reading::ManyWays,
        };
        let Some((text, behind)) = rest.split_at_checked(length) else { return Reading::Differs };
        rest = behind;
        match fit(kind, text) {
            Some(value) if note(values, param, value) => {}
            _ => return Reading::Differs,
        }
    }
    if rest.is_empty() { Reading::Fits } else { Reading::Differs }
}

fn end(kind: Kind<'_>, next: Next, rest: &str) -> End {
    let run = |length, decided| if decided { End::At(length) } else { End::Undecided };
    match kind {
        Kind::U64 => run(digits(rest.as_bytes()), next.ends(|c| c.is_ascii_digit())),
        Kind::I64 => run(signed_digits(rest.as_bytes()), next.ends(|c| c.is_ascii_digit())),
        Kind::Word => run(word(rest.as_bytes()), next.ends(Word::allows)),
        Kind::Text(_) => End::At(next.end_of_text(rest)),
        Kind::OneOf(choices) => {
            let mut standing = choices.iter().filter(|choice| rest.starts_with(**choice));
            match (standing.next(), standing.next()) {
                (None, _) => End::Nowhere,
                (Some(choice), None) => End::At(choice.len()),
                _ => End::Undecided,
            }
        }
    }
}
