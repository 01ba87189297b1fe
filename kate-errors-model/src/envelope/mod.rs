//! The envelope: the JSON around a message and a code.
//!
//! An envelope is data: the [`Piece`]s that are written, in order, and the [`Place`]s that are read. [`Parts`] makes both
//! of a template, which is JSON with placeholders at its leaves:
//!
//! ```json
//! { "error": { "code": "{code}", "message": "{detail}", "docs": "{docs_url?}" } }
//! ```
//!
//! | placeholder | what it is |
//! |---|---|
//! | `{code}`, `{detail}`, `{status}`, `{title}`, `{docs_url}`, `{cause}`, `{fix}` | of the error |
//! | `{retry_after}`, `{retry_after:ms}` | when to try again, in seconds or milliseconds |
//! | `{params}`, `{params:string}` | an object of all values; the same with all of them as strings |
//! | `{name}`, `{params.name}` | the value of one parameter; the longer form where a slot has its name |
//! | `{request.name}`, `{wire.name}` | what only the server has; what the error brings along for its envelope |
//! | `{with.name}` | a constant of the catalog, see [`expand`] |
//! | `{field.path}`, `{field.pointer}`, `{field.fragment}`, `{field.loc}`, `{field.code}`, `{field.message}` | of a field of the request that is wrong |
//! | `{any}` | neither written nor read |
//!
//! A leaf that is one placeholder takes the JSON kind of its value, and `{status:string}` makes a string of it. Text
//! around a placeholder is an affix (`https://kate.example/errors#{code}`), which is taken off when it is read. An affix
//! that begins or ends with `{any}` is not written, and read if it is there (`{any}#{code}`). A text can have several
//! placeholders (`[{code}] {detail}`): each ends at the first occurrence of the text behind it, and `{any}` before a code
//! at the last one. `{docs_url?}` is left out
//! where it has no value, and so are containers that end up empty. Everything else is constant. Constants are written,
//! and compared only inside elements of arrays, where they select the element that is read; null selects nothing.
//!
//! The element of an array in which `{field.…}` stands is written for each field that is wrong. An object with the one member
//! `{field.path}` has the messages by field: `{ "{field.path}": "{field.message}" }`, or a list of them. Both are left out
//! where there is none, and so is what has nothing but constants beside them; an element that holds the error too is written
//! once then.
//!
//! What is read are code, message, parameters, when to try again and what only the server has: what others hold follows
//! from the error. The first element of an array that is an object and has the constants is read, and a member on the way
//! to it must not stand there twice.

mod constants;
mod expand;
mod fill;
mod found;
mod header;
mod inside;
mod mistake;
mod parts;
mod placeholder;
pub mod profiles;
mod read;
mod reads;
mod tree;
mod write;

use alloc::string::String;

use constants::JSON;
pub use expand::expand;
pub use fill::{Fill, Member};
use found::literals;
pub use found::{Found, Value};
pub use header::CodeHeader;
pub use inside::{Around, Insides};
pub use mistake::{Mistake, MistakeKind};
pub use parts::Parts;
pub use placeholder::{SLOTS, leaf};

/// The JSON around a message and a code.
#[derive(Clone, Copy, Debug)]
pub struct Envelope<'e> {
    /// What is written, in order.
    pub pieces: &'e [Piece<'e>],
    /// What is read: the members of the body, each with all that stands in it behind it.
    pub places: &'e [Place<'e>],
    /// Where the body lists the fields of the request that are wrong: read apart, when somebody asks.
    pub fields: &'e [Place<'e>],
    /// The media type of the body (RFC 9110, section 8.3).
    pub media_type: &'e str,
    /// The status of a success (RFC 9110, section 15.3) under which errors travel too, if there is one.
    pub success: Option<u16>,
    /// Older envelopes, which are read where this one gives no error, and never written.
    pub older: &'e [Envelope<'e>],
}

/// What tells errors apart when a response is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Identity {
    /// The message.
    #[default]
    Detail,
    /// The code.
    Code,
    /// Both: errors that share a code differ in their messages.
    CodeAndDetail,
    /// The code, and where a body has none the message.
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

    /// Whether the code says which error it is, whatever the message is.
    #[must_use]
    pub const fn is_by_code(self) -> bool {
        matches!(self, Self::Code | Self::CodeOrDetail)
    }

    /// Whether the message alone can say which error it is: then no two errors may share one.
    #[must_use]
    pub const fn is_by_detail(self) -> bool {
        matches!(self, Self::Detail | Self::CodeOrDetail)
    }

    /// What bodies need a place for.
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
    /// JSON as it is.
    Json(&'e str),
    /// The value of a slot.
    Slot(Slot<'e>, Form),
    /// A comma, if a member or an element stands before it.
    Comma,
    /// So many pieces write a member or an element that is left out where its slot has no value.
    Optional(usize),
    /// So many pieces write a member or an element that is left out if it ends up as an empty container.
    Container(usize),
    /// So many pieces write an element for each field that is wrong, or one without a field where there is none.
    Each(usize),
}

/// How the value of a slot stands in a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// In quotes that are written already: what is missing is the inside of a string, escaped.
    Inside,
    /// As JSON of its own kind.
    Value,
}

/// What an error puts into a body.
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
    /// The address of the error on the reference page.
    DocsUrl,
    /// What leads to the error.
    Cause,
    /// What to do about it.
    Fix,
    /// How many seconds to wait before trying again.
    RetryAfter,
    /// How many milliseconds to wait.
    RetryAfterMillis,
    /// An object of all values.
    Params,
    /// An object of all values, each as a string.
    ParamsAsStrings,
    /// The value of one parameter.
    Param(&'e str),
    /// What only the server has, such as the id of a request.
    Request(&'e str),
    /// What the error brings along for its envelope.
    Wire(&'e str),
    /// A part of a field that is wrong: of the next one, once [`NextField`](Self::NextField) has been asked for.
    Field(FieldPart),
    /// Nothing that is written: whether there is another field that is wrong.
    NextField,
    /// An object from the paths of fields to a message each.
    MessageByField,
    /// An object from the paths of fields to a list of messages each.
    MessagesByField,
}

/// A part of a field of a request that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldPart {
    /// The way to it: `items[0].name`.
    Path,
    /// The same as a JSON Pointer (RFC 6901): `/items/0/name`.
    Pointer,
    /// The same as the fragment of a URI: `#/items/0/name`.
    Fragment,
    /// The same as an array of names and indices: `["items",0,"name"]`.
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

/// A place of a body that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'e> {
    /// The name of the member, in which JSON escapes nothing; empty for the element of an array.
    pub name: &'e str,
    /// What stands there.
    pub content: Content<'e>,
    /// How many of the places behind this one stand in it.
    pub within: usize,
}

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content<'e> {
    /// The value of a slot. Further slots in the same string stand in it.
    Slot(Leaf<'e>),
    /// The value of another slot in the string of the place that this one stands in.
    Part(Leaf<'e>),
    /// An object; the places of its members stand in it.
    Object,
    /// An array, of which the first element is read that has so many constants; its place is the one that stands in it.
    Array(usize),
    /// A constant, as JSON, by which an element of an array is selected.
    Constant(&'e str),
}

/// A slot as it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaf<'e> {
    /// What is read.
    pub slot: Slot<'e>,
    /// Whether it is always a string.
    pub form: Form,
    /// What stands before it in the string.
    pub before: Affix<'e>,
    /// What stands behind it in the string.
    pub after: Affix<'e>,
}

/// Text around a placeholder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Affix<'e> {
    /// The text, in which JSON escapes nothing. Other placeholders in it stand for anything.
    pub text: &'e str,
    /// Whether anything may stand on the far side of it, or neither of both.
    pub is_open: bool,
}

impl Affix<'_> {
    const fn is_empty(&self) -> bool {
        self.text.is_empty() && !self.is_open
    }

    /// What is written of it.
    fn written(self) -> String {
        literals(self.text).filter(|_| !self.is_open).collect()
    }
}

impl<'e> Leaf<'e> {
    /// The value of a slot without anything around it.
    const fn of_slot(slot: Slot<'e>, form: Form) -> Self {
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

    /// The slot that is read here.
    #[must_use]
    pub fn leaf(&self) -> Option<&Leaf<'e>> {
        match &self.content {
            Content::Slot(leaf) | Content::Part(leaf) => Some(leaf),
            _ => None,
        }
    }
}
