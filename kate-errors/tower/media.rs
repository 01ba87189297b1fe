//! The media types of responses, as far as the layer tells them apart (RFC 9110, section 8.3).

use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};

/// What a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    /// JSON, problems included.
    Json,
    /// Text, or nothing that says what it is.
    Text,
    /// Events without an end.
    Stream,
    /// Anything else.
    Other,
}

impl Media {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let Some(value) = headers.get(CONTENT_TYPE) else { return Self::Text };
        let essence = value.as_bytes().split(|byte| *byte == b';').next().unwrap_or_default();
        let essence = essence.trim_ascii();
        let begins_with = |start: &[u8]| {
            essence.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
        };
        let ends_with = |end: &[u8]| {
            let start = essence.len().checked_sub(end.len());
            start
                .and_then(|start| essence.get(start..))
                .is_some_and(|tail| tail.eq_ignore_ascii_case(end))
        };
        if essence.eq_ignore_ascii_case(b"text/event-stream") || begins_with(b"multipart/x-mixed-")
        {
            Self::Stream
        } else if essence.eq_ignore_ascii_case(b"application/json") || ends_with(b"+json") {
            Self::Json
        } else if essence.is_empty() || begins_with(b"text/") {
            Self::Text
        } else {
            Self::Other
        }
    }
}

/// Whether the body is compressed.
pub(super) fn is_encoded(headers: &HeaderMap) -> bool {
    headers
        .get_all(CONTENT_ENCODING)
        .iter()
        .any(|value| !value.as_bytes().trim_ascii().eq_ignore_ascii_case(b"identity"))
}
