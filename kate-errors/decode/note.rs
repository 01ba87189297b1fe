//! What is unexpected about the response of a known error.

use alloc::string::String;
use core::fmt;

use crate::CatalogCode;
use crate::catalog::Visible;

/// Something unexpected about a response whose error is known.
///
/// A note is not a failure: the error is still known. Log notes, since most of them show that server and client
/// have different catalogs.
///
/// ```
/// use kate_errors::{Note, KateError};
///
/// let received = KateError::decode(400, br#"{"detail":"Run not found"}"#);
/// assert_eq!(received.known(), Some(&KateError::RunNotFound));
/// assert_eq!(received.notes(), [Note::StatusDiffers { expected: 404, received: 400 }]);
/// assert_eq!(received.notes()[0].to_string(), "the status is 400 instead of 404");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note<C> {
    /// In the catalog, the error has another status.
    StatusDiffers {
        /// The status of the error.
        expected: u16,
        /// The status of the response.
        received: u16,
    },
    /// The message is a former message of the error.
    FormerMessage {
        /// The current message, with `{name}` for values.
        current: &'static str,
    },
    /// The code is that of the error, but the message is neither its current nor a former one: it may be translated
    /// or reworded.
    OtherMessage {
        /// The message in the catalog, with `{name}` for values.
        current: &'static str,
    },
    /// The error is retired: the server is older than the catalog.
    Retired {
        /// Why it is retired.
        reason: &'static str,
    },
    /// The operation does not list the error, or the error is in another section. Often, no operation lists an
    /// error that any operation can respond with, such as one with 401. Then this note says nothing about the
    /// catalogs.
    OutOfScope {
        /// The name of the operation or section.
        scope: &'static str,
    },
    /// The response has the code of another error: in the header `x-error-code`, or where the envelope of the
    /// catalog has the code.
    CodeContradicts {
        /// The error with this code.
        named: C,
    },
    /// The response has a code that is not in the catalog.
    CodeUnknown {
        /// The code, truncated to 64 bytes. Invalid UTF-8 is replaced by U+FFFD.
        value: String,
    },
    /// A value with its own member in the body differs from the one in the message.
    ValuesDiffer,
    /// The body has two places for the same value, with different values. The first one in the template counts.
    PlacesDiffer,
    /// The response has no code, and is identified by its message.
    NoCode,
    /// The body lists another error too: see [`Decoded::others`](crate::Decoded::others).
    MoreErrors,
    /// The body begins with a byte order mark, which RFC 8259, section 8.1 forbids.
    ByteOrderMark,
}

impl<C: CatalogCode> fmt::Display for Note<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::StatusDiffers { expected, received } => {
                write!(f, "the status is {received} instead of {expected}")
            }
            Self::FormerMessage { current } => {
                write!(f, "this is a former message; now it is “{current}”")
            }
            Self::OtherMessage { current } => {
                write!(f, "the message is another one than “{current}”")
            }
            Self::Retired { reason } => write!(f, "the error is retired: {reason}"),
            Self::OutOfScope { scope } => write!(f, "`{scope}` does not list the error"),
            Self::CodeContradicts { named } => {
                write!(f, "the response names another error, `{named}`")
            }
            Self::CodeUnknown { value } => {
                write!(f, "the response names no error of the catalog: {}", Visible(value))
            }
            Self::ValuesDiffer => {
                f.write_str("the message has other values than members of their own")
            }
            Self::PlacesDiffer => f.write_str("two places of the body have different values"),
            Self::MoreErrors => f.write_str("the body lists more errors"),
            Self::NoCode => f.write_str("the response has no code"),
            Self::ByteOrderMark => f.write_str("the body begins with a byte order mark"),
        }
    }
}
