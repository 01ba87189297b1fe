//! The result of decoding a response.

use core::fmt;

use kate_errors_model::UnknownReason;

use crate::{CatalogError, Notes, Validation};

/// The result of decoding a response.
///
/// ```
/// use kate_errors::{Outcome, KateError};
///
/// fn what_to_do(status: u16, body: &[u8]) -> String {
///     match KateError::decode(status, body).outcome() {
///         Outcome::Known { error, .. } => error.fix().into_owned(),
///         Outcome::Validation(validation) => format!("correct the request: {validation}"),
///         Outcome::Unknown(unknown) => format!("ask the server's owner: {unknown}"),
///         Outcome::NotAnError => "carry on".to_owned(),
///     }
/// }
///
/// assert_eq!(what_to_do(404, br#"{"detail":"Run not found"}"#), "Check the run ID");
/// assert_eq!(what_to_do(502, b""), "ask the server's owner: the body is empty");
/// assert_eq!(what_to_do(200, br#"{"detail":"Artifact deleted"}"#), "carry on");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome<E: CatalogError> {
    /// The response is an error of the catalog.
    Known {
        /// The error with its values. If several errors share the message and nothing tells them apart, it is the
        /// error that the others name with `same_as`.
        error: E,
        /// The other errors that it could be, and what is unexpected about the response.
        notes: Notes<E>,
    },
    /// `detail` lists what is wrong with the request, and no code identifies the error.
    Validation(Validation),
    /// The response is not in the catalog.
    Unknown(Unknown<E::Code>),
    /// The response is not an error: its status is 1xx, 2xx or 3xx (RFC 9110, section 15). If errors of the
    /// catalog are sent with a success status, such a response is only an error if its body is one.
    NotAnError,
}

/// A response that is not in the catalog.
///
/// ```
/// use kate_errors::{KateError, KateErrorCode, UnknownReason};
///
/// let decoder = KateError::decoder().error_code(Some("run_not_found"));
/// let received = decoder.decode(404, br#"{"detail":"No such run"}"#);
/// let unknown = received.unknown().unwrap();
/// assert_eq!(unknown.reason(), UnknownReason::OtherMessage);
/// assert_eq!(unknown.named(), Some(KateErrorCode::RunNotFound));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unknown<C> {
    reason: UnknownReason,
    named: Option<C>,
}

impl<C: Copy> Unknown<C> {
    pub(crate) fn new(reason: UnknownReason, named: Option<C>) -> Self {
        Self { reason, named }
    }
    /// Why it is not in the catalog.
    ///
    /// ```
    /// # use kate_errors::{KateError, UnknownReason};
    /// let received = KateError::decode(502, b"");
    /// assert_eq!(received.unknown().unwrap().reason(), UnknownReason::Empty);
    /// ```
    #[must_use]
    pub fn reason(&self) -> UnknownReason {
        self.reason
    }

    /// The error whose code is in the header `x-error-code` or in the body, if any. The received message is not
    /// one of its messages, or is missing.
    ///
    /// ```
    /// # use kate_errors::KateError;
    /// let received = KateError::decode(404, br#"{"detail":"No such run"}"#);
    /// assert_eq!(received.unknown().unwrap().named(), None);
    /// ```
    #[must_use]
    pub fn named(&self) -> Option<C> {
        self.named
    }
}

impl<C: fmt::Display> fmt::Display for Unknown<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.reason, f)?;
        match &self.named {
            Some(named) => write!(f, ", and the response names `{named}`"),
            None => Ok(()),
        }
    }
}
