//! What stands in the holes on the way to a place.

use alloc::vec::Vec;

use crate::template::{UNREAD, Value};

const FEW: usize = 4;

/// What stands in the holes, in order. Few sentences have more than a few.
pub(super) struct Held<'s> {
    few: [Value<'s>; FEW],
    /// All of them, if there are more.
    many: Vec<Value<'s>>,
}

impl<'s> Held<'s> {
    pub(super) const NOTHING: Self = Self { few: [UNREAD; FEW], many: Vec::new() };

    /// Puts a value behind those of the first holes; what stood there is forgotten.
    #[inline]
    pub(super) fn put(&mut self, hole: usize, value: Value<'s>) {
        if let Some(place) = self.few.get_mut(hole) {
            *place = value;
        } else {
            self.put_behind_few(hole, value);
        }
    }

    #[cold]
    fn put_behind_few(&mut self, hole: usize, value: Value<'s>) {
        if hole == FEW {
            self.many.clear();
            self.many.extend(self.few);
        }
        self.many.truncate(hole);
        self.many.push(value);
    }

    /// What stands in the first holes.
    #[inline]
    pub(super) fn first(&self, holes: usize) -> &[Value<'s>] {
        let few = self.few.get(..holes);
        few.or_else(|| self.many.get(..holes)).unwrap_or_default()
    }
}
