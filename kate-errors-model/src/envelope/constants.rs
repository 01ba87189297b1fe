//! Envelopes that every program has: that of a catalog without one of its own, and those that servers choose between.

use super::{Content, Envelope, FieldPart, Form, Piece, Place, Slot, profiles};

/// The media type of most bodies.
pub(super) const JSON: &str = "application/json";

impl Envelope<'static> {
    /// `{"detail":"…"}`, as FastAPI and Django REST framework write it.
    pub const DETAIL: Self = Self {
        pieces: &[
            Piece::Json("{\"detail\":\""),
            Piece::Slot(Slot::Detail, Form::Inside),
            Piece::Json("\"}"),
        ],
        places: &[Place::of_slot("detail", Slot::Detail, Form::Inside)],
        fields: Self::PROBLEM.fields,
        media_type: JSON,
        success: None,
        older: &[],
    };

    /// Validation errors of a request, as `FastAPI` lists them in place of the message.
    pub const VALIDATION: Self = Self {
        pieces: &[
            Piece::Json("{"),
            Piece::Optional(14),
            Piece::Json("\"detail\":["),
            Piece::Each(11),
            Piece::Json("{"),
            Piece::Optional(3),
            Piece::Json("\"type\":\""),
            Piece::Slot(Slot::Field(FieldPart::Code), Form::Inside),
            Piece::Json("\""),
            Piece::Comma,
            Piece::Json("\"loc\":"),
            Piece::Slot(Slot::Field(FieldPart::Loc), Form::Value),
            Piece::Json(",\"msg\":\""),
            Piece::Slot(Slot::Field(FieldPart::Message), Form::Inside),
            Piece::Json("\"}"),
            Piece::Json("]"),
            Piece::Json("}"),
        ],
        places: &[],
        fields: &[],
        media_type: JSON,
        success: None,
        older: &[],
    };

    /// What names an error beside `{"detail":"…"}`: the `type` of problem details (RFC 9457), or a member `code`. It is
    /// only read.
    pub const NAMES: Self = Self {
        pieces: &[],
        places: &[
            Place::of_slot("type", Slot::DocsUrl, Form::Inside),
            Place::of_slot("code", Slot::Code, Form::Inside),
        ],
        ..Self::VALIDATION
    };

    /// Problem details (RFC 9457): a superset of [`DETAIL`](Self::DETAIL).
    pub const PROBLEM: Self = Self {
        pieces: &[
            Piece::Json("{\"type\":\""),
            Piece::Slot(Slot::DocsUrl, Form::Inside),
            Piece::Json("\",\"title\":\""),
            Piece::Slot(Slot::Title, Form::Inside),
            Piece::Json("\",\"status\":"),
            Piece::Slot(Slot::Status, Form::Value),
            Piece::Json(",\"detail\":\""),
            Piece::Slot(Slot::Detail, Form::Inside),
            Piece::Json("\""),
            Piece::Optional(8),
            Piece::Json(",\"errors\":["),
            Piece::Each(5),
            Piece::Json("{\"pointer\":\""),
            Piece::Slot(Slot::Field(FieldPart::Fragment), Form::Inside),
            Piece::Json("\",\"detail\":\""),
            Piece::Slot(Slot::Field(FieldPart::Message), Form::Inside),
            Piece::Json("\"}"),
            Piece::Json("]"),
            Piece::Json("}"),
        ],
        places: &[Place::of_slot("detail", Slot::Detail, Form::Inside)],
        fields: &[
            Place { name: "errors", content: Content::Array(0), within: 3 },
            Place { name: "", content: Content::Object, within: 2 },
            Place::of_slot("pointer", Slot::Field(FieldPart::Fragment), Form::Inside),
            Place::of_slot("detail", Slot::Field(FieldPart::Message), Form::Inside),
        ],
        media_type: profiles::PROBLEM,
        success: None,
        older: &[],
    };
}
