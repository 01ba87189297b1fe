//! The index of messages.
//!
//! A message without values is found in a hash table. The others are found in a tree of their literals: from the
//! beginning of the message, each matching literal leads to the placeholders after it, and each of them to the
//! literals at which its value can end. A placeholder has only one end, so no part of the tree is entered twice.
//! The tree returns candidates: [`Template::read`] decides.
//!
//! Both consist only of numbers, so a program that contains them has no addresses to relocate.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::template::{End, Segment, Template, find};
use crate::types::Type;

/// The index of a catalog's messages, which are identified by numbers.
#[derive(Clone, Debug, Default)]
pub struct Index<'i> {
    /// The hash table: the number of a message without values plus 1, or 0 if a slot is empty. Its length is a
    /// power of two, and at least two thirds of it are empty.
    pub slots: Cow<'i, [u32]>,
    /// The groups of placeholders at one place of a message. The first is the beginning of messages.
    pub groups: Cow<'i, [Group]>,
    /// The literals of the groups.
    pub edges: Cow<'i, [Edge]>,
    /// The numbers of the messages that an edge leads to: messages that end there, or candidates, if there are
    /// only few.
    pub leaves: Cow<'i, [u32]>,
}

/// Placeholders at one place whose values end in the same way, or those of them whose literals have the same beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// The number of a message with such a placeholder.
    pub message: u32,
    /// The index of that placeholder in the message; [`BEGINNING`] means the beginning of messages.
    pub segment: u32,
    /// The index of the first edge.
    pub edge: u32,
    /// The number of edges, which are sorted by `head`.
    pub edges: u32,
    /// The offset of `head` in the literals of the edges, which are equal before it.
    pub from: u32,
}

/// A literal after a placeholder, or at the beginning; for a `one_of`, a choice and the literal after it. An edge
/// without messages and placeholders stands for several literals, and `group` is the group of their edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The number of a message with the literal.
    pub message: u32,
    /// The index of the placeholder before the literal.
    pub segment: u32,
    /// The index of the choice before the literal.
    pub choice: u32,
    /// Eight bytes of the literal, which distinguish the edges of a group.
    pub head: u64,
    /// The number of the edge with the longest literal that is a prefix of this one, plus 1; 0 if there is none.
    pub shorter: u32,
    /// The index of the first group after it.
    pub group: u32,
    /// The number of groups.
    pub groups: u32,
    /// The index of the first leaf.
    pub leaf: u32,
    /// The number of leaves.
    pub leaves: u32,
}

impl Group {
    /// Creates a group from its fields, in order.
    #[must_use]
    pub const fn new([message, segment, edge, edges, from]: [u32; 5]) -> Self {
        Self { message, segment, edge, edges, from }
    }
}

impl Edge {
    /// Creates an edge from its head, and its other fields in order.
    #[must_use]
    pub const fn new(head: u64, fields: [u32; 8]) -> Self {
        let [message, segment, choice, shorter, group, groups, leaf, leaves] = fields;
        Self { message, segment, choice, head, shorter, group, groups, leaf, leaves }
    }

    /// Whether it stands for several literals.
    const fn leads_to_literals(&self) -> bool {
        self.leaves == 0 && self.groups == 0
    }
}

/// The segment of the group at the beginning of messages.
pub const BEGINNING: u32 = u32::MAX;

/// The messages of an index, by their numbers.
pub trait Messages<'m> {
    /// The bytes of a message without values.
    fn constant(&self, message: u32) -> &'m [u8];

    /// A message with values.
    fn template(&self, message: u32) -> &'m Template<'static>;
}

impl<'i> Index<'i> {
    /// The messages without values that are equal to `text`, in order.
    pub fn constants<'x, 'm, M: Messages<'m>>(
        &'x self,
        messages: &'x M,
        text: &'x [u8],
    ) -> impl Iterator<Item = u32> + Clone + use<'x, 'i, 'm, M> {
        self.likely(text).filter(move |message| messages.constant(*message) == text)
    }

    /// The messages without values that may be equal to `text`, because they are at its place in the hash table,
    /// in order.
    #[inline]
    pub fn likely(&self, text: &[u8]) -> impl Iterator<Item = u32> + Clone + use<'_, 'i> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash(text);
        core::iter::from_fn(move || {
            let slot = *self.slots.get(at & mask)?;
            at = at.wrapping_add(1);
            slot.checked_sub(1)
        })
    }

    /// Calls `found` with each message with values that may match `text`. No message that does match is missing.
    pub fn templates<'m>(
        &self,
        messages: &impl Messages<'m>,
        text: &[u8],
        found: &mut dyn FnMut(u32),
    ) {
        let walk = Walk { index: self, messages, text };
        if let Some(group) = self.groups.first() {
            walk.enter(group, 0, found);
        }
    }
}

/// A walk through the tree along a message. Its depth is the number of placeholders in a message.
struct Walk<'w, M> {
    index: &'w Index<'w>,
    messages: &'w M,
    text: &'w [u8],
}

impl<'w, 'm, M: Messages<'m>> Walk<'w, M> {
    /// Follows the literals of a group whose placeholder begins at `at`.
    fn enter(&self, group: &'w Group, at: usize, found: &mut dyn FnMut(u32)) {
        let Some(rest) = self.text.get(at..) else { return };
        let Some(segment) = self.segment(group.message, group.segment) else {
            return self.follow(group, rest, &mut |_| true, found);
        };
        let length = match (&segment.ty, &segment.end) {
            (Type::OneOf(_), _) => Some(0),
            (Type::Scalar(scalar), _) => (scalar.claims)(rest),
            (_, End::Message | End::Before(_) | End::Unread) => Some(rest.len()),
            (_, End::Mark(length)) if group.edges == 1 || is_one_character(segment, *length) => {
                find(rest, segment.mark().as_bytes())
            }
            (_, End::Mark(_) | End::Literal) => return self.search(group, segment, rest, found),
        };
        if let Some(rest) = length.and_then(|length| rest.get(length..)) {
            self.follow(group, rest, &mut |_| true, found);
        }
    }

    /// Follows the literals of a text or word, which all have the same first byte, each at its first occurrence.
    fn search(
        &self,
        group: &'w Group,
        segment: &Segment<'_>,
        mut rest: &[u8],
        found: &mut dyn FnMut(u32),
    ) {
        let Some(first) = segment.literal.as_bytes().first() else { return };
        // The value of a word ends at white space.
        let is_last = segment.ty == Type::Word && first.is_ascii_whitespace();
        let mut seen = Vec::new();
        while let Some(length) = rest.iter().position(|byte| byte == first) {
            rest = rest.get(length..).unwrap_or_default();
            if is_last {
                return self.follow(group, rest, &mut |_| true, found);
            }
            let mut is_new = |edge| {
                let is_new = !seen.contains(&edge);
                seen.extend(is_new.then_some(edge));
                is_new
            };
            self.follow(group, rest, &mut is_new, found);
            rest = rest.get(1..).unwrap_or_default();
        }
    }

    /// Follows each literal of a group that `rest` begins with, unless `is_wanted` rejects the number of its
    /// edge: to the messages that end there, and to the groups after it.
    #[inline]
    fn follow(
        &self,
        group: &'w Group,
        rest: &[u8],
        is_wanted: &mut dyn FnMut(u32) -> bool,
        found: &mut dyn FnMut(u32),
    ) {
        let mut number = self.edge(group, rest);
        while let Some(edge) = self.index.edges.get(number as usize) {
            let (choice, literal) = self.literal(edge);
            let behind = if choice.is_empty() {
                rest.strip_prefix(literal.as_bytes())
            } else {
                let behind = rest.strip_prefix(choice.as_bytes());
                let behind = behind.and_then(|behind| behind.strip_prefix(literal.as_bytes()));
                // At the end of a message, a choice can be the beginning of another one.
                behind.filter(|behind| !literal.is_empty() || behind.is_empty())
            };
            if let Some(behind) = behind.filter(|_| is_wanted(number)) {
                for leaf in range(&self.index.leaves, edge.leaf, edge.leaves) {
                    found(*leaf);
                }
                for group in range(&self.index.groups, edge.group, edge.groups) {
                    self.enter(group, self.text.len() - behind.len(), found);
                }
            }
            // The longest literal that is a prefix of this one.
            let Some(shorter) = edge.shorter.checked_sub(1) else { return };
            number = shorter;
        }
    }

    /// The number of the edge with the longest literal that `rest` can begin with. If `rest` begins with any
    /// literal of the group, it begins with this one or one of its prefixes.
    #[inline]
    fn edge(&self, mut group: &'w Group, rest: &[u8]) -> u32 {
        loop {
            let edges = range(&self.index.edges, group.edge, group.edges);
            // A single edge needs no search.
            let place = if let [_] = edges {
                0
            } else {
                let head = head(rest.get(group.from as usize..).unwrap_or_default());
                edges.partition_point(|edge| edge.head <= head).saturating_sub(1)
            };
            let inner = edges.get(place).filter(|edge| edge.leads_to_literals());
            match inner.and_then(|edge| self.index.groups.get(edge.group as usize)) {
                Some(inner) => group = inner,
                // The number of edges fits into a `u32`.
                None => return group.edge + u32::try_from(place).unwrap_or(0),
            }
        }
    }

    fn segment(&self, message: u32, segment: u32) -> Option<&'m Segment<'static>> {
        self.messages.template(message).segments.get(segment as usize)
    }

    /// The choice and the literal of an edge.
    fn literal(&self, edge: &Edge) -> (&'m str, &'m str) {
        let template = self.messages.template(edge.message);
        let Some(segment) = template.segments.get(edge.segment as usize) else {
            return ("", &template.first);
        };
        let choice = match &segment.ty {
            Type::OneOf(choices) => choices.get(edge.choice as usize).map_or("", |choice| choice),
            _ => "",
        };
        (choice, &segment.literal)
    }
}

/// Whether an end mark of this many bytes is one character. All values at its place end there, whatever follows.
#[must_use]
pub fn is_one_character(segment: &Segment<'_>, length: usize) -> bool {
    segment.literal.chars().next().is_some_and(|first| first.len_utf8() == length)
}

/// The first eight bytes as a number with the same order. Missing bytes are 0.
#[must_use]
pub fn head(bytes: &[u8]) -> u64 {
    if let Some(head) = bytes.first_chunk() {
        return u64::from_be_bytes(*head);
    }
    let shift = u64::BITS - 8 * u32::try_from(bytes.len()).unwrap_or(8);
    bytes.iter().fold(0, |head, byte| head << 8 | u64::from(*byte)).checked_shl(shift).unwrap_or(0)
}

fn range<T>(all: &[T], first: u32, count: u32) -> &[T] {
    let first = first as usize;
    all.get(first..first + count as usize).unwrap_or_default()
}

/// The hash of a message: sixteen bytes at a time, and then the last sixteen.
#[must_use]
#[inline]
pub fn hash(text: &[u8]) -> usize {
    const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;
    let number = |eight: &[u8; 8]| u64::from_le_bytes(*eight);
    let mix = |hash: u64, first: &[u8; 8], last: &[u8; 8]| {
        let (left, right) = (hash ^ number(first), MULTIPLIER ^ number(last));
        let high = (u128::from(left) * u128::from(right)) >> u64::BITS;
        left.wrapping_mul(right) ^ high as u64
    };
    let mut hash = text.len() as u64 ^ MULTIPLIER;
    for sixteen in text.chunks_exact(16) {
        if let (Some(first), Some(last)) = (sixteen.first_chunk(), sixteen.last_chunk()) {
            hash = mix(hash, first, last);
        }
    }
    let end = text.last_chunk::<16>().map_or(text, |end| end);
    hash = match (end.first_chunk(), end.last_chunk()) {
        (Some(first), Some(last)) => mix(hash, first, last),
        _ => end.iter().fold(hash, |hash, byte| mix(hash, &[*byte; 8], &[0; 8])),
    };
    // Only half of it is kept, so that programs for 32 bits find the same places.
    ((hash >> 32) as u32) as usize
}
