//! The media types of responses, as far as the layer tells them apart (RFC 9110, section 8.3).

/// What a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Media {
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
    /// What the value of `Content-Type` says.
    pub(crate) fn of(content_type: Option<&[u8]>) -> Self {
        let Some(value) = content_type else { return Self::Text };
        let essence = value.split(|byte| *byte == b';').next().unwrap_or_default();
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

/// Whether a body is compressed, as the values of `Content-Encoding` say.
pub(crate) fn is_encoded<'v>(values: impl IntoIterator<Item = &'v [u8]>) -> bool {
    values.into_iter().any(|value| !value.trim_ascii().eq_ignore_ascii_case(b"identity"))
}
