//! What stands in the holes on the way to a place.

use alloc::vec::Vec;

const FEW: usize = 4;

/// What stands in the holes, in order. Few sentences have more than a few.
#[derive(Default)]
pub(super) struct Held<'s> {
    few: [&'s [u8]; FEW],
    more: Vec<&'s [u8]>,
}

impl<'s> Held<'s> {
    /// Puts a value behind those of the first holes; what stood there is forgotten.
    pub(super) fn put(&mut self, hole: usize, value: &'s [u8]) {
        if let Some(place) = self.few.get_mut(hole) {
            *place = value;
        } else {
            self.more.truncate(hole - FEW);
            self.more.push(value);
        }
    }

    pub(super) fn get(&self, hole: usize) -> Option<&'s [u8]> {
        let few = self.few.get(hole);
        few.or_else(|| self.more.get(hole.checked_sub(FEW)?)).copied()
    }
}
