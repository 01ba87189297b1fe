//! Templates at run time: rendering values into a sentence, and reading them back out of one.
//!
//! Nothing here is generic over a catalog, so it is compiled once.

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

mod body;
pub(crate) mod bytes;
mod hole;
mod reach;
mod read;

pub(crate) use hole::fit;
use read::Reading;

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
    /// Characters other than this one. It ends at the first character of what follows it in the sentence.
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

impl Value<'_> {
    /// Writes the value as it stands in a sentence. `Display` does the same through a formatter, which
    /// takes several times as long.
    fn write(&self, out: &mut impl fmt::Write) -> fmt::Result {
        match self {
            Self::U64(number) => out.write_str(itoa::Buffer::new().format(*number)),
            Self::I64(number) => out.write_str(itoa::Buffer::new().format(*number)),
            Self::Word(text) | Self::Text(text) | Self::OneOf(text) => out.write_str(text),
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
                        value.write(out)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Reads the values of a sentence, one for each parameter; `None` if the sentence is not one of the
    /// template's. The time grows with the length of the sentence, and no faster.
    ///
    /// ```
    /// use kate_errors::template::{Kind, Param, Piece, Template, Value};
    ///
    /// let params = [Param { name: "id", kind: Kind::Word, sensitive: false }];
    /// let pieces = [Piece::Literal("Job "), Piece::Hole(0), Piece::Literal(" failed")];
    /// let template = Template { pieces: &pieces, params: &params };
    /// assert_eq!(template.read("Job j-7 failed"), Some(vec![Value::Word("j-7")]));
    /// assert_eq!(template.read("Job j 7 failed"), None);
    /// ```
    #[must_use]
    pub fn read<'s>(&self, sentence: &'s str) -> Option<Vec<Value<'s>>> {
        let mut values = vec![UNREAD; self.params.len()];
        self.read_into(sentence, &mut values).then_some(values)
    }

    /// Reads the values of a sentence into `values`, which has a place for each parameter.
    pub(crate) fn read_into<'s>(&self, sentence: &'s str, values: &mut [Value<'s>]) -> bool {
        values.fill(UNREAD);
        let fits = match read::read(self, sentence, values) {
            Reading::Fits => true,
            Reading::Differs => false,
            Reading::ManyWays => {
                values.fill(UNREAD);
                reach::read(self, sentence, values)
            }
        };
        fits && !values.contains(&UNREAD)
    }
}

/// What stands for a value that has not been read: no text holds a control character.
pub(crate) const UNREAD: Value<'static> = Value::Text("\0");

/// Notes the value of a parameter. Where the parameter has one, the two must be the same.
fn note<'s>(values: &mut [Value<'s>], param: usize, value: Value<'s>) -> bool {
    let Some(place) = values.get_mut(param) else { return false };
    let fits = *place == UNREAD || *place == value;
    *place = value;
    fits
}
