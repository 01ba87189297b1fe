//! Why a response is not in the catalog.

use core::fmt;

use crate::json::{Fault, Kind, MAX_DEPTH};

/// Why a body is not an error of the catalog.
///
/// ```
/// use kate_errors_model::UnknownReason;
/// use kate_errors_model::envelope::Envelope;
///
/// let reason = |body| Envelope::DETAIL.find(body).unwrap_err();
/// assert_eq!(reason(b""), UnknownReason::Empty);
/// assert_eq!(reason(b"<html>"), UnknownReason::NotJson { at: 0 });
/// assert_eq!(reason(br#"{"detail":"Run not fo"#), UnknownReason::Truncated);
/// assert_eq!(UnknownReason::NoDetail.to_string(), "the body has no message");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnknownReason {
    /// The message is not in the catalog.
    OtherMessage,
    /// The body is empty, or white space.
    Empty,
    /// The body is not JSON (RFC 8259).
    NotJson {
        /// The offset of the first invalid byte.
        at: usize,
    },
    /// The body is an incomplete JSON text.
    Truncated,
    /// There is other text after the JSON text.
    TrailingBytes {
        /// The offset of its first byte.
        at: usize,
    },
    /// The body is not UTF-8 (RFC 3629).
    InvalidUtf8 {
        /// The offset of the first invalid byte.
        at: usize,
    },
    /// The body is longer than a client reads, see [`MAX_BODY`](crate::MAX_BODY).
    TooLarge {
        /// The known length of the body in bytes.
        length: usize,
    },
    /// Arrays and objects are nested too deeply, see [`MAX_DEPTH`](crate::json::MAX_DEPTH). Such a body may be invalid
    /// JSON as well.
    TooDeep,
    /// The body is JSON, but not an object.
    NotAnObject,
    /// The object has no message: by default, no member `detail`.
    NoDetail,
    /// The object has its message more than once.
    DuplicateDetail,
    /// The body has a duplicate member on the path to its message or code.
    DuplicateMember,
    /// The body has no code, and the code identifies errors.
    NoCode,
    /// The code is not in the catalog, and the code identifies errors.
    OtherCode,
    /// The message is `null`, a boolean or a number.
    OtherKind(Kind),
    /// The message contains half of a surrogate pair, so it is not text (RFC 8259, section 8.2).
    LoneSurrogate,
    /// The message is in the catalog, but a value that the error has in a member is missing or invalid.
    MissingValue,
}

impl From<Fault> for UnknownReason {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Truncated => Self::Truncated,
            Fault::Syntax(at) => Self::NotJson { at },
            Fault::TooDeep => Self::TooDeep,
        }
    }
}

impl UnknownReason {
    /// Whether the body has the place of the message or code that identifies errors. Then it is an error even if
    /// the status is a success.
    #[must_use]
    pub const fn is_of_an_error(self) -> bool {
        use UnknownReason::{
            DuplicateDetail, DuplicateMember, LoneSurrogate, MissingValue, OtherCode, OtherMessage,
        };
        let is_known_in_part = matches!(self, OtherMessage | OtherCode | MissingValue);
        is_known_in_part || matches!(self, DuplicateDetail | DuplicateMember | LoneSurrogate)
    }

    /// Shifts offsets to those in a text that begins `start` bytes later.
    pub(crate) fn shift(self, start: usize) -> Self {
        match self {
            Self::NotJson { at } => Self::NotJson { at: at + start },
            Self::TrailingBytes { at } => Self::TrailingBytes { at: at + start },
            other => other,
        }
    }
}

impl fmt::Display for UnknownReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherMessage => f.write_str("the message is not in the catalog"),
            Self::Empty => f.write_str("the body is empty"),
            Self::NotJson { at } => write!(f, "the body is not JSON, see byte {at}"),
            Self::Truncated => f.write_str("the body is cut off"),
            Self::TrailingBytes { at } => {
                write!(f, "the body holds more than one JSON text, see byte {at}")
            }
            Self::InvalidUtf8 { at } => write!(f, "the body is not UTF-8, see byte {at}"),
            Self::TooLarge { length } => {
                let limit = crate::MAX_BODY;
                write!(f, "the body has {length} bytes, and at most {limit} are read")
            }
            Self::TooDeep => write!(f, "the body has more than {MAX_DEPTH} levels"),
            Self::NotAnObject => f.write_str("the body is JSON, but not an object"),
            Self::NoDetail => f.write_str("the body has no message"),
            Self::DuplicateDetail => f.write_str("the body has its message more than once"),
            Self::DuplicateMember => {
                f.write_str("the body has a member around its message or code more than once")
            }
            Self::NoCode => f.write_str("the body has no code"),
            Self::OtherCode => f.write_str("the code is not in the catalog"),
            Self::OtherKind(kind) => write!(f, "the message is {kind}"),
            Self::LoneSurrogate => f.write_str("the message holds half of a surrogate pair"),
            Self::MissingValue => {
                f.write_str("the message is known, but a value beside it is missing or invalid")
            }
        }
    }
}
