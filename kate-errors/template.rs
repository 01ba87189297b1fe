//! Templates at run time: rendering values into a sentence, and reading them back out of one.
//!
//! Nothing here is generic over a catalog, so it is compiled once.

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use crate::word::Word;

/// A sentence with holes.
#[derive(Clone, Copy, Debug)]
pub struct Template<'t> {
    /// The pieces, in order.
    pub pieces: &'t [Piece<'t>],
    /// The parameters that the holes refer to.
    pub params: &'t [Param<'t>],
}

/// A piece of a template.
#[derive(Clone, Copy, Debug)]
pub enum Piece<'t> {
    /// Text as it stands on the wire.
    Literal(&'t str),
    /// The index of the parameter whose value stands here.
    Hole(usize),
}

/// A parameter of a template.
#[derive(Clone, Copy, Debug)]
pub struct Param<'t> {
    /// Its name.
    pub name: &'t str,
    /// Its type.
    pub kind: Kind<'t>,
    /// Whether its value is kept out of logs and `Debug`.
    pub sensitive: bool,
}

/// The type of a parameter.
#[derive(Clone, Copy, Debug)]
pub enum Kind<'t> {
    /// A whole number from 0.
    U64,
    /// A whole number.
    I64,
    /// One or more characters without white space and control characters.
    Word,
    /// Characters up to this one, or up to the end of the sentence.
    Text(Option<char>),
    /// One of these texts.
    OneOf(&'t [&'t str]),
}

/// The value of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Value<'v> {
    /// Of a `u64`.
    U64(u64),
    /// Of an `i64`.
    I64(i64),
    /// Of a `word`.
    Word(&'v str),
    /// Of a `text`.
    Text(&'v str),
    /// Of a `one_of`.
    OneOf(&'v str),
}

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::U64(number) => fmt::Display::fmt(number, f),
            Self::I64(number) => fmt::Display::fmt(number, f),
            Self::Word(text) | Self::Text(text) | Self::OneOf(text) => f.write_str(text),
        }
    }
}

impl Template<'_> {
    /// Writes the sentence that has these values, one for each parameter.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn render(&self, values: &[Value<'_>], out: &mut impl fmt::Write) -> fmt::Result {
        for piece in self.pieces {
            match piece {
                Piece::Literal(literal) => out.write_str(literal)?,
                Piece::Hole(param) => {
                    if let Some(value) = values.get(*param) {
                        write!(out, "{value}")?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Reads the values of a sentence, one for each parameter; `None` if the sentence is not one of the
    /// template's.
    #[must_use]
    pub fn read<'s>(&self, sentence: &'s str) -> Option<Vec<Value<'s>>> {
        let mut reading =
            Reading { template: self, sentence, failed: Vec::new(), holes: Vec::new() };
        if !reading.run(0, 0) {
            return None;
        }
        let mut values = vec![Value::U64(0); self.params.len()];
        for (param, value) in reading.holes {
            *values.get_mut(param)? = value;
        }
        Some(values)
    }
}

/// A walk through pieces and sentence. A pair of piece and place that has failed once is not tried
/// again, which bounds the work by the number of pairs.
struct Reading<'r, 's> {
    template: &'r Template<'r>,
    sentence: &'s str,
    failed: Vec<(usize, usize)>,
    holes: Vec<(usize, Value<'s>)>,
}

impl<'s> Reading<'_, 's> {
    /// Whether the pieces from `piece` on fit the sentence from `at` on, to its end.
    fn run(&mut self, piece: usize, at: usize) -> bool {
        let rest = &self.sentence[at..];
        let Some(next) = self.template.pieces.get(piece) else { return rest.is_empty() };
        match *next {
            Piece::Literal(literal) => {
                rest.starts_with(literal) && self.run(piece + 1, at + literal.len())
            }
            Piece::Hole(param) => {
                if self.failed.contains(&(piece, at)) {
                    return false;
                }
                let fits = self.hole(piece, param, at);
                if !fits {
                    self.failed.push((piece, at));
                }
                fits
            }
        }
    }

    fn hole(&mut self, piece: usize, param: usize, at: usize) -> bool {
        let sentence = self.sentence;
        let rest = &sentence[at..];
        let Some(kind) = self.template.params.get(param).map(|param| param.kind) else {
            return false;
        };
        match kind {
            Kind::U64 => self.shrink(piece, param, at, digits(rest), |text| {
                canonical(text).then(|| text.parse().ok().map(Value::U64)).flatten()
            }),
            Kind::I64 => {
                let sign = usize::from(rest.starts_with('-'));
                let length = sign + digits(&rest[sign..]);
                self.shrink(piece, param, at, length, |text| {
                    let digits = text.strip_prefix('-').unwrap_or(text);
                    let fits = canonical(digits) && text != "-0";
                    fits.then(|| text.parse().ok().map(Value::I64)).flatten()
                })
            }
            Kind::Word => {
                let length = rest.find(|c| !Word::allows(c)).unwrap_or(rest.len());
                self.shrink(piece, param, at, length, |text| Some(Value::Word(text)))
            }
            Kind::Text(end) => {
                let length = end.and_then(|end| rest.find(end)).unwrap_or(rest.len());
                let text = &rest[..length];
                !text.contains(char::is_control)
                    && self.take(piece, param, at, length, Value::Text(text))
            }
            Kind::OneOf(choices) => choices.iter().any(|choice| {
                let value = rest.get(..choice.len()).filter(|text| text == choice);
                value
                    .is_some_and(|text| self.take(piece, param, at, text.len(), Value::OneOf(text)))
            }),
        }
    }

    /// Tries the longest text first, then shorter ones, down to one character.
    fn shrink(
        &mut self,
        piece: usize,
        param: usize,
        at: usize,
        longest: usize,
        read: impl Fn(&'s str) -> Option<Value<'s>>,
    ) -> bool {
        let sentence = self.sentence;
        let rest = &sentence[at..];
        let follows = match self.template.pieces.get(piece + 1) {
            Some(Piece::Literal(literal)) => *literal,
            _ => "",
        };
        (1..=longest).rev().filter(|length| rest.is_char_boundary(*length)).any(|length| {
            rest[length..].starts_with(follows)
                && read(&rest[..length])
                    .is_some_and(|value| self.take(piece, param, at, length, value))
        })
    }

    fn take(
        &mut self,
        piece: usize,
        param: usize,
        at: usize,
        length: usize,
        value: Value<'s>,
    ) -> bool {
        let mark = self.holes.len();
        self.holes.push((param, value));
        let fits = self.run(piece + 1, at + length);
        if !fits {
            self.holes.truncate(mark);
        }
        fits
    }
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Whether digits are spelled as they are rendered: without leading zeros.
fn canonical(digits: &str) -> bool {
    digits == "0" || !digits.starts_with('0') && !digits.is_empty()
}
