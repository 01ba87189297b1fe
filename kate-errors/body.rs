//! The body of a response: where its sentence stands.

use crate::json::{Fault, Raw, Scanner};
use crate::reason::UnknownReason;

/// The longest body that is read, in bytes.
pub(crate) const MAX_LENGTH: usize = 64 * 1024;

/// U+FEFF in UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// What stands before the sentence in a body of ours.
pub(crate) const HEAD: &str = "{\"detail\":\"";

/// What stands behind it.
pub(crate) const TAIL: &str = "\"}";

/// What a body says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Body<'b> {
    /// The value of its member `detail`.
    pub(crate) detail: Raw<'b>,
    /// Whether it begins with a byte order mark.
    pub(crate) has_mark: bool,
}

/// What stands between the quotes of a body that is `{"detail":"…"}`, or the same with a blank behind
/// the colon, as Python's `json` writes it. It may hold anything.
pub(crate) fn envelope(body: &[u8]) -> Option<&[u8]> {
    match body.strip_prefix(b"{\"detail\":")? {
        [b'"', inside @ .., b'"', b'}'] | [b' ', b'"', inside @ .., b'"', b'}'] => Some(inside),
        _ => None,
    }
}

/// The sentence of a body of ours in which nothing is escaped.
pub(crate) fn sentence(body: &str) -> &str {
    let inside = body.strip_prefix(HEAD).and_then(|rest| rest.strip_suffix(TAIL));
    inside.unwrap_or_default()
}

/// Reads a body (RFC 8259).
pub(crate) fn read(body: &[u8]) -> Result<Body<'_>, UnknownReason> {
    if body.len() > MAX_LENGTH {
        return Err(UnknownReason::TooLarge { length: body.len() });
    }
    let unmarked = body.strip_prefix(BYTE_ORDER_MARK);
    let rest = unmarked.unwrap_or(body);
    let start = body.len() - rest.len();
    let text = core::str::from_utf8(rest).map_err(|error| invalid(rest, start, &error))?;
    let detail = detail(text).map_err(|reason| shift(reason, start))?;
    Ok(Body { detail, has_mark: unmarked.is_some() })
}

/// Why bytes are not UTF-8: they may be a text that is cut within a character.
fn invalid(bytes: &[u8], start: usize, error: &core::str::Utf8Error) -> UnknownReason {
    let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
    let is_cut = error.error_len().is_none();
    let text = core::str::from_utf8(valid).unwrap_or_default();
    if is_cut && detail(text) == Err(UnknownReason::Truncated) {
        return UnknownReason::Truncated;
    }
    UnknownReason::InvalidUtf8 { at: start + error.valid_up_to() }
}

/// Counts places from the beginning of the body.
fn shift(reason: UnknownReason, start: usize) -> UnknownReason {
    match reason {
        UnknownReason::NotJson { at } => UnknownReason::NotJson { at: at + start },
        UnknownReason::TrailingBytes { at } => UnknownReason::TrailingBytes { at: at + start },
        other => other,
    }
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

/// The value of the member `detail` of the object that `text` is.
fn detail(text: &str) -> Result<Raw<'_>, UnknownReason> {
    let mut scanner = Scanner::new(text);
    scanner.blanks();
    match scanner.peek() {
        None => Err(UnknownReason::Empty),
        Some(b'{') => object(&mut scanner),
        Some(_) => {
            scanner.value(0)?;
            // `500 Internal Server Error` begins as a number does.
            end(&mut scanner).map_err(|_| UnknownReason::NotJson { at: scanner.at() })?;
            Err(UnknownReason::NotAnObject)
        }
    }
}

fn object<'b>(scanner: &mut Scanner<'b>) -> Result<Raw<'b>, UnknownReason> {
    scanner.expect(b'{')?;
    let (mut detail, mut count) = (None, 0);
    scanner.blanks();
    if !scanner.eat(b'}') {
        loop {
            let is_detail = scanner.name()?.is("detail");
            let value = scanner.value(1)?;
            if is_detail {
                detail = Some(value);
                count += 1;
            }
            scanner.blanks();
            if !scanner.eat(b',') {
                break;
            }
        }
        scanner.expect(b'}')?;
    }
    end(scanner)?;
    match detail {
        Some(_) if count > 1 => Err(UnknownReason::DuplicateDetail),
        Some(detail) => Ok(detail),
        None => Err(UnknownReason::NoDetail),
    }
}

fn end(scanner: &mut Scanner<'_>) -> Result<(), UnknownReason> {
    scanner.blanks();
    match scanner.peek() {
        None => Ok(()),
        Some(_) => Err(UnknownReason::TrailingBytes { at: scanner.at() }),
    }
}
