//! The search for sentences that can be read in two ways: pairs of ways through one automaton.
//!
//! Two ways that read the same sentence begin together, at the start, and part where one character
//! leads to two states. The search walks pairs of states, first those that are near the start; so the
//! first time that it comes to a pair of ends, it has come along a shortest sentence. The number of pairs
//! is finite, and all of them are walked: what is not found does not exist.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

use super::hole::Edge;
use super::outlook::Outlooks;
use super::tree::Tree;

/// A shortest sentence with two ways to two ends, or to one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Meeting {
    /// The ends, the smaller node first.
    pub(super) ends: (usize, usize),
    /// Whether the two ways are different. They are the same where two patterns share an end, and so
    /// have the same sentences.
    pub(super) apart: bool,
    pub(super) sentence: String,
}

/// Every meeting in the tree, the shortest first.
pub(super) fn meetings(tree: &Tree) -> Vec<Meeting> {
    Search::new(tree).run()
}

/// A pair of states, and how it was first reached.
struct Visit {
    left: usize,
    right: usize,
    apart: bool,
    parent: usize,
    character: char,
}

struct Search<'t> {
    tree: &'t Tree,
    outlooks: Outlooks,
    /// The pairs in the order in which they were reached.
    visits: Vec<Visit>,
    /// The states that were reached by one way alone.
    together: Vec<bool>,
    /// The pairs that were reached by two ways.
    apart: HashSet<(usize, usize), BuildHasherDefault<PairHasher>>,
    met: HashSet<(usize, usize, bool)>,
    meetings: Vec<Meeting>,
}

impl<'t> Search<'t> {
    fn new(tree: &'t Tree) -> Self {
        let start = Visit {
            left: Tree::START,
            right: Tree::START,
            apart: false,
            parent: 0,
            character: '\0',
        };
        Self {
            tree,
            outlooks: Outlooks::of(tree),
            visits: vec![start],
            together: vec![false; tree.state_count()],
            apart: HashSet::default(),
            met: HashSet::new(),
            meetings: Vec::new(),
        }
    }

    fn run(mut self) -> Vec<Meeting> {
        let (mut left, mut right) = (Vec::new(), Vec::new());
        let (mut left_ends, mut right_ends) = (Vec::new(), Vec::new());
        let mut at = 0;
        while let Some(visit) = self.visits.get(at) {
            let apart = visit.apart;
            self.tree.ends(visit.left, &mut left_ends);
            self.tree.ends(visit.right, &mut right_ends);
            self.tree.steps(visit.left, &mut left);
            if apart {
                self.tree.steps(visit.right, &mut right);
            }
            self.meet(at, &left_ends, &right_ends);
            if apart {
                self.walk_apart(at, &left, &right);
            } else {
                self.walk_together(at, &left);
            }
            at += 1;
        }
        self.meetings
    }

    /// Both ways are one so far: they stay one, or part here.
    fn walk_together(&mut self, at: usize, steps: &[Edge]) {
        for (index, step) in steps.iter().enumerate() {
            if let Some(character) = step.characters.shared(step.characters) {
                self.reach_together(at, step.target, character);
            }
            for other in &steps[index + 1..] {
                if let Some(character) = step.characters.shared(other.characters) {
                    self.reach_apart(at, step.target, other.target, character);
                }
            }
        }
    }

    fn walk_apart(&mut self, at: usize, left: &[Edge], right: &[Edge]) {
        for one in left {
            for other in right {
                if let Some(character) = one.characters.shared(other.characters) {
                    self.reach_apart(at, one.target, other.target, character);
                }
            }
        }
    }

    fn reach_together(&mut self, parent: usize, state: usize, character: char) {
        let is_interesting = self.tree.nodes[self.tree.node_of(state)].is_interesting;
        if is_interesting && !std::mem::replace(&mut self.together[state], true) {
            let visit = Visit { left: state, right: state, apart: false, parent, character };
            self.visits.push(visit);
        }
    }

    fn reach_apart(&mut self, parent: usize, one: usize, other: usize, character: char) {
        let (left, right) = (one.min(other), one.max(other));
        if self.outlooks.agree(self.tree, left, right) && self.apart.insert((left, right)) {
            self.visits.push(Visit { left, right, apart: true, parent, character });
        }
    }

    /// Notes the ends at which the sentence of a visit can end.
    fn meet(&mut self, at: usize, left: &[usize], right: &[usize]) {
        for one in left {
            for other in right {
                let ends = (*one.min(other), *one.max(other));
                let apart = self.visits[at].apart || one != other;
                let counts = apart || self.tree.nodes[*one].patterns > 1;
                if counts && self.met.insert((ends.0, ends.1, apart)) {
                    let sentence = self.sentence(at);
                    self.meetings.push(Meeting { ends, apart, sentence });
                }
            }
        }
    }

    fn sentence(&self, mut at: usize) -> String {
        let mut characters = Vec::new();
        while at != 0 {
            characters.push(self.visits[at].character);
            at = self.visits[at].parent;
        }
        characters.iter().rev().collect()
    }
}

/// A hash for pairs of small numbers: build scripts run unoptimised, and this is most of their work.
#[derive(Default)]
struct PairHasher(u64);

impl Hasher for PairHasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_usize(usize::from(*byte));
        }
    }

    fn write_usize(&mut self, number: usize) {
        // The constant is that of Fibonacci hashing: 2^64 divided by the golden ratio.
        let mixed = (self.0.rotate_left(26) ^ number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ (mixed >> 32);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::super::characters::Exclusions;
    use super::super::hole::Hole;
    use super::super::tree::Piece;
    use super::*;

    fn hole(hole: Hole) -> Piece {
        Piece::Hole("hole".to_owned(), hole)
    }

    fn literal(text: &str) -> Piece {
        Piece::Literal(text.to_owned())
    }

    /// The meetings as `shorter end, longer end, sentence`, ends counted in patterns.
    fn found(patterns: &[&[Piece]]) -> Vec<(usize, usize, String)> {
        let mut tree = Tree::new();
        let ends: Vec<usize> = patterns.iter().map(|pattern| tree.insert(pattern)).collect();
        let number = |end| ends.iter().position(|other| *other == end).unwrap();
        let found = meetings(&tree).into_iter().map(|meeting| {
            let (one, other) = (number(meeting.ends.0), number(meeting.ends.1));
            (one.min(other), one.max(other), meeting.sentence)
        });
        found.collect()
    }

    #[test]
    fn what_is_apart_does_not_meet() {
        let word = || hole(Hole::Word);
        assert_eq!(found(&[&[literal("ab")], &[literal("ac")], &[literal("a")]]), []);
        assert_eq!(found(&[&[literal("a "), word()], &[literal("b "), word()]]), []);
        assert_eq!(found(&[&[word(), literal(" x")], &[word(), literal(" y")]]), []);
    }

    #[test]
    fn the_shortest_sentence_is_found() {
        let text = || hole(Hole::Text(Exclusions::default()));
        let patterns: &[&[Piece]] =
            &[&[literal("Job "), text()], &[literal("Job "), hole(Hole::U64)]];
        assert_eq!(found(patterns), [(0, 1, "Job 0".to_owned())]);
        let patterns: &[&[Piece]] = &[&[literal("x"), text()], &[literal("x")]];
        assert_eq!(found(patterns), [(0, 1, "x".to_owned())]);
    }

    #[test]
    fn a_pattern_meets_itself_where_it_is_ambiguous() {
        let dotted = [hole(Hole::Word), literal("."), hole(Hole::Word)];
        assert_eq!(found(&[&dotted]), [(0, 0, "a..a".to_owned())]);
        let numbers = [hole(Hole::U64), literal("."), hole(Hole::U64)];
        assert_eq!(found(&[&numbers]), []);
    }

    #[test]
    fn equal_patterns_share_an_end() {
        let word: &[Piece] = &[hole(Hole::Word)];
        assert_eq!(found(&[word, word]), [(0, 0, "a".to_owned())]);
    }
}
