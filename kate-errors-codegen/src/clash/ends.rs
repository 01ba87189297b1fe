//! Finds templates that end alike, judging by their last literals: one literal ends with the other.

use std::iter::successors;
use std::ops::Range;

use crate::order::sorted_places;

/// The last literals of templates.
///
/// When literals are sorted by their reversed bytes, those that end with a given literal directly follow it.
/// Those that the literal itself ends with are found from each one to the next shorter one. Both are computed
/// once, in a pass over the sorted literals.
pub(super) struct Ends<'t> {
    literals: Vec<&'t str>,
    /// The indices of the literals, sorted.
    sorted: Vec<usize>,
    /// The rank of each index in `sorted`.
    ranks: Vec<usize>,
    /// For each rank, the first later rank whose literal does not end with the literal at this rank.
    behind: Vec<usize>,
    /// For each rank, the nearest earlier rank with a literal that is a suffix of the literal at this rank.
    shorter: Vec<Option<usize>>,
}

impl<'t> Ends<'t> {
    pub(super) fn new(literals: Vec<&'t str>) -> Self {
        let count = literals.len();
        let sorted =
            sorted_places(count, &|a, b| literals[a].bytes().rev().cmp(literals[b].bytes().rev()));
        let (mut ranks, mut behind, mut shorter) = (vec![0; count], vec![count; count], Vec::new());
        // The ranks whose literals are suffixes of the current one, shortest first.
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

    /// Returns the templates in `range` that end like the one at `place`. The cost is the number of such
    /// templates in the whole list, or the length of the range, whichever is less.
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
