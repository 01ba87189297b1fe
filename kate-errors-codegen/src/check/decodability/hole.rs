//! The types of holes, and the automaton that reads the values of each.

use super::characters::{Characters, Exclusions};
use super::numbers::{self, Bounds};

/// What a hole can hold.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Hole {
    /// A whole number from 0.
    U64,
    /// A whole number.
    I64,
    /// Characters that are no white space, one at least.
    Word,
    /// Any characters but these.
    Text(Exclusions),
    /// One of these, in order and each once.
    OneOf(Vec<String>),
}

/// A step: reading one of these characters leads to that state.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) characters: Characters,
    pub(super) target: usize,
}

impl Edge {
    /// The step in an automaton whose states are numbered from `first` on.
    pub(super) fn shifted(self, first: usize) -> Self {
        Self { target: first + self.target, ..self }
    }
}

/// The automaton of a hole. It begins in state 0, where nothing is read; in an accepting state what has
/// been read is a value. It is deterministic: no character leads to two states, so a value is read in
/// one way.
#[derive(Clone, Debug)]
pub(super) struct Automaton {
    pub(super) edges: Vec<Vec<Edge>>,
    pub(super) accepting: Vec<bool>,
}

impl Automaton {
    pub(super) fn of(hole: &Hole, bounds: Bounds) -> Self {
        let mut automaton = Self { edges: vec![Vec::new()], accepting: vec![false] };
        match hole {
            Hole::U64 => numbers::unsigned(&mut automaton, bounds),
            Hole::I64 => numbers::signed(&mut automaton, bounds),
            Hole::Word => {
                let inside = automaton.step(0, Characters::Word, true);
                automaton.edge(inside, Characters::Word, inside);
            }
            Hole::Text(exclusions) => {
                automaton.accepting[0] = true;
                let inside = automaton.step(0, Characters::Text(*exclusions), true);
                automaton.edge(inside, Characters::Text(*exclusions), inside);
            }
            Hole::OneOf(choices) => choices.iter().for_each(|choice| automaton.choice(choice)),
        }
        automaton
    }

    /// Whether the hole can be empty.
    pub(super) fn is_nullable(&self) -> bool {
        self.accepting[0]
    }

    /// A new state that is reached from `from`.
    pub(super) fn step(&mut self, from: usize, characters: Characters, accepting: bool) -> usize {
        let state = self.edges.len();
        self.edges.push(Vec::new());
        self.accepting.push(accepting);
        self.edge(from, characters, state);
        state
    }

    pub(super) fn edge(&mut self, from: usize, characters: Characters, target: usize) {
        self.edges[from].push(Edge { characters, target });
    }

    fn choice(&mut self, choice: &str) {
        let mut state = 0;
        for character in choice.chars() {
            let characters = Characters::One(character);
            let known = self.edges[state].iter().find(|edge| edge.characters == characters);
            state = match known {
                Some(edge) => edge.target,
                None => self.step(state, characters, false),
            };
        }
        self.accepting[state] = true;
    }

    /// The least number of characters of a value, and a number that no value has more of.
    pub(super) fn lengths(&self) -> (usize, usize) {
        // A step leads to a state that was made later, or back to the same one in a loop.
        let has_loop =
            |(state, edges): (usize, &Vec<Edge>)| edges.iter().any(|edge| edge.target <= state);
        let is_endless = self.edges.iter().enumerate().any(has_loop);
        let longest = if is_endless { usize::MAX } else { self.edges.len() };
        (usize::from(!self.is_nullable()), longest)
    }

    /// Every character that a value can hold, as bits.
    pub(super) fn bits(&self) -> u128 {
        self.edges.iter().flatten().fold(0, |bits, edge| bits | edge.characters.bits())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(automaton: &Automaton, value: &str) -> bool {
        let mut state = 0;
        for character in value.chars() {
            let mut next =
                automaton.edges[state].iter().filter(|edge| edge.characters.contains(character));
            match next.next() {
                Some(edge) => state = edge.target,
                None => return false,
            }
            assert!(next.next().is_none(), "two ways on at {character:?} in {value:?}");
        }
        automaton.accepting[state]
    }

    #[test]
    fn words_and_texts() {
        let word = Automaton::of(&Hole::Word, Bounds::Exact);
        assert!(accepts(&word, "a-1.é") && !accepts(&word, "") && !accepts(&word, "a b"));
        let text = Automaton::of(&Hole::Text(Exclusions::new(Some(':'), None)), Bounds::Exact);
        assert!(accepts(&text, "") && accepts(&text, "a b") && !accepts(&text, "a: b"));
    }

    #[test]
    fn choices() {
        let choices = ["a", "ab", "b c"].map(str::to_owned).to_vec();
        let one_of = Automaton::of(&Hole::OneOf(choices), Bounds::Exact);
        for (value, is_choice) in
            [("a", true), ("ab", true), ("b c", true), ("", false), ("b", false), ("abc", false)]
        {
            assert_eq!(accepts(&one_of, value), is_choice, "{value}");
        }
    }

    #[test]
    fn numbers_are_those_that_are_written_so() {
        let (unsigned, signed) =
            (Automaton::of(&Hole::U64, Bounds::Exact), Automaton::of(&Hole::I64, Bounds::Exact));
        let limits = [u64::MAX.to_string(), i64::MAX.to_string(), i64::MIN.to_string()];
        let mut values: Vec<String> =
            ["", "-", "0", "-0", "00", "01", "7", "-7", "+7", "10", "1a", "--1"]
                .map(str::to_owned)
                .into();
        for limit in &limits {
            // The limit itself, and what comes of another digit at each of its places.
            for at in 0..limit.len() {
                for digit in '0'..='9' {
                    let (before, behind) = (&limit[..at], &limit[at + 1..]);
                    values.push(format!("{before}{digit}{behind}"));
                    values.push(format!("{limit}{digit}"));
                    values.push(format!("{before}{behind}"));
                }
            }
        }
        for value in values {
            let is_unsigned = value.parse::<u64>().is_ok_and(|number| number.to_string() == value);
            let is_signed = value.parse::<i64>().is_ok_and(|number| number.to_string() == value);
            assert_eq!(accepts(&unsigned, &value), is_unsigned, "u64 {value}");
            assert_eq!(accepts(&signed, &value), is_signed, "i64 {value}");
        }
    }
}
