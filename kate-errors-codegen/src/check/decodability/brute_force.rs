//! A slow reader for tests, which knows nothing of automata: it tries every sentence and every split.

use super::characters::Exclusions;
use super::hole::Hole;
use super::tree::{Pattern, Piece};

/// A piece of a pattern, as the tests make them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Spec {
    Literal(String),
    U64(&'static str),
    I64(&'static str),
    Word(&'static str),
    /// The characters that it cannot hold, two at most.
    Text(&'static str, Vec<char>),
    OneOf(&'static str, Vec<String>),
}

impl Spec {
    pub(super) fn name(&self) -> Option<&'static str> {
        match self {
            Self::Literal(_) => None,
            Self::U64(name)
            | Self::I64(name)
            | Self::Word(name)
            | Self::Text(name, _)
            | Self::OneOf(name, _) => Some(name),
        }
    }

    pub(super) fn piece(&self) -> Piece {
        let hole = match self {
            Self::Literal(literal) => return Piece::Literal(literal.clone()),
            Self::U64(_) => Hole::U64,
            Self::I64(_) => Hole::I64,
            Self::Word(_) => Hole::Word,
            Self::Text(_, excluded) => {
                Hole::Text(Exclusions::new(excluded.first().copied(), excluded.get(1).copied()))
            }
            Self::OneOf(_, choices) => {
                let mut choices = choices.clone();
                choices.sort();
                choices.dedup();
                Hole::OneOf(choices)
            }
        };
        Piece::Hole(self.name().unwrap().to_owned(), hole)
    }

    /// Whether the piece can be all of `text`.
    fn fits(&self, text: &str) -> bool {
        match self {
            Self::Literal(literal) => literal == text,
            Self::U64(_) => text.parse::<u64>().is_ok_and(|number| number.to_string() == text),
            Self::I64(_) => text.parse::<i64>().is_ok_and(|number| number.to_string() == text),
            Self::Word(_) => !text.is_empty() && self.may_begin_with(text),
            Self::Text(..) => self.may_begin_with(text),
            Self::OneOf(_, choices) => choices.iter().any(|choice| choice == text),
        }
    }

    /// Whether the piece may begin with `text`; yes more often than it can.
    fn may_begin_with(&self, text: &str) -> bool {
        match self {
            Self::Literal(literal) => literal.starts_with(text),
            Self::U64(_) => text.chars().all(|c| c.is_ascii_digit()),
            Self::I64(_) => {
                text.strip_prefix('-').unwrap_or(text).chars().all(|c| c.is_ascii_digit())
            }
            Self::Word(_) => !text.chars().any(|c| c.is_whitespace() || c.is_control()),
            Self::Text(_, excluded) => {
                !text.chars().any(|c| c.is_control() || excluded.contains(&c))
            }
            Self::OneOf(_, choices) => choices.iter().any(|choice| choice.starts_with(text)),
        }
    }
}

pub(super) fn pattern(specs: &[Spec]) -> Pattern {
    specs.iter().map(Spec::piece).collect()
}

/// All splits of a sentence, or of the beginning of one: for each, the places where pieces end. What
/// lies behind the last of them is a part of the next piece.
#[derive(Clone, Debug)]
pub(super) struct Splits<'s> {
    specs: &'s [Spec],
    sentence: String,
    ends: Vec<Vec<usize>>,
}

impl<'s> Splits<'s> {
    pub(super) fn new(specs: &'s [Spec]) -> Self {
        let mut splits = Self { specs, sentence: String::new(), ends: vec![Vec::new()] };
        splits.add_whole_pieces();
        splits
    }

    /// Where the part is a whole piece, the next one can begin.
    fn add_whole_pieces(&mut self) {
        let mut at = 0;
        while at < self.ends.len() {
            let split = &self.ends[at];
            if self.specs.get(split.len()).is_some_and(|spec| spec.fits(self.part(split))) {
                let mut next = split.clone();
                next.push(self.sentence.len());
                self.ends.push(next);
            }
            at += 1;
        }
    }

    fn part(&self, split: &[usize]) -> &str {
        &self.sentence[split.last().copied().unwrap_or_default()..]
    }

    pub(super) fn read(&self, character: char) -> Self {
        let mut longer = self.clone();
        longer.sentence.push(character);
        let mut splits = std::mem::take(&mut longer.ends);
        splits.retain(|split| {
            let next = longer.specs.get(split.len());
            next.is_some_and(|spec| spec.may_begin_with(longer.part(split)))
        });
        longer.ends = splits;
        longer.add_whole_pieces();
        longer
    }

    pub(super) fn is_dead(&self) -> bool {
        self.ends.is_empty()
    }

    fn whole(&self) -> impl Iterator<Item = &Vec<usize>> {
        self.ends.iter().filter(|split| split.len() == self.specs.len())
    }

    /// How many readings all that has been read has.
    pub(super) fn count_readings(&self) -> usize {
        self.whole().count()
    }

    /// The values of each reading of all that has been read, in order of the names.
    pub(super) fn readings(&self) -> Vec<Vec<(&'static str, &str)>> {
        let reading = |split: &Vec<usize>| {
            let starts = std::iter::once(0).chain(split.iter().copied());
            let values = starts.zip(split).map(|(start, end)| &self.sentence[start..*end]);
            let named = self.specs.iter().zip(values);
            let mut reading: Vec<_> =
                named.filter_map(|(spec, value)| Some((spec.name()?, value))).collect();
            reading.sort_unstable();
            reading
        };
        self.whole().map(reading).collect()
    }
}

/// All splits of a whole sentence.
pub(super) fn splits<'s>(specs: &'s [Spec], sentence: &str) -> Splits<'s> {
    sentence.chars().fold(Splits::new(specs), |splits, character| splits.read(character))
}

/// What trying sentences gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tried {
    /// One of this length is wanted, and none that is shorter.
    Found(usize),
    /// None is wanted, however long.
    Never,
    /// None up to this length is wanted; there are longer ones.
    NotUpTo(usize),
}

/// Tries the sentences of the alphabet that `specs` may begin with, the shortest first, until one is
/// `wanted`, there are none left or as many as `budget` have been tried.
pub(super) fn try_all(
    specs: &[&[Spec]],
    alphabet: &[char],
    budget: usize,
    wanted: impl Fn(&[Splits<'_>]) -> bool,
) -> Tried {
    let mut level: Vec<Vec<Splits<'_>>> =
        vec![specs.iter().map(|specs| Splits::new(specs)).collect()];
    let mut tried = 0;
    for length in 0.. {
        if level.iter().any(|splits| wanted(splits)) {
            return Tried::Found(length);
        }
        if level.is_empty() {
            return Tried::Never;
        }
        tried += level.len() * alphabet.len();
        if tried > budget {
            return Tried::NotUpTo(length);
        }
        let longer = level.iter().flat_map(|splits| {
            alphabet.iter().map(|c| splits.iter().map(|splits| splits.read(*c)).collect())
        });
        level =
            longer.filter(|splits: &Vec<Splits<'_>>| !splits.iter().any(Splits::is_dead)).collect();
    }
    Tried::Never
}
