//! Makes an answer of the catalog of a response.

use alloc::borrow::Cow;

use actix_web::body::{BodySize, BoxBody, EitherBody, MessageBody};
use actix_web::dev::ServiceResponse;
use actix_web::error::InternalError;
use actix_web::http::header::{
    CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, VARY,
};
use actix_web::web::Bytes;
use actix_web::{Error, HttpRequest, HttpResponse};

use super::middleware::Settings;
use super::response::status;
use super::unlisted::Unlisted;
use crate::response::ERROR_CODE;
use crate::server::media::{Media, is_encoded};
use crate::server::unlisted_reason::UnlistedReason;
use crate::server::{events, judge};
use crate::{CatalogError, CatalogResponse, Format};

/// The header fields that say something about a body, and nothing about an error.
const OF_THE_BODY: [&str; 15] = [
    "accept-ranges",
    "content-digest",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-length",
    "content-location",
    "content-md5",
    "content-type",
    "digest",
    "etag",
    "last-modified",
    "repr-digest",
    "trailer",
    "transfer-encoding",
];

/// The mark that answers of the catalog carry in their extensions.
pub(super) struct Answered;

/// A response on its way through the middleware.
pub(super) fn rewrite<B: MessageBody, E: CatalogError>(
    response: ServiceResponse<B>,
    format: Format,
    settings: &Settings<E>,
) -> ServiceResponse<EitherBody<B, BoxBody>> {
    let (request, response) = response.into_parts();
    let response = response_of(Some(&request), response, format, settings);
    ServiceResponse::new(request, response)
}

/// The error of another middleware, which actix-web would make a response of.
pub(super) fn rewrite_error<E: CatalogError>(
    error: Error,
    format: Format,
    settings: &Settings<E>,
) -> Error {
    let response = response_of(None, error.error_response(), format, settings);
    InternalError::from_response(error, response.map_into_boxed_body()).into()
}

fn response_of<B: MessageBody, E: CatalogError>(
    request: Option<&HttpRequest>,
    response: HttpResponse<B>,
    format: Format,
    settings: &Settings<E>,
) -> HttpResponse<EitherBody<B, BoxBody>> {
    let code = response.status().as_u16();
    let media = Media::of(content_type(response.headers()));
    if code < 400 || media == Media::Stream {
        return response.map_into_left_body();
    }
    let (response, body) = response.into_parts();
    let read = Read::from(body);
    match verdict::<B, E>(&response, &read, media) {
        Ok(answer) => listed(response, read, media, &answer.negotiated(format)),
        Err(reason) => {
            // A handler must have meant it, and it cannot be about what is internal.
            let is_meant = !matches!(reason, UnlistedReason::Empty | UnlistedReason::NotJson);
            let replaced = media != Media::Json || code >= 500 || !is_meant;
            let body = read.bytes();
            settings.report(&Unlisted { status: code, request, body, reason, replaced });
            if !replaced {
                return read.of(response);
            }
            let answer = settings.replacements.of(code).negotiated(format);
            events::answered(&answer);
            respond(response, &answer)
        }
    }
}

/// The answer of the catalog that a response is, or why it is none.
fn verdict<B, E: CatalogError>(
    response: &HttpResponse<()>,
    read: &Read<B>,
    media: Media,
) -> Result<CatalogResponse<E>, UnlistedReason> {
    let encodings = response.headers().get_all(CONTENT_ENCODING).map(HeaderValue::as_bytes);
    match read {
        Read::Bytes(bytes) if bytes.is_empty() => Err(UnlistedReason::Empty),
        _ if is_encoded(encodings) => Err(UnlistedReason::Encoded),
        Read::Bytes(bytes) => {
            let code = response.headers().get(ERROR_CODE).map(HeaderValue::as_bytes);
            judge::read(response.status().as_u16(), bytes, code)
        }
        Read::Stream(_) if media == Media::Json => Err(UnlistedReason::NotInCatalog),
        Read::Stream(_) => Err(UnlistedReason::NotJson),
    }
}

/// An answer of the catalog, in the format that was asked for.
fn listed<B: MessageBody, E: CatalogError>(
    mut response: HttpResponse<()>,
    read: Read<B>,
    media: Media,
    answer: &CatalogResponse<E>,
) -> HttpResponse<EitherBody<B, BoxBody>> {
    let is_ours = response.extensions().get::<Answered>().is_some();
    if !is_ours {
        events::answered(answer);
    }
    let wants_problem = answer.content_type() == Format::Problem.content_type();
    let has_format = !wants_problem || judge::is_problem(content_type(response.headers()));
    // Beside the sentence may stand what is internal.
    let is_suspect = answer.status() >= 500 && !is_ours;
    if media != Media::Json || !has_format || is_suspect {
        return respond(response, answer);
    }
    vary_by_accept(response.headers_mut());
    read.of(response)
}

fn content_type(headers: &HeaderMap) -> Option<&[u8]> {
    headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes)
}

/// A body, as far as it is at hand.
enum Read<B> {
    Bytes(Bytes),
    /// It may take its time, so nobody waits for it.
    Stream(B),
}

impl<B: MessageBody> From<B> for Read<B> {
    fn from(body: B) -> Self {
        if matches!(body.size(), BodySize::None | BodySize::Sized(0)) {
            return Self::Bytes(Bytes::new());
        }
        body.try_into_bytes().map_or_else(Self::Stream, Self::Bytes)
    }
}

impl<B: MessageBody> Read<B> {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Stream(_) => &[],
        }
    }

    /// The response as it was.
    fn of(self, response: HttpResponse<()>) -> HttpResponse<EitherBody<B, BoxBody>> {
        let body = match self {
            Self::Bytes(bytes) => EitherBody::right(BoxBody::new(bytes)),
            Self::Stream(body) => EitherBody::left(body),
        };
        response.set_body(body)
    }
}

/// A response with the header fields of the application, and the status and the body of an answer.
fn respond<B, E: CatalogError>(
    mut response: HttpResponse<()>,
    answer: &CatalogResponse<E>,
) -> HttpResponse<EitherBody<B, BoxBody>> {
    *response.status_mut() = status(answer.status());
    response.extensions_mut().insert(Answered);
    let headers = response.headers_mut();
    for name in OF_THE_BODY {
        headers.remove(name);
    }
    for (name, value) in answer.headers().filter(|(name, _)| *name != "vary") {
        // The catalog was checked for values that cannot stand in a field.
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_str(&value)) {
            // What the application says itself is about this very request.
            if !headers.contains_key(&name) {
                headers.insert(name, value);
            }
        }
    }
    vary_by_accept(headers);
    let body = match answer.body() {
        Cow::Borrowed(body) => Bytes::from_static(body),
        Cow::Owned(body) => Bytes::from(body),
    };
    response.set_body(EitherBody::right(BoxBody::new(body)))
}

/// Says to caches that the answer depends on what the client accepts (RFC 9110, section 12.5.5).
fn vary_by_accept(headers: &mut HeaderMap) {
    let covers = |value: &HeaderValue| {
        let mut names = value.as_bytes().split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
        names.any(|name| name == b"*" || name.eq_ignore_ascii_case(b"accept"))
    };
    if !headers.get_all(VARY).any(covers) {
        headers.append(VARY, HeaderValue::from_static("accept"));
    }
}
