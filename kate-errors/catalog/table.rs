//! The static tables that generated code holds. Nothing here is generic over a catalog, so it is compiled once.

use kate_errors_model::Retry;
use kate_errors_model::index::{Index, Messages};
use kate_errors_model::json::Kind;
use kate_errors_model::template::Template;

/// A catalog at run time.
#[derive(Debug)]
pub struct Table {
    /// The name of the enum.
    pub enum_name: &'static str,
    /// The address of the reference page.
    pub reference: Option<&'static str>,
    /// The statuses, in the order of the catalog.
    pub statuses: &'static [StatusRow],
    /// The names of the sections, in the order of the catalog.
    pub sections: &'static [&'static str],
    /// The errors, in the order of the catalog.
    pub errors: &'static [ErrorRow],
    /// The places of the errors, sorted by code.
    pub by_code: &'static [u32],
    /// The messages with values.
    pub messages: &'static [Message],
    /// Messages without values that errors had before: the place of the error, and the message.
    pub former: &'static [(u32, &'static str)],
    /// The index of all messages. Of those without values, the details of the errors come first, then the former ones.
    pub index: Index<'static>,
}

/// An error.
#[derive(Debug)]
pub struct ErrorRow {
    /// Its HTTP status.
    pub status: u16,
    /// The place of its section.
    pub section: u16,
    /// Whether retrying helps.
    pub retry: Retry,
    /// Where in `text` the message begins and ends, and where the body, the code and the cause end.
    pub cuts: [u32; 5],
    /// What few errors have. Where it is left out, no other message can be the same text.
    pub extras: Option<&'static Extras>,
    /// The body, the code, the cause and the fix, each on a line. One text is one address in a program, where each would
    /// take more bytes than most of these texts have. If the message has values, the template is there instead of the
    /// body; if JSON escapes something in the message, the message is in the extras.
    pub text: &'static str,
}

/// What errors with values, aliases and history have.
#[derive(Debug)]
pub struct Extras {
    /// The message, where it cannot be cut out of the body.
    pub message: Option<&'static str>,
    /// The parameters of the error, and then those of its context.
    pub params: &'static [Param],
    /// How many of them are the error's own.
    pub own: u16,
    /// The name of the struct of the context.
    pub context: Option<&'static str>,
    /// The place of its message among those with values.
    pub detail: Option<u32>,
    /// The place of its message with the context.
    pub with_context: Option<u32>,
    /// The place of the error whose message it has.
    pub same_as: Option<u32>,
    /// The places of the errors that have its message.
    pub aliases: &'static [u32],
    /// Whether its code is a number in JSON.
    pub is_number: bool,
    /// Other statuses than its own with which it may be sent.
    pub statuses: &'static [u16],
    /// The values for its envelope: names and JSON.
    pub wire: &'static [(&'static str, &'static str)],
    /// Its place on the reference page, where that is not its code.
    pub anchor: Option<&'static str>,
    /// Why it is retired.
    pub retired: Option<&'static str>,
    /// The header fields, where they are others than those of the status.
    pub headers: Option<&'static [Header]>,
}

impl Extras {
    /// Those of an error that has nothing unusual.
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
pub struct Param {
    /// Its name.
    pub name: &'static str,
    /// What it is called in the object of all values in a body.
    pub member: &'static str,
    /// Whether its values are kept out of logs and `Debug`.
    pub sensitive: bool,
    /// What its values are in JSON: strings, numbers or booleans.
    pub kind: Kind,
    /// Whether they can be missing.
    pub is_optional: bool,
}

/// A message with values.
#[derive(Debug)]
pub struct Message {
    /// The place of its error.
    pub error: u32,
    /// What it is to its error.
    pub role: Role,
    /// The message.
    pub template: Template<'static>,
}

/// What a message is to its error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// What servers send.
    Detail,
    /// The same with the context.
    WithContext,
    /// What they sent before.
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
    /// The place of the error that stands for responses of no error.
    pub fallback: Option<u32>,
}

/// A name and a value of a header field.
pub(crate) type Header = (&'static str, &'static str);

impl Param {
    /// A parameter, and whether it is sensitive.
    #[must_use]
    pub const fn new(name: &'static str, sensitive: bool) -> Self {
        Self { name, member: name, sensitive, kind: Kind::String, is_optional: false }
    }

    /// A parameter whose values are numbers, and whether it is sensitive.
    #[must_use]
    pub const fn number(name: &'static str, sensitive: bool) -> Self {
        Self { kind: Kind::Number, ..Self::new(name, sensitive) }
    }

    /// A parameter whose values are booleans, and whether it is sensitive.
    #[must_use]
    pub const fn boolean(name: &'static str, sensitive: bool) -> Self {
        Self { kind: Kind::Boolean, ..Self::new(name, sensitive) }
    }

    /// The same, with another name in bodies.
    #[must_use]
    pub const fn in_member(self, member: &'static str) -> Self {
        Self { member, ..self }
    }

    /// The same, whose values can be missing.
    #[must_use]
    pub const fn optional(self) -> Self {
        Self { is_optional: true, ..self }
    }
}

impl ErrorRow {
    fn cut(&self, start: u32, end: u32) -> &'static str {
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// Whether the error is sent with the status, if that is known.
    #[inline]
    pub(crate) fn has_status(&self, status: Option<u16>) -> bool {
        let is_other = |status| self.extras.is_some_and(|it| it.statuses.contains(&status));
        status.is_some_and(|status| self.status == status || is_other(status))
    }

    /// The body of a response without values.
    #[inline]
    pub(crate) fn body(&self) -> &'static [u8] {
        let [_, _, end, ..] = self.cuts;
        self.text.as_bytes().get(..end as usize).unwrap_or_default()
    }

    /// Whether it is the same. Lengths are compared first: they nearly always differ.
    #[inline]
    pub(crate) fn has_body(&self, body: &[u8]) -> bool {
        let [_, _, end, ..] = self.cuts;
        end as usize == body.len() && self.text.as_bytes().starts_with(body)
    }

    /// The message, or the template of it as the catalog has it.
    #[inline]
    pub(crate) fn detail(&self) -> &'static str {
        match self.extras.and_then(|extras| extras.message) {
            Some(message) => message,
            None => self.cut(self.cuts[0], self.cuts[1]),
        }
    }

    /// The bytes of the same.
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

    /// Its place on the reference page.
    pub(crate) fn anchor(&self) -> &'static str {
        self.extras.and_then(|extras| extras.anchor).unwrap_or_else(|| self.code())
    }

    /// What leads to it; placeholders stand for values.
    pub(crate) fn cause(&self) -> &'static str {
        let [.., code, cause] = self.cuts;
        self.cut(code + 1, cause)
    }

    /// What to do about it; placeholders stand for values.
    pub(crate) fn fix(&self) -> &'static str {
        let [.., cause] = self.cuts;
        self.text.get(cause as usize + 1..).unwrap_or_default()
    }

    /// What few errors have.
    #[must_use]
    pub fn extras(&self) -> &'static Extras {
        self.extras.unwrap_or(&Extras::NONE)
    }
}

impl Table {
    /// An error.
    #[must_use]
    #[inline]
    pub fn error(&self, at: u32) -> Option<&'static ErrorRow> {
        self.errors.get(at as usize)
    }

    /// The message of an error with or without its context, if it has values.
    pub(crate) fn message(
        &'static self,
        error: &ErrorRow,
        with_context: bool,
    ) -> Option<&'static Template<'static>> {
        let extras = error.extras?;
        let place = if with_context { extras.with_context } else { extras.detail };
        self.messages.get(place? as usize).map(|message| &message.template)
    }

    /// The header fields of the responses of an error.
    pub(crate) fn headers(&self, error: &ErrorRow) -> &'static [Header] {
        match error.extras().headers {
            Some(headers) => headers,
            None => self.status(error.status).map_or(&[], |status| status.headers),
        }
    }

    /// A status of the catalog.
    #[must_use]
    pub fn status(&self, status: u16) -> Option<&'static StatusRow> {
        self.statuses.iter().find(|row| row.status == status)
    }

    /// The error of a message without values, and whether it is a former one.
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
