//! Reading a sentence where a value might end at several places: `{host}:{port}` with a word for a
//! host, which may hold colons.
//!
//! From the last piece to the first, the places are found from which the pieces behind fit the rest of
//! the sentence; each piece costs one pass. Then the values are taken from the first to the last, each as
//! long as can be.

use alloc::vec;
use alloc::vec::Vec;

use super::bytes::digits;
use super::hole::{Next, fit};
use super::{Kind, Piece, Template, Value, note};
use crate::word::Word;

/// Reads the values of `sentence`.
pub(super) fn read<'s>(
    template: &Template<'_>,
    sentence: &'s str,
    values: &mut [Value<'s>],
) -> bool {
    let Some(stages) = stages(template, sentence) else { return false };
    let mut at = 0;
    for (index, piece) in template.pieces.iter().enumerate() {
        let Some(ends) = stages.get(index + 1) else { return false };
        let behind = template.pieces.get(index + 1..).unwrap_or_default();
        let next = match piece {
            Piece::Literal(literal) => Some(at + literal.len()),
            Piece::Hole(param) => {
                let kind = template.params.get(*param).map(|param| param.kind);
                let taken = kind.and_then(|kind| longest(kind, behind, sentence, at, ends));
                let fits = taken.is_some_and(|(_, value)| note(values, *param, value));
                taken.filter(|_| fits).map(|(end, _)| end)
            }
        };
        let Some(next) = next else { return false };
        at = next;
    }
    true
}

/// The places from which the pieces from each one on fit the rest of the sentence, and one stage more
/// for the end; `None` if the sentence does not fit.
fn stages(template: &Template<'_>, sentence: &str) -> Option<Vec<Places>> {
    let mut last = Places::none(sentence.len());
    last.add(sentence.len());
    let mut stages = vec![last];
    let pieces = template.pieces;
    for (index, piece) in pieces.iter().enumerate().rev() {
        let ends = stages.last()?;
        let mut starts = Places::none(sentence.len());
        match piece {
            Piece::Literal(literal) => {
                for at in occurrences(sentence, literal) {
                    starts.add_if(at, ends.has(at + literal.len()));
                }
            }
            Piece::Hole(param) => {
                let kind = template.params.get(*param)?.kind;
                let next = Next::of(pieces.get(index + 1..).unwrap_or_default());
                starts_of_hole(kind, next, sentence, ends, &mut starts);
            }
        }
        stages.push(starts);
    }
    stages.reverse();
    stages.first()?.has(0).then_some(stages)
}

/// Every place where `literal` stands, those included that overlap.
fn occurrences(sentence: &str, literal: &str) -> impl Iterator<Item = usize> {
    let places = sentence.char_indices().map(|(at, _)| at).chain([sentence.len()]);
    places.filter(move |at| sentence.get(*at..).is_some_and(|rest| rest.starts_with(literal)))
}

/// Adds to `starts` the places from which a hole reaches one of the `ends`.
fn starts_of_hole(kind: Kind<'_>, next: Next, sentence: &str, ends: &Places, starts: &mut Places) {
    match kind {
        Kind::Word => starts_of_word(sentence, ends, starts),
        Kind::Text(own) => starts_of_text(own, next, sentence, ends, starts),
        Kind::U64 | Kind::I64 | Kind::OneOf(_) => {
            for (at, _) in sentence.char_indices() {
                let rest = sentence.get(at..).unwrap_or_default();
                let reaches = lengths(kind, rest).any(|length| {
                    let text = rest.get(..length).unwrap_or_default();
                    ends.has(at + length) && fit(kind, text).is_some()
                });
                starts.add_if(at, reaches);
            }
        }
    }
}

fn starts_of_word(sentence: &str, ends: &Places, starts: &mut Places) {
    let mut reaches = false;
    for (at, character) in sentence.char_indices().rev() {
        let end = at + character.len_utf8();
        reaches = Word::allows(character) && (reaches || ends.has(end));
        starts.add_if(at, reaches);
    }
}

/// A text ends at the first character that stands behind it, and holds no character it cannot hold.
fn starts_of_text(
    own: Option<char>,
    next: Next,
    sentence: &str,
    ends: &Places,
    starts: &mut Places,
) {
    let allows = |character: char| !character.is_control() && own != Some(character);
    let mut reaches = ends.has(sentence.len());
    starts.add_if(sentence.len(), reaches);
    for (at, character) in sentence.char_indices().rev() {
        reaches = match next {
            Next::Character(end) if end == character => ends.has(at),
            _ => reaches && allows(character),
        };
        starts.add_if(at, reaches);
    }
}

/// The lengths that a value of few characters may have, the longest first.
fn lengths(kind: Kind<'_>, rest: &str) -> impl Iterator<Item = usize> {
    const LONGEST_NUMBER: usize = 20;
    let (choices, sign): (&[&str], _) = match kind {
        Kind::OneOf(choices) => (choices, 0),
        _ => (&[], usize::from(rest.starts_with('-'))),
    };
    let is_number = matches!(kind, Kind::U64 | Kind::I64);
    let digits = digits(rest.as_bytes().get(sign..).unwrap_or_default()).min(LONGEST_NUMBER);
    let longest = if is_number { sign + digits } else { 0 };
    let mut lengths: Vec<usize> =
        choices.iter().filter(|choice| rest.starts_with(**choice)).map(|text| text.len()).collect();
    lengths.sort_unstable_by(|left, right| right.cmp(left));
    (1..=longest).rev().chain(lengths)
}

/// The longest value of a hole at `at` that reaches one of the `ends`, and where it ends.
fn longest<'s>(
    kind: Kind<'_>,
    behind: &[Piece<'_>],
    sentence: &'s str,
    at: usize,
    ends: &Places,
) -> Option<(usize, Value<'s>)> {
    let rest = sentence.get(at..)?;
    let length = match kind {
        Kind::Text(_) => Next::of(behind).end_of_text(rest),
        Kind::Word => {
            let run = rest.char_indices().take_while(|(_, character)| Word::allows(*character));
            let lengths = run.map(|(start, character)| start + character.len_utf8());
            lengths.filter(|length| ends.has(at + length)).last()?
        }
        _ => lengths(kind, rest).find(|length| {
            let text = rest.get(..*length).unwrap_or_default();
            ends.has(at + length) && fit(kind, text).is_some()
        })?,
    };
    Some((at + length, fit(kind, rest.get(..length)?)?))
}

/// A set of places in a sentence, its end included.
struct Places(Vec<u64>);

impl Places {
    fn none(length: usize) -> Self {
        Self(vec![0; length / 64 + 1])
    }

    fn add(&mut self, at: usize) {
        if let Some(word) = self.0.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
    }

    fn add_if(&mut self, at: usize, add: bool) {
        if add {
            self.add(at);
        }
    }

    fn has(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }
}
