//! The information in the header fields of a response.

use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, StatusCode};

use crate::CatalogCode;
use crate::catalog::sent_with;

/// Returns the error whose code is in the header `x-error-code`, if it has the status of the response.
pub(crate) fn named<C: CatalogCode>(status: StatusCode, headers: &HeaderMap) -> Option<C> {
    let value = headers.get(C::ERROR_CODE.name)?.as_bytes();
    let code = C::ERROR_CODE.code(value).trim_ascii();
    let status = status.as_u16();
    sent_with(code).find(|it: &C| it.status() == status || it.other_statuses().contains(&status))
}

/// The value of the header `content-length`, unless it counts compressed bytes.
pub(crate) fn declared_length(headers: &HeaderMap) -> Option<u64> {
    if headers.contains_key(CONTENT_ENCODING) {
        return None;
    }
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.trim().parse().ok()
}

/// The headers with a request ID, the usual one first. Neither `traceparent`, which clients send, nor IDs of a
/// proxy such as `cf-ray` are among them: the logs of the API do not contain those.
const REQUEST_IDS: [&str; 5] =
    ["x-request-id", "request-id", "x-amzn-requestid", "x-amz-request-id", "x-correlation-id"];

/// The maximum length of a request ID.
const MAX_REQUEST_ID: usize = 128;

/// The request ID: the first one that consists of visible ASCII characters without spaces.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    let ids = REQUEST_IDS.iter().filter_map(|name| headers.get(*name)?.to_str().ok());
    ids.map(str::trim).find(|id| is_id(id))
}

fn is_id(text: &str) -> bool {
    (1..=MAX_REQUEST_ID).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The content coding (RFC 9110, section 8.4) that a body still has: the header names one, and the body is not
/// text. Some clients keep the header when they decompress, but then the body is text.
pub(crate) fn remaining_encoding(headers: &HeaderMap, body: &[u8]) -> Option<&'static str> {
    let value = headers.get(CONTENT_ENCODING)?.to_str().ok()?;
    // The last coding is the outermost.
    let outermost = value.rsplit(',').next()?.trim();
    let name = ENCODINGS.iter().find(|known| known.eq_ignore_ascii_case(outermost));
    let is_identity = outermost.is_empty() || outermost.eq_ignore_ascii_case("identity");
    (!is_identity && !is_text(body)).then(|| name.copied().unwrap_or("an unknown one"))
}

/// The registered codings, for messages: the value of the header is untrusted.
const ENCODINGS: [&str; 8] =
    ["gzip", "x-gzip", "deflate", "br", "zstd", "compress", "x-compress", "dcb"];

/// Whether bytes are UTF-8 without control characters. The last character may be incomplete.
fn is_text(bytes: &[u8]) -> bool {
    let is_whole = match core::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    let is_control = |byte: &u8| byte.is_ascii_control() && !b"\t\n\r\x0C".contains(byte);
    is_whole && !bytes.iter().any(is_control)
}

#[cfg(test)]
mod tests {
    use super::{declared_length, remaining_encoding, request_id};
    use http::{HeaderMap, HeaderName, HeaderValue};

    #[test]
    fn the_first_that_is_an_id() {
        let of = |headers: &[(&'static str, &'static str)]| {
            let mut map = HeaderMap::new();
            for (name, value) in headers {
                let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
                map.append(HeaderName::from_static(name), value);
            }
            request_id(&map).map(alloc::borrow::ToOwned::to_owned)
        };
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[("request-id", "a"), ("x-request-id", "b")]).unwrap(), "b");
        assert_eq!(of(&[("request-id", "a"), ("x-request-id", "")]).unwrap(), "a");
        assert_eq!(of(&[("x-request-id", "two words"), ("x-amzn-requestid", "7")]).unwrap(), "7");
        assert_eq!(of(&[("x-request-id", "é")]), None);
        let longest = "a".repeat(129).leak();
        assert_eq!(of(&[("x-request-id", longest)]), None);
        assert_eq!(of(&[("x-request-id", &longest[1..])]).unwrap(), longest[1..]);
        assert_eq!(of(&[("traceparent", "00-1-2-01"), ("cf-ray", "1")]), None);
    }

    #[test]
    fn the_length_of_an_encoded_body_is_not_declared() {
        let mut headers = HeaderMap::new();
        headers.insert("content-length", HeaderValue::from_static("7"));
        assert_eq!(declared_length(&headers), Some(7));
        headers.insert("content-encoding", HeaderValue::from_static("gzip"));
        assert_eq!(declared_length(&headers), None);
    }

    #[test]
    fn what_is_text_is_not_encoded() {
        let of = |value: &'static str, body: &[u8]| {
            let mut headers = HeaderMap::new();
            headers.insert("content-encoding", HeaderValue::from_static(value));
            remaining_encoding(&headers, body)
        };
        assert_eq!(of("gzip", b"\x1F\x8B\x08"), Some("gzip"));
        assert_eq!(of("deflate, BR", b"\x0B\x0C\x80{}\x03"), Some("br"));
        assert_eq!(of("\"evil\"", b"\xFF"), Some("an unknown one"));
        assert_eq!(of("gzip", b"{\"detail\":\"\xC3\xA9\"}\r\n"), None);
        assert_eq!(of("gzip", b"{\"detail\":\"\xC3"), None);
        assert_eq!(of("gzip", b""), None);
        assert_eq!(of("identity", b"\xFF"), None);
        assert_eq!(remaining_encoding(&HeaderMap::new(), b"\xFF"), None);
    }
}
