//! Two wordings of one row: whether a sentence of both has different values in each.
//!
//! Such a sentence may belong to both without harm as long as both say the same of it. The search walks
//! pairs of states, like that for meetings, and looks at one parameter at a time. Two values differ if
//! one is longer, or if the characters at some index differ. The first is seen by counting how far one
//! way is ahead of the other in the value; for the second the search guesses an index on the way that
//! comes to it first, remembers the character, and waits for the other way to come to that index.
//!
//! Counters make the search infinite at first sight. But of one pair of states, two counts are enough:
//! whatever the rest of the sentence adds, it levels out one of them at most, and with the other one the
//! values end with different lengths.

use std::collections::{HashMap, HashSet};

use super::numbers::Bounds;
use super::readings::{hole_names, hole_numbers};
use super::search::TooMany;
use super::tree::{Pattern, Tree};

/// How many pairs of states and phases are visited for one parameter: some 100 MB. Sentences of less than a
/// hundred characters need a few thousand, but the number grows with the third power of their length.
const VISITS: usize = 1_000_000;

/// A shortest sentence of both patterns in which a parameter of both has two values, unless it would take
/// too much memory to find out.
pub(super) fn different_values(left: &Pattern, right: &Pattern) -> Result<Option<String>, TooMany> {
    let mut best: Option<String> = None;
    for name in hole_names(left).filter(|name| hole_names(right).any(|other| other == *name)) {
        let sentence = Race::new(left, right, name).run(VISITS)?;
        let sentences = best.into_iter().chain(sentence);
        best = sentences.min_by_key(|sentence| sentence.chars().count());
    }
    Ok(best)
}

/// One of the two ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Side {
    Left,
    Right,
}

/// What is known of the two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// The left way has read so many more characters of the value than the right one.
    Open { lead: isize },
    /// One way has read this character of the value; the other has to read so many before it comes to
    /// the same index.
    Waiting { behind: Side, remaining: isize, character: char },
    /// The values differ.
    Different,
}

#[derive(Clone, Copy, Debug)]
struct Visit {
    states: (usize, usize),
    phase: Phase,
    parent: usize,
    character: char,
}

/// One pattern, and which of its nodes is the hole of the parameter.
struct Runner {
    tree: Tree,
    hole: Option<usize>,
}

impl Runner {
    fn new(pattern: &Pattern, name: &str) -> Self {
        let mut tree = Tree::new(Bounds::Exact);
        tree.insert(pattern);
        let number = hole_names(pattern).position(|hole| hole == name);
        let hole = hole_numbers(&tree).iter().position(|hole| hole.is_some() && *hole == number);
        Self { tree, hole }
    }

    /// 1 if the step to this state reads a character of the value, else 0.
    fn reads(&self, state: usize) -> isize {
        isize::from(Some(self.tree.node_of(state)) == self.hole)
    }

    fn is_end(&self, state: usize) -> bool {
        let mut ends = Vec::new();
        self.tree.ends(state, &mut ends);
        !ends.is_empty()
    }
}

struct Race {
    left: Runner,
    right: Runner,
    visits: Vec<Visit>,
    seen: HashSet<((usize, usize), Phase)>,
    /// How many leads have been followed from a pair of states.
    leads: HashMap<(usize, usize), usize>,
}

impl Race {
    fn new(left: &Pattern, right: &Pattern, name: &str) -> Self {
        let start = Visit {
            states: (Tree::START, Tree::START),
            phase: Phase::Open { lead: 0 },
            parent: 0,
            character: '\0',
        };
        Self {
            left: Runner::new(left, name),
            right: Runner::new(right, name),
            visits: vec![start],
            seen: HashSet::new(),
            leads: HashMap::new(),
        }
    }

    fn run(mut self, limit: usize) -> Result<Option<String>, TooMany> {
        let (mut left, mut right) = (Vec::new(), Vec::new());
        let mut at = 0;
        while let Some(visit) = self.visits.get(at).copied() {
            if self.is_won(&visit) {
                return Ok(Some(self.sentence(at)));
            }
            if self.visits.len() > limit {
                return Err(TooMany);
            }
            self.left.tree.steps(visit.states.0, &mut left);
            self.right.tree.steps(visit.states.1, &mut right);
            for one in &left {
                for other in &right {
                    let characters: Vec<char> =
                        one.characters.shared_members(other.characters).take(2).collect();
                    self.step(at, visit.phase, (one.target, other.target), &characters);
                }
            }
            at += 1;
        }
        Ok(None)
    }

    fn is_won(&self, visit: &Visit) -> bool {
        let differs = match visit.phase {
            Phase::Open { lead } => lead != 0,
            Phase::Waiting { .. } => false,
            Phase::Different => true,
        };
        differs && self.left.is_end(visit.states.0) && self.right.is_end(visit.states.1)
    }

    /// Both ways read one of `characters`: of one of them, or of two of many.
    fn step(&mut self, at: usize, phase: Phase, states: (usize, usize), characters: &[char]) {
        let Some(first) = characters.first().copied() else { return };
        let reads = (self.left.reads(states.0), self.right.reads(states.1));
        match phase {
            Phase::Different => self.reach(at, states, phase, first),
            Phase::Open { lead } => {
                self.reach(at, states, Phase::Open { lead: lead + reads.0 - reads.1 }, first);
                for character in characters.iter().copied() {
                    if reads.0 == 1 && lead >= reads.1 {
                        let (behind, remaining) = (Side::Right, lead - reads.1);
                        let phase = Phase::Waiting { behind, remaining, character };
                        self.reach(at, states, phase, character);
                    }
                    if reads.1 == 1 && -lead >= reads.0 {
                        let (behind, remaining) = (Side::Left, -lead - reads.0);
                        let phase = Phase::Waiting { behind, remaining, character };
                        self.reach(at, states, phase, character);
                    }
                }
            }
            Phase::Waiting { behind, remaining, character } => {
                let reads = if behind == Side::Left { reads.0 } else { reads.1 };
                if reads == 0 || remaining > 0 {
                    let remaining = remaining - reads;
                    let phase = Phase::Waiting { behind, remaining, character };
                    self.reach(at, states, phase, first);
                } else if let Some(other) = characters.iter().find(|other| **other != character) {
                    self.reach(at, states, Phase::Different, *other);
                }
            }
        }
    }

    fn reach(&mut self, parent: usize, states: (usize, usize), phase: Phase, character: char) {
        if !self.seen.insert((states, phase)) {
            return;
        }
        if matches!(phase, Phase::Open { .. }) {
            let leads = self.leads.entry(states).or_default();
            if *leads == 2 {
                return;
            }
            *leads += 1;
        }
        self.visits.push(Visit { states, phase, parent, character });
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

#[cfg(test)]
mod tests {
    use super::super::hole::Hole;
    use super::super::tree::Piece;
    use super::*;

    fn hole(name: &str, choices: &[&str]) -> Piece {
        let choices = choices.iter().map(|choice| (*choice).to_owned()).collect();
        Piece::Hole(name.to_owned(), Hole::OneOf(choices))
    }

    fn word(name: &str) -> Piece {
        Piece::Hole(name.to_owned(), Hole::Word)
    }

    fn literal(text: &str) -> Piece {
        Piece::Literal(text.to_owned())
    }

    #[test]
    fn values_that_change_places_differ() {
        let one = vec![word("a"), literal(" "), word("b")];
        let other = vec![word("b"), literal(" "), word("a")];
        assert_eq!(different_values(&one, &other), Ok(Some("a b".to_owned())));
        assert_eq!(different_values(&one, &one), Ok(None));
    }

    #[test]
    fn values_of_two_lengths_differ() {
        let one = vec![word("a"), literal("x")];
        let other = vec![word("a"), literal("xx")];
        assert_eq!(different_values(&one, &other), Ok(Some("axx".to_owned())));
    }

    #[test]
    fn what_always_has_one_value_does_not_differ() {
        let one = vec![hole("a", &["red", "blue"]), literal(" "), hole("b", &["red", "green"])];
        let other = vec![hole("b", &["red", "green"]), literal(" "), hole("a", &["red", "blue"])];
        assert_eq!(different_values(&one, &other), Ok(None));
        // The value is the same although it stands elsewhere.
        let one = vec![literal("x"), hole("a", &["x", "xx"])];
        let other = vec![hole("a", &["x", "xx"]), literal("x")];
        assert_eq!(different_values(&one, &other), Ok(None));
    }

    #[test]
    fn what_takes_too_much_memory_is_not_guessed() {
        let many = "a".repeat(400);
        let one = vec![word("a"), literal(&many)];
        let other = vec![literal(&many), word("a")];
        assert_eq!(different_values(&one, &other), Err(TooMany));
    }
}
