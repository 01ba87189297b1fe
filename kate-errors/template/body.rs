//! Rendering values into the body of a response.

use alloc::vec::Vec;

use super::{Piece, Template, Value};
use crate::body::{HEAD, TAIL};
use crate::json::push_escaped;

/// How long a number of 64 bits is at the most: `-9223372036854775808`.
const LONGEST_NUMBER: usize = 20;

impl Template<'_> {
    /// Writes the body of the sentence that has these values to the end of `out`. `is_escaped` says whether JSON
    /// may escape something in the literals.
    pub(crate) fn write_body(&self, values: &[Value<'_>], is_escaped: bool, out: &mut Vec<u8>) {
        out.extend_from_slice(HEAD.as_bytes());
        for piece in self.pieces {
            match piece {
                Piece::Literal(literal) if is_escaped => push_escaped(literal, out),
                Piece::Literal(literal) => out.extend_from_slice(literal.as_bytes()),
                Piece::Hole(param) => {
                    if let Some(value) = values.get(*param) {
                        value.push_escaped(out);
                    }
                }
            }
        }
        out.extend_from_slice(TAIL.as_bytes());
    }
}

impl Value<'_> {
    /// How many bytes it has at the most, if nothing in it is escaped.
    pub(crate) fn longest(&self) -> usize {
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
