//! The one sort of the compiler by an order of its own.

use std::cmp::Ordering;

/// The places of a list of `count` in the order that `compare` gives two of them.
///
/// A user's build compiles a sort of the standard library for each order and each type, eleven kilobytes of machine
/// code, so orders that differ share this one.
pub(crate) fn sorted_places(
    count: usize,
    compare: &dyn Fn(usize, usize) -> Ordering,
) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|a, b| compare(*a, *b));
    places
}
