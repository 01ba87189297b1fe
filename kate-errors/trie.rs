//! The sentences with holes, in one tree: sentences that begin alike share a path, so a sentence is read
//! once, from its first byte to its last, however many there are. A node is a piece of text, with a hole
//! before it where the path leads through one; a leaf is a wording of a row.
//!
//! Mostly what follows a hole says where its value ends. Where it does not (`{host}:{port}` with a word
//! for the host, which may hold colons), every end is tried, and none twice for a node, so the time does
//! not grow faster than the sentence.
//!
//! The compiler makes the tree (`emit/rust/trie.rs`).

use crate::template::bytes::{self, digits, find, signed_digits, word};

mod tried;

use tried::Tried;

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
        /// The digit that stands behind it, if one does.
        before: Option<char>,
    },
    /// A number.
    I64 {
        /// The digit that stands behind it, if one does.
        before: Option<char>,
    },
    /// A word.
    Word {
        /// The character that stands behind it, if that may stand in words too.
        before: Option<char>,
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

/// What stands in the holes of a sentence, the last one first.
#[derive(Clone, Copy)]
pub(crate) struct Held<'h, 's> {
    pub(crate) value: &'s [u8],
    pub(crate) before: Option<&'h Held<'h, 's>>,
}

/// Takes each wording that a sentence has, and what stands in its holes.
type Found<'f, 's> = dyn FnMut(&'static Leaf, Option<&Held<'_, 's>>) + 'f;

impl Trie {
    /// Calls `found` with each wording that a sentence has. Values fit their holes, if the sentence is
    /// UTF-8.
    pub(crate) fn each<'s>(&self, sentence: &'s [u8], found: &mut Found<'_, 's>) {
        let Some(root) = self.nodes.first() else { return };
        let Some(rest) = sentence.strip_prefix(root.text) else { return };
        Walk { trie: self, tried: Tried::default(), found }.on(root, rest, None);
    }
}

/// A walk from the root to the leaves.
struct Walk<'w, 's> {
    trie: &'w Trie,
    tried: Tried,
    found: &'w mut Found<'w, 's>,
}

impl<'s> Walk<'_, 's> {
    /// Goes on from a node whose text has been passed.
    fn on(&mut self, mut node: &'static Node, mut rest: &'s [u8], held: Option<&Held<'_, 's>>) {
        loop {
            if rest.is_empty() && node.leaves > 0 {
                self.report(node, held);
            }
            if node.holes > 0 {
                self.through_holes(node, rest, held);
            }
            let Some((child, behind)) = self.text_child(node, rest) else { return };
            (node, rest) = (child, behind);
        }
    }

    fn report(&mut self, node: &'static Node, held: Option<&Held<'_, 's>>) {
        let (first, count) = (node.leaf as usize, node.leaves as usize);
        for leaf in self.trie.leaves.get(first..first + count).unwrap_or_default() {
            (self.found)(leaf, held);
        }
    }

    /// The child with whose text the rest begins, and what stands behind that text.
    fn text_child(
        &self,
        node: &'static Node,
        rest: &'s [u8],
    ) -> Option<(&'static Node, &'s [u8])> {
        const FEW: u16 = 8;
        let first = rest.first()?;
        let start = node.children as usize;
        let bytes = self.trie.first_bytes.get(start..start + usize::from(node.texts))?;
        let at = if node.texts <= FEW {
            bytes.iter().position(|byte| byte == first)?
        } else {
            bytes.binary_search(first).ok()?
        };
        let child = self.trie.nodes.get(start + at)?;
        Some((child, rest.strip_prefix(child.text)?))
    }

    fn through_holes(&mut self, node: &'static Node, rest: &'s [u8], held: Option<&Held<'_, 's>>) {
        let start = node.children as usize + usize::from(node.texts);
        let nodes = self.trie.nodes.get(start..start + usize::from(node.holes));
        for child in nodes.unwrap_or_default() {
            if let Some(hole) = child.hole {
                self.through(hole, child, rest, held);
            }
        }
    }

    fn through(
        &mut self,
        hole: Hole,
        node: &'static Node,
        rest: &'s [u8],
        held: Option<&Held<'_, 's>>,
    ) {
        match hole {
            Hole::U64 { before: None } => self.number(node, rest, digits(rest), held),
            Hole::I64 { before: None } => self.number(node, rest, signed_digits(rest), held),
            Hole::U64 { before: Some(_) } => self.numbers(node, rest, digits(rest), held),
            Hole::I64 { before: Some(_) } => self.numbers(node, rest, signed_digits(rest), held),
            Hole::Word { before: None } => match word(rest) {
                0 => {}
                length => self.past(node, rest, length, held),
            },
            Hole::Word { before: Some(next) } => self.words(node, rest, next, held),
            Hole::Text { until, without } => {
                let end = until.map_or(Some(rest.len()), |until| find(rest, until));
                let Some(length) = end else { return };
                let text = rest.get(..length).unwrap_or_default();
                let holds = |character| find(text, character).is_some();
                if !bytes::has_control(text) && !without.is_some_and(holds) {
                    self.past(node, rest, length, held);
                }
            }
            Hole::OneOf(choices) => {
                for choice in choices.iter().filter(|it| rest.starts_with(it.as_bytes())) {
                    self.past(node, rest, choice.len(), held);
                }
            }
        }
    }

    /// Goes past a value of this length, and the text behind it.
    fn past(
        &mut self,
        node: &'static Node,
        rest: &'s [u8],
        length: usize,
        held: Option<&Held<'_, 's>>,
    ) {
        let Some((value, behind)) = rest.split_at_checked(length) else { return };
        if let Some(behind) = behind.strip_prefix(node.text) {
            self.on(node, behind, Some(&Held { value, before: held }));
        }
    }

    fn number(
        &mut self,
        node: &'static Node,
        rest: &'s [u8],
        length: usize,
        held: Option<&Held<'_, 's>>,
    ) {
        let text = rest.get(..length).unwrap_or_default();
        let signed = matches!(node.hole, Some(Hole::I64 { .. }));
        let is_number =
            if signed { bytes::i64(text).is_some() } else { bytes::u64(text).is_some() };
        if is_number {
            self.past(node, rest, length, held);
        }
    }

    /// Goes past each number that a run of digits begins with.
    fn numbers(
        &mut self,
        node: &'static Node,
        rest: &'s [u8],
        run: usize,
        held: Option<&Held<'_, 's>>,
    ) {
        for length in self.tried.numbers(node, rest.len(), run) {
            self.number(node, rest, length, held);
        }
    }

    /// Goes past each word that ends before a character.
    fn words(
        &mut self,
        node: &'static Node,
        rest: &'s [u8],
        next: char,
        held: Option<&Held<'_, 's>>,
    ) {
        for length in self.tried.words(node, rest.len(), word(rest)) {
            let behind = rest.get(length..).unwrap_or_default();
            if bytes::starts_with(behind, next) {
                self.past(node, rest, length, held);
            }
        }
    }
}
