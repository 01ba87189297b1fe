//! Templates of messages: literals and placeholders in turn.
//!
//! The value of a placeholder ends at the first occurrence of its *end mark*, so reading is one pass and never
//! tries a second end. The end mark is the whole literal after the placeholder. It is only that literal's first
//! character if the placeholder is between a pair of quotes or brackets, or begins the template. A value whose
//! type has a grammar ends where the grammar ends.

mod parse;
mod read;
mod render;
mod sanitize;

use alloc::borrow::Cow;

use crate::types::Type;

pub use parse::{BraceError, BraceErrorKind, Parsed, Part, Placeholder, fill, literals, parse};
pub(crate) use read::find;
pub use render::{USUAL_SIZE, Value, Values};

/// The text between a message and its context.
pub const CONTEXT_SEPARATOR: &str = ". ";

/// The template of an error whose message is free text: the value of the parameter `detail`.
pub const FREE_TEXT: &str = "{detail}";

/// A message with placeholders: its first literal, then each placeholder with the literal after it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template<'t> {
    /// The literal before the first placeholder, or the whole message if there is none.
    pub first: Cow<'t, str>,
    /// The placeholders.
    pub segments: Cow<'t, [Segment<'t>]>,
    /// Texts that end or begin the message in the body, so no value contains them.
    pub around: Cow<'t, [Cow<'t, str>]>,
}

/// A placeholder, and the literal after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment<'t> {
    /// The index of its parameter in the list of the error's parameters, followed by those of the context.
    pub param: usize,
    /// Its type.
    pub ty: Type<'t>,
    /// Where a text or word ends.
    pub end: End<'t>,
    /// The literal after it, which is only empty at the end of the template.
    pub literal: Cow<'t, str>,
}

/// Where a text or word ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End<'t> {
    /// At the first occurrence of the end mark: this many bytes of the literal after it.
    Mark(usize),
    /// At the end of the message.
    Message,
    /// At the end of the message, which must not contain this text: it is the beginning of what may follow the message.
    Before(Cow<'t, str>),
    /// At the first occurrence of the literal after it, which the value itself may contain: a member of the body has
    /// the value, so it is only read from the message if the member is missing.
    Literal,
    /// Unknown, like that of any other value of the message; see [`Template::unread`].
    Unread,
}

/// A piece of a template, as input of [`Template::new`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Text that the message contains unchanged.
    Literal(Cow<'t, str>),
    /// A parameter, and its type.
    Placeholder(usize, Type<'t>),
}

impl Template<'static> {
    /// The template of the empty message.
    pub const EMPTY: Self =
        Self { first: Cow::Borrowed(""), segments: Cow::Borrowed(&[]), around: Cow::Borrowed(&[]) };
}

impl<'t> Template<'t> {
    /// Creates a template from pieces in order. Adjacent placeholders are rejected by checks: nothing ends the
    /// first of them, so the result is not useful.
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

    /// Returns the two messages of an error with an optional context: this one alone, and followed by the context.
    ///
    /// A text at the very end of this message has the same end mark in both, the separator with the first literal
    /// of the context, so that a value is the same in both.
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

    /// Uses the whole literal after each text as its end mark. This is for messages that need not differ from
    /// those of other errors, because codes identify the errors.
    #[must_use]
    pub fn with_whole_marks(mut self) -> Self {
        for segment in self.segments.to_mut() {
            if segment.is_text() && !segment.literal.is_empty() {
                segment.end = End::Mark(segment.literal.len());
            }
        }
        self
    }

    /// Lets the last value contain the literal after it, so that messages have it unaltered. This is for messages
    /// whose values are all in members, too. A client that reads the values from the message nevertheless, because it
    /// does not know the members yet, then reads none. If an earlier value contained its literal, it would read other
    /// values.
    ///
    /// ```
    /// use kate_errors_model::template::{Piece, Template};
    /// use kate_errors_model::types::Type;
    ///
    /// let value = |param| Piece::Placeholder(param, Type::Text);
    /// let template = Template::new([value(0), Piece::Literal(" by ".into()), value(1), Piece::Literal(".".into())]);
    /// let template = template.with_values_beside();
    /// let sent = |at: usize, value| template.sanitize(&template.segments[at], value).into_owned();
    /// assert_eq!(sent(0, "Death by Water"), "Death\u{FFFD}by Water");
    /// assert_eq!(sent(1, "T. S. Eliot"), "T. S. Eliot");
    /// ```
    #[must_use]
    pub fn with_values_beside(mut self) -> Self {
        self = self.with_whole_marks();
        if let Some(last) = self.segments.to_mut().last_mut() {
            if matches!(last.end, End::Mark(_)) {
                last.end = End::Literal;
            }
        }
        self
    }

    /// Makes the template unreadable: no value is read from its messages. This is for messages that are only written
    /// and compared, because members contain all their values. So placeholders can be adjacent or repeated, and a
    /// value can contain any text.
    ///
    /// ```
    /// use kate_errors_model::template::{Piece, Template, Value, Values};
    /// use kate_errors_model::types::Type;
    ///
    /// let value = |param| Piece::Placeholder(param, Type::Text);
    /// let template = Template::new([value(0), value(1), value(0)]).unread();
    /// assert_eq!(template.render(Values::own(&[Value::Text("a"), Value::Text("b")])), "aba");
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

    /// Determines where each text ends, from the literals around it.
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

    /// The literal before one of its placeholders.
    #[must_use]
    pub fn literal_before(&self, segment: &Segment<'_>) -> &str {
        let before = self.segments.iter().take_while(|it| it.param != segment.param);
        before.last().map_or(&*self.first, |it| &it.literal)
    }

    /// The literal at the end of every message of the template.
    #[must_use]
    pub fn last_literal(&self) -> &str {
        self.segments.last().map_or(&*self.first, |last| &last.literal)
    }
}

impl Segment<'_> {
    /// Whether it is a text or word, which ends at an end mark.
    #[must_use]
    pub fn is_text(&self) -> bool {
        matches!(self.ty, Type::Text | Type::Lines | Type::Word)
    }

    /// The choices of a `one_of`; none for other types.
    pub fn choices(&self) -> impl Iterator<Item = &str> {
        let choices = match &self.ty {
            Type::OneOf(choices) => &**choices,
            _ => &[],
        };
        choices.iter().map(|choice| &**choice)
    }

    /// The end mark of a text or word; empty if it ends at the end of the message.
    #[must_use]
    pub fn mark(&self) -> &str {
        match &self.end {
            End::Mark(length) => self.literal.get(..*length).unwrap_or_default(),
            End::Before(mark) => mark,
            End::Literal => &self.literal,
            End::Message | End::Unread => "",
        }
    }

    /// What values of a text or word cannot contain: the end mark, if the message alone tells where the value ends.
    #[must_use]
    pub fn excluded(&self) -> &str {
        if self.end == End::Literal { "" } else { self.mark() }
    }
}

impl End<'_> {
    /// Where a text between two literals ends. `is_first` tells whether it is the first placeholder.
    fn between(before: &str, literal: &str, is_first: bool) -> Self {
        let Some(first) = literal.chars().next() else { return Self::Message };
        let last = before.chars().next_back();
        let is_enclosed = last.is_some_and(|last| ENCLOSING.contains(&(last, first)));
        let begins_message = is_first && before.is_empty();
        Self::Mark(if is_enclosed || begins_message { first.len_utf8() } else { literal.len() })
    }
}

/// Pairs of quotes and brackets: a value between them is meant to end at the second one.
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
