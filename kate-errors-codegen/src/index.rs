//! Builds the index of messages.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, VecDeque};

use kate_errors_model::index::{
    BEGINNING, Edge, Group, Index, Messages, hash, head, is_one_character,
};
use kate_errors_model::template::{End, Segment};
use kate_errors_model::types::Type;

/// If at most this many messages begin alike, they are not distinguished further: a message alone and with its context.
const FEW: usize = 2;

/// Placeholders with the same key end in the same way, whatever follows them.
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

/// A choice and a literal, and the message that they belong to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry<'m> {
    literal: (&'m str, &'m str),
    message: u32,
    choice: u32,
}

/// What is still to be added, at the beginning or after an edge.
struct Open<'m> {
    edge: Option<u32>,
    segment: u32,
    behind: Behind<'m>,
}

enum Behind<'m> {
    /// The messages that continue with a placeholder.
    Messages(Vec<u32>),
    /// Literals with the same head, sorted, and the [`Edge::shorter`] of those without a prefix among them.
    Literals(Vec<Entry<'m>>, u32),
}

/// Builds the index of these messages: those without values, and those with values.
#[must_use]
pub fn build<'m>(
    messages: &impl Messages<'m>,
    constants: &[u32],
    templates: &[u32],
) -> Index<'static> {
    let index = Index { slots: slots(messages, constants), ..Index::default() };
    let mut builder = Builder { messages, index, queue: VecDeque::new() };
    if !templates.is_empty() {
        builder.later(None, BEGINNING, Behind::Messages(templates.to_vec()));
    }
    while let Some(open) = builder.queue.pop_front() {
        builder.add(open);
    }
    builder.index
}

struct Builder<'b, 'm, M> {
    messages: &'b M,
    index: Index<'static>,
    /// What is still to be added.
    queue: VecDeque<Open<'m>>,
}

impl<'m, M: Messages<'m>> Builder<'_, 'm, M> {
    fn later(&mut self, edge: Option<u32>, segment: u32, behind: Behind<'m>) {
        self.queue.push_back(Open { edge, segment, behind });
    }

    fn add(&mut self, Open { edge, segment, behind }: Open<'m>) {
        let group = number(self.index.groups.len());
        let groups = match behind {
            Behind::Messages(open) => self.extend(&open, segment),
            Behind::Literals(entries, shorter) => {
                self.add_group(&entries, segment, shorter);
                0
            }
        };
        if let Some(edge) = edge {
            let edge = &mut self.index.edges.to_mut()[edge as usize];
            (edge.group, edge.groups) = (group, groups);
        }
    }

    /// Adds the groups in which some messages continue. Returns how many there are.
    fn extend(&mut self, open: &[u32], segment: u32) -> u32 {
        let mut by_key: BTreeMap<Key, Vec<Entry<'m>>> = BTreeMap::new();
        for message in open {
            let (key, entries) = entries(self.messages, *message, segment);
            by_key.entry(key).or_default().extend(entries);
        }
        let groups = number(by_key.len());
        for mut entries in by_key.into_values() {
            entries.sort_unstable_by(|a, b| same_order(a, b));
            self.add_group(&entries, segment, 0);
        }
        groups
    }

    /// Adds a group of sorted literals, with an edge for each head.
    fn add_group(&mut self, entries: &[Entry<'m>], segment: u32, shorter: u32) {
        let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return };
        let both = bytes(first.literal, 0).zip(bytes(last.literal, 0));
        let from = both.take_while(|(a, b)| a == b).count();
        let head = |entry: &Entry<'_>| {
            head(&bytes(entry.literal, from).take(8).copied().collect::<Vec<_>>())
        };
        // Different literals only have the same head if they continue with bytes that are 0.
        let have_heads = head(first) != head(last);
        let is_one_edge = |a: &Entry<'_>, b: &Entry<'_>| {
            if have_heads { head(a) == head(b) } else { a.has_literal_of(b) }
        };
        let edge = number(self.index.edges.len());
        // The literals that are prefixes of the current one, shortest first.
        let mut beginnings: Vec<(u32, (&str, &str))> = Vec::new();
        for same in entries.chunk_by(is_one_edge) {
            let [Entry { literal, message, choice }, ..] = *same else { continue };
            let edge = number(self.index.edges.len());
            while beginnings.last().is_some_and(|(_, other)| !begins_with(literal, *other)) {
                beginnings.pop();
            }
            let shorter = beginnings.last().map_or(shorter, |(other, _)| other + 1);
            let head = head(&same[0]);
            let edges = self.index.edges.to_mut();
            let (leaf, leaves) = (number(self.index.leaves.len()), 0);
            edges.push(Edge {
                message,
                segment,
                choice,
                head,
                shorter,
                leaf,
                leaves,
                group: 0,
                groups: 0,
            });
            if !same.iter().all(|entry| entry.has_literal_of(&same[0])) {
                self.later(Some(edge), segment, Behind::Literals(same.to_vec(), shorter));
                continue;
            }
            beginnings.push((edge, literal));
            let next = if segment == BEGINNING { 0 } else { segment + 1 };
            // Reading few messages is faster than distinguishing them first.
            let is_end = |message: &u32| {
                same.len() <= FEW
                    || self.messages.template(*message).segments.len() == next as usize
            };
            let (ends, open): (Vec<u32>, Vec<u32>) =
                same.iter().map(|entry| entry.message).partition(is_end);
            edges[edge as usize].leaves = number(ends.len());
            self.index.leaves.to_mut().extend(ends);
            if !open.is_empty() {
                self.later(Some(edge), next, Behind::Messages(open));
            }
        }
        let (edges, from) = (number(self.index.edges.len()) - edge, number(from));
        self.index.groups.to_mut().push(Group {
            message: first.message,
            segment,
            edge,
            edges,
            from,
        });
    }
}

/// How a message continues at a segment: how its value ends, and the literals at which it can end.
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
        (End::Mark(_) | End::Literal, _, Some(byte)) => Key::Literal(name, byte),
        _ => Key::End,
    }
}

impl Entry<'_> {
    fn has_literal_of(&self, other: &Self) -> bool {
        bytes(self.literal, 0).eq(bytes(other.literal, 0))
    }
}

/// The bytes of a choice and a literal, from an offset on.
fn bytes<'m>((choice, literal): (&'m str, &'m str), from: usize) -> impl Iterator<Item = &'m u8> {
    let behind = |text: &'m str, from| text.as_bytes().get(from..).unwrap_or_default();
    behind(choice, from).iter().chain(behind(literal, from.saturating_sub(choice.len())))
}

fn begins_with(literal: (&str, &str), beginning: (&str, &str)) -> bool {
    let mut of_literal = bytes(literal, 0);
    bytes(beginning, 0).all(|byte| of_literal.next() == Some(byte))
}

/// Compares entries by their texts, then by their messages.
fn same_order(a: &Entry<'_>, b: &Entry<'_>) -> Ordering {
    bytes(a.literal, 0).cmp(bytes(b.literal, 0)).then_with(|| a.message.cmp(&b.message))
}

/// There are fewer messages than bytes in a file of 4 MiB, and at most a few edges for each of them.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn slots<'m>(messages: &impl Messages<'m>, constants: &[u32]) -> Cow<'static, [u32]> {
    if constants.is_empty() {
        return Cow::Borrowed(&[]);
    }
    let mut slots = vec![0; (3 * constants.len()).next_power_of_two()];
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
