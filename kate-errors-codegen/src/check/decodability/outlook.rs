//! What can, and what must, still come behind a state: two ways whose outlooks exclude each other never
//! end at one sentence, so the search drops them. It drops nothing else, and stays exact.

use super::characters::bit;
use super::tree::{Symbol, Tree};

/// What lies between a place and the ends that can be reached from it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outlook {
    /// The characters that can come, as bits.
    can: u128,
    /// The characters that come on every way to an end.
    must: u128,
    /// The characters that can be the last to come.
    last: u128,
    /// The characters that come last on every way to an end.
    ending: Ending,
    /// The least number of characters to an end.
    shortest: usize,
    /// The greatest number of characters to an end.
    longest: usize,
}

impl Outlook {
    /// Before anything is known to lie behind.
    const NOTHING: Self = Self {
        can: 0,
        must: u128::MAX,
        last: 0,
        ending: Ending::UNKNOWN,
        shortest: usize::MAX,
        longest: 0,
    };

    /// An end is here.
    fn end(&mut self) {
        self.must = 0;
        self.ending = self.ending.common(Ending::EMPTY);
        self.shortest = 0;
    }

    /// One more way: a symbol, and then what lies behind it.
    fn join(&mut self, symbol: Self, behind: Self) {
        self.can |= symbol.can | behind.can;
        self.must &= symbol.must | behind.must;
        self.last |= behind.last | if behind.shortest == 0 { symbol.last } else { 0 };
        self.ending = self.ending.common(behind.ending.after(symbol.ending));
        self.shortest = self.shortest.min(symbol.shortest.saturating_add(behind.shortest));
        self.longest = self.longest.max(symbol.longest.saturating_add(behind.longest));
    }
}

/// Whether ways with these outlooks may end at one sentence.
pub(super) fn agree(one: &Outlook, other: &Outlook) -> bool {
    // Where nothing more has to come, the last character may be one that has come already.
    let may_end = one.shortest == 0 || other.shortest == 0;
    one.must & !other.can == 0
        && other.must & !one.can == 0
        && one.shortest <= other.longest
        && other.shortest <= one.longest
        && (may_end || one.last & other.last != 0)
        && one.ending.agrees(other.ending)
}

/// The last characters of what comes, or of as much of it as is the same on every way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ending {
    /// A byte of each character, that of the last one lowest: two that differ in it are different.
    bytes: u128,
    count: u8,
    /// Whether nothing comes before these characters.
    whole: bool,
}

impl Ending {
    /// What is known before any way has been seen: the same as all of them.
    const UNKNOWN: Self = Self { bytes: 0, count: u8::MAX, whole: false };
    const EMPTY: Self = Self { bytes: 0, count: 0, whole: true };
    /// Of something that may be many things.
    const OPEN: Self = Self { bytes: 0, count: 0, whole: false };
    /// How many characters are remembered.
    const MOST: u8 = 16;

    fn of(character: char) -> Self {
        Self { bytes: u128::from(u32::from(character)) & 0xFF, count: 1, whole: true }
    }

    /// The ending of what comes where `before` comes before this.
    fn after(self, before: Self) -> Self {
        if !self.whole || self.count == Self::MOST {
            return Self { whole: false, ..self };
        }
        let count = before.count.min(Self::MOST - self.count);
        let bytes = self.bytes | (before.bytes & mask(count)) << (8 * u32::from(self.count));
        Self { bytes, count: self.count + count, whole: before.whole && count == before.count }
    }

    /// What both end with.
    fn common(self, other: Self) -> Self {
        if self.count > Self::MOST {
            return other;
        }
        let equal = ((self.bytes ^ other.bytes).trailing_zeros() / 8).try_into().unwrap_or(0);
        let count = self.count.min(other.count).min(equal);
        Self { bytes: self.bytes & mask(count), count, whole: self == other && self.whole }
    }

    fn agrees(self, other: Self) -> bool {
        (self.bytes ^ other.bytes) & mask(self.count.min(other.count)) == 0
    }
}

/// The bits of so many bytes.
fn mask(bytes: u8) -> u128 {
    if bytes >= Ending::MOST { u128::MAX } else { (1 << (8 * u32::from(bytes))) - 1 }
}

/// The outlook from each node: from behind its character, or from inside its hole.
#[derive(Clone, Debug)]
pub(super) struct Outlooks(Vec<Outlook>);

impl Outlooks {
    pub(super) fn of(tree: &Tree) -> Self {
        let holes = tree.automata.iter().map(|automaton| {
            let can = automaton.bits();
            let (shortest, longest) = automaton.lengths();
            Outlook { can, must: 0, last: can, ending: Ending::OPEN, shortest, longest }
        });
        let holes: Vec<Outlook> = holes.collect();
        let mut behind = vec![Outlook::NOTHING; tree.nodes.len()];
        // A node comes behind its parent in the list, so from the back all children come first.
        for (index, node) in tree.nodes.iter().enumerate().rev() {
            if node.patterns > 0 {
                behind[index].end();
            }
            let symbol = match node.symbol {
                Symbol::Root => continue,
                Symbol::Character(character) => {
                    let bit = bit(character);
                    let ending = Ending::of(character);
                    Outlook { can: bit, must: bit, last: bit, ending, shortest: 1, longest: 1 }
                }
                Symbol::Hole(hole) => holes[hole],
            };
            let own = behind[index];
            behind[node.parent].join(symbol, own);
            if let Symbol::Hole(hole) = node.symbol {
                // More of the value may come, or nothing.
                let rest = Outlook { shortest: 0, ..holes[hole] };
                behind[index] = Outlook::NOTHING;
                behind[index].join(rest, own);
            }
        }
        Self(behind)
    }

    /// The outlook from a node.
    pub(super) fn from(&self, node: usize) -> &Outlook {
        &self.0[node]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(text: &str) -> Ending {
        text.chars().rev().fold(Ending::EMPTY, |ending, c| ending.after(Ending::of(c)))
    }

    #[test]
    fn endings_are_compared_as_far_as_both_are_known() {
        assert!(literal("not found").agrees(literal("found")));
        assert!(!literal("not found").agrees(literal("not valid")));
        assert!(literal("x").agrees(Ending::EMPTY) && literal("").agrees(literal("x")));
        let long = "a sentence of many words";
        assert!(literal(long).agrees(literal(&long[5..])) && literal(long).count == Ending::MOST);
        // What differs before the characters that are remembered is not known to differ.
        assert!(literal(long).agrees(literal("no sentence of many words")));
        assert!(!literal("xx").agrees(literal("é")) && literal("xx").agrees(literal("x")));
    }

    #[test]
    fn something_open_hides_what_comes_before_it() {
        let ending = literal(" found").after(Ending::OPEN).after(literal("Job "));
        assert!(ending.agrees(literal("User 7 found")) && !ending.agrees(literal("bound")));
        assert_eq!(Ending::OPEN.after(literal("Job ")).count, 0);
    }

    #[test]
    fn what_two_ways_have_in_common_is_kept() {
        let both = Ending::UNKNOWN.common(literal("not found")).common(literal("was found"));
        assert!(!both.whole && both.count == 6 && both.agrees(literal("is found")));
        assert!(!both.agrees(literal("bound")));
        assert_eq!(literal("x").common(literal("x")), literal("x"));
        assert_eq!(literal("xy").common(literal("y")).after(literal("z")).count, 1);
        assert_eq!(literal("x").common(Ending::EMPTY), Ending::OPEN);
    }
}
