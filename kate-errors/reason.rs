//! Why a response is none that the catalog knows.

use core::fmt;

/// Why a body holds no sentence of the catalog.
///
/// The limits are those of the library: 64 KiB of body, and 128 arrays and objects in one another.
///
/// ```
/// use kate_errors::{KateError, UnknownReason};
///
/// let reason = |body: &'static [u8]| KateError::decode(502, body).unknown().unwrap().reason();
/// assert_eq!(reason(b""), UnknownReason::Empty);
/// assert_eq!(reason(b"<html>"), UnknownReason::NotJson { at: 0 });
/// assert_eq!(reason(br#"{"detail":"Run not fo"#), UnknownReason::Truncated);
/// assert_eq!(reason(br#"{"error":"Run not found"}"#), UnknownReason::NoDetail);
/// assert_eq!(reason(br#"{"detail":"Nobody home"}"#), UnknownReason::OtherMessage);
/// assert_eq!(UnknownReason::NoDetail.to_string(), "the body has no member `detail`");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnknownReason {
    /// The sentence is not in the catalog. [`Decoded::nearest`](crate::Decoded::nearest) names the row
    /// that is most like it.
    OtherMessage,
    /// The body is empty, or white space.
    Empty,
    /// The body is not JSON (RFC 8259).
    NotJson {
        /// The place of the first byte that cannot stand there.
        at: usize,
    },
    /// The body is the beginning of a JSON text.
    Truncated,
    /// Something stands behind the JSON text.
    TrailingBytes {
        /// The place of its first byte.
        at: usize,
    },
    /// The body is not UTF-8 (RFC 3629).
    InvalidUtf8 {
        /// The place of the first byte that is wrong.
        at: usize,
    },
    /// The body is longer than 64 KiB.
    TooLarge {
        /// Its length in bytes.
        length: usize,
    },
    /// More than 128 arrays and objects stand in one another.
    TooDeep,
    /// The body is JSON, and not an object.
    NotAnObject,
    /// The object has no member `detail`.
    NoDetail,
    /// The object has more than one member `detail`.
    DuplicateDetail,
    /// `detail` is `null`, a boolean or a number.
    OtherKind(DetailKind),
    /// `detail` holds half of a surrogate pair, so it is no text (RFC 8259, section 8.2).
    LoneSurrogate,
}

/// What a `detail` is that is neither a sentence nor a list of what is wrong with a request.
///
/// ```
/// use kate_errors::{DetailKind, KateError, UnknownReason};
///
/// let received = KateError::decode(400, br#"{"detail":42}"#);
/// assert_eq!(received.unknown().unwrap().reason(), UnknownReason::OtherKind(DetailKind::Number));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DetailKind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number.
    Number,
}

impl fmt::Display for DetailKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
        })
    }
}

impl fmt::Display for UnknownReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherMessage => f.write_str("the sentence is not in the catalog"),
            Self::Empty => f.write_str("the body is empty"),
            Self::NotJson { at } => write!(f, "the body is not JSON, see byte {at}"),
            Self::Truncated => f.write_str("the body is cut off"),
            Self::TrailingBytes { at } => {
                write!(f, "more than one JSON text is in the body, see byte {at}")
            }
            Self::InvalidUtf8 { at } => write!(f, "the body is not UTF-8, see byte {at}"),
            Self::TooLarge { length } => {
                write!(f, "the body has {length} bytes, and at most 65536 are read")
            }
            Self::TooDeep => f.write_str("the body has more than 128 levels"),
            Self::NotAnObject => f.write_str("the body is JSON, but not an object"),
            Self::NoDetail => f.write_str("the body has no member `detail`"),
            Self::DuplicateDetail => f.write_str("the body has `detail` more than once"),
            Self::OtherKind(kind) => write!(f, "`detail` is {kind}"),
            Self::LoneSurrogate => f.write_str("`detail` holds half of a surrogate pair"),
        }
    }
}
