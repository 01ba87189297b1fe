//! What can, and what must, still come behind a state: two ways whose outlooks exclude each other never
//! end at one sentence, so the search drops them. It drops nothing else, and stays exact.

use super::characters::bit;
use super::tree::{Symbol, Tree};

/// What lies between a place and the ends that can be reached from it.
#[derive(Clone, Copy, Debug)]
struct Outlook {
    /// The characters that can come, as bits.
    can: u128,
    /// The characters that come on every way to an end.
    must: u128,
    /// The characters that can be the last to come.
    last: u128,
    /// The least number of characters to an end.
    shortest: usize,
    /// The greatest number of characters to an end.
    longest: usize,
}

impl Outlook {
    /// Before anything is known to lie behind.
    const NOTHING: Self =
        Self { can: 0, must: u128::MAX, last: 0, shortest: usize::MAX, longest: 0 };

    /// An end is here.
    fn end(&mut self) {
        self.must = 0;
        self.shortest = 0;
    }

    /// One more way: a symbol, and then what lies behind it.
    fn join(&mut self, symbol: Self, behind: Self) {
        self.can |= symbol.can | behind.can;
        self.must &= symbol.must | behind.must;
        self.last |= behind.last | if behind.shortest == 0 { symbol.last } else { 0 };
        self.shortest = self.shortest.min(symbol.shortest.saturating_add(behind.shortest));
        self.longest = self.longest.max(symbol.longest.saturating_add(behind.longest));
    }

    fn agrees(self, other: Self) -> bool {
        // Where nothing more has to come, the last character may be one that has come already.
        let may_end = self.shortest == 0 || other.shortest == 0;
        self.must & !other.can == 0
            && other.must & !self.can == 0
            && self.shortest <= other.longest
            && other.shortest <= self.longest
            && (may_end || self.last & other.last != 0)
    }
}

/// The outlook behind each node, and what each hole can hold.
#[derive(Clone, Debug)]
pub(super) struct Outlooks {
    behind: Vec<Outlook>,
    holes: Vec<Outlook>,
}

impl Outlooks {
    pub(super) fn of(tree: &Tree) -> Self {
        let holes = tree.automata.iter().map(|automaton| {
            let can = automaton.bits();
            let (shortest, longest) = automaton.lengths();
            Outlook { can, must: 0, last: can, shortest, longest }
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
                    Outlook { can: bit, must: bit, last: bit, shortest: 1, longest: 1 }
                }
                Symbol::Hole(hole) => holes[hole],
            };
            let own = behind[index];
            behind[node.parent].join(symbol, own);
        }
        Self { behind, holes }
    }

    /// Whether ways from both states may end at one sentence.
    pub(super) fn agree(&self, tree: &Tree, left: usize, right: usize) -> bool {
        self.from(tree, left).agrees(self.from(tree, right))
    }

    fn from(&self, tree: &Tree, state: usize) -> Outlook {
        let node = tree.node_of(state);
        let behind = self.behind[node];
        match tree.nodes[node].symbol {
            Symbol::Root | Symbol::Character(_) => behind,
            Symbol::Hole(hole) => {
                // More of the value may come, or nothing.
                let rest = Outlook { shortest: 0, ..self.holes[hole] };
                let mut outlook = Outlook::NOTHING;
                outlook.join(rest, behind);
                outlook
            }
        }
    }
}
