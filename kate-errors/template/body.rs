//! Rendering values into the body of a response.

use alloc::vec::Vec;

use super::{Piece, Value};
use crate::json::push_escaped;

/// How long a number of 64 bits is at the most: `-9223372036854775808`.
const LONGEST_NUMBER: usize = 20;

/// How long a body of these pieces is at the most, if nothing in the values is escaped.
pub(crate) fn body_length(pieces: &[Piece<'_>], values: &[Value<'_>]) -> usize {
    let lengths = pieces.iter().map(|piece| match piece {
        Piece::Literal(literal) => literal.len(),
        Piece::Hole(param) => values.get(*param).map_or(0, Value::longest),
    });
    lengths.sum()
}

/// Writes the body that has these values; its literals stand as in JSON.
pub(crate) fn write_body(pieces: &[Piece<'_>], values: &[Value<'_>], out: &mut Vec<u8>) {
    for piece in pieces {
        match piece {
            Piece::Literal(literal) => out.extend_from_slice(literal.as_bytes()),
            Piece::Hole(param) => {
                if let Some(value) = values.get(*param) {
                    value.push_escaped(out);
                }
            }
        }
    }
}

impl Value<'_> {
    /// How many bytes it has at the most, if nothing in it is escaped.
    fn longest(&self) -> usize {
        match self {
            Self::U64(_) | Self::I64(_) => LONGEST_NUMBER,
            Self::Word(text) | Self::Text(text) | Self::OneOf(text) => text.len(),
        }
    }

    fn push_escaped(&self, out: &mut Vec<u8>) {
        match self {
            Self::U64(number) => {
                out.extend_from_slice(itoa::Buffer::new().format(*number).as_bytes());
            }
            Self::I64(number) => {
                out.extend_from_slice(itoa::Buffer::new().format(*number).as_bytes());
            }
            Self::Word(text) | Self::Text(text) | Self::OneOf(text) => push_escaped(text, out),
        }
    }
}
