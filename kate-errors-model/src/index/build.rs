//! Making an index.

use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, VecDeque};
use alloc::vec;
use alloc::vec::Vec;

use super::{BEGINNING, Edge, Group, Index, Messages, hash, head, is_one_character};
use crate::template::{End, Segment};
use crate::types::Type;

/// So many messages with one beginning are not told apart by what follows: a detail alone and with its context.
const FEW: usize = 2;

/// Placeholders with the same key end in the same way, whatever stands behind them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Beginning,
    Choice,
    Scalar(&'static str),
    /// A text or word that ends at this character.
    Character(&'static str, char),
    /// A text or word that ends at a literal with this first byte.
    Literal(&'static str, u8),
    End,
}

/// A choice and a literal, and the message that they are of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry<'m> {
    literal: (&'m str, &'m str),
    message: u32,
    choice: u32,
}

/// Messages that go on behind an edge.
struct Open {
    edge: Option<u32>,
    segment: u32,
    messages: Vec<u32>,
}

impl Index<'static> {
    /// The index of these messages: those without values, and those with values.
    #[must_use]
    pub fn new<'m>(messages: &impl Messages<'m>, constants: &[u32], templates: &[u32]) -> Self {
        let mut index = Self { slots: slots(messages, constants), ..Self::default() };
        let mut queue = VecDeque::new();
        if !templates.is_empty() {
            let messages = templates.to_vec();
            queue.push_back(Open { edge: None, segment: BEGINNING, messages });
        }
        while let Some(open) = queue.pop_front() {
            index.extend(messages, &open, &mut queue);
        }
        index
    }

    /// Adds the groups in which some messages go on.
    fn extend<'m>(
        &mut self,
        messages: &impl Messages<'m>,
        open: &Open,
        queue: &mut VecDeque<Open>,
    ) {
        let mut by_key: BTreeMap<Key, Vec<Entry<'m>>> = BTreeMap::new();
        for message in &open.messages {
            let (key, entries) = entries(messages, *message, open.segment);
            by_key.entry(key).or_default().extend(entries);
        }
        if let Some(edge) = open.edge {
            let edge = &mut self.edges.to_mut()[edge as usize];
            (edge.group, edge.groups) = (number(self.groups.len()), number(by_key.len()));
        }
        for mut entries in by_key.into_values() {
            entries.sort_unstable_by(|a, b| same_order(a, b));
            let (message, segment) = (entries[0].message, open.segment);
            let first = self.edges.len();
            self.add_edges(messages, &entries, segment, queue);
            let (edge, edges) = (number(first), number(self.edges.len() - first));
            self.groups.to_mut().push(Group { message, segment, edge, edges });
        }
    }

    /// Adds the edges of a group, one for each literal.
    fn add_edges<'m>(
        &mut self,
        messages: &impl Messages<'m>,
        entries: &[Entry<'m>],
        segment: u32,
        queue: &mut VecDeque<Open>,
    ) {
        // The literals that the one at hand begins with, shortest first.
        let mut beginnings: Vec<(u32, (&str, &str))> = Vec::new();
        let equal = |a: &Entry<'_>, b: &Entry<'_>| bytes(a.literal).eq(bytes(b.literal));
        for same in entries.chunk_by(equal) {
            let Entry { literal, message, choice } = same[0];
            let edge = number(self.edges.len());
            while beginnings.last().is_some_and(|(_, other)| !begins_with(literal, *other)) {
                beginnings.pop();
            }
            let shorter = beginnings.last().map_or(0, |(other, _)| edge - other);
            beginnings.push((edge, literal));
            let next = if segment == BEGINNING { 0 } else { segment + 1 };
            // Reading few messages is quicker than telling them apart first.
            let is_end = |message: &u32| {
                same.len() <= FEW || messages.template(*message).segments.len() == next as usize
            };
            let (ends, open): (Vec<u32>, Vec<u32>) =
                same.iter().map(|entry| entry.message).partition(is_end);
            let (leaf, leaves) = (number(self.leaves.len()), number(ends.len()));
            self.leaves.to_mut().extend(ends);
            let edges = self.edges.to_mut();
            edges.push(Edge {
                message,
                segment,
                choice,
                head: head(&bytes(literal).take(8).collect::<Vec<_>>()),
                shorter,
                leaf,
                leaves,
                group: 0,
                groups: 0,
            });
            if !open.is_empty() {
                queue.push_back(Open { edge: Some(edge), segment: next, messages: open });
            }
        }
    }
}

/// How a message goes on at a segment: the way its value ends, and the literals it can end with.
fn entries<'m>(messages: &impl Messages<'m>, message: u32, segment: u32) -> (Key, Vec<Entry<'m>>) {
    let template = messages.template(message);
    let entry = |literal, choice| Entry { literal, message, choice };
    let Some(segment) = template.segments.get(segment as usize) else {
        return (Key::Beginning, vec![entry(("", &template.first), 0)]);
    };
    let literal = &*segment.literal;
    match &segment.ty {
        Type::OneOf(choices) => {
            let choices = (0..).zip(choices.iter());
            let entries = choices.map(|(at, choice)| entry((choice, literal), at));
            (Key::Choice, entries.collect())
        }
        Type::Scalar(scalar) => (Key::Scalar(scalar.info.name), vec![entry(("", literal), 0)]),
        Type::Text | Type::Lines | Type::Word => (text_key(segment), vec![entry(("", literal), 0)]),
    }
}

fn text_key(segment: &Segment<'_>) -> Key {
    let (name, mark) = (segment.ty.info().name, segment.mark());
    match (&segment.end, mark.chars().next(), mark.bytes().next()) {
        (End::Mark(length), Some(character), _) if is_one_character(segment, *length) => {
            Key::Character(name, character)
        }
        (End::Mark(_), _, Some(byte)) => Key::Literal(name, byte),
        _ => Key::End,
    }
}

fn bytes((choice, literal): (&str, &str)) -> impl Iterator<Item = u8> {
    choice.bytes().chain(literal.bytes())
}

fn begins_with(literal: (&str, &str), beginning: (&str, &str)) -> bool {
    let mut of_literal = bytes(literal);
    bytes(beginning).all(|byte| of_literal.next() == Some(byte))
}

/// Sorted as texts, and those of one text by their messages.
fn same_order(a: &Entry<'_>, b: &Entry<'_>) -> core::cmp::Ordering {
    bytes(a.literal).cmp(bytes(b.literal)).then_with(|| a.message.cmp(&b.message))
}

/// There are fewer messages than a file of 4 MiB has bytes, and a few edges for each of those at most.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn slots<'m>(messages: &impl Messages<'m>, constants: &[u32]) -> Cow<'static, [u32]> {
    if constants.is_empty() {
        return Cow::Borrowed(&[]);
    }
    let mut slots = vec![0; (2 * constants.len()).next_power_of_two()];
    let mask = slots.len() - 1;
    for message in constants {
        let mut at = hash(messages.constant(*message));
        while slots[at & mask] != 0 {
            at = at.wrapping_add(1);
        }
        slots[at & mask] = message + 1;
    }
    Cow::Owned(slots)
}
