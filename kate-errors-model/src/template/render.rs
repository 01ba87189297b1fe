//! Rendering a template and its values to a message.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use super::{Segment, Template};
use crate::json;

/// A value of a field, as it is rendered.
#[derive(Clone, Copy)]
pub enum Value<'v> {
    /// Any string: a text, a word, or a scalar.
    Text(&'v str),
    /// A `u64`.
    U64(u64),
    /// An `i64`.
    I64(i64),
    /// A `bool`.
    Bool(bool),
    /// A value of a user's type, by its `Display`.
    Display(&'v (dyn fmt::Display + 'v)),
    /// A choice, or a mark in place of a value that is not shown. It is written unchanged.
    Fixed(&'v str),
    /// No value. Messages have all of their values, but a member of a body can be absent.
    Absent,
}

/// The values of an error: those of its own parameters, and those of its context if it has one.
#[derive(Clone, Copy)]
pub struct Values<'v> {
    /// The values of the error's own parameters, in order.
    pub own: &'v [Value<'v>],
    /// The values of the context's parameters, in order.
    pub context: Option<&'v [Value<'v>]>,
}

/// The size that nearly every message has at most, in bytes.
pub const USUAL_SIZE: usize = 128;

impl Template<'_> {
    /// The message with these values. A value that cannot appear in it unchanged is sanitized.
    ///
    /// ```
    /// use kate_errors_model::template::{Piece, Template, Value, Values};
    /// use kate_errors_model::types::{Type, U64};
    ///
    /// let pieces = [Piece::Literal("Job ".into()), Piece::Placeholder(0, Type::Scalar(&U64))];
    /// let values = Values { own: &[Value::U64(7)], context: None };
    /// assert_eq!(Template::new(pieces).render(values), "Job 7");
    /// ```
    #[must_use]
    pub fn render(&self, values: Values<'_>) -> String {
        let mut message = Vec::with_capacity(USUAL_SIZE);
        self.write(values, &mut message);
        // It consists of strings and digits.
        String::from_utf8(message).unwrap_or_default()
    }

    /// Writes the message as the inside of a JSON string.
    pub fn render_json(&self, values: Values<'_>, out: &mut Vec<u8>) {
        let start = out.len();
        self.write(values, out);
        json::escape_from(start, out);
    }

    /// Writes the message, as UTF-8.
    fn write(&self, values: Values<'_>, out: &mut Vec<u8>) {
        out.extend_from_slice(self.first.as_bytes());
        for segment in &*self.segments {
            if let Some(value) = values.get(segment.param) {
                self.push(segment, value, out);
            }
            out.extend_from_slice(segment.literal.as_bytes());
        }
    }

    fn push(&self, segment: &Segment<'_>, value: Value<'_>, out: &mut Vec<u8>) {
        match value {
            Value::Text(text) => out.extend_from_slice(self.sanitize(segment, text).as_bytes()),
            // Numbers of Rust's types are in range, so they need no sanitizing.
            Value::U64(number) => digits(number, false, out),
            Value::I64(number) => digits(number.unsigned_abs(), number < 0, out),
            Value::Display(value) => {
                out.extend_from_slice(self.sanitize(segment, &value.to_string()).as_bytes());
            }
            Value::Bool(_) | Value::Fixed(_) | Value::Absent => {
                out.extend_from_slice(value.text().as_bytes());
            }
        }
    }
}

impl<'v> Value<'v> {
    /// Whether there is no value.
    #[must_use]
    pub fn is_absent(self) -> bool {
        matches!(self, Self::Absent)
    }

    /// The text of the value, not sanitized; empty if it is absent.
    #[must_use]
    pub fn text(self) -> Cow<'v, str> {
        match self {
            Self::Text(text) | Self::Fixed(text) => Cow::Borrowed(text),
            Self::U64(number) => Cow::Owned(number.to_string()),
            Self::I64(number) => Cow::Owned(number.to_string()),
            Self::Bool(value) => Cow::Borrowed(if value { "true" } else { "false" }),
            Self::Display(value) => Cow::Owned(value.to_string()),
            Self::Absent => Cow::Borrowed(""),
        }
    }

    /// The text of the value, not sanitized; `None` if it is absent.
    #[must_use]
    pub fn text_if_any(self) -> Option<Cow<'v, str>> {
        (!self.is_absent()).then(|| self.text())
    }
}

impl<'v> Values<'v> {
    /// The values of an error without parameters.
    pub const NONE: Self = Self::own(&[]);

    /// The values of an error without a context.
    #[must_use]
    pub const fn own(own: &'v [Value<'v>]) -> Self {
        Self { own, context: None }
    }

    /// The value of a parameter, if the error has it.
    #[must_use]
    pub fn get(self, param: usize) -> Option<Value<'v>> {
        match self.own.get(param) {
            Some(value) => Some(*value),
            None => self.context?.get(param - self.own.len()).copied(),
        }
    }

    /// All values, those of the context last.
    pub fn iter(self) -> impl Iterator<Item = Value<'v>> {
        self.own.iter().chain(self.context.unwrap_or_default()).copied()
    }
}

/// Writes a number. The formatting of `core` takes three times as long, which is most of the cost of a message
/// with two numbers.
fn digits(mut number: u64, is_negative: bool, out: &mut Vec<u8>) {
    let mut buffer = [0; 20];
    let mut at = buffer.len();
    loop {
        at -= 1;
        buffer[at] = b'0' + u8::try_from(number % 10).unwrap_or_default();
        number /= 10;
        if number == 0 {
            break;
        }
    }
    if is_negative {
        at -= 1;
        buffer[at] = b'-';
    }
    out.extend_from_slice(&buffer[at..]);
}
