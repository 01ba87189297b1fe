//! The result of decoding a body, for any source.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use kate_errors_model::UnknownReason;

use crate::Validation;

/// What a body says. Errors without values are numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading<T> {
    /// A known error. Usually there is nothing to note.
    Known(T, Option<Box<Noted<T>>>),
    /// A list of invalid fields in place of the message.
    Validation(Validation),
    /// No known error: the reason, and the error whose code the response has.
    Unknown(UnknownReason, Option<u32>),
    /// A response that is not an error.
    NotAnError,
}

/// The other errors that a known error could be, and what is unexpected about the response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted<T, N = Remark> {
    /// The errors with the same message and the same rank.
    pub alternatives: Vec<T>,
    /// What is unexpected.
    pub notes: Vec<N>,
}

/// Something unexpected about the response of a known error: the kind of a [`Note`](crate::Note).
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "`Note` documents them")]
pub enum Remark {
    StatusDiffers,
    FormerMessage,
    OtherMessage,
    Retired,
    OutOfScope,
    CodeContradicts(u32),
    CodeUnknown(String),
    ValuesDiffer,
    PlacesDiffer,
    NoCode,
    MoreErrors,
    ByteOrderMark,
}

impl<T, N> Noted<T, N> {
    pub(super) fn of(alternatives: Vec<T>, notes: Vec<N>) -> Option<Box<Self>> {
        let is_empty = alternatives.is_empty() && notes.is_empty();
        (!is_empty).then(|| Box::new(Self { alternatives, notes }))
    }
}

impl<T> Reading<T> {
    /// Adds a remark to a known error.
    pub(super) fn with(mut self, remark: Option<Remark>) -> Self {
        if let (Self::Known(_, noted), Some(remark)) = (&mut self, remark) {
            let none = || Box::new(Noted { alternatives: Vec::new(), notes: Vec::new() });
            noted.get_or_insert_with(none).notes.push(remark);
        }
        self
    }
}
