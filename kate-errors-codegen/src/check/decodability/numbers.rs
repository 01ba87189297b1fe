//! The automata of `u64` and `i64`: decimal numbers in their one spelling, up to their exact bounds.
//!
//! An automaton that knows the bounds has to count digits, and has many states. One that knows none has a
//! handful and more sentences; a shortest one that it finds is the answer to the exact question too, unless
//! it holds a number that may be out of bounds.

use super::characters::Characters;
use super::hole::Automaton;

/// Whether numbers end at the bounds of their types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bounds {
    /// They do.
    Exact,
    /// They have as many digits as you like.
    None,
}

/// How many digits stand side by side in a sentence, as it is read: at its end, and at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct DigitRun {
    last: u8,
    longest: u8,
}

impl DigitRun {
    /// All numbers of so many digits are an `i64` and a `u64`.
    const IN_BOUNDS: u8 = 18;

    pub(super) fn then(self, character: char) -> Self {
        let last = if character.is_ascii_digit() { self.last.saturating_add(1) } else { 0 };
        Self { last, longest: self.longest.max(last) }
    }

    /// Whether no number in the sentence can be out of the bounds of its type, whatever in it is read as
    /// a number.
    pub(super) fn is_in_bounds(self) -> bool {
        self.longest <= Self::IN_BOUNDS
    }
}

/// From 0 to 18446744073709551615, without sign and leading zeros.
pub(super) fn unsigned(automaton: &mut Automaton, bounds: Bounds) {
    automaton.step(0, Characters::One('0'), true);
    match bounds {
        Bounds::Exact => up_to(automaton, 0, &u64::MAX.to_string()),
        Bounds::None => drop(any(automaton)),
    }
}

/// From -9223372036854775808 to 9223372036854775807, without `-0` and leading zeros.
pub(super) fn signed(automaton: &mut Automaton, bounds: Bounds) {
    automaton.step(0, Characters::One('0'), true);
    match bounds {
        Bounds::Exact => {
            up_to(automaton, 0, &i64::MAX.to_string());
            let minus = automaton.step(0, Characters::One('-'), false);
            up_to(automaton, minus, &i64::MIN.unsigned_abs().to_string());
        }
        Bounds::None => {
            let digits = any(automaton);
            let minus = automaton.step(0, Characters::One('-'), false);
            automaton.edge(minus, Characters::Digits('1', '9'), digits);
        }
    }
}

/// Reads a number from 1 on, and gives the state behind its first digit.
fn any(automaton: &mut Automaton) -> usize {
    let digits = automaton.step(0, Characters::Digits('1', '9'), true);
    automaton.edge(digits, Characters::Digits('0', '9'), digits);
    digits
}

/// How the digits that have been read compare to as many digits of the bound.
#[derive(Clone, Copy, Default)]
struct States {
    below: Option<usize>,
    equal: Option<usize>,
    above: Option<usize>,
}

/// Reads, from the state `from` on, the numbers from 1 to `bound`.
///
/// A number with fewer digits than the bound is smaller, whatever its digits are. With as many digits it
/// is the first digit that differs which decides; so what has to be remembered of the digits is how many
/// there were, and whether they lay below the bound's, were the same or lay above.
fn up_to(automaton: &mut Automaton, from: usize, bound: &str) {
    let mut states = States { equal: Some(from), ..States::default() };
    for (index, digit) in bound.chars().enumerate() {
        let is_last = index + 1 == bound.len();
        let lowest = if index == 0 { '1' } else { '0' };
        let mut next = States::default();
        if let Some(equal) = states.equal {
            if lowest < digit {
                let below = Characters::Digits(lowest, neighbour(digit, -1));
                next.below = Some(automaton.step(equal, below, true));
            }
            next.equal = Some(automaton.step(equal, Characters::Digits(digit, digit), true));
            if digit < '9' && !is_last {
                let above = Characters::Digits(neighbour(digit, 1), '9');
                next.above = Some(automaton.step(equal, above, true));
            }
        }
        join(automaton, states.below, &mut next.below);
        if !is_last {
            join(automaton, states.above, &mut next.above);
        }
        states = next;
    }
}

/// Lets any digit lead from `from` to the state `to`, which is made if there is none.
fn join(automaton: &mut Automaton, from: Option<usize>, to: &mut Option<usize>) {
    let any = Characters::Digits('0', '9');
    match (from, *to) {
        (Some(from), Some(to)) => automaton.edge(from, any, to),
        (Some(from), None) => *to = Some(automaton.step(from, any, true)),
        (None, _) => {}
    }
}

/// The digit that lies `distance` above `digit`.
fn neighbour(digit: char, distance: i32) -> char {
    let value = digit.to_digit(10).and_then(|value| value.checked_add_signed(distance));
    value.and_then(|value| char::from_digit(value, 10)).unwrap_or(digit)
}
