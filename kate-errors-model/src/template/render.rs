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
    /// Any string: a text, a word, a choice, or a scalar.
    Text(&'v str),
    /// A `u64`.
    U64(u64),
    /// An `i64`.
    I64(i64),
    /// A `bool`.
    Bool(bool),
    /// A value of a user's type, by its `Display`.
    Display(&'v (dyn fmt::Display + 'v)),
    /// A mark in place of a value that is not shown. It is written unchanged.
    Hidden(&'v str),
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

/// A destination for messages.
pub trait Sink {
    /// Appends a part of the message.
    fn push(&mut self, text: &str);
}

impl Sink for String {
    fn push(&mut self, text: &str) {
        self.push_str(text);
    }
}

impl Sink for Vec<u8> {
    fn push(&mut self, text: &str) {
        self.extend_from_slice(text.as_bytes());
    }
}

impl Template<'_> {
    /// Writes the message with these values. A value that cannot appear in it unchanged is sanitized.
    ///
    /// ```
    /// use kate_errors_model::template::{Piece, Template, Value, Values};
    /// use kate_errors_model::types::{Type, U64};
    ///
    /// let pieces = [Piece::Literal("Job ".into()), Piece::Placeholder(0, Type::Scalar(&U64))];
    /// let mut message = String::new();
    /// let values = Values { own: &[Value::U64(7)], context: None };
    /// Template::new(pieces).render(values, &mut message);
    /// assert_eq!(message, "Job 7");
    /// ```
    pub fn render(&self, values: Values<'_>, out: &mut impl Sink) {
        out.push(&self.first);
        for segment in &*self.segments {
            if let Some(value) = values.get(segment.param) {
                self.push(segment, value, out);
            }
            out.push(&segment.literal);
        }
    }

    /// Writes the message as the inside of a JSON string.
    pub fn render_json(&self, values: Values<'_>, out: &mut Vec<u8>) {
        let start = out.len();
        self.render(values, out);
        json::escape_from(start, out);
    }

    /// The approximate size of the message in bytes; more if JSON escapes something.
    #[must_use]
    pub fn size_hint(&self, values: Values<'_>) -> usize {
        let mut size = self.first.len();
        for segment in &*self.segments {
            size += segment.literal.len() + values.get(segment.param).map_or(0, Value::size_hint);
        }
        size
    }

    fn push(&self, segment: &Segment<'_>, value: Value<'_>, out: &mut impl Sink) {
        match value {
            Value::Text(text) => out.push(&self.sanitize(segment, text)),
            // Numbers of Rust's types are in range, so they need no sanitizing.
            Value::U64(number) => digits(number, false, out),
            Value::I64(number) => digits(number.unsigned_abs(), number < 0, out),
            Value::Bool(value) => out.push(if value { "true" } else { "false" }),
            Value::Display(value) => out.push(&self.sanitize(segment, &value.to_string())),
            Value::Hidden(mark) => out.push(mark),
            Value::Absent => {}
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
            Self::Text(text) | Self::Hidden(text) => Cow::Borrowed(text),
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

    /// Whether it has no quotes in JSON.
    #[must_use]
    pub fn is_bare(self) -> bool {
        matches!(self, Self::U64(_) | Self::I64(_) | Self::Bool(_))
    }

    fn size_hint(self) -> usize {
        /// The digits of a `u64`, or the sign and digits of an `i64`. Values of users' types are short, too.
        const NUMBER: usize = 20;
        match self {
            Self::Text(text) | Self::Hidden(text) => text.len(),
            _ => NUMBER,
        }
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
fn digits(mut number: u64, is_negative: bool, out: &mut impl Sink) {
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
    out.push(core::str::from_utf8(&buffer[at..]).unwrap_or_default());
}
