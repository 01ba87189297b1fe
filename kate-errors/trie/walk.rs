//! Walking from the root to the leaves that a sentence leads to.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::held::Held;
use super::tried::Tried;
use super::{Hole, Leaf, Node, Trie};
use crate::json::{is_plain, is_usual};
use crate::steps;
use crate::template::Value;
use crate::template::bytes::{self, digits, find, find_without, signed_digits, word};

/// A walk to the wordings that a sentence has. Where the way parts, it notes the ways that it does not go
/// at first.
pub(crate) struct Walk<'s> {
    trie: &'static Trie,
    sentence: Sentence<'s>,
    here: Place<'s>,
    held: Held<'s>,
    rare: Option<Box<Rare<'s>>>,
}

/// A sentence, and what is known about it.
#[derive(Clone, Copy)]
pub(crate) struct Sentence<'s> {
    pub(crate) bytes: &'s [u8],
    /// The same, if it is known to be UTF-8.
    pub(crate) text: Option<&'s str>,
    /// Whether it stands as in a JSON string. Then only values that stand there as they are fit a hole.
    pub(crate) is_in_json: bool,
}

impl<'s> From<&'s str> for Sentence<'s> {
    fn from(text: &'s str) -> Self {
        Self { bytes: text.as_bytes(), text: Some(text), is_in_json: false }
    }
}

impl<'s> Sentence<'s> {
    /// So many bytes of it, of which the last `left` are left; `None` if they are not UTF-8.
    #[inline]
    fn part(&self, left: &'s [u8], length: usize) -> Option<&'s str> {
        let Some(text) = self.text else { return core::str::from_utf8(left.get(..length)?).ok() };
        let start = text.len().checked_sub(left.len())?;
        text.get(start..start + length)
    }

    /// Looks at all of it at once, so that parts of it need no look of their own, however many of them are tried.
    /// Whether it is UTF-8, and stands as it is.
    #[cold]
    fn look_at_all(&mut self) -> bool {
        let Self { bytes, text, is_in_json } = *self;
        self.text = text.or_else(|| core::str::from_utf8(bytes).ok());
        self.is_in_json = is_in_json && !is_plain(bytes);
        self.text.is_some() && !self.is_in_json
    }

    /// A word of this length that is at the beginning of what is left.
    #[inline]
    fn word(&self, left: &'s [u8], length: usize) -> Option<Value<'s>> {
        let word = self.part(left, length).filter(|word| !word.is_empty() && self.holds(word))?;
        Some(Value::Word(word))
    }

    /// Whether a value may stand in it as it is.
    #[inline]
    fn holds(&self, value: &str) -> bool {
        steps::count(if self.is_in_json { value.len() } else { 0 });
        !self.is_in_json || is_plain(value.as_bytes())
    }
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

/// A way through a hole, from the place before it.
struct Way<'s> {
    from: Place<'s>,
    /// The node behind the hole.
    node: &'static Node,
    /// The ends that are left to be tried; `None` if none has been.
    ends: Option<Ends>,
}

/// The ends of a value that are to be tried: its lengths, or for a `one_of` the indices of its choices.
#[derive(Clone, Copy)]
pub(super) struct Ends {
    next: usize,
    last: usize,
}

impl Ends {
    pub(super) const NONE: Self = Self { next: 1, last: 0 };

    pub(super) fn up_to(length: usize) -> Self {
        Self { next: 1, last: length }
    }
}

impl<'s> Walk<'s> {
    #[inline]
    pub(super) fn new(trie: &'static Trie, sentence: Sentence<'s>) -> Self {
        let node = trie.nodes.first().unwrap_or(&Node::NONE);
        let here = Place { node, rest: sentence.bytes, depth: 0 };
        Self { trie, sentence, here, held: Held::NOTHING, rare: None }
    }

    /// The wordings that the sentence has, at the next node where there are any. No sentence ends at the
    /// root.
    pub(crate) fn next(&mut self) -> Option<&'static [Leaf]> {
        loop {
            if !self.go_on() {
                self.take_way()?;
            }
            if self.here.rest.is_empty() && self.here.node.leaves > 0 {
                return Some(self.trie.leaves(self.here.node));
            }
        }
    }

    /// What stands in the holes of the wordings that were found last, in the order of the holes.
    #[inline]
    pub(crate) fn values(&self) -> &[Value<'s>] {
        self.held.first(self.here.depth)
    }

    #[cold]
    fn rare(&mut self) -> &mut Rare<'s> {
        self.rare.get_or_insert_with(Box::default)
    }

    /// Goes on behind the place, by a text or else through a hole. Whether there is such a way.
    #[inline]
    fn go_on(&mut self) -> bool {
        let from = self.here;
        let by_text = self.trie.by_text(from.node, from.rest);
        if from.node.holes > 0 {
            match (by_text, self.trie.holes(from.node)) {
                (None, [node]) => return self.through(node),
                (_, nodes) => self.note_holes(nodes),
            }
        }
        let Some((node, rest)) = by_text else { return false };
        (self.here.node, self.here.rest) = (node, rest);
        true
    }

    #[cold]
    fn note_holes(&mut self, nodes: &'static [Node]) {
        let from = self.here;
        for node in nodes.iter().rev() {
            self.rare().ways.push(Way { from, node, ends: None });
        }
    }

    /// Goes on one of the ways that have been noted.
    #[cold]
    fn take_way(&mut self) -> Option<()> {
        loop {
            let Way { from, node, ends } = self.rare.as_mut()?.ways.pop()?;
            self.here = from;
            let is_way = match ends {
                None => self.through(node),
                Some(ends) => self.try_ends(node, ends),
            };
            if is_way {
                return Some(());
            }
        }
    }

    /// Goes on through the hole before a node. If that may be in several ways, the others are noted.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "it is a quarter of what reading a sentence costs")]
    fn through(&mut self, node: &'static Node) -> bool {
        let rest = self.here.rest;
        match node.hole {
            Some(Hole::U64 { open: false }) => {
                bytes::leading_u64(rest).is_some_and(|(number, length)| {
                    self.pass(node, length, |_| Some(Value::U64(number)))
                })
            }
            Some(Hole::I64 { open: false }) => self.pass_number(node, signed_digits(rest)),
            Some(Hole::Word { open: false }) => {
                let length = word(rest);
                self.pass(node, length, |sentence| sentence.word(rest, length))
            }
            Some(Hole::Text { until, without }) => {
                self.end_of_text(rest, until, without).is_some_and(|end| self.pass_text(node, end))
            }
            _ => self.try_many_ends(node),
        }
    }

    fn end_of_text(
        &self,
        rest: &[u8],
        until: Option<char>,
        without: Option<char>,
    ) -> Option<usize> {
        let end = match (without, until) {
            (Some(without), _) => find_without(rest, until, without),
            (None, Some(until)) => find(rest, until),
            (None, None) => Some(rest.len()),
        }?;
        let text = rest.get(..end)?;
        steps::count(text.len());
        let is_plain = || !self.sentence.is_in_json || is_plain(text);
        let is_text = is_usual(text) || (is_plain() && !bytes::has_control(text));
        is_text.then_some(end)
    }

    /// Goes on behind a value of this length and the text behind it, if that is what stands there.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "it is a quarter of what reading a sentence costs")]
    fn pass(
        &mut self,
        node: &'static Node,
        length: usize,
        value: impl FnOnce(&Sentence<'s>) -> Option<Value<'s>>,
    ) -> bool {
        steps::count(1);
        let Place { rest, depth, .. } = self.here;
        let behind = rest.get(length..).and_then(|rest| rest.strip_prefix(node.text.as_bytes()));
        let Some(rest) = behind else { return false };
        let Some(value) = value(&self.sentence) else { return false };
        self.held.put(depth, value);
        self.here = Place { node, rest, depth: depth + 1 };
        true
    }

    fn pass_number(&mut self, node: &'static Node, length: usize) -> bool {
        let held = self.here.rest.get(..length).unwrap_or_default();
        self.pass(node, length, |_| match node.hole {
            Some(Hole::U64 { .. }) => bytes::u64(held).map(Value::U64),
            _ => bytes::i64(held).map(Value::I64),
        })
    }

    fn pass_text(&mut self, node: &'static Node, length: usize) -> bool {
        let rest = self.here.rest;
        self.pass(node, length, |sentence| sentence.part(rest, length).map(Value::Text))
    }

    #[cold]
    fn try_many_ends(&mut self, node: &'static Node) -> bool {
        if !self.sentence.look_at_all() {
            return false;
        }
        let (rest, left) = (self.here.rest, self.here.rest.len());
        let tried = &mut self.rare().tried;
        let ends = match node.hole {
            Some(Hole::U64 { .. }) => tried.numbers(node, left, digits(rest)),
            Some(Hole::I64 { .. }) => tried.numbers(node, left, signed_digits(rest)),
            Some(Hole::Word { .. }) => tried.words(node, left, word(rest)),
            Some(Hole::OneOf(choices)) => Ends { next: 0, last: choices.len().saturating_sub(1) },
            Some(Hole::Text { .. }) | None => Ends::NONE,
        };
        self.try_ends(node, ends)
    }

    /// Goes on behind a value of this length, if it fits the hole.
    fn pass_end(&mut self, node: &'static Node, length: usize) -> bool {
        let rest = self.here.rest;
        match node.hole {
            Some(Hole::U64 { .. } | Hole::I64 { .. }) => self.pass_number(node, length),
            Some(Hole::Word { .. }) => {
                self.pass(node, length, |sentence| sentence.word(rest, length))
            }
            Some(Hole::OneOf(_)) => self.pass(node, length, |sentence| {
                let choice = sentence.part(rest, length)?;
                sentence.holds(choice).then_some(Value::OneOf(choice))
            }),
            Some(Hole::Text { .. }) | None => false,
        }
    }

    /// Goes on through a hole to the first of the ends that leads on. The other ends are noted.
    fn try_ends(&mut self, node: &'static Node, mut ends: Ends) -> bool {
        let from = self.here;
        while ends.next <= ends.last {
            let length = match node.hole {
                Some(Hole::OneOf(choices)) => chosen(from.rest, choices, ends.next),
                _ => Some(ends.next),
            };
            ends.next += 1;
            if length.is_some_and(|length| self.pass_end(node, length)) {
                if ends.next <= ends.last {
                    self.rare().ways.push(Way { from, node, ends: Some(ends) });
                }
                return true;
            }
        }
        false
    }
}

/// The length of a choice, if it stands here.
fn chosen(rest: &[u8], choices: &[&str], index: usize) -> Option<usize> {
    steps::count(1);
    let choice = choices.get(index)?;
    rest.starts_with(choice.as_bytes()).then_some(choice.len())
}
