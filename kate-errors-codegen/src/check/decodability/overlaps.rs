//! Which patterns have sentences in common, and which have a sentence with two readings.
//!
//! All patterns are searched together, in one tree. Where that takes too much memory they are halved: each
//! half on its own, then one against the other, and so on. So memory is bounded whatever the catalog
//! holds, and the answer is the same. Time is bounded by a count of what has been visited, which is the
//! same in every run; pairs that have not been compared when it is used up are counted, and reported.

use std::collections::HashMap;
use std::ops::{ControlFlow, Range};

use super::numbers::Bounds;
use super::search::{Meeting, Search, TooMany};
use super::tree::{Pattern, Tree};

/// Two patterns with a sentence in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Overlap {
    /// How many characters a shortest sentence of both has.
    pub(super) length: u32,
    /// The smaller number of the two.
    pub(super) first: u32,
    pub(super) second: u32,
}

/// What has been found out about some patterns, which are numbered in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct Overlaps {
    /// The pairs that have a sentence in common, those with the shortest sentences first.
    pub(super) pairs: Vec<Overlap>,
    /// The patterns that have a sentence with two readings, with a shortest one each.
    pub(super) ambiguities: Vec<(usize, String)>,
    /// How many pairs have not been compared, because it would have taken too long.
    pub(super) open: u64,
    /// The first pattern that has not been compared with all before it.
    pub(super) first_open: Option<usize>,
}

/// How far a search may go.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// How many pairs of states are held in memory at once.
    pub(super) at_once: usize,
    /// How many are held for one pair of patterns, which cannot be halved.
    pub(super) alone: usize,
    /// How many pairs of states are visited altogether.
    pub(super) visits: usize,
    /// How many pairs with a sentence in common are noted.
    pub(super) pairs: usize,
}

impl Limits {
    /// At once: some 30 MB, which is also what a processor has near at hand. Alone: four times that, for
    /// sentences of thousands of characters. Altogether: some ten seconds, or half a minute in a build
    /// script, which is not optimised; lists of five thousand real sentences need a fifth of it.
    pub(super) const OF_A_CATALOG: Self =
        Self { at_once: 500_000, alone: 2_000_000, visits: 40_000_000, pairs: 250_000 };
}

impl Overlaps {
    pub(super) fn of<'p>(patterns: impl IntoIterator<Item = &'p Pattern>, limits: Limits) -> Self {
        let patterns: Vec<&Pattern> = patterns.into_iter().collect();
        let mut survey = Survey { patterns: &patterns, limits, visits: 0, found: Self::default() };
        survey.within(0..patterns.len());
        let mut found = survey.found;
        found.pairs.sort_unstable();
        found
            .ambiguities
            .sort_by_cached_key(|(pattern, sentence)| (sentence.chars().count(), *pattern));
        found
    }
}

/// A shortest sentence that both patterns have, unless it would take too much memory to find out.
pub(super) fn shared_sentence(one: &Pattern, other: &Pattern) -> Result<Option<String>, TooMany> {
    shared_sentence_within(Limits::OF_A_CATALOG.alone, one, other)
}

/// The same, in as many pairs of states.
pub(super) fn shared_sentence_within(
    limit: usize,
    one: &Pattern,
    other: &Pattern,
) -> Result<Option<String>, TooMany> {
    first_of_bounds(limit, |bounds, limit| {
        let (left, right) = (tree([one], bounds).0, tree([other], bounds).0);
        first_meeting(Search::between(&left, &right, limit))
    })
}

/// A shortest sentence of the pattern that has two readings, unless it would take too much memory to find
/// out.
pub(super) fn ambiguous_sentence(pattern: &Pattern) -> Result<Option<String>, TooMany> {
    ambiguous_sentence_within(Limits::OF_A_CATALOG.alone, pattern)
}

/// The same, in as many pairs of states.
pub(super) fn ambiguous_sentence_within(
    limit: usize,
    pattern: &Pattern,
) -> Result<Option<String>, TooMany> {
    first_of_bounds(limit, |bounds, limit| {
        let tree = tree([pattern], bounds).0;
        first_meeting(Search::within(&tree, limit))
    })
}

/// The sentence of the first meeting, and whether its numbers are in bounds.
type First = Option<(String, bool)>;

/// Asks without the bounds of numbers first, which is much less work; with them only if they matter.
fn first_of_bounds(
    limit: usize,
    find: impl Fn(Bounds, usize) -> Result<First, TooMany>,
) -> Result<Option<String>, TooMany> {
    match find(Bounds::None, limit)? {
        Some((_, false)) => Ok(find(Bounds::Exact, 2 * limit)?.map(|(sentence, _)| sentence)),
        first => Ok(first.map(|(sentence, _)| sentence)),
    }
}

fn first_meeting(search: Search<'_>) -> Result<First, TooMany> {
    let mut first = None;
    let done = search.run(|meeting| {
        first = Some((meeting.sentence(), meeting.in_bounds));
        ControlFlow::Break(())
    });
    if first.is_some() { Ok(first) } else { done.map(|_| None) }
}

/// The tree of some patterns, and for each end the indices of those that end there.
fn tree<'p>(
    patterns: impl IntoIterator<Item = &'p Pattern>,
    bounds: Bounds,
) -> (Tree, HashMap<usize, Vec<usize>>) {
    let mut tree = Tree::new(bounds);
    let mut ends: HashMap<usize, Vec<usize>> = HashMap::new();
    for (index, pattern) in patterns.into_iter().enumerate() {
        ends.entry(tree.insert(pattern)).or_default().push(index);
    }
    (tree, ends)
}

struct Survey<'s, 'p> {
    patterns: &'s [&'p Pattern],
    limits: Limits,
    /// How many pairs of states have been visited.
    visits: usize,
    found: Overlaps,
}

impl Survey<'_, '_> {
    fn is_used_up(&self) -> bool {
        self.visits > self.limits.visits || self.found.pairs.len() > self.limits.pairs
    }

    /// How many pairs of states the next search may visit.
    fn limit(&self, can_be_halved: bool) -> usize {
        let left = self.limits.visits.saturating_sub(self.visits);
        left.min(if can_be_halved { self.limits.at_once } else { self.limits.alone })
    }

    /// Compares all of some patterns with each other and with themselves.
    fn within(&mut self, range: Range<usize>) {
        let count = range.len();
        if self.is_used_up() {
            self.leave_open(count as u64 * (count as u64 + 1) / 2, range.start);
            return;
        }
        let (tree, ends) = tree(self.patterns[range.clone()].iter().copied(), Bounds::None);
        let mut notes = self.notes();
        let limit = self.limit(count > 1);
        let done = Search::within(&tree, limit).run(|meeting| {
            let (left, right) = (&ends[&meeting.ends.0], &ends[&meeting.ends.1]);
            let in_one_end = meeting.ends.0 == meeting.ends.1;
            if in_one_end && meeting.apart {
                let sentence = meeting.in_bounds.then(|| meeting.sentence());
                let patterns = left.iter().map(|pattern| range.start + pattern);
                notes.ambiguities.extend(patterns.map(|pattern| (pattern, sentence.clone())));
            } else {
                let pairs = left.iter().flat_map(|one| right.iter().map(move |two| (*one, *two)));
                let pairs = pairs.filter(|(one, two)| !in_one_end || one < two);
                let numbered = pairs.map(|(one, two)| (range.start + one, range.start + two));
                notes.note(numbered, &meeting);
            }
            ControlFlow::Continue(())
        });
        if self.finish(done, limit, notes) {
            return;
        }
        if count > 1 {
            let middle = range.start + count / 2;
            self.within(range.start..middle);
            self.within(middle..range.end);
            self.across(range.start..middle, middle..range.end);
        } else {
            self.leave_open(1, range.start);
        }
    }

    /// Compares each of some patterns with each of some others.
    fn across(&mut self, left: Range<usize>, right: Range<usize>) {
        let count = left.len() as u64 * right.len() as u64;
        if self.is_used_up() {
            self.leave_open(count, right.start);
            return;
        }
        let of =
            |range: &Range<usize>| tree(self.patterns[range.clone()].iter().copied(), Bounds::None);
        let ((left_tree, left_ends), (right_tree, right_ends)) = (of(&left), of(&right));
        let mut notes = self.notes();
        let limit = self.limit(count > 1);
        let done = Search::between(&left_tree, &right_tree, limit).run(|meeting| {
            let others = &right_ends[&meeting.ends.1];
            let ones = left_ends[&meeting.ends.0].iter();
            let pairs = ones.flat_map(|one| others.iter().map(move |two| (*one, *two)));
            notes.note(pairs.map(|(one, two)| (left.start + one, right.start + two)), &meeting);
            ControlFlow::Continue(())
        });
        if self.finish(done, limit, notes) {
            return;
        }
        if count > 1 {
            let halves = |range: Range<usize>| {
                let middle = range.start + range.len() / 2;
                [range.start..middle, middle..range.end]
            };
            for left in halves(left) {
                for right in halves(right.clone()) {
                    self.across(left.clone(), right);
                }
            }
        } else {
            self.leave_open(1, right.start);
        }
    }

    fn leave_open(&mut self, pairs: u64, first: usize) {
        if pairs > 0 {
            self.found.open += pairs;
            self.found.first_open = Some(self.found.first_open.map_or(first, |at| at.min(first)));
        }
    }

    /// Notes for a search, which take as many pairs as may still be noted.
    fn notes(&self) -> Notes {
        let room = (self.limits.pairs + 1).saturating_sub(self.found.pairs.len());
        Notes { room, ..Notes::default() }
    }

    /// Takes over what a search has found; `false` if it was given up.
    fn finish(&mut self, done: Result<usize, TooMany>, limit: usize, notes: Notes) -> bool {
        self.visits += done.unwrap_or(limit);
        if done.is_err() {
            return false;
        }
        self.found.pairs.extend(notes.pairs);
        self.leave_open(notes.left_out, notes.first_left_out);
        for (first, second) in notes.doubtful {
            match shared_sentence(self.patterns[first], self.patterns[second]) {
                Ok(sentence) => {
                    let length = sentence.map(|sentence| number(sentence.chars().count()));
                    self.found.pairs.extend(length.map(|length| overlap(first, second, length)));
                }
                Err(TooMany) => self.leave_open(1, second),
            }
        }
        for (pattern, sentence) in notes.ambiguities {
            let sentence = match sentence {
                Some(sentence) => Ok(Some(sentence)),
                None => ambiguous_sentence(self.patterns[pattern]),
            };
            match sentence {
                Ok(sentence) => {
                    self.found.ambiguities.extend(sentence.map(|sentence| (pattern, sentence)));
                }
                Err(TooMany) => self.leave_open(1, pattern),
            }
        }
        true
    }
}

/// What a search without the bounds of numbers has found.
#[derive(Default)]
struct Notes {
    /// How many pairs may be noted; of more, only how many there are and the first of the second ones.
    room: usize,
    left_out: u64,
    first_left_out: usize,
    pairs: Vec<Overlap>,
    /// The pairs whose sentence may hold a number that is out of bounds.
    doubtful: Vec<(usize, usize)>,
    /// The patterns that are ambiguous, with their sentences unless those may hold such a number.
    ambiguities: Vec<(usize, Option<String>)>,
}

impl Notes {
    fn note(&mut self, pairs: impl Iterator<Item = (usize, usize)>, meeting: &Meeting<'_>) {
        for (one, two) in pairs {
            let (first, second) = (one.min(two), one.max(two));
            if self.pairs.len() + self.doubtful.len() == self.room {
                let earlier = if self.left_out == 0 { second } else { self.first_left_out };
                self.first_left_out = earlier.min(second);
                self.left_out += 1;
            } else if meeting.in_bounds {
                self.pairs.push(overlap(first, second, meeting.length));
            } else {
                self.doubtful.push((first, second));
            }
        }
    }
}

fn overlap(first: usize, second: usize, length: u32) -> Overlap {
    Overlap { length, first: number(first), second: number(second) }
}

/// Patterns and characters are fewer than fit into a file of 4 MiB.
fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::characters::Exclusions;
    use super::super::hole::Hole;
    use super::super::tree::Piece;
    use super::*;

    #[test]
    fn a_sentence_that_goes_on_behind_another_one_is_found() {
        let hole = |hole| Piece::Hole("hole".to_owned(), hole);
        let literal = |text: &str| Piece::Literal(text.to_owned());
        let text = hole(Hole::Text(Exclusions::new(Some(' '), None)));
        let patterns = [
            vec![literal("a.b. "), hole(Hole::U64), literal(" b")],
            vec![literal("a.b")],
            vec![text, literal(" "), hole(Hole::I64), literal(" b")],
        ];
        let overlaps = Overlaps::of(&patterns, Limits::OF_A_CATALOG);
        assert_eq!(overlaps.pairs, [overlap(0, 2, 8)]);
        assert_eq!(shared_sentence(&patterns[0], &patterns[2]), Ok(Some("a.b. 0 b".to_owned())));
    }
}
