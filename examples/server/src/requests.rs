//! Checks that every request must pass.

use axum::extract::Request;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, HOST};
use axum::http::{HeaderMap, HeaderName, StatusCode, Version};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response, Result};

/// Rejects ambiguous requests, and compressed bodies.
///
/// # Errors
///
/// The catalog has no errors for these, so the bare status is returned, and the catalog's layer adds a body.
pub async fn check(request: Request, next: Next) -> Result<Response> {
    let headers = request.headers();
    if has_several(headers, &HOST) || (is_late(&request) && !headers.contains_key(HOST)) {
        return Err(StatusCode::BAD_REQUEST.into());
    }
    let encodings = headers.get_all(CONTENT_ENCODING);
    if encodings.iter().any(|encoding| encoding != "identity") {
        // Says which encoding would be accepted (RFC 9110, section 12.5.3).
        let response = (StatusCode::UNSUPPORTED_MEDIA_TYPE, [(ACCEPT_ENCODING, "identity")]);
        return Ok(response.into_response());
    }
    Ok(next.run(request).await)
}

/// Whether a header that must be unique occurs more than once. If one server reads the first and another one the
/// last, they do different things.
pub(crate) fn has_several(headers: &HeaderMap, name: &HeaderName) -> bool {
    headers.get_all(name).iter().nth(1).is_some()
}

/// Whether the request must name its host, as HTTP/1.1 requires (RFC 9112, section 3.2).
fn is_late(request: &Request) -> bool {
    request.version() == Version::HTTP_11
}
