//! The sentences without holes. A perfect hash gives each a slot of its own, so one comparison says
//! whether a sentence is in the catalog, for ten rows as for ten thousand.
//!
//! The compiler makes the slots, and hashes in the same way (`emit/rust/perfect_hash.rs`).

use crate::json::escaped_is;
use crate::table::{Row, Table};
use crate::template::Piece;

/// The index of the sentences.
#[derive(Debug)]
pub struct Constants {
    /// What the hash begins with.
    pub seed: u64,
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
    /// Its index.
    pub row: u32,
    /// 0 if it has the sentence now; else one more than the index of the wording it had before.
    pub wording: u32,
    /// The index of the next entry with this sentence; 0 if it is the last.
    pub next: u32,
}

impl Entry {
    /// What stands in an empty slot.
    pub const NONE: Self = Self { row: u32::MAX, wording: 0, next: 0 };

    /// Whether the sentence of the entry is this one, as it stands in a body.
    fn is(&self, table: &Table, escaped: &[u8]) -> bool {
        let Some(row) = table.rows.get(self.row as usize) else { return false };
        if self.wording == 0 {
            return row.sentence() == Some(escaped);
        }
        let former = row.more.and_then(|more| more.former.get(self.wording as usize - 1));
        match former {
            Some([Piece::Literal(text)]) => escaped_is(escaped, text),
            _ => false,
        }
    }
}

impl Constants {
    /// The rows that have a sentence; it stands as in a body of ours, quotes and backslashes escaped.
    pub(crate) fn find(
        &self,
        table: &Table,
        escaped: &[u8],
    ) -> impl Iterator<Item = &'static Entry> {
        let entries = self.entries;
        let mut next = self.slot(escaped).filter(|entry| entry.is(table, escaped));
        core::iter::from_fn(move || {
            let entry = next?;
            next = if entry.next == 0 { None } else { entries.get(entry.next as usize) };
            Some(entry)
        })
    }

    /// The row that has a sentence, if it is the only one and there is nothing more to say about it: it
    /// has neither homonyms nor history.
    pub(crate) fn only(
        &self,
        table: &'static Table,
        escaped: &[u8],
    ) -> Option<(usize, &'static Row)> {
        let entry = self.slot(escaped)?;
        let row = table.rows.get(entry.row as usize)?;
        let is_only = entry.next == 0 && row.more.is_none() && row.sentence() == Some(escaped);
        is_only.then_some((entry.row as usize, row))
    }

    fn slot(&self, escaped: &[u8]) -> Option<&'static Entry> {
        if escaped.len() > self.longest as usize {
            return None;
        }
        let key = key(escaped, self.seed);
        let displacement = *self.displacements.get(reduce(key, self.displacements.len()))?;
        let slot = fold(key ^ u64::from(displacement), FIRST);
        self.entries.get(reduce(slot, self.slots as usize))
    }
}

const FIRST: u64 = 0x9E37_79B9_7F4A_7C15;
const SECOND: u64 = 0xD6E8_FEB8_6659_FD93;

/// The two halves of a product, one over the other.
fn fold(left: u64, right: u64) -> u64 {
    let product = u128::from(left) * u128::from(right);
    #[allow(clippy::cast_possible_truncation, reason = "each half is taken")]
    let halves = (product as u64, (product >> 64) as u64);
    halves.0 ^ halves.1
}

fn key(text: &[u8], seed: u64) -> u64 {
    let mut key = fold(text.len() as u64 ^ seed ^ FIRST, SECOND);
    let mut words = text.chunks_exact(8);
    for word in &mut words {
        if let Ok(word) = word.try_into() {
            key = fold(key ^ u64::from_le_bytes(word), FIRST);
        }
    }
    // The last eight bytes once more, so that all lengths are read in whole words.
    let last = match text.last_chunk() {
        Some(word) => u64::from_le_bytes(*word),
        None => text.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)),
    };
    fold(key ^ last, SECOND)
}

/// A number below `count`, which is less than four thousand million.
fn reduce(key: u64, count: usize) -> usize {
    #[allow(clippy::cast_possible_truncation, reason = "it is less than `count`")]
    let reduced = (((key >> 32) * count as u64) >> 32) as usize;
    reduced
}
