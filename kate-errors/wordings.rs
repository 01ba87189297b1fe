//! The sentences with holes. Only those are tried that begin with what a sentence begins with, and end
//! with what it ends with.
//!
//! Texts stand sorted. Each with which a sentence begins is found from the last one that does not stand
//! behind the sentence: it is that one, or its parent, or the parent of that. For endings, texts are
//! compared from their last byte to their first.

use core::cmp::Ordering;

/// The index of the sentences.
#[derive(Debug)]
pub struct Wordings {
    /// The wordings that begin with the same text, sorted by it.
    pub groups: &'static [Group],
    /// The wordings of all groups.
    pub wordings: &'static [Wording],
}

/// The wordings that begin with the same text.
#[derive(Debug)]
pub struct Group {
    /// The text before the first hole.
    pub prefix: &'static str,
    /// One more than the index of the last group with whose prefix this one begins; 0 if there is none.
    pub parent: u32,
    /// The index of the first of its wordings, which are sorted by their ends.
    pub first: u32,
    /// The index behind the last of them.
    pub end: u32,
}

/// A wording.
#[derive(Debug)]
pub struct Wording {
    /// The text behind the last hole.
    pub suffix: &'static str,
    /// The index of the row.
    pub row: u32,
    /// 0 for the sentence, 1 for the one with context, else two more than the index of the wording it had
    /// before.
    pub wording: u32,
    /// One more than the index, in the group, of the last wording with whose suffix this one ends; 0 if
    /// there is none.
    pub parent: u32,
}

impl Wordings {
    /// Calls `found` with each wording that begins and ends as the sentence does.
    pub(crate) fn each(&self, sentence: &str, found: &mut dyn FnMut(&'static Wording)) {
        let before = self.groups.partition_point(|group| group.prefix <= sentence);
        let mut at = before;
        while let Some(group) = at.checked_sub(1).and_then(|index| self.groups.get(index)) {
            if sentence.starts_with(group.prefix) {
                let of_group = self.wordings.get(group.first as usize..group.end as usize);
                each_ending(of_group.unwrap_or_default(), sentence, found);
            }
            at = group.parent as usize;
        }
    }
}

fn each_ending(
    wordings: &'static [Wording],
    sentence: &str,
    found: &mut dyn FnMut(&'static Wording),
) {
    let mut at = wordings.partition_point(|it| backwards(it.suffix, sentence).is_le());
    while let Some(wording) = at.checked_sub(1).and_then(|index| wordings.get(index)) {
        if sentence.ends_with(wording.suffix) {
            found(wording);
        }
        at = wording.parent as usize;
    }
}

/// The order of two texts that are read from their last byte to their first.
fn backwards(left: &str, right: &str) -> Ordering {
    left.bytes().rev().cmp(right.bytes().rev())
}
