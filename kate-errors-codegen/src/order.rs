//! The only sort of the compiler with a custom order.

use std::cmp::Ordering;

/// Returns the indices of a list of `count` elements, sorted by `compare`.
///
/// For each order and type, a user's build would compile another copy of the standard library's sort, eleven
/// kilobytes of machine code. So different orders share this one.
pub(crate) fn sorted_places(
    count: usize,
    compare: &dyn Fn(usize, usize) -> Ordering,
) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|a, b| compare(*a, *b));
    places
}
