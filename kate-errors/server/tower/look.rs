//! What the layer thinks of a response before it reads its body.

use http::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderValue};
use http::response::Parts;
use http_body::Body;

use super::UnlistedReason;
use super::service::Asked;
use crate::server::http::Answered;
use crate::server::media::{self, Media};
use crate::{CatalogCode, Format};

/// The longest body that is read, in bytes: what the decoder reads as well.
pub(super) const MAX_LENGTH: usize = crate::body::MAX_LENGTH;

/// What to do with a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Hand it on: it is no error, or a stream.
    Pass,
    /// Hand it on: it is an answer of the catalog.
    Listed,
    /// Read its body first.
    Read,
    /// Put an answer of the catalog in its place, without reading its body.
    Replace(UnlistedReason),
    /// Hand it on, though nobody can say what it is.
    Keep(UnlistedReason),
}

/// Looks at the head of a response, and at how long its body is.
pub(super) fn look<C: CatalogCode>(
    parts: &Parts,
    body: &impl Body,
    asked: &Asked,
    replaces_json: bool,
) -> Look {
    if !parts.status.is_client_error() && !parts.status.is_server_error() {
        return Look::Pass;
    }
    let media = media_of(&parts.headers);
    if media == Media::Stream {
        return Look::Pass;
    }
    let is_listed = parts.extensions.get::<Answered<C>>().is_some();
    let is_head = asked.method == http::Method::HEAD;
    if is_listed && (is_head || is_encoded(&parts.headers) || asked.format == Format::Json) {
        return Look::Listed;
    }
    let keeps_json = media == Media::Json && !parts.status.is_server_error() && !replaces_json;
    if is_encoded(&parts.headers) {
        let reason = UnlistedReason::Encoded;
        return if keeps_json { Look::Keep(reason) } else { Look::Replace(reason) };
    }
    if is_head && media == Media::Json {
        // Its body would be JSON, which the answer to a GET is judged by.
        return Look::Pass;
    }
    let size = body.size_hint();
    if body.is_end_stream() || size.exact() == Some(0) {
        return Look::Replace(UnlistedReason::Empty);
    }
    if media == Media::Json && size.lower() > MAX_LENGTH as u64 {
        let reason = UnlistedReason::TooLarge;
        return if keeps_json { Look::Keep(reason) } else { Look::Replace(reason) };
    }
    let is_short = size.upper().is_some_and(|upper| upper <= MAX_LENGTH as u64);
    match media {
        Media::Json => Look::Read,
        // Sentences are short, and so is what frameworks say; only to know it, nobody waits.
        Media::Text if is_short => Look::Read,
        _ => Look::Replace(UnlistedReason::NotJson),
    }
}

/// What a body is, as the head says.
pub(super) fn media_of(headers: &HeaderMap) -> Media {
    Media::of(headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes))
}

fn is_encoded(headers: &HeaderMap) -> bool {
    media::is_encoded(headers.get_all(CONTENT_ENCODING).iter().map(HeaderValue::as_bytes))
}
