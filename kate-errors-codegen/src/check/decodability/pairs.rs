//! Sets of pairs of small numbers, for states that a search has been at.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

/// A set of pairs.
pub(super) type Pairs<T> = HashSet<T, BuildHasherDefault<PairHasher>>;

/// A hash for pairs of small numbers: build scripts run unoptimised, and this is most of their work.
#[derive(Default)]
pub(super) struct PairHasher(u64);

impl Hasher for PairHasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn write_u64(&mut self, number: u64) {
        // The constant is that of Fibonacci hashing: 2^64 divided by the golden ratio.
        let mixed = (self.0.rotate_left(26) ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ (mixed >> 32);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
