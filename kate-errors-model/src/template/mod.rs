//! Templates of messages: literals and placeholders in turn.
//!
//! A placeholder ends at the first occurrence of its *end mark* behind it, so reading is one pass and never tries a
//! second end. The end mark is the whole literal behind the placeholder; it is only that literal's first character
//! where the placeholder stands between a pair of quotes or brackets, or begins the template. What its type describes
//! by a grammar ends where the grammar ends.

mod parse;
mod read;
mod render;
mod sanitize;

use alloc::borrow::Cow;

use crate::types::Type;

pub use parse::{BraceError, BraceErrorKind, Parsed, Part, Placeholder, fill, parse};
pub(crate) use read::find;
pub use render::{Sink, Value, Values};

/// What stands between a detail and its context.
pub const CONTEXT_SEPARATOR: &str = ". ";

/// The message of an error that has any text as its message: the value of a parameter that is called as it is.
pub const FREE_TEXT: &str = "{detail}";

/// A message with placeholders: the literal it begins with, and then each placeholder with the literal behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template<'t> {
    /// What stands before the first placeholder; the whole message where there is none.
    pub first: Cow<'t, str>,
    /// The placeholders.
    pub segments: Cow<'t, [Segment<'t>]>,
}

/// A placeholder, and the literal behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment<'t> {
    /// Which parameter stands here: its place in the list of the error's parameters, those of the context last.
    pub param: usize,
    /// Its type.
    pub ty: Type<'t>,
    /// Where a text or word ends.
    pub end: End<'t>,
    /// What stands behind it. It is empty only at the end of the template.
    pub literal: Cow<'t, str>,
}

/// Where a text or word ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End<'t> {
    /// At the first occurrence of that many bytes of the literal behind it.
    Mark(usize),
    /// Where the message ends.
    Message,
    /// Where the message ends, and this text stands nowhere in it: with it begins what may follow the message.
    Before(Cow<'t, str>),
    /// Nowhere that can be told, nor can any other value of the message: see [`Template::unread`].
    Unread,
}

/// A piece of a template, as the parts of a parsed text become one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Text that stands in the message as it is.
    Literal(Cow<'t, str>),
    /// A parameter, and its type.
    Placeholder(usize, Type<'t>),
}

impl Template<'static> {
    /// The template of the empty message.
    pub const EMPTY: Self = Self { first: Cow::Borrowed(""), segments: Cow::Borrowed(&[]) };
}

impl<'t> Template<'t> {
    /// A template of pieces in order. Of placeholders side by side, which have nothing that ends the first of them,
    /// nothing sensible comes; checks refuse them.
    ///
    /// ```
    /// use kate_errors_model::template::{Piece, Template};
    /// use kate_errors_model::types::{Type, U64};
    ///
    /// let pieces = [
    ///     Piece::Literal("Job ".into()),
    ///     Piece::Placeholder(0, Type::Scalar(&U64)),
    ///     Piece::Literal(" is closed: ".into()),
    ///     Piece::Placeholder(1, Type::Text),
    /// ];
    /// let template = Template::new(pieces);
    /// let mut values = ["", ""];
    /// assert!(template.read("Job 7 is closed: nobody needs it", &mut values));
    /// assert_eq!(values, ["7", "nobody needs it"]);
    /// ```
    #[must_use]
    pub fn new(pieces: impl IntoIterator<Item = Piece<'t>>) -> Self {
        let mut template = Self::default();
        for piece in pieces {
            match piece {
                Piece::Literal(literal) => template.push_literal(&literal),
                Piece::Placeholder(param, ty) => {
                    let literal = Cow::Borrowed("");
                    let segment = Segment { param, ty, end: End::Message, literal };
                    template.segments.to_mut().push(segment);
                }
            }
        }
        template.set_ends();
        template
    }

    /// The two messages of a detail that can have a context: this one alone, and with the context behind it.
    ///
    /// A text at the very end of the detail has one end mark in both, the separator with what the context begins with,
    /// so that a value is the same in both.
    #[must_use]
    pub fn with_context(&self, context: &Self) -> (Self, Self) {
        let (mut alone, mut full) = (self.clone(), self.clone());
        let behind = [CONTEXT_SEPARATOR, &context.first].concat();
        full.push_literal(&behind);
        full.segments.to_mut().extend(context.segments.iter().cloned());
        full.set_ends();
        if let Some(last) = alone.segments.to_mut().last_mut() {
            if last.is_text() && last.literal.is_empty() {
                full.segments.to_mut()[self.segments.len() - 1].end = End::Mark(behind.len());
                last.end = End::Before(behind.into());
            }
        }
        (alone, full)
    }

    /// The same, with the whole literal behind each text as its end mark: for messages that need not be told apart from
    /// those of other errors, since a code does that.
    #[must_use]
    pub fn with_whole_marks(mut self) -> Self {
        for segment in self.segments.to_mut() {
            if segment.is_text() && !segment.literal.is_empty() {
                segment.end = End::Mark(segment.literal.len());
            }
        }
        self
    }

    /// The same, of which no value is read: for messages that are only written and compared, since all their values
    /// stand beside them. So placeholders can stand side by side, or twice, and a value can hold any text.
    ///
    /// ```
    /// use kate_errors_model::template::{Piece, Template, Value, Values};
    /// use kate_errors_model::types::Type;
    ///
    /// let value = |param| Piece::Placeholder(param, Type::Text);
    /// let template = Template::new([value(0), value(1), value(0)]).unread();
    /// let mut message = String::new();
    /// template.render(Values::own(&[Value::Text("a"), Value::Text("b")]), &mut message);
    /// assert_eq!(message, "aba");
    /// assert!(!template.read("aba", &mut [""; 0]));
    /// ```
    #[must_use]
    pub fn unread(mut self) -> Self {
        for segment in self.segments.to_mut() {
            segment.end = End::Unread;
        }
        self
    }

    /// Whether no value of the message is read.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        self.segments.first().is_some_and(|segment| segment.end == End::Unread)
    }

    fn push_literal(&mut self, literal: &str) {
        match self.segments.to_mut().last_mut() {
            Some(last) => last.literal.to_mut().push_str(literal),
            None => self.first.to_mut().push_str(literal),
        }
    }

    /// Works out where each text ends, from the literals around it.
    fn set_ends(&mut self) {
        let mut before = self.first.clone();
        for (index, segment) in self.segments.to_mut().iter_mut().enumerate() {
            if segment.is_text() {
                segment.end = End::between(&before, &segment.literal, index == 0);
            }
            before = segment.literal.clone();
        }
    }

    /// The whole message, if it has no placeholders.
    #[must_use]
    pub fn constant(&self) -> Option<&str> {
        self.segments.is_empty().then_some(&*self.first)
    }

    /// What every message of the template ends with.
    #[must_use]
    pub fn last_literal(&self) -> &str {
        self.segments.last().map_or(&*self.first, |last| &last.literal)
    }
}

impl Segment<'_> {
    /// Whether it is a text or word, which ends at a mark.
    #[must_use]
    pub fn is_text(&self) -> bool {
        matches!(self.ty, Type::Text | Type::Lines | Type::Word)
    }

    /// The choices of a `one_of`; nothing for other types.
    pub fn choices(&self) -> impl Iterator<Item = &str> {
        let choices = match &self.ty {
            Type::OneOf(choices) => &**choices,
            _ => &[],
        };
        choices.iter().map(|choice| &**choice)
    }

    /// What ends a text or word here; empty if it runs to the end of the message.
    #[must_use]
    pub fn mark(&self) -> &str {
        match &self.end {
            End::Mark(length) => self.literal.get(..*length).unwrap_or_default(),
            End::Before(mark) => mark,
            End::Message | End::Unread => "",
        }
    }
}

impl End<'_> {
    /// Where a text ends that stands between two literals; `is_first` is whether it is the first placeholder.
    fn between(before: &str, literal: &str, is_first: bool) -> Self {
        let Some(first) = literal.chars().next() else { return Self::Message };
        let last = before.chars().next_back();
        let is_enclosed = last.is_some_and(|last| ENCLOSING.contains(&(last, first)));
        let begins_message = is_first && before.is_empty();
        Self::Mark(if is_enclosed || begins_message { first.len_utf8() } else { literal.len() })
    }
}

/// Pairs of quotes and brackets in which a value is meant to end at the second one.
const ENCLOSING: [(char, char); 11] = [
    ('\'', '\''),
    ('"', '"'),
    ('`', '`'),
    ('(', ')'),
    ('[', ']'),
    ('<', '>'),
    ('{', '}'),
    ('“', '”'),
    ('‘', '’'),
    ('«', '»'),
    ('`', '\''),
];
