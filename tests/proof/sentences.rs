//! Random sentences: of a wording, and nearly.

use crate::random::Random;
use crate::reference::{Kind, Piece, Wording};

/// What values are made of: parts of literals, and what is read in strange ways.
const STRANGE: &[&str] = &[
    "",
    "a",
    "ab",
    "b",
    "x",
    "0",
    "00",
    "7",
    "-",
    "-0",
    "-1",
    "01",
    "+1",
    ".",
    ". ",
    ": ",
    " ",
    "\"",
    "\\",
    "é",
    "e\u{301}",
    "“",
    "\u{A0}",
    "\u{85}",
    "\0",
    "\n",
    "\t",
    "\u{7F}",
    "\u{9B}",
    "\u{2028}",
    "\u{202E}",
    "\u{FEFF}",
    "\u{FFFD}",
    "\u{FFFF}",
    "\u{10FFFF}",
    "٣",
    "18446744073709551615",
    "18446744073709551616",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
];

pub(crate) fn strange(random: &mut Random) -> String {
    (0..=random.below(3)).map(|_| random.pick(STRANGE)).collect()
}

/// A value that fits, or nearly.
fn value(random: &mut Random, kind: &Kind) -> String {
    match kind {
        _ if random.one_in(4) => strange(random),
        Kind::U64 => random.pick(&["0", "7", "10", "18446744073709551615"]).to_owned(),
        Kind::I64 => random.pick(&["0", "-7", "10", "-9223372036854775808"]).to_owned(),
        Kind::OneOf(choices) => random.pick(choices),
        Kind::Word | Kind::Text => strange(random),
    }
}

/// A sentence of the wording, or one that is a little different.
pub(crate) fn sentence(random: &mut Random, wording: &Wording) -> String {
    let mut sentence = String::new();
    for piece in &wording.pieces {
        match piece {
            Piece::Literal(literal) => sentence.push_str(literal),
            Piece::Hole { kind, .. } => sentence.push_str(&value(random, kind)),
        }
    }
    if random.one_in(3) {
        let places: Vec<usize> = sentence.char_indices().map(|(at, _)| at).collect();
        let at = random.pick(&[places.as_slice(), &[sentence.len()]].concat());
        match sentence[at..].chars().next().filter(|_| random.one_in(2)) {
            Some(_) => drop(sentence.remove(at)),
            None => sentence.insert_str(at, random.pick(STRANGE)),
        }
    }
    sentence
}
