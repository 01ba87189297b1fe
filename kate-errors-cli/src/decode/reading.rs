//! What a client gets, and what it makes of it.

use kate_errors_codegen::catalog::Param;
use kate_errors_model::UnknownReason;

/// What a client gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Response {
    pub(crate) status: u16,
    /// The header field with the code.
    pub(crate) header: Option<String>,
    pub(crate) body: String,
}

/// What a client makes of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    NotAnError,
    Validation,
    Known(Known),
    /// Why the error is not known, and the error that the response names.
    Unknown(UnknownReason, Option<usize>),
}

/// An error that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) row: usize,
    /// The values of its parameters; `None` of those that are missing.
    pub(crate) values: Vec<Option<String>>,
    /// Those of its context, if the response has it.
    pub(crate) context: Option<Vec<Option<String>>>,
    /// The errors for which as much speaks, each as it is read in its own message.
    pub(crate) alternatives: Vec<Self>,
    pub(crate) notes: Vec<Note>,
}

impl Known {
    /// The error, and those for which as much speaks.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.alternatives)
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = usize> {
        self.all().map(|known| known.row)
    }

    /// The values that are there, with their parameters.
    pub(crate) fn values_of<'p>(
        &self,
        params: impl Iterator<Item = &'p Param>,
    ) -> impl Iterator<Item = (&'p Param, &str)> {
        let values = self.values.iter().chain(self.context.iter().flatten());
        params.zip(values).filter_map(|(param, value)| Some((param, value.as_deref()?)))
    }
}

/// What is unexpected about an error that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Note {
    StatusDiffers,
    FormerMessage,
    Retired,
    NoCode,
    CodeContradicts(String),
    CodeUnknown,
    OtherMessage,
    ValuesDiffer,
    MoreErrors,
    ByteOrderMark,
}
