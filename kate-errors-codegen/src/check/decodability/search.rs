//! The search for sentences that can be read in two ways: pairs of ways through the automata of patterns.
//!
//! Two ways that read the same sentence begin together, at the start, and part where one character
//! leads to two states; ways through two trees are two from the start. The search walks pairs of states,
//! first those that are near the start; so the first time that it comes to a pair of ends, it has come
//! along a shortest sentence. The number of pairs is finite, and all of them are walked: what is not
//! found does not exist.

use std::ops::ControlFlow;

use super::hole::Edge;
use super::numbers::DigitRun;
use super::outlook::{Outlooks, agree};
use super::pairs::Pairs;
use super::steps::{StepTable, Steps};
use super::tree::Tree;

/// A shortest sentence with two ways to two ends, or to one.
#[derive(Clone, Copy)]
pub(super) struct Meeting<'s> {
    /// The ends: within one tree, the smaller node first; between two, that of the left one first.
    pub(super) ends: (usize, usize),
    /// Whether the two ways are different. They are the same where two patterns share an end, and so
    /// have the same sentences.
    pub(super) apart: bool,
    /// How many characters the sentence has.
    pub(super) length: u32,
    /// Whether the sentence holds no number that may be out of the bounds of its type.
    pub(super) in_bounds: bool,
    visits: &'s [Visit],
    at: usize,
}

impl Meeting<'_> {
    /// The sentence itself. There may be millions of meetings, and few are looked at this closely.
    pub(super) fn sentence(&self) -> String {
        let mut at = self.at;
        let mut characters = Vec::new();
        while at != 0 {
            characters.push(self.visits[at].character);
            at = self.visits[at].parent as usize;
        }
        characters.iter().rev().collect()
    }
}

/// A search that was given up: there are more pairs of states than it may visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooMany;

/// A pair of states, and how it was first reached. There may be millions.
struct Visit {
    left: u32,
    right: u32,
    parent: u32,
    character: char,
    apart: bool,
    digits: DigitRun,
}

pub(super) struct Search<'t> {
    left: &'t Tree,
    right: &'t Tree,
    /// The outlooks of both trees; the right one has none of its own where it is the left one.
    outlooks: (Outlooks, Option<Outlooks>),
    /// The steps of both, likewise.
    steps: (StepTable, Option<StepTable>),
    limit: usize,
    /// How many pairs of steps have been compared.
    compared: usize,
    /// The pairs in the order in which they were reached.
    visits: Vec<Visit>,
    /// The states that were reached by one way alone.
    together: Vec<bool>,
    /// The pairs that were reached by two ways.
    apart: Pairs<u64>,
    met: Pairs<(usize, usize, bool)>,
}

impl<'t> Search<'t> {
    /// A search for two ways through one tree, which visits `limit` pairs of states at most.
    pub(super) fn within(tree: &'t Tree, limit: usize) -> Self {
        let mut search = Self::new(tree, tree, limit);
        search.together = vec![false; tree.state_count()];
        search.visit(Tree::START, Tree::START, 0, '\0', false);
        search
    }

    /// A search for a way through each of two trees, which visits `limit` pairs of states at most.
    pub(super) fn between(left: &'t Tree, right: &'t Tree, limit: usize) -> Self {
        let mut search = Self::new(left, right, limit);
        search.outlooks.1 = Some(Outlooks::of(right));
        search.steps.1 = Some(StepTable::of(right));
        search.visit(Tree::START, Tree::START, 0, '\0', true);
        search
    }

    fn new(left: &'t Tree, right: &'t Tree, limit: usize) -> Self {
        Self {
            left,
            right,
            outlooks: (Outlooks::of(left), None),
            steps: (StepTable::of(left), None),
            limit,
            compared: 0,
            visits: Vec::new(),
            together: Vec::new(),
            apart: Pairs::default(),
            met: Pairs::default(),
        }
    }

    /// Shows each meeting to `met`, the shortest first, until there are no more or it breaks off. Gives
    /// how many pairs of states were visited.
    pub(super) fn run(
        mut self,
        mut met: impl FnMut(Meeting<'_>) -> ControlFlow<()>,
    ) -> Result<usize, TooMany> {
        let (mut left, mut right) = (Steps::default(), Steps::default());
        let (mut left_ends, mut right_ends) = (Vec::new(), Vec::new());
        let mut at = 0;
        let (mut length, mut longer) = (0, 1);
        while let Some(visit) = self.visits.get(at) {
            let (left_state, right_state) = (visit.left as usize, visit.right as usize);
            let apart = visit.apart;
            if at == longer {
                (length, longer) = (length + 1, self.visits.len());
            }
            self.left.ends(left_state, &mut left_ends);
            if !left_ends.is_empty() {
                self.right.ends(right_state, &mut right_ends);
                if self.meet(at, length, (&left_ends, &right_ends), &mut met).is_break() {
                    break;
                }
            }
            if !apart {
                self.steps.0.of_state(self.left, left_state, &mut left);
                self.walk_together(at, &left);
            } else if !self.has_met(left_state, right_state) {
                self.steps.0.of_state(self.left, left_state, &mut left);
                let right_steps = self.steps.1.as_ref().unwrap_or(&self.steps.0);
                right_steps.of_state(self.right, right_state, &mut right);
                self.walk_apart(at, &left, &right);
            }
            at += 1;
            if self.is_used_up() {
                return Err(TooMany);
            }
        }
        Ok(self.work())
    }

    /// How much has been done, counted in pairs of states that were visited. From one pair of states there
    /// may be millions of pairs of steps, most of which lead nowhere; so many of these cost as much as a
    /// visit.
    fn work(&self) -> usize {
        const COMPARED_FOR_A_VISIT: usize = 16;
        self.visits.len() + self.compared / COMPARED_FOR_A_VISIT
    }

    fn is_used_up(&self) -> bool {
        self.work() > self.limit
    }

    /// Whether all that the ways from these states can come to is a meeting that is known already.
    fn has_met(&self, left: usize, right: usize) -> bool {
        let only_end = |tree: &Tree, state| tree.nodes[tree.node_of(state)].only_end();
        let ends = only_end(self.left, left).zip(only_end(self.right, right));
        ends.is_some_and(|(one, other)| {
            let ends = self.in_order(one, other);
            self.met.contains(&(ends.0, ends.1, true))
        })
    }

    /// Within one tree it does not matter which way is the left one.
    fn in_order(&self, left: usize, right: usize) -> (usize, usize) {
        let is_one_tree = self.outlooks.1.is_none();
        if is_one_tree { (left.min(right), left.max(right)) } else { (left, right) }
    }

    /// Both ways are one so far: they stay one, or part here.
    fn walk_together(&mut self, at: usize, steps: &Steps) {
        for (character, target) in &steps.by_one {
            self.reach_together(at, *target, *character);
        }
        for step in &steps.by_many {
            if let Some(character) = step.characters.shared(step.characters) {
                self.reach_together(at, step.target, character);
            }
        }
        self.walk_by_one(at, &steps.by_one, &steps.by_many);
        for group in steps.by_one.chunk_by(|one, other| one.0 == other.0) {
            for (index, (character, one)) in group.iter().enumerate() {
                if self.is_used_up() {
                    return;
                }
                for (_, other) in &group[index + 1..] {
                    self.reach_apart(at, *one, *other, *character);
                }
            }
        }
        for (index, step) in steps.by_many.iter().enumerate() {
            if self.is_used_up() {
                return;
            }
            self.compared += steps.by_many.len() - index;
            for other in &steps.by_many[index + 1..] {
                if let Some(character) = step.characters.shared(other.characters) {
                    self.reach_apart(at, step.target, other.target, character);
                }
            }
        }
    }

    fn walk_apart(&mut self, at: usize, left: &Steps, right: &Steps) {
        self.walk_by_one(at, &left.by_one, &right.by_many);
        for one in &left.by_many {
            if self.is_used_up() {
                return;
            }
            self.compared += right.by_one.len() + right.by_many.len();
            for (character, target) in &right.by_one {
                if one.characters.contains(*character) {
                    self.reach_apart(at, one.target, *target, *character);
                }
            }
        }
        // Both lists are in the order of characters.
        let mut others = right.by_one.as_slice();
        for (character, one) in &left.by_one {
            if self.is_used_up() {
                return;
            }
            let smaller = others.iter().take_while(|other| other.0 < *character).count();
            others = &others[smaller..];
            for (_, other) in others.iter().take_while(|other| other.0 == *character) {
                self.reach_apart(at, *one, *other, *character);
            }
        }
        for one in &left.by_many {
            if self.is_used_up() {
                return;
            }
            for other in &right.by_many {
                if let Some(character) = one.characters.shared(other.characters) {
                    self.reach_apart(at, one.target, other.target, character);
                }
            }
        }
    }

    /// Steps of the left way that read one character, with steps of the right way that read one of many.
    fn walk_by_one(&mut self, at: usize, left: &[(char, usize)], right: &[Edge]) {
        for (character, target) in left {
            if self.is_used_up() {
                return;
            }
            self.compared += right.len();
            for other in right {
                if other.characters.contains(*character) {
                    self.reach_apart(at, *target, other.target, *character);
                }
            }
        }
    }

    fn reach_together(&mut self, parent: usize, state: usize, character: char) {
        let is_interesting = self.left.nodes[self.left.node_of(state)].is_interesting;
        if is_interesting && !std::mem::replace(&mut self.together[state], true) {
            self.visit(state, state, parent, character, false);
        }
    }

    fn reach_apart(&mut self, parent: usize, one: usize, other: usize, character: char) {
        self.compared += 1;
        let (left, right) = self.in_order(one, other);
        let left_outlook = self.outlooks.0.from(self.left.node_of(left));
        let right_outlooks = self.outlooks.1.as_ref().unwrap_or(&self.outlooks.0);
        let right_outlook = right_outlooks.from(self.right.node_of(right));
        let pair = (left as u64) << 32 | right as u64;
        if agree(left_outlook, right_outlook) && self.apart.insert(pair) {
            self.visit(left, right, parent, character, true);
        }
    }

    fn visit(&mut self, left: usize, right: usize, parent: usize, character: char, apart: bool) {
        // A catalog has less than 2^32 characters, and with them states; and a search is given up earlier.
        let [left, right, parent] =
            [left, right, parent].map(|number| u32::try_from(number).unwrap_or(u32::MAX));
        let before = self.visits.get(parent as usize).map(|visit| visit.digits);
        let digits = before.unwrap_or_default().then(character);
        self.visits.push(Visit { left, right, parent, character, apart, digits });
    }

    /// Shows the ends at which the sentence of a visit can end.
    fn meet(
        &mut self,
        at: usize,
        length: u32,
        (left, right): (&[usize], &[usize]),
        met: &mut impl FnMut(Meeting<'_>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        for (one, other) in
            left.iter().flat_map(|one| right.iter().map(move |other| (*one, *other)))
        {
            let ends = self.in_order(one, other);
            let apart = self.visits[at].apart || one != other;
            let counts = apart || self.left.nodes[one].patterns > 1;
            if counts && self.met.insert((ends.0, ends.1, apart)) {
                let in_bounds = self.visits[at].digits.is_in_bounds();
                met(Meeting { ends, apart, length, in_bounds, visits: &self.visits, at })?;
            }
        }
        ControlFlow::Continue(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::characters::Exclusions;
    use super::super::hole::Hole;
    use super::super::numbers::Bounds;
    use super::super::tree::Piece;
    use super::*;

    fn hole(hole: Hole) -> Piece {
        Piece::Hole("hole".to_owned(), hole)
    }

    fn literal(text: &str) -> Piece {
        Piece::Literal(text.to_owned())
    }

    /// The meetings within the tree of the patterns, ends counted in patterns.
    fn found(patterns: &[&[Piece]]) -> Vec<(usize, usize, String)> {
        let mut tree = Tree::new(Bounds::Exact);
        let ends: Vec<usize> = patterns.iter().map(|pattern| tree.insert(pattern)).collect();
        let number = |end| ends.iter().position(|other| *other == end).unwrap();
        let mut found = Vec::new();
        let visited = Search::within(&tree, usize::MAX).run(|meeting| {
            let (one, other) = (number(meeting.ends.0), number(meeting.ends.1));
            found.push((one.min(other), one.max(other), meeting.sentence()));
            ControlFlow::Continue(())
        });
        assert!(visited.is_ok());
        found
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

    #[test]
    fn a_search_is_given_up_beyond_its_limit() {
        let dotted = [hole(Hole::Word), literal("."), hole(Hole::Word)];
        let mut tree = Tree::new(Bounds::Exact);
        tree.insert(&dotted);
        let visited = |limit| Search::within(&tree, limit).run(|_| ControlFlow::Continue(()));
        let all = visited(usize::MAX).unwrap();
        assert_eq!(visited(all), Ok(all));
        assert_eq!(visited(all - 1), Err(TooMany));
    }
}
