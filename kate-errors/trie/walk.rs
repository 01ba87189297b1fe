//! Walking from the root to the leaves that a sentence leads to.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::held::Held;
use super::tried::Tried;
use super::{Hole, Leaf, Node, Trie};
use crate::steps;
use crate::template::bytes::{self, digits, find, find_without, signed_digits, word};

/// A walk to the wordings that a sentence has. Where the way parts, it notes the ways that it does not go
/// at first. Values fit their holes, if the sentence is UTF-8.
pub(crate) struct Walk<'s> {
    trie: &'static Trie,
    /// Whether it is known that no control character stands in the sentence.
    is_clean: bool,
    here: Option<Place<'s>>,
    held: Held<'s>,
    rare: Option<Box<Rare<'s>>>,
}

/// What few walks need.
#[derive(Default)]
struct Rare<'s> {
    ways: Vec<Way<'s>>,
    tried: Tried,
}

/// A node whose text has been passed.
#[derive(Clone, Copy)]
struct Place<'s> {
    node: &'static Node,
    rest: &'s [u8],
    /// How many holes have been passed.
    depth: usize,
}

/// A way through the hole of a node, from the place before it.
struct Way<'s> {
    from: Place<'s>,
    hole: &'static Node,
    ends: Ends,
}

/// The ends of a value that are to be tried: its lengths, or for a `one_of` the indices of its choices.
#[derive(Clone, Copy)]
pub(super) struct Ends {
    next: usize,
    last: usize,
}

impl Ends {
    pub(super) const NONE: Self = Self { next: 1, last: 0 };

    fn one(length: usize) -> Self {
        Self { next: length, last: length }
    }

    pub(super) fn up_to(length: usize) -> Self {
        Self { next: 1, last: length }
    }
}

impl<'s> Walk<'s> {
    #[inline]
    pub(super) fn new(trie: &'static Trie, sentence: &'s [u8], is_clean: bool) -> Self {
        let here = trie.nodes.first().and_then(|node| {
            let rest = sentence.strip_prefix(node.text)?;
            Some(Place { node, rest, depth: 0 })
        });
        Self { trie, is_clean, here, held: Held::default(), rare: None }
    }

    /// The wordings that the sentence has, at the next node where there are any. No sentence ends at the
    /// root.
    pub(crate) fn next(&mut self) -> Option<&'static [Leaf]> {
        let mut here = self.here.take();
        loop {
            let next = here.and_then(|place| self.go_on(place));
            let place = match next {
                Some(place) => place,
                None => self.next_way()?,
            };
            if place.rest.is_empty() && place.node.leaves > 0 {
                self.here = Some(place);
                return Some(self.trie.leaves(place.node));
            }
            here = Some(place);
        }
    }

    #[cold]
    fn rare(&mut self) -> &mut Rare<'s> {
        self.rare.get_or_insert_with(Box::default)
    }

    /// What stands in a hole of the wordings that were found last.
    pub(crate) fn held(&self, hole: usize) -> Option<&'s [u8]> {
        self.held.get(hole)
    }

    /// The next place behind a place: behind a text, or else behind a hole.
    #[inline]
    fn go_on(&mut self, place: Place<'s>) -> Option<Place<'s>> {
        let by_text = self.trie.text_child(place.node, place.rest);
        let by_text = by_text.map(|(node, rest)| Place { node, rest, ..place });
        if place.node.holes == 0 {
            return by_text;
        }
        let holes = self.trie.holes(place.node);
        if let (None, [hole]) = (&by_text, holes) {
            let ends = self.ends(hole, place.rest);
            return self.through(place, hole, ends);
        }
        for hole in holes.iter().rev() {
            let ends = self.ends(hole, place.rest);
            self.rare().ways.push(Way { from: place, hole, ends });
        }
        by_text
    }

    /// The next place, on one of the ways that have been noted.
    fn next_way(&mut self) -> Option<Place<'s>> {
        let mut way = self.rare.as_mut()?.ways.pop()?;
        loop {
            let Way { from, hole, ends } = way;
            if let Some(place) = self.through(from, hole, ends) {
                return Some(place);
            }
            way = self.rare.as_mut()?.ways.pop()?;
        }
    }

    /// The place behind a hole at the first of the ends that leads to one. The other ends are noted.
    #[inline]
    fn through(
        &mut self,
        from: Place<'s>,
        hole: &'static Node,
        mut ends: Ends,
    ) -> Option<Place<'s>> {
        while ends.next <= ends.last {
            let end = ends.next;
            ends.next += 1;
            let Some((value, rest)) = past(hole, from.rest, end) else { continue };
            self.held.put(from.depth, value);
            if ends.next <= ends.last {
                self.rare().ways.push(Way { from, hole, ends });
            }
            return Some(Place { node: hole, rest, depth: from.depth + 1 });
        }
        None
    }

    #[inline]
    fn ends(&mut self, node: &'static Node, rest: &[u8]) -> Ends {
        match node.hole {
            Some(Hole::Word { open: false }) => match word(rest) {
                0 => Ends::NONE,
                run => Ends::one(run),
            },
            Some(Hole::U64 { open: false }) => Ends::one(digits(rest)),
            Some(Hole::I64 { open: false }) => Ends::one(signed_digits(rest)),
            Some(Hole::Text { until, without }) => {
                let end = match (without, until) {
                    (Some(without), _) => find_without(rest, until, without),
                    (None, Some(until)) => find(rest, until),
                    (None, None) => Some(rest.len()),
                };
                end.filter(|end| self.is_text(rest, *end)).map_or(Ends::NONE, Ends::one)
            }
            Some(hole) => self.many_ends(hole, node, rest),
            None => Ends::NONE,
        }
    }

    fn is_text(&self, rest: &[u8], end: usize) -> bool {
        self.is_clean || !bytes::has_control(rest.get(..end).unwrap_or_default())
    }

    #[cold]
    fn many_ends(&mut self, hole: Hole, node: &'static Node, rest: &[u8]) -> Ends {
        let left = rest.len();
        match hole {
            Hole::U64 { .. } => self.rare().tried.numbers(node, left, digits(rest)),
            Hole::I64 { .. } => self.rare().tried.numbers(node, left, signed_digits(rest)),
            Hole::Word { .. } => self.rare().tried.words(node, left, word(rest)),
            Hole::OneOf(choices) => Ends { next: 0, last: choices.len().saturating_sub(1) },
            Hole::Text { .. } => Ends::NONE,
        }
    }
}

/// The value in the hole of a node that has this end, and what stands behind the text of the node.
#[inline]
fn past<'s>(node: &Node, rest: &'s [u8], end: usize) -> Option<(&'s [u8], &'s [u8])> {
    steps::count(1);
    let length = match node.hole {
        Some(Hole::OneOf(choices)) => {
            let choice = choices.get(end)?;
            rest.starts_with(choice.as_bytes()).then_some(choice.len())?
        }
        _ => end,
    };
    let (value, behind) = rest.split_at_checked(length)?;
    let fits = match node.hole {
        Some(Hole::U64 { .. }) => bytes::is_u64(value),
        Some(Hole::I64 { .. }) => bytes::is_i64(value),
        _ => true,
    };
    if fits { Some((value, behind.strip_prefix(node.text)?)) } else { None }
}
