//! Bodies written exactly as their envelope writes them: comparing bytes is faster than parsing them.

use super::{Content, Envelope, Form, Piece, Slot};
use crate::json::run_before_quote;

/// The code and the message as they are in a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Insides<'b> {
    /// The body, without white space at its end.
    pub body: &'b [u8],
    /// The code up to the first quote; `None` if bodies have no code. It was not checked that nothing in it is escaped.
    pub code: Option<&'b [u8]>,
    /// The text in place of the message. It was not checked that this is the inside of a string.
    pub detail: &'b [u8],
}

/// Whether two texts are equal.
const fn are_same(left: &str, right: &str) -> bool {
    let (mut left, mut right) = (left.as_bytes(), right.as_bytes());
    while let ([a, rest_of_left @ ..], [b, rest_of_right @ ..]) = (left, right) {
        if *a != *b {
            return false;
        }
        (left, right) = (rest_of_left, rest_of_right);
    }
    left.is_empty() && right.is_empty()
}

/// The JSON around a message, or around a code and the message after it, if bodies contain nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Around<'e> {
    head: &'e str,
    code: Option<Between<'e>>,
    tail: &'e str,
}

/// The JSON between a code and a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Between<'e> {
    /// Whether the quotes around the code are missing in the JSON before and after it.
    has_quotes: bool,
    json: &'e str,
}

impl Around<'_> {
    /// Extracts the code and the message from a body that is written as its envelope writes it, except for white
    /// space at the end.
    ///
    /// ```
    /// use kate_errors_codegen::envelope::Parts;
    /// use kate_errors_model::envelope::Insides;
    ///
    /// let parts = Parts::new(r#"{"error":{"code":"{code}","message":"{detail}"}}"#).unwrap();
    /// let body = br#"{"error":{"code":"run_gone","message":"Run not found"}}"#;
    /// let insides = Insides { body, code: Some(b"run_gone"), detail: b"Run not found" };
    /// assert_eq!(parts.envelope().around().unwrap().inside(body), Some(insides));
    /// ```
    #[must_use]
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "the JSON around code and message is known at compile time"
    )]
    pub fn inside<'b>(&self, body: &'b [u8]) -> Option<Insides<'b>> {
        let behind = body.strip_prefix(self.head.as_bytes())?;
        let inside = strip_end(behind, self.tail)?;
        let body = body.get(..self.head.len() + inside.len() + self.tail.len())?;
        let Some(Between { has_quotes, json }) = self.code else {
            return Some(Insides { body, code: None, detail: inside });
        };
        let inside = if has_quotes { inside.strip_prefix(b"\"")? } else { inside };
        let (code, rest) = inside.split_at_checked(run_before_quote(inside))?;
        let rest = if has_quotes { rest.strip_prefix(b"\"")? } else { rest };
        Some(Insides { body, code: Some(code), detail: rest.strip_prefix(json.as_bytes())? })
    }
}

impl<'e> Envelope<'e> {
    /// The JSON around the message, or around code and message, if bodies contain nothing else. Generated code
    /// has it as a constant, because comparing with a constant is fastest.
    #[must_use]
    pub const fn around(&self) -> Option<Around<'e>> {
        if !self.has_plain_leaves() {
            return None;
        }
        match self.pieces {
            [Piece::Json(head), Piece::Slot(Slot::Detail, Form::Inside), Piece::Json(tail)] => {
                Some(Around { head, code: None, tail })
            }
            [
                Piece::Json(head),
                Piece::Slot(Slot::Code, form),
                Piece::Json(json),
                Piece::Slot(Slot::Detail, Form::Inside),
                Piece::Json(tail),
            ] => {
                let has_quotes = matches!(form, Form::Value);
                Some(Around { head, code: Some(Between { has_quotes, json }), tail })
            }
            _ => None,
        }
    }

    /// The JSON before and after the message, if bodies contain nothing else; otherwise empty texts.
    ///
    /// ```
    /// use kate_errors_model::envelope::Envelope;
    ///
    /// assert_eq!(Envelope::DETAIL.around_message(), [r#"{"detail":""#, r#""}"#]);
    /// assert_eq!(Envelope::PROBLEM.around_message(), ["", ""]);
    /// ```
    #[must_use]
    pub const fn around_message(&self) -> [&'e str; 2] {
        match self.around() {
            Some(Around { head, code: None, tail }) => [head, tail],
            _ => ["", ""],
        }
    }

    /// Whether bodies are `{"detail":"…"}`.
    ///
    /// ```
    /// use kate_errors_codegen::envelope::Parts;
    /// use kate_errors_model::envelope::Envelope;
    ///
    /// assert!(Envelope::DETAIL.is_detail() && !Envelope::PROBLEM.is_detail());
    /// let parts = Parts::new(r#"{"detail":"Error: {detail}"}"#).unwrap();
    /// assert!(!parts.envelope().is_detail());
    /// ```
    #[must_use]
    pub const fn is_detail(&self) -> bool {
        let [head, tail] = self.around_message();
        let [usual_head, usual_tail] = Envelope::DETAIL.around_message();
        are_same(head, usual_head) && are_same(tail, usual_tail)
    }

    /// Whether no slot has affixes.
    const fn has_plain_leaves(&self) -> bool {
        let mut places = self.places;
        while let [place, rest @ ..] = places {
            if let Content::Slot(leaf) | Content::Part(leaf) = &place.content {
                if !leaf.before.is_empty() || !leaf.after.is_empty() {
                    return false;
                }
            }
            places = rest;
        }
        true
    }
}

/// Removes the end of a body, and white space after it.
#[inline]
fn strip_end<'b>(inside: &'b [u8], tail: &str) -> Option<&'b [u8]> {
    if let Some(inside) = inside.strip_suffix(tail.as_bytes()) {
        return Some(inside);
    }
    let end = inside.iter().rposition(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))?;
    inside.get(..=end)?.strip_suffix(tail.as_bytes())
}
