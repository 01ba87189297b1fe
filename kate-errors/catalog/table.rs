//! The static tables of generated code. Nothing here is generic over a catalog, so it is compiled once.

use kate_errors_model::Retry;
use kate_errors_model::index::{Index, Messages};
use kate_errors_model::json::Kind;
use kate_errors_model::template::Template;

/// A catalog at run time.
#[derive(Debug)]
pub struct Table {
    /// The name of the error enum.
    pub enum_name: &'static str,
    /// The URL of the reference page.
    pub reference: Option<&'static str>,
    /// The statuses, in the order of the catalog.
    pub statuses: &'static [StatusRow],
    /// The names of the sections, in the order of the catalog.
    pub sections: &'static [&'static str],
    /// The errors, in the order of the catalog.
    pub errors: &'static [ErrorRow],
    /// The indices of the errors, sorted by code.
    pub by_code: &'static [u32],
    /// The messages with values, sorted by error.
    pub messages: &'static [Message],
    /// Former messages without values: the index of the error, and the message. Sorted by error.
    pub former: &'static [(u32, &'static str)],
    /// The index of all messages. Messages without values are numbered by error, then come the former ones.
    pub index: Index<'static>,
}

/// An error of the catalog.
#[derive(Debug)]
pub struct ErrorRow {
    /// Its HTTP status.
    pub status: u16,
    /// The index of its section.
    pub section: u16,
    /// Whether retrying helps.
    pub retry: Retry,
    /// Where the message begins and ends in `text`, and where the body, the code and the cause end.
    pub cuts: [u32; 5],
    /// What only few errors have. If it is `None`, no other message can be the same text.
    pub extras: Option<&'static Extras>,
    /// The body, the code, the cause and the fix, one per line. They share one `&str`, because the address of
    /// each would take more bytes than most of these texts. If the message has values, its template replaces the
    /// body; if JSON escapes something in the message, the message is in the extras.
    pub text: &'static str,
}

/// What errors with values, aliases or history have.
#[derive(Debug)]
pub struct Extras {
    /// The message, if it cannot be cut out of the body.
    pub message: Option<&'static str>,
    /// The parameters of the error, and then those of its context.
    pub params: &'static [Param],
    /// How many of `params` are the error's own.
    pub own: u16,
    /// The name of the struct of the context.
    pub context: Option<&'static str>,
    /// The index of its message in `Table::messages`, if it has values.
    pub detail: Option<u32>,
    /// The index of its message with the context.
    pub with_context: Option<u32>,
    /// The index of the error whose message it shares (`same_as`).
    pub same_as: Option<u32>,
    /// The indices of the errors that share its message.
    pub aliases: &'static [u32],
    /// Whether its code is a number in JSON.
    pub is_number: bool,
    /// Whether responses contain no code. Its name stands for the code elsewhere.
    pub without_code: bool,
    /// Other statuses with which it may be sent.
    pub statuses: &'static [u16],
    /// Its constants for the envelope: names, and values as JSON.
    pub wire: &'static [(&'static str, &'static str)],
    /// Its anchor on the reference page, if that is not its code.
    pub anchor: Option<&'static str>,
    /// Why it is retired, if it is.
    pub retired: Option<&'static str>,
    /// The header fields of its responses, if they differ from those of its status.
    pub headers: Option<&'static [Header]>,
}

impl Extras {
    /// The extras of an error that has none.
    pub const NONE: Self = Self {
        message: None,
        params: &[],
        own: 0,
        context: None,
        detail: None,
        with_context: None,
        same_as: None,
        aliases: &[],
        is_number: false,
        without_code: false,
        statuses: &[],
        wire: &[],
        anchor: None,
        retired: None,
        headers: None,
    };

    /// The parameters of the error itself.
    #[must_use]
    pub fn own_params(&self) -> &'static [Param] {
        self.params.get(..usize::from(self.own)).unwrap_or_default()
    }

    /// The parameters of the context.
    pub(crate) fn context_params(&self) -> &'static [Param] {
        self.params.get(usize::from(self.own)..).unwrap_or_default()
    }
}

/// A parameter.
#[derive(Clone, Copy, Debug)]
pub struct Parameter<'t> {
    /// Its name.
    pub name: &'t str,
    /// Its name in the object of all values in a body.
    pub member: &'t str,
    /// Whether its values are kept out of logs and `Debug`.
    pub sensitive: bool,
    /// The JSON type of its values: string, number or boolean.
    pub kind: Kind,
    /// Whether values can be absent.
    pub is_optional: bool,
}

/// A parameter of a generated enum.
pub type Param = Parameter<'static>;

/// A message with values.
#[derive(Debug)]
pub struct Message {
    /// The index of its error.
    pub error: u32,
    /// How it relates to its error.
    pub role: Role,
    /// The message.
    pub template: Template<'static>,
}

/// How a message relates to its error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The message that servers send.
    Detail,
    /// That message followed by the context.
    WithContext,
    /// A message that servers sent before.
    Former,
}

/// A status of the catalog.
#[derive(Debug)]
pub struct StatusRow {
    /// The number.
    pub status: u16,
    /// The name.
    pub name: &'static str,
    /// What it means in this API.
    pub description: &'static str,
    /// The header fields of responses with this status.
    pub headers: &'static [Header],
    /// The index of the error whose message responses with this status have if they are not errors of the catalog.
    pub fallback: Option<u32>,
}

/// The name and the value of a header field.
pub(crate) type Header = (&'static str, &'static str);

impl<'t> Parameter<'t> {
    /// Creates a parameter whose values are strings.
    #[must_use]
    pub const fn new(name: &'t str, sensitive: bool) -> Self {
        Self { name, member: name, sensitive, kind: Kind::String, is_optional: false }
    }

    /// Creates a parameter whose values are numbers.
    #[must_use]
    pub const fn number(name: &'t str, sensitive: bool) -> Self {
        Self { kind: Kind::Number, ..Self::new(name, sensitive) }
    }

    /// Creates a parameter whose values are booleans.
    #[must_use]
    pub const fn boolean(name: &'t str, sensitive: bool) -> Self {
        Self { kind: Kind::Boolean, ..Self::new(name, sensitive) }
    }

    /// Sets the name in bodies.
    #[must_use]
    pub const fn in_member(self, member: &'t str) -> Self {
        Self { member, ..self }
    }

    /// Makes the parameter optional: its values can be absent.
    #[must_use]
    pub const fn optional(self) -> Self {
        Self { is_optional: true, ..self }
    }
}

impl ErrorRow {
    fn cut(&self, start: u32, end: u32) -> &'static str {
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The response body of an error without values.
    #[inline]
    pub(crate) fn body(&self) -> &'static [u8] {
        let [_, _, end, ..] = self.cuts;
        self.text.as_bytes().get(..end as usize).unwrap_or_default()
    }

    /// Whether `body` is the response body of the error. Lengths are compared first: they nearly always differ.
    #[inline]
    pub(crate) fn has_body(&self, body: &[u8]) -> bool {
        let [_, _, end, ..] = self.cuts;
        end as usize == body.len() && self.text.as_bytes().starts_with(body)
    }

    /// The message, or its template if it has values.
    #[inline]
    pub(crate) fn detail(&self) -> &'static str {
        match self.extras.and_then(|extras| extras.message) {
            Some(message) => message,
            None => self.cut(self.cuts[0], self.cuts[1]),
        }
    }

    /// The bytes of [`detail`](Self::detail).
    #[inline]
    pub(crate) fn detail_bytes(&self) -> &'static [u8] {
        if let Some(message) = self.extras.and_then(|extras| extras.message) {
            return message.as_bytes();
        }
        let [start, end, ..] = self.cuts;
        self.bytes(start, end)
    }

    /// The bytes of the code.
    #[inline]
    pub(crate) fn code_bytes(&self) -> &'static [u8] {
        let [_, _, body, code, _] = self.cuts;
        self.bytes(body + 1, code)
    }

    #[inline]
    fn bytes(&self, start: u32, end: u32) -> &'static [u8] {
        self.text.as_bytes().get(start as usize..end as usize).unwrap_or_default()
    }

    /// The code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        let [_, _, body, code, _] = self.cuts;
        self.cut(body + 1, code)
    }

    /// The code in responses, if they contain one.
    pub(crate) fn sent_code(&self) -> Option<&'static str> {
        Some(self.code()).filter(|_| !self.extras().without_code)
    }

    /// Its anchor on the reference page.
    pub(crate) fn anchor(&self) -> &'static str {
        self.extras.and_then(|extras| extras.anchor).unwrap_or_else(|| self.code())
    }

    /// The cause, with placeholders for values.
    pub(crate) fn cause(&self) -> &'static str {
        let [.., code, cause] = self.cuts;
        self.cut(code + 1, cause)
    }

    /// The fix, with placeholders for values.
    pub(crate) fn fix(&self) -> &'static str {
        let [.., cause] = self.cuts;
        self.text.get(cause as usize + 1..).unwrap_or_default()
    }

    /// The extras, which are [`Extras::NONE`] for most errors.
    #[must_use]
    pub fn extras(&self) -> &'static Extras {
        self.extras.unwrap_or(&Extras::NONE)
    }
}

impl Table {
    /// The error with an index.
    #[must_use]
    #[inline]
    pub fn error(&self, at: u32) -> Option<&'static ErrorRow> {
        self.errors.get(at as usize)
    }

    /// The template of an error's message, with or without its context, if it has values.
    pub(crate) fn message(
        &'static self,
        error: &ErrorRow,
        with_context: bool,
    ) -> Option<&'static Template<'static>> {
        let extras = error.extras?;
        let place = if with_context { extras.with_context } else { extras.detail };
        self.messages.get(place? as usize).map(|message| &message.template)
    }

    /// The row of a status, if the catalog lists it.
    #[must_use]
    pub fn status(&self, status: u16) -> Option<&'static StatusRow> {
        self.statuses.iter().find(|row| row.status == status)
    }

    /// The error that a message without values belongs to, and whether the message is a former one.
    #[inline]
    pub(crate) fn constant_of(&self, message: u32) -> Option<(u32, bool)> {
        match (message as usize).checked_sub(self.errors.len()) {
            None => Some((message, false)),
            Some(former) => self.former.get(former).map(|(error, _)| (*error, true)),
        }
    }
}

impl Messages<'static> for Table {
    #[inline]
    fn constant(&self, message: u32) -> &'static [u8] {
        match (message as usize).checked_sub(self.errors.len()) {
            None => self.errors.get(message as usize).map_or(&[], ErrorRow::detail_bytes),
            Some(former) => self.former.get(former).map_or(&[], |(_, message)| message.as_bytes()),
        }
    }

    #[inline]
    fn template(&self, message: u32) -> &'static Template<'static> {
        static NONE: Template<'static> = Template::EMPTY;
        self.messages.get(message as usize).map_or(&NONE, |message| &message.template)
    }
}
