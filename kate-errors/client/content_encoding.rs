//! Bodies that came compressed and were left so.

use http::HeaderMap;
use http::header::CONTENT_ENCODING;

/// The content coding (RFC 9110, section 8.4) that a body still has: the header names one, and the body is
/// no text. Clients that decompress take the header away, or leave it: then the body is text.
pub(crate) fn remaining(headers: &HeaderMap, body: &[u8]) -> Option<&'static str> {
    let value = headers.get(CONTENT_ENCODING)?.to_str().ok()?;
    // The last one is the outermost.
    let outermost = value.rsplit(',').next()?.trim();
    let name = KNOWN.iter().find(|known| known.eq_ignore_ascii_case(outermost));
    let is_identity = outermost.is_empty() || outermost.eq_ignore_ascii_case("identity");
    (!is_identity && !is_text(body)).then(|| name.copied().unwrap_or("an unknown one"))
}

/// The codings that are registered, for messages: what a header holds is not to be trusted.
const KNOWN: [&str; 8] =
    ["gzip", "x-gzip", "deflate", "br", "zstd", "compress", "x-compress", "dcb"];

/// Whether bytes are UTF-8 without control characters, as far as they came.
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
    use super::remaining;
    use http::{HeaderMap, HeaderValue};

    #[test]
    fn what_is_text_is_not_encoded() {
        let of = |value: &'static str, body: &[u8]| {
            let mut headers = HeaderMap::new();
            headers.insert("content-encoding", HeaderValue::from_static(value));
            remaining(&headers, body)
        };
        assert_eq!(of("gzip", b"\x1F\x8B\x08"), Some("gzip"));
        assert_eq!(of("deflate, BR", b"\x0B\x0C\x80{}\x03"), Some("br"));
        assert_eq!(of("\"evil\"", b"\xFF"), Some("an unknown one"));
        assert_eq!(of("gzip", b"{\"detail\":\"\xC3\xA9\"}\r\n"), None);
        assert_eq!(of("gzip", b"{\"detail\":\"\xC3"), None);
        assert_eq!(of("gzip", b""), None);
        assert_eq!(of("identity", b"\xFF"), None);
        assert_eq!(remaining(&HeaderMap::new(), b"\xFF"), None);
    }
}
