//! The sentences with holes. Only those are tried that begin with what a sentence begins with, and have
//! behind their first hole what stands there. Where the value in the hole might end at several places,
//! what they end with is looked at instead.
//!
//! Texts stand sorted. Each with which a sentence begins is found from the last one that does not stand
//! behind the sentence: it is that one, or its parent, or the parent of that. For endings, texts are
//! compared from their last byte to their first.

use core::cmp::Ordering;

use crate::template::{digits, signed_digits, word};

/// The index of the sentences.
#[derive(Debug)]
pub struct Wordings {
    /// The wordings that begin with the same text and kind of hole, sorted by the text.
    pub groups: &'static [Group],
    /// The wordings of all groups.
    pub wordings: &'static [Wording],
}

/// The wordings that begin with the same text and kind of hole.
#[derive(Debug)]
pub struct Group {
    /// The text before the first hole.
    pub prefix: &'static str,
    /// The first hole.
    pub hole: Hole,
    /// One more than the index of the last group with whose prefix this one begins; 0 if there is none.
    pub parent: u32,
    /// The index of the first of its wordings, which are sorted by their texts.
    pub first: u32,
    /// The index behind the last of them.
    pub end: u32,
}

/// What the first hole of a wording takes in.
#[derive(Clone, Copy, Debug)]
pub enum Hole {
    /// A number from 0: digits.
    U64,
    /// A number: digits, and a sign before them.
    I64,
    /// A word, up to white space.
    Word,
    /// A text, up to this character.
    Text(char),
    /// Anything, up to any place.
    Any,
}

impl Hole {
    /// Where the value ends at the beginning of `rest`; `None` if that is not decided.
    fn end(self, rest: &str) -> Option<usize> {
        match self {
            Self::U64 => Some(digits(rest)),
            Self::I64 => Some(signed_digits(rest)),
            Self::Word => Some(word(rest)),
            Self::Text(end) => Some(rest.find(end).unwrap_or(rest.len())),
            Self::Any => None,
        }
    }
}

/// A wording.
#[derive(Debug)]
pub struct Wording {
    /// The text behind the first hole; in a group of [`Hole::Any`], the text behind the last one.
    pub text: &'static str,
    /// The index of the row.
    pub row: u32,
    /// 0 for the sentence, 1 for the one with context, else two more than the index of the wording it had
    /// before.
    pub wording: u32,
    /// One more than the index, in the group, of the last wording with whose text this one begins, or ends;
    /// 0 if there is none.
    pub parent: u32,
}

impl Wordings {
    /// Calls `found` with each wording that begins and ends as the sentence does.
    pub(crate) fn each(&self, sentence: &str, found: &mut dyn FnMut(&'static Wording)) {
        let before = self.groups.partition_point(|group| group.prefix <= sentence);
        let mut at = before;
        while let Some(group) = at.checked_sub(1).and_then(|index| self.groups.get(index)) {
            if let Some(rest) = sentence.strip_prefix(group.prefix) {
                let of_group = self.wordings.get(group.first as usize..group.end as usize);
                let of_group = of_group.unwrap_or_default();
                match group.hole.end(rest) {
                    Some(end) => {
                        each_beginning(of_group, rest.get(end..).unwrap_or_default(), found);
                    }
                    None => each_ending(of_group, rest, found),
                }
            }
            at = group.parent as usize;
        }
    }
}

fn each_beginning(
    wordings: &'static [Wording],
    rest: &str,
    found: &mut dyn FnMut(&'static Wording),
) {
    let mut at = wordings.partition_point(|it| it.text <= rest);
    while let Some(wording) = at.checked_sub(1).and_then(|index| wordings.get(index)) {
        if rest.starts_with(wording.text) {
            found(wording);
        }
        at = wording.parent as usize;
    }
}

fn each_ending(
    wordings: &'static [Wording],
    sentence: &str,
    found: &mut dyn FnMut(&'static Wording),
) {
    let mut at = wordings.partition_point(|it| backwards(it.text, sentence).is_le());
    while let Some(wording) = at.checked_sub(1).and_then(|index| wordings.get(index)) {
        if sentence.ends_with(wording.text) {
            found(wording);
        }
        at = wording.parent as usize;
    }
}

/// The order of two texts that are read from their last byte to their first.
fn backwards(left: &str, right: &str) -> Ordering {
    left.bytes().rev().cmp(right.bytes().rev())
}
