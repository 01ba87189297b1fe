//! The envelope: the JSON around a message and a code.
//!
//! An envelope is data: the [`Piece`]s that are written, in order, and the [`Place`]s that are read. The compiler
//! creates both from a template, which is JSON with placeholders, such as `{"error":{"code":"{code}"}}`; see
//! `kate_errors_codegen::envelope`.
//!
//! Only the code, the message, parameters, the time to retry and request values are read: all others follow from
//! the error. In an array, the first element that is an object with the constants is read. A member on the way to
//! it must not be duplicated.

mod affixes;
mod constants;
mod fill;
mod found;
mod header;
mod inside;
pub mod profiles;
mod read;
mod reads;
mod write;

use alloc::string::String;

use affixes::literals;
use constants::JSON;
pub use fill::{Fill, Member};
pub use found::{Found, Value};
pub use header::CodeHeader;
pub use inside::{Around, Insides};

/// The JSON around a message and a code.
#[derive(Clone, Copy, Debug)]
pub struct Envelope<'e> {
    /// The pieces that are written, in order.
    pub pieces: &'e [Piece<'e>],
    /// The places that are read: the members of the body, each followed by the places inside it.
    pub places: &'e [Place<'e>],
    /// The places of the invalid fields in a body. They are read separately, on demand.
    pub fields: &'e [Place<'e>],
    /// The media type of the body (RFC 9110, section 8.3).
    pub media_type: &'e str,
    /// The success status (RFC 9110, section 15.3) with which errors are also sent, if there is one.
    pub success: Option<u16>,
    /// Older envelopes, which are read if this one yields no error, and never written.
    pub older: &'e [Envelope<'e>],
}

/// What identifies an error when a response is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Identity {
    /// The message.
    #[default]
    Detail,
    /// The code.
    Code,
    /// Both: errors that share a code differ in their messages.
    CodeAndDetail,
    /// The code, or the message if a body has no code.
    CodeOrDetail,
}

impl Identity {
    /// Every identity, with its name in a catalog.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("detail", Self::Detail),
        ("code", Self::Code),
        ("code_and_detail", Self::CodeAndDetail),
        ("code_or_detail", Self::CodeOrDetail),
    ];

    /// Whether the code identifies the error, whatever the message is.
    #[must_use]
    pub const fn is_by_code(self) -> bool {
        matches!(self, Self::Code | Self::CodeOrDetail)
    }

    /// Whether the message alone can identify the error. Then no two errors may share a message.
    #[must_use]
    pub const fn is_by_detail(self) -> bool {
        matches!(self, Self::Detail | Self::CodeOrDetail)
    }

    /// The slots that bodies need a place for.
    #[must_use]
    pub const fn slots(self) -> &'static [Slot<'static>] {
        match self {
            Self::Detail => &[Slot::Detail],
            Self::Code => &[Slot::Code],
            Self::CodeAndDetail | Self::CodeOrDetail => &[Slot::Code, Slot::Detail],
        }
    }
}

/// A piece of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'e> {
    /// Constant JSON.
    Json(&'e str),
    /// The value of a slot.
    Slot(Slot<'e>, Form),
    /// A comma, if a member or an element precedes it.
    Comma,
    /// Begins a member or an element of this many pieces. It is left out if its slot has no value.
    Optional(usize),
    /// Begins a member or an element of this many pieces. It is left out if it ends up as an empty container.
    Container(usize),
    /// Begins an element of this many pieces. It is written for each invalid field, or once if there is none.
    Each(usize),
}

/// How the value of a slot is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As the escaped inside of a string, whose quotes are in the pieces around it.
    Inside,
    /// As a JSON value of its own type.
    Value,
}

/// A value that an error has for a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot<'e> {
    /// The code.
    Code,
    /// The message.
    Detail,
    /// The status, a number.
    Status,
    /// The name of the status.
    Title,
    /// The URL of the error on the reference page.
    DocsUrl,
    /// The cause of the error.
    Cause,
    /// The fix of the error.
    Fix,
    /// How many seconds to wait before retrying.
    RetryAfter,
    /// How many milliseconds to wait before retrying.
    RetryAfterMillis,
    /// An object of all values.
    Params,
    /// An object of all values, each as a string.
    ParamsAsStrings,
    /// The value of one parameter.
    Param(&'e str),
    /// A value that only the server has, such as the request ID.
    Request(&'e str),
    /// A constant of the error.
    Wire(&'e str),
    /// A part of an invalid field: the one that [`NextField`](Self::NextField) moved to.
    Field(FieldPart),
    /// Moves to the next invalid field, if there is one. It writes no value.
    NextField,
    /// An object with the message of each field, by path.
    MessageByField,
    /// An object with the list of messages of each field, by path.
    MessagesByField,
}

/// A part of an invalid field of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldPart {
    /// The path: `items[0].name`.
    Path,
    /// The path as a JSON Pointer (RFC 6901): `/items/0/name`.
    Pointer,
    /// The path as a URI fragment: `#/items/0/name`.
    Fragment,
    /// The path as an array of names and indices: `["items",0,"name"]`.
    Loc,
    /// What is wrong, for programs.
    Code,
    /// What is wrong, for people.
    Message,
}

impl FieldPart {
    /// Every part, with its name in a template.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("path", Self::Path),
        ("pointer", Self::Pointer),
        ("fragment", Self::Fragment),
        ("loc", Self::Loc),
        ("code", Self::Code),
        ("message", Self::Message),
    ];
}

/// A place in a body that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'e> {
    /// The name of the member, in which JSON escapes nothing; empty for an element of an array.
    pub name: &'e str,
    /// What is read there.
    pub content: Content<'e>,
    /// How many of the following places are inside this one.
    pub within: usize,
}

/// What is read at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content<'e> {
    /// The value of a slot. The places of further slots in the same string are inside it.
    Slot(Leaf<'e>),
    /// The value of another slot in the string of the place around this one.
    Part(Leaf<'e>),
    /// An object. The places of its members are inside it.
    Object,
    /// An array. The first element that has this many constants is read; its place is inside this one.
    Array(usize),
    /// A constant, as JSON, which selects an element of an array.
    Constant(&'e str),
}

/// A slot as it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaf<'e> {
    /// The slot.
    pub slot: Slot<'e>,
    /// Whether the value is always a string.
    pub form: Form,
    /// The text before it in the string.
    pub before: Affix<'e>,
    /// The text after it in the string.
    pub after: Affix<'e>,
}

/// Text around a placeholder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Affix<'e> {
    /// The text, in which JSON escapes nothing. Other placeholders in it match anything.
    pub text: &'e str,
    /// Whether the text may be missing; if it is there, anything may be beyond it.
    pub is_open: bool,
}

impl Affix<'_> {
    const fn is_empty(&self) -> bool {
        self.text.is_empty() && !self.is_open
    }

    /// What is written of it: its literals, or nothing if it is open.
    fn written(self) -> String {
        literals(self.text).filter(|_| !self.is_open).collect()
    }
}

impl<'e> Leaf<'e> {
    /// A slot without affixes.
    #[must_use]
    pub const fn of_slot(slot: Slot<'e>, form: Form) -> Self {
        const NONE: Affix<'static> = Affix { text: "", is_open: false };
        Self { slot, form, before: NONE, after: NONE }
    }
}

impl<'e> Place<'e> {
    /// A member that is the value of a slot.
    #[must_use]
    pub const fn of_slot(name: &'e str, slot: Slot<'e>, form: Form) -> Self {
        Self { name, content: Content::Slot(Leaf::of_slot(slot, form)), within: 0 }
    }

    /// Whether it is the whole body, which is an array: all of the others are inside it.
    pub(crate) const fn is_root(&self) -> bool {
        self.name.is_empty() && matches!(self.content, Content::Array(_))
    }

    /// The slot that is read here, if there is one.
    #[must_use]
    pub fn leaf(&self) -> Option<&Leaf<'e>> {
        match &self.content {
            Content::Slot(leaf) | Content::Part(leaf) => Some(leaf),
            _ => None,
        }
    }
}
