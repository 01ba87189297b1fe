//! The error whose message is most similar to an unknown one.

use alloc::vec::Vec;
use core::fmt;

use super::likeness::{Likeness, Text};
use crate::CatalogCode;
use crate::catalog::table::Message;

/// The error with the message most similar to the received one, and the differences. See
/// [`Decoded::nearest`](crate::Decoded::nearest).
///
/// ```
/// use kate_errors::KateError;
///
/// let received = KateError::decode(404, br#"{"detail":"Run  not found"}"#);
/// let nearest = received.nearest().unwrap();
/// assert_eq!(nearest.to_string(), "nearest is `run_not_found`: white space differs");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearest<C> {
    code: C,
    differences: Vec<Difference>,
}

/// A difference between a received message and that of an error.
///
/// ```
/// use kate_errors::{Difference, KateError};
///
/// let body = br#"{"detail":"Insufficient token balance. Required: 007, available: few"}"#;
/// let received = KateError::decode(402, body);
/// let nearest = received.nearest().unwrap();
/// let names = ["required", "available"];
/// let differences = names.map(|name| Difference::Parameter { name, expected: "u64" });
/// assert_eq!(nearest.differences(), differences);
/// assert_eq!(differences[0].to_string(), "`required` is not a valid u64");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Difference {
    /// Upper and lower case.
    Case,
    /// White space.
    WhiteSpace,
    /// The full stop at the end.
    FullStop,
    /// The text in place of a parameter is not a valid value of its type, or is spelled differently.
    Parameter {
        /// The name of the parameter.
        name: &'static str,
        /// The name of its type.
        expected: &'static str,
    },
    /// Other letters.
    Letters {
        /// How many of them must change.
        count: usize,
    },
}

impl<C: CatalogCode> Nearest<C> {
    /// The code of the error.
    ///
    /// ```
    /// # use kate_errors::{KateError, KateErrorCode};
    /// let received = KateError::decode(404, br#"{"detail":"run not found"}"#);
    /// assert_eq!(received.nearest().unwrap().code(), KateErrorCode::RunNotFound);
    /// ```
    #[must_use]
    pub fn code(&self) -> C {
        self.code
    }

    /// The differences. They are empty if the error has exactly this message, but errors are not identified by message.
    ///
    /// ```
    /// # use kate_errors::{Difference, KateError};
    /// let received = KateError::decode(404, br#"{"detail":"run not found"}"#);
    /// assert_eq!(received.nearest().unwrap().differences(), [Difference::Case]);
    /// ```
    #[must_use]
    pub fn differences(&self) -> &[Difference] {
        &self.differences
    }
}

impl<C: CatalogCode> fmt::Display for Nearest<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "nearest is `{}`: ", self.code)?;
        if self.differences.is_empty() {
            return f.write_str("it has this message");
        }
        for (index, difference) in self.differences.iter().enumerate() {
            write!(f, "{}{difference}", if index == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Case => f.write_str("capital letters differ"),
            Self::WhiteSpace => f.write_str("white space differs"),
            Self::FullStop => f.write_str("the full stop at the end differs"),
            Self::Parameter { name, expected } => write!(f, "`{name}` is not a valid {expected}"),
            Self::Letters { count: 1 } => f.write_str("one letter differs"),
            Self::Letters { count } => write!(f, "{count} letters differ"),
        }
    }
}

/// Returns the error whose message is most similar to `message`.
pub(crate) fn nearest<C: CatalogCode>(message: &str) -> Option<Nearest<C>> {
    let table = C::TABLE;
    let mut best: Option<(Likeness, u32)> = None;
    let mut weigh = |first, segments, error: u32| {
        let text = Text { first, segments };
        let found = Likeness::of(text, message, best.as_ref().map(|(best, _)| best.cost));
        best = found.map(|likeness| (likeness, error)).or(best);
    };
    for (at, error) in (0..).zip(table.errors) {
        let extras = error.extras();
        if extras.same_as.is_none() && extras.detail.is_none() {
            weigh(error.detail(), &[], at);
        }
    }
    for (error, former) in table.former {
        weigh(former, &[], *error);
    }
    for Message { error, template, .. } in table.messages {
        weigh(&template.first, &template.segments, *error);
    }
    let (likeness, error) = best?;
    let params = table.error(error)?.extras().params;
    let differences = likeness.differences(message, params);
    let code = *C::ALL.get(error as usize)?;
    // If errors are not identified by message, or have values beside it, the message of an unknown response can be that
    // of an error.
    let is_other =
        !differences.is_empty() || !C::IDENTITY.is_by_detail() || C::ENVELOPE.reads_values();
    is_other.then_some(Nearest { code, differences })
}
