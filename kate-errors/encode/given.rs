//! What is only known about a response when it is sent.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use kate_errors_model::MAX_REQUEST_TEXT;
#[cfg(any(feature = "tower", feature = "actix-web"))]
use kate_errors_model::envelope::Value;
use kate_errors_model::json::push_escaped;

use crate::{CatalogCode, FieldError};

/// A value that a server sets for the body of one response: a string or a number.
///
/// ```
/// use kate_errors::RequestValue;
///
/// assert_eq!(RequestValue::from("a\"b").as_json(), r#""a\"b""#);
/// assert_eq!(RequestValue::from(7_u64).as_json(), "7");
/// // Clients could not read a body with a longer text.
/// assert_eq!(RequestValue::from("x".repeat(70_000)).as_json().len(), 4096 + 2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RequestValue(String);

impl RequestValue {
    /// The value as JSON (RFC 8259).
    #[must_use]
    pub fn as_json(&self) -> &str {
        &self.0
    }

    /// The value that a body has.
    #[cfg(any(feature = "tower", feature = "actix-web"))]
    pub(crate) fn of(value: Value<'_>) -> Self {
        match value {
            Value::Text(text) => Self::from(&*text),
            Value::Json(json) => Self(json.as_str().into()),
        }
    }
}

impl From<&str> for RequestValue {
    /// A text that is longer than 4,096 characters is cut, so that clients can read the body.
    fn from(text: &str) -> Self {
        let end = text.char_indices().nth(MAX_REQUEST_TEXT).map_or(text.len(), |(end, _)| end);
        let text = text.get(..end).unwrap_or_default();
        let mut json = b"\"".to_vec();
        push_escaped(text, &mut json);
        json.push(b'"');
        Self(String::from_utf8_lossy(&json).into_owned())
    }
}

impl From<String> for RequestValue {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<u64> for RequestValue {
    fn from(number: u64) -> Self {
        Self(number.to_string())
    }
}

impl From<i64> for RequestValue {
    fn from(number: i64) -> Self {
        Self(number.to_string())
    }
}

/// Fails to compile for a catalog without a place for request values.
pub(crate) const fn takes_request_values<C: CatalogCode>() {
    assert!(C::ENVELOPE.has_request_values(), "`wire.body` of the catalog has no `{{request.…}}`");
}

/// What a server adds to a response besides the error.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Given {
    /// The status, if it is another than the error's first one.
    pub(crate) status: Option<u16>,
    /// How many seconds to wait before retrying.
    pub(crate) retry_after: Option<u64>,
    /// The values of `{request.…}`, by name.
    pub(crate) request: Vec<(&'static str, RequestValue)>,
    /// The invalid fields of the request.
    pub(crate) fields: Vec<FieldError>,
}

/// No additions.
pub(crate) static NOTHING: Given =
    Given { status: None, retry_after: None, request: Vec::new(), fields: Vec::new() };
