//! The media types of responses, as far as the layer distinguishes them (RFC 9110, section 8.3).

use crate::Format;

/// The kind of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    /// JSON other than problem details.
    Json,
    /// Problem details.
    Problem,
    /// Text, or a body without a media type.
    Text,
    /// A stream without an end.
    Stream,
    /// Anything else.
    Other,
}

impl Media {
    /// Classifies the value of `Content-Type`.
    pub(super) fn of(content_type: Option<&[u8]>) -> Self {
        let essence = content_type.unwrap_or_default().split(|byte| *byte == b';').next();
        let essence = essence.unwrap_or_default().trim_ascii();
        let is = |name: &str| essence.eq_ignore_ascii_case(name.as_bytes());
        let begins_with = |start: &[u8]| {
            essence.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
        };
        if is(Format::Problem.content_type()) {
            Self::Problem
        } else if is(Format::Json.content_type()) || has_suffix(essence, b"+json") {
            Self::Json
        } else if is("text/event-stream") || begins_with(b"multipart/x-mixed-") {
            Self::Stream
        } else if essence.is_empty() || begins_with(b"text/") {
            Self::Text
        } else {
            Self::Other
        }
    }

    pub(super) fn is_json(self) -> bool {
        matches!(self, Self::Json | Self::Problem)
    }
}

fn has_suffix(essence: &[u8], suffix: &[u8]) -> bool {
    let end = essence.len().checked_sub(suffix.len()).and_then(|start| essence.get(start..));
    end.is_some_and(|end| end.eq_ignore_ascii_case(suffix))
}

/// Whether a body is compressed, according to the values of `Content-Encoding`.
pub(super) fn is_encoded<'v>(mut values: impl Iterator<Item = &'v [u8]>) -> bool {
    values.any(|value| !value.eq_ignore_ascii_case(b"identity"))
}
