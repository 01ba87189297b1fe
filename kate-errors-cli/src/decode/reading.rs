//! Responses, and the results of decoding them.

use kate_errors::__private::decode;
pub(crate) use kate_errors::__private::decode::Remark as Note;
use kate_errors_codegen::catalog::Param;

/// A response as a client receives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Response {
    pub(crate) status: u16,
    /// The value of the header field with the code.
    pub(crate) header: Option<String>,
    pub(crate) body: String,
}

/// The result of decoding a response, as the library has it. What it notes about an error is moved to the error.
pub(crate) type Reading = decode::Reading<Known>;

/// A decoded error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) row: usize,
    /// The values of its parameters; `None` for missing ones.
    pub(crate) values: Vec<Option<String>>,
    /// The values of its context, if the response has it.
    pub(crate) context: Option<Vec<Option<String>>>,
    /// Equally ranked errors, each decoded from its own message.
    pub(crate) alternatives: Vec<Self>,
    pub(crate) notes: Vec<Note>,
}

/// Whether a response names no error, so that a list of fields is all that it says.
pub(crate) fn names_no_error(reading: &Reading) -> bool {
    match reading {
        Reading::Validation(_) => true,
        Reading::Unknown(reason, named) => named.is_none() && !reason.is_of_an_error(),
        Reading::Known(..) | Reading::NotAnError => false,
    }
}

/// Moves what was noted to the error.
pub(super) fn noted(mut reading: Reading) -> Reading {
    if let Reading::Known(known, noted) = &mut reading
        && let Some(noted) = noted.take()
    {
        (known.alternatives, known.notes) = (noted.alternatives, noted.notes);
    }
    reading
}

impl Known {
    /// Returns the error and its alternatives.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.alternatives)
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = usize> {
        self.all().map(|known| known.row)
    }

    /// Returns the values that are present, with their parameters.
    pub(crate) fn values_of<'p>(
        &self,
        params: impl Iterator<Item = &'p Param>,
    ) -> impl Iterator<Item = (&'p Param, &str)> {
        let values = self.values.iter().chain(self.context.iter().flatten());
        params.zip(values).filter_map(|(param, value)| Some((param, value.as_deref()?)))
    }
}
