//! What is unexpected about a response whose message is known.

use alloc::string::String;
use core::fmt;

use crate::CatalogCode;
use crate::catalog::Visible;

/// What is unexpected about a response, although its message is known.
///
/// A note is not a failure: the error is read all the same. Notes are worth a line in the log, since
/// most of them show that server and client have different catalogs.
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
    /// The catalog has the message under another status.
    StatusDiffers {
        /// The status of the error.
        expected: u16,
        /// The status of the response.
        received: u16,
    },
    /// The message is one that the error had before.
    FormerMessage {
        /// The message that it has now, `{name}` where values stand.
        current: &'static str,
    },
    /// The code is that of the error, and the message is none that it has or had: it may be translated, or reworded.
    OtherMessage {
        /// The message that it has in the catalog, `{name}` where values stand.
        current: &'static str,
    },
    /// The error is retired: the server is older than the catalog.
    Retired {
        /// Why it is retired.
        reason: &'static str,
    },
    /// The operation does not list the error, or the section does not hold it. An error that any operation may
    /// give, such as one under 401, is often listed by none: then this says nothing about the catalogs.
    OutOfScope {
        /// The name of the operation or section that was asked for.
        scope: &'static str,
    },
    /// The response names an error that has another message: in the header `x-error-code`, or where the envelope of the
    /// catalog has the code.
    CodeContradicts {
        /// The error that it names.
        named: C,
    },
    /// The response names an error that the catalog does not have.
    CodeUnknown {
        /// What it says, cut after 64 bytes; what is not UTF-8 is replaced by U+FFFD.
        value: String,
    },
    /// Values that stand in members of their own differ from those in the message.
    ValuesDiffer,
    /// The response has no code, and is known by its message.
    NoCode,
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
            Self::NoCode => f.write_str("the response has no code"),
            Self::ByteOrderMark => f.write_str("the body begins with a byte order mark"),
        }
    }
}
