//! Writing a body.

use alloc::vec::Vec;

use super::{Envelope, Form, Piece, Slot};

/// Writes the values of slots.
type Values<'s, 'e> = dyn FnMut(Slot<'e>, Form, &mut Vec<u8>) -> bool + 's;

impl<'e> Envelope<'e> {
    /// Writes a body. `slot` writes the value of a slot, and returns whether there is one.
    ///
    /// If an optional slot has no value, what it wrote is removed. Other slots need a value: if they write
    /// nothing, they are an empty string, or null.
    ///
    /// ```
    /// use kate_errors_codegen::envelope::Parts;
    /// use kate_errors_model::envelope::{Envelope, Slot};
    /// use kate_errors_model::json::push_escaped;
    ///
    /// let parts = Parts::new(r#"{"hint":"{fix?}","links":{"docs":"{docs_url?}"},"detail":"{detail}"}"#).unwrap();
    /// let mut body = Vec::new();
    /// parts.envelope().write(&mut body, |slot, _, out| {
    ///     let is_detail = slot == Slot::Detail;
    ///     if is_detail {
    ///         push_escaped("Run \"7\" not found", out);
    ///     }
    ///     is_detail
    /// });
    /// assert_eq!(body, br#"{"detail":"Run \"7\" not found"}"#);
    /// ```
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "only where it is inlined, the compiler unrolls the loop: a tenth of the instructions of a body"
    )]
    pub fn write(
        &self,
        out: &mut Vec<u8>,
        mut slot: impl FnMut(Slot<'e>, Form, &mut Vec<u8>) -> bool,
    ) {
        // Most envelopes have no optional slots.
        for (at, piece) in self.pieces.iter().enumerate() {
            match *piece {
                Piece::Json(json) => out.extend_from_slice(json.as_bytes()),
                Piece::Slot(which, form) => {
                    write_slot(which, form, out, &mut slot);
                }
                _ => {
                    write_pieces(self.pieces.get(at..).unwrap_or_default(), out, &mut slot);
                    return;
                }
            }
        }
    }

    /// Whether bodies contain values that only the server has.
    #[must_use]
    pub const fn has_request_values(&self) -> bool {
        let mut pieces = self.pieces;
        while let [piece, rest @ ..] = pieces {
            if let Piece::Slot(Slot::Request(_), _) = piece {
                return true;
            }
            pieces = rest;
        }
        false
    }

    /// Whether bodies contain a value of this name that only the server has.
    #[must_use]
    pub fn has_request_value(&self, name: &str) -> bool {
        let is_it =
            |piece: &Piece<'_>| matches!(piece, Piece::Slot(Slot::Request(it), _) if *it == name);
        self.pieces.iter().any(is_it)
    }

    /// How many bytes are written around the values.
    #[must_use]
    pub const fn size(&self) -> usize {
        let (mut pieces, mut size) = (self.pieces, 0);
        while let [piece, rest @ ..] = pieces {
            if let Piece::Json(json) = piece {
                size += json.len();
            }
            pieces = rest;
        }
        size
    }
}

/// Writes the value of a slot. Returns whether it has one.
#[inline]
fn write_slot<'e>(
    which: Slot<'e>,
    form: Form,
    out: &mut Vec<u8>,
    slot: &mut (impl FnMut(Slot<'e>, Form, &mut Vec<u8>) -> bool + ?Sized),
) -> bool {
    let start = out.len();
    let has_value = slot(which, form, out);
    if !has_value && form == Form::Value && out.len() == start {
        out.extend_from_slice(b"null");
    }
    has_value
}

/// Writes pieces. Returns whether all slots among them have values.
fn write_pieces<'e>(
    mut pieces: &[Piece<'e>],
    out: &mut Vec<u8>,
    slot: &mut Values<'_, 'e>,
) -> bool {
    let mut has_values = true;
    while let [piece, rest @ ..] = pieces {
        pieces = rest;
        match *piece {
            Piece::Json(json) => out.extend_from_slice(json.as_bytes()),
            Piece::Slot(which, form) => has_values &= write_slot(which, form, out, slot),
            // No value ends with an opening bracket.
            Piece::Comma if matches!(out.last(), Some(b'{' | b'[')) => {}
            Piece::Comma => out.push(b','),
            Piece::Optional(length) | Piece::Container(length) => {
                let (group, rest) = pieces.split_at_checked(length).unwrap_or_default();
                write_group(*piece, group, out, slot);
                pieces = rest;
            }
            Piece::Each(length) => {
                let (element, rest) = pieces.split_at_checked(length).unwrap_or_default();
                has_values &= write_each(element, out, slot);
                pieces = rest;
            }
        }
    }
    has_values
}

/// Writes an element for each field, or one without a field. Returns whether there are any fields.
fn write_each<'e>(element: &[Piece<'e>], out: &mut Vec<u8>, slot: &mut Values<'_, 'e>) -> bool {
    let has_fields = slot(Slot::NextField, Form::Value, out);
    write_pieces(element, out, slot);
    while has_fields && slot(Slot::NextField, Form::Value, out) {
        out.push(b',');
        write_pieces(element, out, slot);
    }
    has_fields
}

/// Writes a member or an element, and removes it again if it is left out.
fn write_group<'e>(
    head: Piece<'e>,
    pieces: &[Piece<'e>],
    out: &mut Vec<u8>,
    slot: &mut Values<'_, 'e>,
) {
    let start = out.len();
    let has_values = write_pieces(pieces, out, slot);
    let is_left_out = match head {
        // An empty value inside the container would be followed by the bracket that closes the container.
        Piece::Container(_) => out.ends_with(b"{}") || out.ends_with(b"[]"),
        _ => !has_values,
    };
    if is_left_out {
        out.truncate(start);
    }
}
