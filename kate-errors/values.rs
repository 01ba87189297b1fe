//! The values of a sentence, taken from a walk through the tree of sentences.

use alloc::vec;
use alloc::vec::Vec;

use crate::template::{Kind, Piece, Template, UNREAD, Value, bytes};
use crate::trie::Walk;

const FEW: usize = 4;

/// The values of a sentence, one for each parameter. Few sentences have more than a few.
pub(crate) struct Values<'s> {
    few: [Value<'s>; FEW],
    many: Vec<Value<'s>>,
    count: usize,
}

impl<'s> Values<'s> {
    /// Reads the values of the sentence that a walk has found to be the template's. `None` if they are not
    /// UTF-8.
    pub(crate) fn read(template: &Template<'_>, walk: &Walk<'s>) -> Option<Self> {
        let count = template.params.len();
        let many = if count > FEW { vec![UNREAD; count] } else { Vec::new() };
        let mut values = Self { few: [UNREAD; FEW], many, count };
        let places = values.as_mut_slice();
        let mut hole = 0;
        for piece in template.pieces {
            let Piece::Hole(param) = piece else { continue };
            let kind = template.params.get(*param)?.kind;
            *places.get_mut(*param)? = value(kind, walk.held(hole)?)?;
            hole += 1;
        }
        // No template names a parameter twice.
        (hole == count).then_some(values)
    }

    pub(crate) fn as_slice(&self) -> &[Value<'s>] {
        if self.count > FEW { &self.many } else { self.few.get(..self.count).unwrap_or_default() }
    }

    fn as_mut_slice(&mut self) -> &mut [Value<'s>] {
        if self.count > FEW {
            &mut self.many
        } else {
            self.few.get_mut(..self.count).unwrap_or_default()
        }
    }
}

/// The value that stands in a hole of this kind; `None` if it is not UTF-8.
fn value<'s>(kind: Kind<'_>, held: &'s [u8]) -> Option<Value<'s>> {
    let text = || core::str::from_utf8(held).ok();
    match kind {
        Kind::U64 => bytes::u64(held).map(Value::U64),
        Kind::I64 => bytes::i64(held).map(Value::I64),
        Kind::Word => text().map(Value::Word),
        Kind::Text(_) => text().map(Value::Text),
        Kind::OneOf(_) => text().map(Value::OneOf),
    }
}
