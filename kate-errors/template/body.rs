//! Rendering values into the body of a response.

use alloc::vec::Vec;

use super::{Piece, Template, Value};
use crate::decimal::Decimal;
use crate::json::push_escaped;

const HEAD: &[u8] = b"{\"detail\":\"";
const TAIL: &[u8] = b"\"}";

impl Template<'_> {
    /// How long the body of the sentence is, if nothing in it is escaped.
    pub(crate) fn body_length(&self, values: &[Value<'_>]) -> usize {
        let pieces = self.pieces.iter().map(|piece| match piece {
            Piece::Literal(literal) => literal.len(),
            Piece::Hole(param) => values.get(*param).map_or(0, Value::longest),
        });
        HEAD.len() + pieces.sum::<usize>() + TAIL.len()
    }

    /// Writes the body of the sentence that has these values. `plain` says that no literal needs an escape.
    pub(crate) fn write_body(&self, values: &[Value<'_>], plain: bool, out: &mut Vec<u8>) {
        out.extend_from_slice(HEAD);
        for piece in self.pieces {
            match piece {
                Piece::Literal(literal) if plain => out.extend_from_slice(literal.as_bytes()),
                Piece::Literal(literal) => push_escaped(literal, out),
                Piece::Hole(param) => {
                    if let Some(value) = values.get(*param) {
                        value.push_escaped(out);
                    }
                }
            }
        }
        out.extend_from_slice(TAIL);
    }
}

impl Value<'_> {
    /// How many bytes it has at the most, if nothing in it is escaped.
    fn longest(&self) -> usize {
        match self {
            Self::U64(_) | Self::I64(_) => Decimal::MAX_LENGTH,
            Self::Word(text) | Self::Text(text) | Self::OneOf(text) => text.len(),
        }
    }

    fn push_escaped(&self, out: &mut Vec<u8>) {
        match self {
            Self::U64(number) => out.extend_from_slice(Decimal::of_u64(*number).as_bytes()),
            Self::I64(number) => out.extend_from_slice(Decimal::of_i64(*number).as_bytes()),
            Self::Word(text) | Self::Text(text) | Self::OneOf(text) => push_escaped(text, out),
        }
    }
}
