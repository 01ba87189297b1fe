//! A perfect hash of the sentences without holes: each has a slot of its own, so that one comparison
//! says whether a sentence is in the catalog, for ten rows as for ten thousand.
//!
//! Sentences are dealt into buckets; each bucket gets the first displacement that puts its sentences into
//! free slots, the fullest bucket first (Belazzougui, Botelho and Dietzfelbinger, "Hash, displace, and
//! compress", 2009). The library hashes in the same way, in `kate-errors/constants.rs`.

use std::collections::HashSet;

/// How many sentences a bucket has on average.
const BUCKET: usize = 4;

/// How many displacements are tried for a bucket, and how many seeds for all of them.
const MAX_DISPLACEMENT: u32 = 1 << 16;

/// Where each sentence goes.
#[derive(Debug)]
pub struct PerfectHash {
    /// What the hash begins with.
    pub seed: u64,
    /// Whether the hash reads texts as a whole; else a few parts of a text tell it from all others.
    pub whole: bool,
    /// The displacement of each bucket.
    pub displacements: Vec<u32>,
    /// The index of the sentence in each slot.
    pub slots: Vec<Option<usize>>,
}

impl PerfectHash {
    /// The perfect hash of different texts.
    #[must_use]
    pub fn new(texts: &[String]) -> Self {
        let keys: HashSet<u64> =
            texts.iter().map(|text| key(text.as_bytes(), FIRST_SEED, false)).collect();
        let whole = keys.len() < texts.len();
        // Whether a seed does is a matter of luck, and almost always the first one does. With each that
        // does not there are more slots, so that luck comes to the worst of texts.
        let hash = (FIRST_SEED..).zip(1..).find_map(|(seed, spare)| {
            Self::with_seed(texts, seed, whole, texts.len() * spare / 8 + 1)
        });
        hash.unwrap_or_else(|| unreachable!())
    }

    /// `spare`: how many slots there are beside one for each text.
    fn with_seed(texts: &[String], seed: u64, whole: bool, spare: usize) -> Option<Self> {
        let count = texts.len();
        let mut hash = Self {
            seed,
            whole,
            displacements: vec![0; count / BUCKET + 1],
            slots: vec![None; count + spare],
        };
        let mut buckets: Vec<Vec<(usize, u64)>> = vec![Vec::new(); hash.displacements.len()];
        for (index, text) in texts.iter().enumerate() {
            let key = key(text.as_bytes(), seed, whole);
            buckets[reduce(key, hash.displacements.len())].push((index, key));
        }
        let mut order: Vec<usize> = (0..buckets.len()).collect();
        order.sort_by_key(|bucket| std::cmp::Reverse(buckets[*bucket].len()));
        order.into_iter().all(|bucket| hash.place(bucket, &buckets[bucket])).then_some(hash)
    }

    /// Puts the sentences of a bucket into free slots.
    fn place(&mut self, bucket: usize, keys: &[(usize, u64)]) -> bool {
        let mut taken = Vec::with_capacity(keys.len());
        for displacement in 0..MAX_DISPLACEMENT {
            taken.clear();
            let free = keys.iter().all(|(_, key)| {
                let slot = slot(*key, displacement, self.slots.len());
                let free = self.slots[slot].is_none() && !taken.contains(&slot);
                taken.push(slot);
                free
            });
            if free {
                self.displacements[bucket] = displacement;
                for (slot, (index, _)) in taken.into_iter().zip(keys) {
                    self.slots[slot] = Some(*index);
                }
                return true;
            }
        }
        false
    }
}

/// Not 0, since the hash of a text of eight equal bytes and that seed would be.
const FIRST_SEED: u64 = 1;

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
    let words = text.chunks_exact(8).filter(|_| whole);
    words.fold(key, |key, word| fold(key ^ number(word), FACTOR))
}

/// The first eight bytes, the eight before the middle, and the last eight, as numbers; 0 for a middle that
/// is not there. What is shorter has one part: times its length it would be a small number, whose high half
/// is 0 for all, so a large one stands in for the last eight bytes.
fn parts(text: &[u8]) -> [u64; 3] {
    let ends_at = |end: usize| end.checked_sub(8).map(|start| number(&text[start..end]));
    let first = number(&text[..text.len().min(8)]);
    [first, ends_at(text.len() / 2).unwrap_or(0), ends_at(text.len()).unwrap_or(FACTOR)]
}

fn number(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

fn slot(key: u64, displacement: u32, slots: usize) -> usize {
    reduce(fold(key ^ u64::from(displacement), FACTOR), slots)
}

/// A number below `count`, which is less than four thousand million.
fn reduce(key: u64, count: usize) -> usize {
    #[allow(clippy::cast_possible_truncation, reason = "it is less than `count`")]
    let reduced = (((key >> 32) * count as u64) >> 32) as usize;
    reduced
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_has_a_slot() {
        for count in [0, 1, 2, 3, 10, 1000] {
            let texts: Vec<String> =
                (0..count).map(|at| format!("Sentence {at} of many")).collect();
            let hash = PerfectHash::new(&texts);
            let mut placed: Vec<usize> = hash.slots.iter().flatten().copied().collect();
            placed.sort_unstable();
            assert_eq!(placed, (0..count).collect::<Vec<_>>());
            for (index, text) in texts.iter().enumerate() {
                let key = key(text.as_bytes(), hash.seed, hash.whole);
                let displacement = hash.displacements[reduce(key, hash.displacements.len())];
                assert_eq!(hash.slots[slot(key, displacement, hash.slots.len())], Some(index));
            }
        }
    }
}
