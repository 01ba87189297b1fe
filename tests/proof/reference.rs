//! The slow reader: what a sentence of a wording is, by the words of docs/catalog.md and nothing else.

use std::collections::BTreeMap;

/// The type of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    U64,
    I64,
    Word,
    Text,
    OneOf(Vec<String>),
}

/// A piece of a wording.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    Literal(String),
    /// A parameter, and the characters that a text cannot hold here.
    Hole {
        name: String,
        kind: Kind,
        excluded: Vec<char>,
    },
}

/// What a wording is to its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Detail,
    WithContext,
    Former,
}

/// One text that sentences come from.
#[derive(Clone, Debug)]
pub(crate) struct Wording {
    pub(crate) code: String,
    pub(crate) status: u16,
    pub(crate) role: Role,
    /// The text as the catalog has it, without the context.
    pub(crate) source: String,
    pub(crate) pieces: Vec<Piece>,
}

/// The values of a sentence, by the names of their parameters.
pub(crate) type Reading = BTreeMap<String, String>;

impl Piece {
    /// Whether the piece can be all of `text`.
    pub(crate) fn fits(&self, text: &str) -> bool {
        match self {
            Self::Literal(literal) => literal == text,
            Self::Hole { kind: Kind::U64, .. } => {
                text.parse::<u64>().is_ok_and(|number| number.to_string() == text)
            }
            Self::Hole { kind: Kind::I64, .. } => {
                text.parse::<i64>().is_ok_and(|number| number.to_string() == text)
            }
            Self::Hole { kind: Kind::Word, .. } => !text.is_empty() && self.may_begin_with(text),
            Self::Hole { kind: Kind::Text, .. } => self.may_begin_with(text),
            Self::Hole { kind: Kind::OneOf(choices), .. } => choices.iter().any(|c| c == text),
        }
    }

    /// Whether the piece may begin with `text`; yes more often than it can.
    fn may_begin_with(&self, text: &str) -> bool {
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        match self {
            Self::Literal(literal) => literal.starts_with(text),
            Self::Hole { kind: Kind::U64, .. } => all_digits(text),
            Self::Hole { kind: Kind::I64, .. } => {
                all_digits(text.strip_prefix('-').unwrap_or(text))
            }
            Self::Hole { kind: Kind::Word, .. } => {
                !text.chars().any(|c| c.is_whitespace() || c.is_control())
            }
            Self::Hole { kind: Kind::Text, excluded, .. } => {
                !text.chars().any(|c| c.is_control() || excluded.contains(&c))
            }
            Self::Hole { kind: Kind::OneOf(choices), .. } => {
                choices.iter().any(|choice| choice.starts_with(text))
            }
        }
    }
}

impl Wording {
    /// Every reading of a sentence.
    pub(crate) fn readings(&self, sentence: &str) -> Vec<Reading> {
        let mut cuts = Cuts::new(self);
        for character in sentence.chars() {
            cuts = cuts.read(character);
        }
        cuts.readings()
    }

    /// The sentence that has these values, if they fit.
    pub(crate) fn render(&self, values: &Reading) -> Option<String> {
        let mut sentence = String::new();
        for piece in &self.pieces {
            let text = match piece {
                Piece::Literal(literal) => literal,
                Piece::Hole { name, .. } => values.get(name)?,
            };
            sentence.push_str(piece.fits(text).then_some(text)?);
        }
        let holes = self.pieces.iter().filter(|piece| matches!(piece, Piece::Hole { .. }));
        (holes.count() == values.len()).then_some(sentence)
    }
}

/// Every way to cut the beginning of a sentence into pieces: the places where pieces end. What lies behind
/// the last of them is a part of the next piece.
#[derive(Clone)]
struct Cuts<'w> {
    wording: &'w Wording,
    sentence: String,
    ends: Vec<Vec<usize>>,
}

impl<'w> Cuts<'w> {
    fn new(wording: &'w Wording) -> Self {
        let mut cuts = Self { wording, sentence: String::new(), ends: vec![Vec::new()] };
        cuts.end_pieces();
        cuts
    }

    /// Where the last part is a whole piece, the next one can begin.
    fn end_pieces(&mut self) {
        let mut at = 0;
        while at < self.ends.len() {
            let cut = &self.ends[at];
            let piece = self.wording.pieces.get(cut.len());
            if piece.is_some_and(|piece| piece.fits(self.part(cut))) {
                let mut next = cut.clone();
                next.push(self.sentence.len());
                self.ends.push(next);
            }
            at += 1;
        }
    }

    fn part(&self, cut: &[usize]) -> &str {
        &self.sentence[cut.last().copied().unwrap_or_default()..]
    }

    fn read(&self, character: char) -> Self {
        let mut longer = self.clone();
        longer.sentence.push(character);
        let mut cuts = std::mem::take(&mut longer.ends);
        cuts.retain(|cut| {
            let piece = self.wording.pieces.get(cut.len());
            piece.is_some_and(|piece| piece.may_begin_with(longer.part(cut)))
        });
        longer.ends = cuts;
        longer.end_pieces();
        longer
    }

    fn readings(&self) -> Vec<Reading> {
        let whole = self.ends.iter().filter(|cut| cut.len() == self.wording.pieces.len());
        let reading = |cut: &Vec<usize>| {
            let starts = std::iter::once(0).chain(cut.iter().copied());
            let parts = starts.zip(cut).map(|(start, end)| &self.sentence[start..*end]);
            let named = self.wording.pieces.iter().zip(parts).filter_map(|(piece, part)| {
                let Piece::Hole { name, .. } = piece else { return None };
                Some((name.clone(), part.to_owned()))
            });
            named.collect()
        };
        whole.map(reading).collect()
    }
}

/// What trying sentences gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tried {
    /// A sentence of so many characters is wanted, and none that is shorter.
    Found(usize),
    /// None is wanted, however long.
    Never,
    /// None of so many characters or less is wanted.
    NotUpTo(usize),
}

/// Tries sentences that all `wordings` may begin with, the shortest first, until one is `wanted` or
/// `budget` is used up.
pub(crate) fn shortest(
    wordings: &[&Wording],
    budget: usize,
    wanted: impl Fn(&[Vec<Reading>]) -> bool,
) -> Tried {
    let alphabet = alphabet(wordings);
    let mut level: Vec<Vec<Cuts<'_>>> =
        vec![wordings.iter().map(|wording| Cuts::new(wording)).collect()];
    let mut tried = 0;
    for length in 0.. {
        let is_wanted = |cuts: &Vec<Cuts<'_>>| {
            let readings: Vec<Vec<Reading>> = cuts.iter().map(Cuts::readings).collect();
            readings.iter().all(|readings| !readings.is_empty()) && wanted(&readings)
        };
        if level.iter().any(is_wanted) {
            return Tried::Found(length);
        }
        if level.is_empty() {
            return Tried::Never;
        }
        tried += level.len() * alphabet.len();
        if tried > budget {
            return Tried::NotUpTo(length);
        }
        let longer = level.iter().flat_map(|cuts| {
            alphabet.iter().map(|c| cuts.iter().map(|cuts| cuts.read(*c)).collect())
        });
        level = longer
            .filter(|cuts: &Vec<Cuts<'_>>| cuts.iter().all(|cuts| !cuts.ends.is_empty()))
            .collect();
    }
    Tried::Never
}

/// The characters that make a difference to any of the wordings, and two that make none.
fn alphabet(wordings: &[&Wording]) -> Vec<char> {
    let mut alphabet: Vec<char> = vec!['x', 'y'];
    for piece in wordings.iter().flat_map(|wording| &wording.pieces) {
        match piece {
            Piece::Literal(literal) => alphabet.extend(literal.chars()),
            Piece::Hole { kind, excluded, .. } => {
                alphabet.extend(excluded);
                match kind {
                    Kind::U64 => alphabet.extend(['0', '1', '2']),
                    Kind::I64 => alphabet.extend(['-', '0', '1', '2']),
                    Kind::Text => alphabet.push(' '),
                    Kind::Word => {}
                    Kind::OneOf(choices) => {
                        alphabet.extend(choices.iter().flat_map(|choice| choice.chars()));
                    }
                }
            }
        }
    }
    alphabet.sort_unstable();
    alphabet.dedup();
    alphabet
}
