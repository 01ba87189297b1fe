//! Which templates end alike, as far as their last literals show: one of the two literals ends with the other.

use std::iter::successors;
use std::ops::Range;

use crate::order::sorted_places;

/// The last literals of templates.
///
/// Sorted by their bytes from the end, the literals that end with one stand behind it, without others between them. What
/// a literal itself ends with is found from one to the next shorter one. Both are worked out once, in a pass over the
/// sorted literals.
pub(super) struct Ends<'t> {
    literals: Vec<&'t str>,
    /// The places in order.
    sorted: Vec<usize>,
    /// Where each place stands in the order.
    ranks: Vec<usize>,
    /// For each rank, behind which one no literal ends with the one there.
    behind: Vec<usize>,
    /// For each rank, the nearest one before it whose literal ends the one there.
    shorter: Vec<Option<usize>>,
}

impl<'t> Ends<'t> {
    pub(super) fn new(literals: Vec<&'t str>) -> Self {
        let count = literals.len();
        let sorted =
            sorted_places(count, &|a, b| literals[a].bytes().rev().cmp(literals[b].bytes().rev()));
        let (mut ranks, mut behind, mut shorter) = (vec![0; count], vec![count; count], Vec::new());
        // The ranks whose literals end the one at hand, shortest first.
        let mut open: Vec<usize> = Vec::new();
        for (rank, place) in sorted.iter().enumerate() {
            ranks[*place] = rank;
            let ends_otherwise =
                |last: &usize| !literals[*place].ends_with(literals[sorted[*last]]);
            while let Some(last) = open.last().copied().filter(ends_otherwise) {
                behind[last] = rank;
                open.pop();
            }
            shorter.push(open.last().copied());
            open.push(rank);
        }
        Self { literals, sorted, ranks, behind, shorter }
    }

    /// The templates in `range` that end like the one at `place`. It costs as much as there are of those in the whole
    /// list, or as the range is long, whichever is less.
    pub(super) fn alike(&self, place: usize, range: Range<usize>) -> Vec<usize> {
        let rank = self.ranks[place];
        let longer = &self.sorted[rank + 1..self.behind[rank]];
        let most = range.len().saturating_sub(longer.len());
        let shorter: Vec<usize> =
            successors(self.shorter[rank], |rank| self.shorter[*rank]).take(most).collect();
        if shorter.len() < most {
            let shorter = shorter.iter().map(|rank| self.sorted[*rank]);
            return longer.iter().copied().chain(shorter).filter(|it| range.contains(it)).collect();
        }
        let literal = self.literals[place];
        let is_alike = |other: &usize| {
            literal.ends_with(self.literals[*other]) || self.literals[*other].ends_with(literal)
        };
        range.filter(is_alike).collect()
    }
}
