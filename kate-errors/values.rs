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
    /// Room for values.
    #[inline]
    pub(crate) fn new() -> Self {
        Self { few: [UNREAD; FEW], many: Vec::new(), count: 0 }
    }

    /// Reads the values of the sentence that a walk has found to be the template's. `None` if they are not
    /// UTF-8.
    pub(crate) fn read(&mut self, template: &Template<'_>, walk: &Walk<'s>) -> Option<()> {
        self.count = template.params.len();
        let places = if let Some(few) = self.few.get_mut(..self.count) {
            few
        } else {
            self.many = vec![UNREAD; self.count];
            &mut self.many
        };
        let mut hole = 0;
        for piece in template.pieces {
            let Piece::Hole(param) = piece else { continue };
            let kind = template.params.get(*param)?.kind;
            *places.get_mut(*param)? = value(kind, walk.held(hole)?)?;
            hole += 1;
        }
        // No template names a parameter twice.
        (hole == self.count).then_some(())
    }

    #[inline]
    pub(crate) fn as_slice(&self) -> &[Value<'s>] {
        self.few.get(..self.count).unwrap_or(&self.many)
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
