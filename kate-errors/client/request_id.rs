//! What a request is called in the logs of the server.

use http::HeaderMap;

/// The headers that name the request, the usual one first. Neither `traceparent`, which clients send, nor ids
/// of a proxy such as `cf-ray`: what they name is not in the logs of the API.
const NAMES: [&str; 5] =
    ["x-request-id", "request-id", "x-amzn-requestid", "x-amz-request-id", "x-correlation-id"];

/// The longest id that is taken for one.
const MAX_LENGTH: usize = 128;

/// The id of the request: the first header that holds one, in visible ASCII without blanks.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    let ids = NAMES.iter().filter_map(|name| headers.get(*name)?.to_str().ok());
    ids.map(str::trim).find(|id| is_id(id))
}

fn is_id(text: &str) -> bool {
    (1..=MAX_LENGTH).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::request_id;
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
        assert_eq!(of(&[("traceparent", "00-1-2-01"), ("cf-ray", "1")]), None);
    }
}
