//! The sentences with holes, in one tree: sentences that begin alike share a path, so a sentence is read
//! once, from its first byte to its last, however many there are. A node stands where sentences end or holes
//! begin. Between two nodes only the bytes are looked at in which texts differ, at forks; then the text
//! that is left is compared as a whole. A leaf is a wording of a row.
//!
//! Mostly what follows a hole says where its value ends. Where it does not (`{host}:{port}` with a word
//! for the host, which may hold colons), every end is tried. The time grows with the sentence and no faster:
//! a node that is reached twice at one place of a sentence is reached in two ways, so its sentences have two
//! readings, and the compiler refuses the catalog. What a hole looks through is looked through once for
//! the same reason; where it is not (a number, a text that cannot hold one character more), the look is
//! short. Nor does it grow with the rows, but with the different holes that follow one beginning: holes are
//! the same if they have one type and one character behind them.
//!
//! The compiler makes the tree (`emit/rust/trie.rs`).

mod held;
#[cfg(test)]
mod tests;
mod tried;
mod walk;

use crate::steps;
pub(crate) use walk::{Sentence, Walk};

/// The tree.
#[derive(Debug)]
pub struct Trie {
    /// The nodes: the root first, those behind the holes of a node side by side.
    pub nodes: &'static [Node],
    /// The places where texts part.
    pub forks: &'static [Fork],
    /// Where the branches of the forks lead.
    pub branches: &'static [Way],
    /// The leaves.
    pub leaves: &'static [Leaf],
}

/// Where a text leads to: nowhere (0), to twice the index of a node, or to one more than twice the index of a
/// fork.
pub(crate) type Way = u32;

/// A place at which sentences end, or holes begin.
#[derive(Debug)]
pub struct Node {
    /// The hole before the text, if there is one.
    pub hole: Option<Hole>,
    /// The text behind the hole, or behind the node that leads here.
    pub text: &'static str,
    /// Where the texts behind it lead to.
    pub texts: Way,
    /// The index of the first of the nodes behind its holes.
    pub first_hole: u32,
    /// How many holes there are.
    pub holes: u16,
    /// How many sentences end here.
    pub leaves: u16,
    /// The index of the first leaf of them.
    pub leaf: u32,
}

/// A place at which texts part. Which of them a sentence may go on with is told by the one byte that stands
/// there; the bytes before it are compared at the node.
#[derive(Debug)]
pub struct Fork {
    /// How many bytes stand before it, behind the last node.
    pub at: u32,
    /// The lowest byte that a text goes on with.
    pub low: u8,
    /// How many bytes there are from the lowest to the highest, each with a branch.
    pub branches: u16,
    /// The index of the first branch.
    pub first: u32,
}

/// What a hole takes in.
#[derive(Clone, Copy, Debug)]
pub enum Hole {
    /// A number from 0.
    U64 {
        /// Whether what stands behind it may be part of it too, so that its end must be looked for.
        open: bool,
    },
    /// A number.
    I64 {
        /// The same.
        open: bool,
    },
    /// A word.
    Word {
        /// The same.
        open: bool,
    },
    /// A text.
    Text {
        /// The character that stands behind it, and at which it ends; `None` at the end of a sentence.
        until: Option<char>,
        /// A further character that it cannot hold.
        without: Option<char>,
    },
    /// One of these texts.
    OneOf(&'static [&'static str]),
}

/// A wording of a row.
#[derive(Debug)]
pub struct Leaf {
    /// The index of the row.
    pub row: u32,
    /// 0 for the sentence, 1 for the one with context, else two more than the index of the wording it had
    /// before.
    pub wording: u32,
    /// The status of the row, if there is nothing more to say about it (it has neither homonyms nor history),
    /// the holes of the wording stand in the order of the parameters, and JSON escapes nothing in its text. Else a
    /// number that no `u16` is.
    pub only_status: u32,
}

impl Node {
    /// Stands for the root where there is none.
    const NONE: Self =
        Self { hole: None, text: "", texts: 0, first_hole: 0, holes: 0, leaves: 0, leaf: 0 };
}

impl Trie {
    /// A walk to the wordings that a sentence has.
    #[inline]
    pub(crate) fn walk<'s>(&'static self, sentence: Sentence<'s>) -> Walk<'s> {
        Walk::new(self, sentence)
    }

    /// The leaves of the sentences that end at a node.
    #[inline]
    fn leaves(&self, node: &Node) -> &'static [Leaf] {
        let (first, count) = (node.leaf as usize, usize::from(node.leaves));
        self.leaves.get(first..first + count).unwrap_or_default()
    }

    /// The nodes behind the holes of a node.
    #[inline]
    fn holes(&self, node: &Node) -> &'static [Node] {
        let first = node.first_hole as usize;
        self.nodes.get(first..first + usize::from(node.holes)).unwrap_or_default()
    }

    /// The node to which the text behind a node leads, and the rest of the sentence.
    #[inline]
    fn by_text<'s>(&self, node: &Node, rest: &'s [u8]) -> Option<(&'static Node, &'s [u8])> {
        let mut way = node.texts;
        while way % 2 == 1 {
            steps::count(1);
            let fork = self.forks.get(way as usize / 2)?;
            let byte = rest.get(fork.at as usize)?;
            let branch = u16::from(byte.checked_sub(fork.low)?);
            if branch >= fork.branches {
                return None;
            }
            way = *self.branches.get(fork.first as usize + usize::from(branch))?;
        }
        if way == 0 {
            return None;
        }
        let node = self.nodes.get(way as usize / 2)?;
        Some((node, rest.strip_prefix(node.text.as_bytes())?))
    }
}
