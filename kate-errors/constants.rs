//! The sentences without holes. A perfect hash gives each a slot of its own, so one comparison says
//! whether a sentence is in the catalog, for ten rows as for ten thousand.
//!
//! The compiler makes the slots, and hashes in the same way (`emit/rust/perfect_hash.rs`).

/// The index of the sentences.
#[derive(Debug)]
pub struct Constants {
    /// The texts in which the sentences stand, as in a body of ours.
    pub text: &'static str,
    /// What the hash begins with.
    pub seed: u64,
    /// Whether the hash reads sentences as a whole; else a few parts of a sentence tell it from others.
    pub whole: bool,
    /// The length of the longest sentence, in bytes.
    pub longest: u32,
    /// The displacement of each bucket.
    pub displacements: &'static [u32],
    /// How many of the entries are slots. Behind them stand other rows with the sentence of a slot.
    pub slots: u32,
    /// The rows that have the sentences: see `Entry`.
    pub entries: &'static [[u32; 5]],
}

/// A row that has a sentence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry(&'static [u32; 5]);

impl Entry {
    /// More than any status: there is more to say about the sentence, which the row has now.
    const NO_STATUS: u32 = 1 << 16;

    /// Whether its sentence, in the texts, is this one. No sentence is as long as what stands in an empty slot.
    #[inline]
    fn is(self, escaped: &[u8], texts: &[u8]) -> bool {
        let [start, length, ..] = *self.0;
        let start = start as usize;
        length as usize == escaped.len()
            && texts.get(start..start + escaped.len()).is_some_and(|text| text == escaped)
    }

    /// The index of the row.
    #[inline]
    pub(crate) fn row(self) -> u32 {
        self.0[2]
    }

    /// Whether this is the status of the row, which is the only one with the sentence, and there is nothing more
    /// to say about it: it has neither homonyms nor history.
    #[inline]
    pub(crate) fn has_only(self, status: u16) -> bool {
        self.0[3] == u32::from(status)
    }

    /// Whether the row had the sentence before.
    pub(crate) fn is_former(self) -> bool {
        self.0[3] > Self::NO_STATUS
    }

    /// The index of the next entry with this sentence, if there is one.
    fn next(self) -> Option<usize> {
        Some(self.0[4] as usize).filter(|next| *next > 0)
    }
}

impl Constants {
    /// The rows that have a sentence; it stands as in a body of ours, quotes and backslashes escaped.
    pub(crate) fn find(&self, escaped: &[u8]) -> impl Iterator<Item = Entry> {
        let entries = self.entries;
        let mut next = self.first(escaped);
        core::iter::from_fn(move || {
            let entry = next?;
            next = entry.next().and_then(|next| entries.get(next)).map(Entry);
            Some(entry)
        })
    }

    /// The first row that has a sentence; it stands as in a body of ours.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "what it reads is known where it is called")]
    pub(crate) fn first(&self, escaped: &[u8]) -> Option<Entry> {
        let key = key(escaped, self.seed, self.whole);
        let displacement = *self.displacements.get(reduce(key, self.displacements.len()))?;
        let slot = fold(key ^ u64::from(displacement), FACTOR);
        let entry = Entry(self.entries.get(reduce(slot, self.slots as usize))?);
        entry.is(escaped, self.text.as_bytes()).then_some(entry)
    }
}

const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// The two halves of a product, one over the other.
#[inline]
fn fold(left: u64, right: u64) -> u64 {
    let product = u128::from(left) * u128::from(right);
    #[allow(clippy::cast_possible_truncation, reason = "each half is taken")]
    let halves = (product as u64, (product >> 64) as u64);
    halves.0 ^ halves.1
}

#[inline]
fn key(text: &[u8], seed: u64, whole: bool) -> u64 {
    let [first, middle, last] = parts(text);
    let key = fold(first ^ middle.rotate_left(32) ^ seed, last ^ text.len() as u64);
    if whole { fold_all(key, text) } else { key }
}

#[cold]
fn fold_all(key: u64, text: &[u8]) -> u64 {
    let words = text.chunks_exact(8).filter_map(|word| word.try_into().ok());
    words.fold(key, |key, word| fold(key ^ u64::from_le_bytes(word), FACTOR))
}

/// The first eight bytes, the eight before the middle, and the last eight, as numbers; 0 for a middle that
/// is not there. What is shorter has one part: times its length it would be a small number, whose high half
/// is 0 for all, so a large one stands in for the last eight bytes.
#[inline]
fn parts(text: &[u8]) -> [u64; 3] {
    let (left, _) = text.split_at(text.len() / 2);
    match (text.first_chunk(), text.last_chunk()) {
        (Some(first), Some(last)) => {
            let middle = left.last_chunk().map_or(0, |part| u64::from_le_bytes(*part));
            [u64::from_le_bytes(*first), middle, u64::from_le_bytes(*last)]
        }
        _ => [few(text), 0, FACTOR],
    }
}

#[cold]
fn few(text: &[u8]) -> u64 {
    text.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// A number below `count`, which is less than four thousand million.
#[inline]
fn reduce(key: u64, count: usize) -> usize {
    #[allow(clippy::cast_possible_truncation, reason = "it is less than `count`")]
    let reduced = (((key >> 32) * count as u64) >> 32) as usize;
    reduced
}

#[cfg(test)]
mod tests;
