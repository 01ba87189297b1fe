//! The sentences with holes, in one tree: sentences that begin alike share a path, so a sentence is read
//! once, from its first byte to its last, however many there are. A node is a piece of text, with a hole
//! before it where the path leads through one; a leaf is a wording of a row.
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
pub(crate) use walk::Walk;

/// The tree.
#[derive(Debug)]
pub struct Trie {
    /// The nodes: the root first, the children of each node side by side.
    pub nodes: &'static [Node],
    /// The first byte of each node's text.
    pub first_bytes: &'static [u8],
    /// The leaves.
    pub leaves: &'static [Leaf],
}

/// A piece of the sentences that begin as the path to it says.
#[derive(Debug)]
pub struct Node {
    /// The hole before the text, if there is one.
    pub hole: Option<Hole>,
    /// The text.
    pub text: &'static [u8],
    /// The index of its first child. The children that begin with text come first, sorted by their first
    /// bytes, no two of which are the same.
    pub children: u32,
    /// How many children begin with text.
    pub texts: u16,
    /// How many children begin with a hole.
    pub holes: u16,
    /// The index of the first leaf of the sentences that end here.
    pub leaf: u32,
    /// How many leaves there are.
    pub leaves: u32,
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
}

impl Trie {
    /// A walk to the wordings that a sentence has. `is_clean` says that no control character stands in it, if
    /// that is known.
    #[inline]
    pub(crate) fn walk<'s>(&'static self, sentence: &'s [u8], is_clean: bool) -> Walk<'s> {
        Walk::new(self, sentence, is_clean)
    }

    /// The leaves of the sentences that end at a node.
    fn leaves(&self, node: &Node) -> &'static [Leaf] {
        let (first, count) = (node.leaf as usize, node.leaves as usize);
        self.leaves.get(first..first + count).unwrap_or_default()
    }

    /// The children of a node that begin with a hole.
    fn holes(&self, node: &Node) -> &'static [Node] {
        let first = node.children as usize + usize::from(node.texts);
        self.nodes.get(first..first + usize::from(node.holes)).unwrap_or_default()
    }

    /// The child of a node with whose text a sentence goes on, and the rest of the sentence.
    fn text_child<'s>(&self, node: &Node, rest: &'s [u8]) -> Option<(&'static Node, &'s [u8])> {
        const FEW: u16 = 8;
        steps::count(1);
        let (first, behind) = rest.split_first()?;
        let start = node.children as usize;
        let bytes = self.first_bytes.get(start..start + usize::from(node.texts))?;
        let at = if node.texts <= FEW {
            bytes.iter().position(|byte| byte == first)?
        } else {
            bytes.binary_search(first).ok()?
        };
        let child = self.nodes.get(start + at)?;
        match child.text {
            [_] => Some((child, behind)),
            text => Some((child, rest.strip_prefix(text)?)),
        }
    }
}
