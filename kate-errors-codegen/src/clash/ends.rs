//! Which templates end alike, as far as their last literals show: one of the two literals ends with the other.

use std::ops::Range;

/// The last literals of templates, sorted by their bytes from the end.
pub(super) struct Ends<'t> {
    literals: Vec<&'t str>,
    sorted: Vec<usize>,
}

impl<'t> Ends<'t> {
    pub(super) fn new(literals: impl Iterator<Item = &'t str>) -> Self {
        let literals: Vec<&str> = literals.collect();
        let mut sorted: Vec<usize> = (0..literals.len()).collect();
        sorted.sort_by(|a, b| literals[*a].bytes().rev().cmp(literals[*b].bytes().rev()));
        Self { literals, sorted }
    }

    /// The templates in `range` that end like the one at `place`. It costs as much as there are of those in the whole
    /// list, or as the range is long, whichever is less.
    pub(super) fn alike(&self, place: usize, range: Range<usize>) -> Vec<usize> {
        let literal = self.literals[place];
        if range.len() > literal.len() {
            let mut parts = vec![self.part(literal, |other| other.ends_with(literal))];
            let suffixes = literal.char_indices().map(|(at, _)| &literal[at..]).skip(1);
            let suffixes = suffixes.chain([""].into_iter().filter(|_| !literal.is_empty()));
            parts.extend(suffixes.map(|suffix| self.part(suffix, |other| other == suffix)));
            if parts.iter().map(|part| part.len()).sum::<usize>() < range.len() {
                return parts.concat().into_iter().filter(|other| range.contains(other)).collect();
            }
        }
        let is_alike = |other: &usize| {
            literal.ends_with(self.literals[*other]) || self.literals[*other].ends_with(literal)
        };
        range.filter(is_alike).collect()
    }

    /// The templates with literals that are `alike`: they stand together, from where `literal` would.
    fn part(&self, literal: &str, alike: impl Fn(&str) -> bool) -> &[usize] {
        let is_before = |at: &usize| self.literals[*at].bytes().rev().lt(literal.bytes().rev());
        let behind = &self.sorted[self.sorted.partition_point(is_before)..];
        &behind[..behind.partition_point(|at| alike(self.literals[*at]))]
    }
}
