//! The envelope: the JSON around a message.
//!
//! An envelope is data: what is written, piece by piece, and the path on which the message is found when a body is read.
//! Reading checks the syntax of the whole body; other members, their order and white space do not matter.

use alloc::vec::Vec;

use crate::UnknownReason;
use crate::json::{Raw, Scanner};

/// The byte order mark, which RFC 8259, section 8.1 lets readers ignore.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The JSON around a message.
#[derive(Clone, Copy, Debug)]
pub struct Envelope<'e> {
    /// What is written, in order.
    pub pieces: &'e [Piece<'e>],
    /// The name of the member that holds the message.
    pub detail: &'e str,
}

/// A piece of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'e> {
    /// JSON as it is.
    Json(&'e str),
    /// The value of a slot: the inside of a string, or a number.
    Slot(Slot),
}

/// What an error puts into a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// The message.
    Detail,
    /// The status, a number.
    Status,
    /// The name of the status.
    Title,
    /// The address of the error on the reference page.
    DocsUrl,
}

/// A body that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Body<'b> {
    /// The value in the place of the message.
    pub detail: Raw<'b>,
    /// Whether a byte order mark stands before the body.
    pub has_mark: bool,
}

impl Envelope<'static> {
    /// `{"detail":"…"}`, as FastAPI and Django REST framework write it.
    pub const DETAIL: Self = Self {
        pieces: &[Piece::Json("{\"detail\":\""), Piece::Slot(Slot::Detail), Piece::Json("\"}")],
        detail: "detail",
    };

    /// Problem details (RFC 9457): a superset of [`DETAIL`](Self::DETAIL).
    pub const PROBLEM: Self = Self {
        pieces: &[
            Piece::Json("{\"type\":\""),
            Piece::Slot(Slot::DocsUrl),
            Piece::Json("\",\"title\":\""),
            Piece::Slot(Slot::Title),
            Piece::Json("\",\"status\":"),
            Piece::Slot(Slot::Status),
            Piece::Json(",\"detail\":\""),
            Piece::Slot(Slot::Detail),
            Piece::Json("\"}"),
        ],
        detail: "detail",
    };
}

impl Envelope<'_> {
    /// Writes a body; `slot` writes the value of a slot, escaped where it stands in a string.
    ///
    /// ```
    /// use kate_errors_model::envelope::Envelope;
    /// use kate_errors_model::json::push_escaped;
    ///
    /// let mut body = Vec::new();
    /// Envelope::DETAIL.write(&mut body, |_, out| push_escaped("Run \"7\" not found", out));
    /// assert_eq!(body, br#"{"detail":"Run \"7\" not found"}"#);
    /// ```
    pub fn write(&self, out: &mut Vec<u8>, mut slot: impl FnMut(Slot, &mut Vec<u8>)) {
        for piece in self.pieces {
            match piece {
                Piece::Json(json) => out.extend_from_slice(json.as_bytes()),
                Piece::Slot(which) => slot(*which, out),
            }
        }
    }

    /// How many bytes are written around the values.
    #[must_use]
    pub fn size(&self) -> usize {
        let size = |piece: &Piece<'_>| match piece {
            Piece::Json(json) => json.len(),
            Piece::Slot(_) => 0,
        };
        self.pieces.iter().map(size).sum()
    }

    /// What stands where the message does in a body that is written as here, and perhaps ends with white space.
    /// Whether it is the inside of a string has not been looked at.
    #[must_use]
    #[inline]
    pub fn inside<'b>(&self, body: &'b [u8]) -> Option<&'b [u8]> {
        let [Piece::Json(head), Piece::Slot(Slot::Detail), Piece::Json(tail)] = self.pieces else {
            return None;
        };
        let inside = body.strip_prefix(head.as_bytes())?;
        if let Some(inside) = inside.strip_suffix(tail.as_bytes()) {
            return Some(inside);
        }
        let end = inside.iter().rposition(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))?;
        inside.get(..=end)?.strip_suffix(tail.as_bytes())
    }

    /// Reads any body of this envelope.
    ///
    /// ```
    /// use kate_errors_model::envelope::Envelope;
    ///
    /// let body = Envelope::DETAIL.read(b" {\"request\": 7, \"detail\": \"Run not found\"}\n")?;
    /// assert_eq!(body.detail.string().unwrap().inside, "Run not found");
    /// # Ok::<(), kate_errors_model::UnknownReason>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Why there is no such value: the body is not JSON, not whole, of another shape.
    pub fn read<'b>(&self, body: &'b [u8]) -> Result<Body<'b>, UnknownReason> {
        let unmarked = body.strip_prefix(BYTE_ORDER_MARK);
        let rest = unmarked.unwrap_or(body);
        let start = body.len() - rest.len();
        let text = core::str::from_utf8(rest).map_err(|error| self.invalid(rest, start, error))?;
        let detail = self.read_text(text).map_err(|reason| reason.shift(start))?;
        Ok(Body { detail, has_mark: unmarked.is_some() })
    }

    /// A body that is cut off in the middle of a character is cut off in the first place.
    fn invalid(&self, bytes: &[u8], start: usize, error: core::str::Utf8Error) -> UnknownReason {
        let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let is_cut = error.error_len().is_none();
        let text = core::str::from_utf8(valid).unwrap_or_default();
        if is_cut && self.read_text(text) == Err(UnknownReason::Truncated) {
            return UnknownReason::Truncated;
        }
        UnknownReason::InvalidUtf8 { at: start + error.valid_up_to() }
    }

    fn read_text<'b>(&self, text: &'b str) -> Result<Raw<'b>, UnknownReason> {
        let mut scanner = Scanner::new(text);
        scanner.skip_space();
        match scanner.peek() {
            None => Err(UnknownReason::Empty),
            Some(b'{') => self.object(&mut scanner),
            Some(_) => {
                scanner.value(0)?;
                // `500 Internal Server Error` begins as a number does.
                end(&mut scanner).map_err(|_| UnknownReason::NotJson { at: scanner.at() })?;
                Err(UnknownReason::NotAnObject)
            }
        }
    }

    fn object<'b>(&self, scanner: &mut Scanner<'b>) -> Result<Raw<'b>, UnknownReason> {
        scanner.require(b'{')?;
        let (mut detail, mut is_duplicate) = (None, false);
        scanner.skip_space();
        if !scanner.eat(b'}') {
            loop {
                scanner.skip_space();
                let is_detail = scanner.eat_name(self.detail)? || scanner.name()?.is(self.detail);
                let value = scanner.value(1)?;
                if is_detail {
                    is_duplicate |= detail.replace(value).is_some();
                }
                scanner.skip_space();
                if !scanner.eat(b',') {
                    break;
                }
            }
            scanner.require(b'}')?;
        }
        end(scanner)?;
        match detail {
            Some(_) if is_duplicate => Err(UnknownReason::DuplicateDetail),
            Some(detail) => Ok(detail),
            None => Err(UnknownReason::NoDetail),
        }
    }
}

fn end(scanner: &mut Scanner<'_>) -> Result<(), UnknownReason> {
    scanner.skip_space();
    match scanner.peek() {
        None => Ok(()),
        Some(_) => Err(UnknownReason::TrailingBytes { at: scanner.at() }),
    }
}
