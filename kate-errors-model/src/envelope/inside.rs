//! What stands in a body that is written as its envelope writes it: comparing bytes is quicker than parsing them.

use super::{Content, Envelope, Form, Piece, Slot};
use crate::json::plain_run;

/// What stands in a body where the code and the message do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Insides<'b> {
    /// The code.
    pub code: &'b [u8],
    /// In place of the message. Whether it is the inside of a string has not been looked at.
    pub detail: &'b [u8],
}

impl Envelope<'_> {
    /// What stands where the message does in a body that is written as here, and perhaps ends with white space.
    /// Whether it is the inside of a string has not been looked at.
    #[must_use]
    #[inline]
    pub fn inside<'b>(&self, body: &'b [u8]) -> Option<&'b [u8]> {
        let [Piece::Json(head), Piece::Slot(Slot::Detail, Form::Inside), Piece::Json(tail)] =
            self.pieces
        else {
            return None;
        };
        let inside = strip_end(body.strip_prefix(head.as_bytes())?, tail)?;
        (!self.has_open_affixes()).then_some(inside)
    }

    /// The same of a body that has a code before the message: a string in which nothing is escaped.
    ///
    /// ```
    /// use kate_errors_model::envelope::{Insides, Parts};
    ///
    /// let parts = Parts::new(r#"{"error":{"code":"{code}","message":"{detail}"}}"#).unwrap();
    /// let body = br#"{"error":{"code":"run_gone","message":"Run not found"}}"#;
    /// let insides = Insides { code: b"run_gone", detail: b"Run not found" };
    /// assert_eq!(parts.envelope().insides(body), Some(insides));
    /// ```
    #[must_use]
    #[inline]
    pub fn insides<'b>(&self, body: &'b [u8]) -> Option<Insides<'b>> {
        let [Piece::Json(head), Piece::Slot(Slot::Code, form), between, detail, Piece::Json(tail)] =
            self.pieces
        else {
            return None;
        };
        let (Piece::Json(between), Piece::Slot(Slot::Detail, Form::Inside)) = (between, detail)
        else {
            return None;
        };
        let inside = strip_end(body.strip_prefix(head.as_bytes())?, tail)?;
        // The quotes of a string stand in the JSON around it, or here.
        let quotes = *form == Form::Value;
        let inside = if quotes { inside.strip_prefix(b"\"")? } else { inside };
        let (code, rest) = inside.split_at_checked(plain_run(inside))?;
        let rest = if quotes { rest.strip_prefix(b"\"")? } else { rest };
        let detail = rest.strip_prefix(between.as_bytes())?;
        (!self.has_open_affixes()).then_some(Insides { code, detail })
    }

    /// Whether a string is read of which only a part is the value.
    #[inline]
    fn has_open_affixes(&self) -> bool {
        self.places.iter().any(|place| match &place.content {
            Content::Slot(leaf) => leaf.before.is_open || leaf.after.is_open,
            _ => false,
        })
    }
}

/// Takes off the end of a body, and white space behind it.
#[inline]
fn strip_end<'b>(inside: &'b [u8], tail: &str) -> Option<&'b [u8]> {
    if let Some(inside) = inside.strip_suffix(tail.as_bytes()) {
        return Some(inside);
    }
    let end = inside.iter().rposition(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))?;
    inside.get(..=end)?.strip_suffix(tail.as_bytes())
}
