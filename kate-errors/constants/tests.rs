//! The perfect hash that the compiler makes and the library's search, held against each other.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use kate_errors_codegen::emit::rust::perfect_hash::PerfectHash;

use super::*;

/// The index of sentences; the row of each is its place among them.
fn index(sentences: &[String]) -> Constants {
    let hash = PerfectHash::new(sentences);
    let small = |number: usize| u32::try_from(number).unwrap();
    let start = |row: usize| sentences[..row].iter().map(String::len).sum();
    let starts: Vec<usize> = (0..sentences.len()).map(start).collect();
    let entry = |row: &Option<usize>| match *row {
        None => [0, u32::MAX, 0, 0, 0],
        Some(row) => [small(starts[row]), small(sentences[row].len()), small(row), 0, 0],
    };
    let entries: Vec<[u32; 5]> = hash.slots.iter().map(entry).collect();
    Constants {
        text: sentences.concat().leak(),
        seed: hash.seed,
        whole: hash.whole,
        longest: 0,
        displacements: hash.displacements.leak(),
        slots: u32::try_from(entries.len()).unwrap(),
        entries: Box::leak(entries.into_boxed_slice()),
    }
}

/// Each sentence is found, and nothing else: not one that lacks a byte, or has another in its place.
fn check(sentences: &[String]) -> Constants {
    let index = index(sentences);
    let known: alloc::collections::BTreeSet<&[u8]> =
        sentences.iter().map(String::as_bytes).collect();
    for (row, sentence) in sentences.iter().enumerate() {
        let found: Vec<_> =
            index.find(sentence.as_bytes()).map(|entry| entry.row() as usize).collect();
        assert_eq!(found, [row], "{sentence:?}");
        for at in [0, sentence.len() / 3, sentence.len() / 2, sentence.len().saturating_sub(1)] {
            let mut other = sentence.clone().into_bytes();
            if let Some(byte) = other.get_mut(at) {
                *byte ^= 1;
            }
            let cut = sentence.as_bytes().get(at..).unwrap_or_default();
            for other in [&other[..], cut, sentence.as_bytes().get(..at).unwrap_or_default()] {
                assert!(known.contains(other) || index.first(other).is_none(), "{other:?}");
            }
        }
    }
    for other in ["", "x", "no sentence of these", "\0\0\0\0\0\0\0\0", "\0"] {
        assert!(known.contains(other.as_bytes()) || index.first(other.as_bytes()).is_none());
    }
    index
}

fn numbered(count: usize, sentence: impl Fn(usize) -> String) -> Vec<String> {
    (0..count).map(sentence).collect()
}

#[test]
fn few_sentences() {
    check(&[]);
    check(&["Run not found".into()]);
    check(&[String::new()]);
    check(&["\u{1}".into(), "x".into()]);
    check(&numbered(2, |at| format!("Sentence {at}")));
}

#[test]
fn sentences_that_differ_in_one_byte() {
    // Of 80 bytes: the first, middle and last eight of them are the same.
    for place in [9, 20, 30, 41, 50, 60, 71] {
        let sentences = numbered(95, |at| {
            let mut bytes = vec![b'a'; 80];
            bytes[place] = 32 + u8::try_from(at).unwrap();
            String::from_utf8(bytes).unwrap()
        });
        assert!(check(&sentences).whole);
    }
    let sentences = numbered(4000, |at| {
        format!("{}{at:05}{}{}", "a".repeat(12), "b".repeat(33), "c".repeat(12))
    });
    assert!(check(&sentences).whole);
}

#[test]
fn short_sentences() {
    for length in 1..=9 {
        let sentences = numbered(3000.min(10_usize.pow(length)), |at| {
            format!("{at:0length$}", length = length as usize)
        });
        check(&sentences);
    }
    check(&numbered(600, |at| format!("E{at:03}")));
    // As long as a sentence can be that has one part, and as short as one can be that has two or three.
    check(&numbered(100, |at| "x".repeat(at)));
}

#[test]
fn parts_that_are_the_same_in_another_order() {
    let parts = ["aaaaaaaa", "bbbbbbbb", "\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}"];
    let sentences = numbered(81, |at| [1, 3, 9, 27].map(|power| parts[at / power % 3]).concat());
    check(&sentences);
}

#[test]
fn many_sentences() {
    let subjects = ["Job", "Run", "Query", "Artifact", "Database", "Token"];
    let sentences = numbered(20_000, |at| {
        let subject = subjects[at % subjects.len()];
        format!(
            "{subject} {at} cannot be read, since it is no {}",
            subjects[at / 7 % subjects.len()]
        )
    });
    check(&sentences);
}
