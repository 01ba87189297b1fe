//! What decoding asks a catalog.

use alloc::borrow::Cow;
use alloc::string::String;
use core::ops::Range;

use kate_errors_model::envelope::{Around, Envelope, Identity};
use kate_errors_model::index::{Index, Messages};
use kate_errors_model::template::{FREE_TEXT, Template, Values};

use crate::catalog::table::{Parameter, Role};
use crate::catalog::values::Texts;

/// A catalog whose errors are decoded. What generated enums say is constant, what the command's catalogs say is known
/// once they are compiled. Errors are numbered in the order of the catalog.
pub trait Source<'t>: Copy + Messages<'t> {
    /// An error with its values.
    type Error: Clone;

    /// The format of bodies.
    fn format(self) -> BodyFormat<'t>;

    /// The index of all messages.
    fn index(self) -> &'t Index<'static>;

    /// The error with a number.
    fn row(self, error: u32) -> Option<Row<'t>>;

    /// The errors that are sent with a code, in the order of the catalog.
    fn sent_with(self, code: &[u8]) -> impl Iterator<Item = u32>;

    /// The error of a message without values, and whether the message is a former one.
    fn constant_of(self, message: u32) -> Option<(u32, bool)>;

    /// A message with values.
    fn message(self, message: u32) -> Option<Message<'t>>;

    /// The messages of an error: all of those with values, and none, or all, of the others.
    fn messages_of(self, error: u32) -> Range<u32>;

    /// The former messages of an error that are not among these.
    fn former_of(self, error: u32) -> impl Iterator<Item = &'t str>;

    /// The URL of an error on the reference page.
    fn docs_url(self, error: u32) -> Option<String>;

    /// Whether the section or operation of the response has an error; `None` if they are not known.
    fn has_in_scope(self, error: u32) -> Option<bool>;

    /// Creates an error from its values and those of its context. Returns `None` if one of them is invalid.
    fn create(
        self,
        error: u32,
        own: &Texts<'_>,
        context: Option<&Texts<'_>>,
    ) -> Option<Self::Error>;

    /// The number of an error.
    fn number(self, error: &Self::Error) -> u32;

    /// The message of an error.
    fn detail(self, error: &Self::Error) -> Cow<'static, str>;

    /// Calls `with` with the values of an error.
    fn with_values(self, error: &Self::Error, with: &mut dyn FnMut(Values<'_>));

    /// Whether `body` is exactly the body of an error without values; may be `false` nevertheless.
    fn has_body(self, _error: u32, _body: &[u8]) -> bool {
        false
    }
}

/// The format of bodies, and what follows from it.
#[derive(Clone, Copy, Debug)]
pub struct BodyFormat<'t> {
    /// The envelope.
    pub envelope: &'t Envelope<'t>,
    /// What identifies an error.
    pub identity: Identity,
    /// The constant JSON around the code and the message, if bodies contain nothing else.
    pub around: Option<Around<'t>>,
    /// Whether bodies are `{"detail":"…"}`.
    pub is_detail: bool,
    /// Whether bodies have members from which values are read.
    pub has_members: bool,
    /// Whether bodies have a member from which the code is read.
    pub has_codes: bool,
}

impl<'t> BodyFormat<'t> {
    /// The format of an envelope.
    #[must_use]
    pub const fn of(envelope: &'t Envelope<'t>, identity: Identity) -> Self {
        Self {
            envelope,
            identity,
            around: envelope.around(),
            is_detail: envelope.is_detail(),
            has_members: envelope.reads_values(),
            has_codes: envelope.reads_codes(),
        }
    }

    /// Whether members beside the message can name its error, as in problem details.
    #[must_use]
    pub fn has_names_beside(&self) -> bool {
        self.is_detail && self.identity == Identity::Detail
    }
}

/// An error of a catalog, without values.
#[derive(Clone, Copy, Debug)]
pub struct Row<'t> {
    /// Its code, or the name that stands for it.
    pub code: &'t [u8],
    /// Its code in responses, if they contain one.
    pub sent_code: Option<&'t [u8]>,
    /// Its message, or the template of it.
    pub detail: &'t [u8],
    /// Whether its message has values.
    pub has_values: bool,
    /// Its status.
    pub status: u16,
    /// Other statuses with which it may be sent.
    pub other_statuses: &'t [u16],
    /// Whether servers no longer send it.
    pub is_retired: bool,
    /// The error whose message it shares.
    pub same_as: Option<u32>,
    /// The errors that share its message.
    pub aliases: &'t [u32],
    /// Its parameters, and then those of its context.
    pub params: &'t [Parameter<'t>],
    /// How many of them are its own.
    pub own: usize,
    /// Whether it has nothing of what only few errors have, and no other message can be the same text; may be `false`
    /// nevertheless.
    pub is_alone: bool,
}

impl Row<'_> {
    /// Whether `status` is known and the error is sent with it.
    #[inline]
    pub(super) fn has_status(&self, status: Option<u16>) -> bool {
        status.is_some_and(|it| self.status == it || self.other_statuses.contains(&it))
    }

    /// Whether its message is free text.
    pub(super) fn is_free_text(&self) -> bool {
        self.has_values && self.detail == FREE_TEXT.as_bytes()
    }
}

/// A message with values.
#[derive(Clone, Copy, Debug)]
pub struct Message<'t> {
    /// Its error.
    pub error: u32,
    /// How it relates to its error.
    pub role: Role,
    /// The message.
    pub template: &'t Template<'static>,
}
