//! The index in which messages are looked up.
//!
//! A message without values is found in a hash table. The others are found in a tree of their literals: from the
//! beginning of the message, each literal that fits leads to the placeholders behind it, and each of them to the
//! literals with which its value can end. A placeholder has one end only, so no part of the tree is entered twice. What
//! the tree gives are candidates: [`Template::read`] decides.
//!
//! Both are numbers alone, so that a program holds them without an address to relocate.

mod build;

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::template::{End, Segment, Template, find};
use crate::types::Type;

/// The index of a catalog's messages, which are known by their numbers.
#[derive(Clone, Debug, Default)]
pub struct Index<'i> {
    /// The hash table: one more than the number of a message without values, 0 where there is none. Its length is a
    /// power of two, and at least every second place is empty.
    pub slots: Cow<'i, [u32]>,
    /// What can stand in one place of a message; the first is its beginning.
    pub groups: Cow<'i, [Group]>,
    /// The literals of the groups.
    pub edges: Cow<'i, [Edge]>,
    /// The numbers of the messages that an edge leads to: they end there, or they are few.
    pub leaves: Cow<'i, [u32]>,
}

/// Placeholders in one place whose values end in the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// The number of a message with such a placeholder.
    pub message: u32,
    /// Which of its placeholders that is; [`BEGINNING`] stands for none.
    pub segment: u32,
    /// The first edge.
    pub edge: u32,
    /// How many there are, sorted by their literals.
    pub edges: u32,
}

/// A literal behind a placeholder, or at the beginning; of a `one_of`, a choice and the literal behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The number of a message with the literal.
    pub message: u32,
    /// Which of its placeholders it stands behind.
    pub segment: u32,
    /// Which choice stands before it.
    pub choice: u32,
    /// Its first eight bytes, in the order of texts: most edges are told apart by these.
    pub head: u64,
    /// How many edges before this one is the longest literal that it begins with; 0 if there is none.
    pub shorter: u32,
    /// The first group behind it, and how many there are.
    pub group: u32,
    /// How many there are.
    pub groups: u32,
    /// The first leaf.
    pub leaf: u32,
    /// How many there are.
    pub leaves: u32,
}

impl Group {
    /// A group of its fields, in order.
    #[must_use]
    pub const fn new([message, segment, edge, edges]: [u32; 4]) -> Self {
        Self { message, segment, edge, edges }
    }
}

impl Edge {
    /// An edge of its head, and its other fields in order.
    #[must_use]
    pub const fn new(head: u64, fields: [u32; 8]) -> Self {
        let [message, segment, choice, shorter, group, groups, leaf, leaves] = fields;
        Self { message, segment, choice, head, shorter, group, groups, leaf, leaves }
    }
}

/// The segment of a group that begins messages.
pub const BEGINNING: u32 = u32::MAX;

/// The messages that an index is of, by their numbers.
pub trait Messages<'m> {
    /// The bytes of a message without values.
    fn constant(&self, message: u32) -> &'m [u8];

    /// A message with values.
    fn template(&self, message: u32) -> &'m Template<'static>;
}

impl<'i> Index<'i> {
    /// The messages without values that are `text`, in order.
    pub fn constants<'x, 'm, M: Messages<'m>>(
        &'x self,
        messages: &'x M,
        text: &'x [u8],
    ) -> impl Iterator<Item = u32> + use<'x, 'i, 'm, M> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash(text);
        core::iter::from_fn(move || {
            loop {
                let slot = *self.slots.get(at & mask)?;
                at = at.wrapping_add(1);
                let message = slot.checked_sub(1)?;
                if messages.constant(message) == text {
                    return Some(message);
                }
            }
        })
    }

    /// Calls `found` with each message with values that `text` may be. None that it is, is left out.
    pub fn templates<'m>(
        &self,
        messages: &impl Messages<'m>,
        text: &str,
        found: &mut dyn FnMut(u32),
    ) {
        let walk = Walk { index: self, messages, text: text.as_bytes() };
        if let Some(group) = self.groups.first() {
            walk.enter(*group, 0, found);
        }
    }
}

/// A way through the tree along a message. It is as deep as a message has placeholders.
struct Walk<'w, M> {
    index: &'w Index<'w>,
    messages: &'w M,
    text: &'w [u8],
}

impl<'m, M: Messages<'m>> Walk<'_, M> {
    /// Follows the literals of a group whose placeholder begins at `at`.
    fn enter(&self, group: Group, at: usize, found: &mut dyn FnMut(u32)) {
        let text = self.text;
        let Some(rest) = text.get(at..) else { return };
        let segment = self.segment(group.message, group.segment);
        match segment.map(|segment| (&segment.ty, &segment.end)) {
            None | Some((Type::OneOf(_), _)) => self.follow(group, at, found),
            Some((Type::Scalar(scalar), _)) => {
                if let Some(length) = scalar.claims(rest) {
                    self.follow(group, at + length, found);
                }
            }
            Some((_, End::Message | End::Before(_))) => self.follow(group, text.len(), found),
            Some((_, End::Mark(_))) => {
                let mark = segment.map_or("", Segment::mark);
                if group.edges > 1 && !is_one_character(mark) {
                    self.search(group, at, found);
                } else if let Some(length) = find(rest, mark.as_bytes()) {
                    self.follow(group, at + length, found);
                }
            }
        }
    }

    /// Follows the literals of a text or word, which all have the same first byte, each of them where it stands first.
    fn search(&self, group: Group, at: usize, found: &mut dyn FnMut(u32)) {
        let Some(segment) = self.segment(group.message, group.segment) else { return };
        let first = segment.literal.as_bytes().get(..1).unwrap_or_default();
        // No value of a word goes on behind white space.
        let is_last = segment.ty == Type::Word && first.trim_ascii().is_empty();
        let mut seen = Vec::new();
        let mut from = at;
        while let Some(length) = self.text.get(from..).and_then(|rest| find(rest, first)) {
            let place = from + length;
            let mut edge = self.first_edge(group, place);
            while let Some((number, next)) = edge {
                if !seen.contains(&number) {
                    self.take(number, place, found);
                    if !is_last {
                        seen.push(number);
                    }
                }
                edge = next.and_then(|next| self.edge_at(next, place));
            }
            if is_last || seen.len() == group.edges as usize {
                break;
            }
            from = place + 1;
        }
    }

    /// Follows the literals of a group that the message goes on with at `at`.
    fn follow(&self, group: Group, at: usize, found: &mut dyn FnMut(u32)) {
        let mut edge = self.first_edge(group, at);
        while let Some((number, next)) = edge {
            self.take(number, at, found);
            edge = next.and_then(|next| self.edge_at(next, at));
        }
    }

    /// Passes over the literal of an edge: to the messages that end there, and the groups behind it.
    fn take(&self, number: u32, at: usize, found: &mut dyn FnMut(u32)) {
        let Some(edge) = self.index.edges.get(number as usize) else { return };
        let (choice, literal) = self.literal(edge);
        let at = at + choice.len() + literal.len();
        for leaf in range(&self.index.leaves, edge.leaf, edge.leaves) {
            found(*leaf);
        }
        for group in range(&self.index.groups, edge.group, edge.groups) {
            self.enter(*group, at, found);
        }
    }

    /// The longest literal of the group that the message goes on with at `at`, and where to look for the next one.
    fn first_edge(&self, group: Group, at: usize) -> Option<(u32, Option<u32>)> {
        let rest = self.text.get(at..)?;
        let edges = range(&self.index.edges, group.edge, group.edges);
        // With one edge there is nothing to search for.
        let last = if edges.len() == 1 {
            0
        } else {
            let head = head(rest);
            let is_not_behind = |edge: &Edge| match edge.head.cmp(&head) {
                Ordering::Equal => compare(self.literal(edge), rest) != Ordering::Greater,
                order => order == Ordering::Less,
            };
            u32::try_from(edges.partition_point(is_not_behind)).ok()?.checked_sub(1)?
        };
        self.edge_at(group.edge + last, at)
    }

    /// This edge if the message goes on with its literal, else the longest one that its literal begins with.
    fn edge_at(&self, mut number: u32, at: usize) -> Option<(u32, Option<u32>)> {
        let rest = self.text.get(at..)?;
        loop {
            let edge = self.index.edges.get(number as usize)?;
            let next = (edge.shorter > 0).then(|| number - edge.shorter);
            let (choice, literal) = self.literal(edge);
            let behind = rest.strip_prefix(choice.as_bytes());
            if behind.is_some_and(|behind| behind.starts_with(literal.as_bytes())) {
                return Some((number, next));
            }
            number = next?;
        }
    }

    fn segment(&self, message: u32, segment: u32) -> Option<&'m Segment<'static>> {
        self.messages.template(message).segments.get(segment as usize)
    }

    fn literal(&self, edge: &Edge) -> (&'m str, &'m str) {
        literal(self.messages, edge)
    }
}

/// Whether an end mark is one character, at which all values in its place end, whatever follows.
fn is_one_character(mark: &str) -> bool {
    let mut characters = mark.chars();
    characters.next().is_some() && characters.next().is_none()
}

/// The choice and the literal of an edge.
fn literal<'m>(messages: &impl Messages<'m>, edge: &Edge) -> (&'m str, &'m str) {
    let template = messages.template(edge.message);
    let Some(segment) = template.segments.get(edge.segment as usize) else {
        return ("", &template.first);
    };
    let choice = match &segment.ty {
        Type::OneOf(choices) => choices.get(edge.choice as usize).map_or("", |choice| choice),
        _ => "",
    };
    (choice, &segment.literal)
}

/// The first eight bytes as a number that is compared as they are; those that are missing are 0.
fn head(bytes: &[u8]) -> u64 {
    if let Some(head) = bytes.first_chunk() {
        return u64::from_be_bytes(*head);
    }
    let shift = u64::BITS - 8 * u32::try_from(bytes.len()).unwrap_or(8);
    bytes.iter().fold(0, |head, byte| head << 8 | u64::from(*byte)).checked_shl(shift).unwrap_or(0)
}

/// Compares a choice and a literal with the beginning of `rest` that is as long.
fn compare((choice, literal): (&str, &str), rest: &[u8]) -> Ordering {
    if choice.is_empty() {
        return literal.as_bytes().cmp(rest);
    }
    let (head, behind) = rest.split_at(choice.len().min(rest.len()));
    choice.as_bytes().cmp(head).then_with(|| literal.as_bytes().cmp(behind))
}

fn range<T>(all: &[T], first: u32, count: u32) -> &[T] {
    let first = first as usize;
    all.get(first..first + count as usize).unwrap_or_default()
}

/// The hash of a message: eight bytes at a time, the last of them in a word of their own.
#[inline]
fn hash(text: &[u8]) -> usize {
    const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |hash: u64, word: u64| (hash.rotate_left(26) ^ word).wrapping_mul(MULTIPLIER);
    let mut chunks = text.chunks_exact(8);
    let mut hash = text.len() as u64;
    for chunk in &mut chunks {
        hash = mix(hash, chunk.try_into().map_or(0, u64::from_le_bytes));
    }
    let last = match text.last_chunk::<8>() {
        Some(last) => u64::from_le_bytes(*last),
        None => text.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    };
    hash = mix(hash, last);
    // The low bits of a product depend on few bits of its factors, the high ones on all. Programs for 32 bits find the
    // same places, since only the low half is kept.
    ((hash >> 32) as u32) as usize
}
