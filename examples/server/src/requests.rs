//! What is asked of every request, whatever it wants.

use axum::extract::Request;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, HOST};
use axum::http::{HeaderMap, HeaderName, StatusCode, Version};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response, Result};

/// Refuses requests that can be understood in two ways, and bodies that are compressed.
///
/// # Errors
///
/// The catalog has no rows for them, so the bare status goes out, and the catalog's layer gives it a body.
pub async fn check(request: Request, next: Next) -> Result<Response> {
    let headers = request.headers();
    if has_several(headers, &HOST) || (is_late(&request) && !headers.contains_key(HOST)) {
        return Err(StatusCode::BAD_REQUEST.into());
    }
    let encodings = headers.get_all(CONTENT_ENCODING);
    if encodings.iter().any(|encoding| encoding != "identity") {
        // Says which would be taken (RFC 9110, section 12.5.3).
        let answer = (StatusCode::UNSUPPORTED_MEDIA_TYPE, [(ACCEPT_ENCODING, "identity")]);
        return Ok(answer.into_response());
    }
    Ok(next.run(request).await)
}

/// Whether a field that may stand once stands there more often: who reads the first of them does not do what
/// those do who read the last.
pub(crate) fn has_several(headers: &HeaderMap, name: &HeaderName) -> bool {
    headers.get_all(name).iter().nth(1).is_some()
}

/// From HTTP/1.1 on, every request says which host it is for (RFC 9112, section 3.2).
fn is_late(request: &Request) -> bool {
    request.version() == Version::HTTP_11
}
