//! What can, and what must, still come behind a state: two ways whose outlooks exclude each other never
//! end at one sentence, so the search drops them. It drops nothing else, and stays exact.

use super::characters::bit;
use super::hole::Automaton;
use super::tree::{Symbol, Tree};

/// The outlook behind each node, and the characters that each hole can hold, as bits.
#[derive(Clone, Debug)]
pub(super) struct Outlooks {
    behind: Vec<Outlook>,
    inside: Vec<u128>,
}

/// The characters that can stand behind a node, and those that stand behind it on every way to an end.
#[derive(Clone, Copy, Debug)]
struct Outlook {
    can: u128,
    must: u128,
}

impl Outlooks {
    pub(super) fn of(tree: &Tree) -> Self {
        let inside: Vec<u128> = tree.automata.iter().map(Automaton::bits).collect();
        let mut outlooks: Vec<Outlook> = tree
            .nodes
            .iter()
            .map(|node| Outlook { can: 0, must: if node.patterns > 0 { 0 } else { u128::MAX } })
            .collect();
        // A node comes behind its parent in the list, so from the back all children come first.
        for index in (1..tree.nodes.len()).rev() {
            let node = &tree.nodes[index];
            let behind = outlooks[index];
            let (can, must) = match node.symbol {
                Symbol::Root => (0, 0),
                Symbol::Character(character) => (bit(character), bit(character)),
                Symbol::Hole(hole) => (inside[hole], 0),
            };
            let parent = &mut outlooks[node.parent];
            parent.can |= can | behind.can;
            parent.must &= must | behind.must;
        }
        Self { behind: outlooks, inside }
    }

    /// Whether ways from both states may end at one sentence.
    pub(super) fn agree(&self, tree: &Tree, left: usize, right: usize) -> bool {
        let (left, right) = (self.from(tree, left), self.from(tree, right));
        left.must & !right.can == 0 && right.must & !left.can == 0
    }

    fn from(&self, tree: &Tree, state: usize) -> Outlook {
        let node = tree.node_of(state);
        let behind = self.behind[node];
        let inside = match tree.nodes[node].symbol {
            Symbol::Hole(hole) => self.inside[hole],
            Symbol::Root | Symbol::Character(_) => 0,
        };
        Outlook { can: behind.can | inside, must: behind.must }
    }
}
