//! The sentences without holes. A perfect hash gives each a slot of its own, so one comparison says
//! whether a sentence is in the catalog, for ten rows as for ten thousand.
//!
//! The compiler makes the slots, and hashes in the same way (`emit/rust/perfect_hash.rs`).

/// The index of the sentences.
#[derive(Debug)]
pub struct Constants {
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
    /// The rows that have the sentences.
    pub entries: &'static [Entry],
}

/// A row that has a sentence.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The body of a response with the sentence.
    pub body: &'static str,
    /// The index of the row.
    pub row: u32,
    /// 0 if it has the sentence now; else one more than the index of the wording it had before.
    pub wording: u32,
    /// The index of the next entry with this sentence; 0 if it is the last.
    pub next: u32,
    /// The status of the row, if it is the only one with the sentence and there is nothing more to say
    /// about it: it has neither homonyms nor history. Else a number that no `u16` is.
    pub only_status: u32,
}

impl Entry {
    /// What stands in an empty slot.
    pub const NONE: Self =
        Self { body: "", row: u32::MAX, wording: 0, next: 0, only_status: u32::MAX };

    /// Whether its sentence is this one, as it stands in a body.
    fn is(&self, escaped: &[u8]) -> bool {
        const HEAD: usize = "{\"detail\":\"".len();
        const TAIL: usize = "\"}".len();
        let end = HEAD + escaped.len();
        self.body.len() == end + TAIL && self.body.as_bytes().get(HEAD..end) == Some(escaped)
    }
}

impl Constants {
    /// The rows that have a sentence; it stands as in a body of ours, quotes and backslashes escaped.
    pub(crate) fn find(&self, escaped: &[u8]) -> impl Iterator<Item = &'static Entry> {
        let entries = self.entries;
        let mut next = self.first(escaped);
        core::iter::from_fn(move || {
            let entry = next?;
            next = if entry.next == 0 { None } else { entries.get(entry.next as usize) };
            Some(entry)
        })
    }

    /// The first row that has a sentence; it stands as in a body of ours.
    pub(crate) fn first(&self, escaped: &[u8]) -> Option<&'static Entry> {
        let key = key(escaped, self.seed, self.whole);
        let displacement = *self.displacements.get(reduce(key, self.displacements.len()))?;
        let slot = fold(key ^ u64::from(displacement), FACTOR);
        let entry = self.entries.get(reduce(slot, self.slots as usize))?;
        entry.is(escaped).then_some(entry)
    }
}

const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// The two halves of a product, one over the other.
fn fold(left: u64, right: u64) -> u64 {
    let product = u128::from(left) * u128::from(right);
    #[allow(clippy::cast_possible_truncation, reason = "each half is taken")]
    let halves = (product as u64, (product >> 64) as u64);
    halves.0 ^ halves.1
}

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
fn reduce(key: u64, count: usize) -> usize {
    #[allow(clippy::cast_possible_truncation, reason = "it is less than `count`")]
    let reduced = (((key >> 32) * count as u64) >> 32) as usize;
    reduced
}

#[cfg(test)]
mod tests;
