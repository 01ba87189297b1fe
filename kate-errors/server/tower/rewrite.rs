//! Makes an answer of the catalog of a response.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use core::pin::Pin;

use bytes::Bytes;
use http::header::{
    ACCEPT_RANGES, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH,
    CONTENT_LOCATION, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, LAST_MODIFIED,
    TRAILER, TRANSFER_ENCODING, VARY,
};
use http::response::Parts;
use http::{Method, Response, StatusCode};

use super::body::CatalogBody;
use super::layer::Settings;
use super::look::media_of;
use super::service::Asked;
use super::{Unlisted, UnlistedReason};
use crate::response::ERROR_CODE;
use crate::server::http::{Answered, fields};
use crate::server::media::Media;
use crate::server::{events, judge};
use crate::{CatalogCode as _, CatalogError, CatalogResponse, Decoder, Format};

/// The header fields that say something about a body, and nothing about an error.
const OF_THE_BODY: [HeaderName; 11] = [
    ACCEPT_RANGES,
    CONTENT_DISPOSITION,
    CONTENT_ENCODING,
    CONTENT_LANGUAGE,
    CONTENT_LENGTH,
    CONTENT_LOCATION,
    CONTENT_TYPE,
    ETAG,
    LAST_MODIFIED,
    TRAILER,
    TRANSFER_ENCODING,
];

/// The digests of a body (RFC 9530, and the fields that it replaces).
const DIGESTS: [&str; 4] = ["content-digest", "repr-digest", "digest", "content-md5"];

/// A response of which no more is to be read.
pub(super) struct Read<B> {
    pub(super) parts: Parts,
    /// What was read of the body.
    pub(super) head: Bytes,
    /// What was read last and is over the limit.
    pub(super) next: Bytes,
    /// What stood behind it.
    pub(super) trailers: Option<HeaderMap>,
    /// What was not read of it, if it is too long.
    pub(super) rest: Option<Pin<Box<B>>>,
    /// Whether it broke off.
    pub(super) is_broken: bool,
}

impl<B> Read<B> {
    /// A response of which nothing was read.
    pub(super) fn nothing(parts: Parts) -> Self {
        Self {
            parts,
            head: Bytes::new(),
            next: Bytes::new(),
            trailers: None,
            rest: None,
            is_broken: false,
        }
    }

    fn into_response(self) -> Response<CatalogBody<B>> {
        let body = match self.rest {
            Some(rest) => CatalogBody::begun(self.head, self.next, rest),
            None => CatalogBody::whole(self.head, self.trailers),
        };
        Response::from_parts(self.parts, body)
    }
}

/// What a response is, once it was read.
enum Verdict<E: CatalogError> {
    /// An answer of the catalog.
    Listed(CatalogResponse<E>),
    Unlisted(UnlistedReason),
}

/// An answer in the making.
pub(super) struct Rewrite<'s, E: CatalogError> {
    pub(super) settings: &'s Settings<E>,
    pub(super) asked: &'s Asked,
}

impl<E: CatalogError> Rewrite<'_, E> {
    /// A response that was read as far as it can be.
    pub(super) fn finish<B>(&self, read: Read<B>) -> Response<CatalogBody<B>> {
        match judge(&read) {
            Verdict::Listed(answer) => self.listed(read, answer),
            Verdict::Unlisted(
                reason @ (UnlistedReason::Empty | UnlistedReason::NotJson | UnlistedReason::Broken),
            ) => self.replace(read, reason),
            Verdict::Unlisted(reason) if self.may_pass(&read.parts) => self.keep(read, reason),
            Verdict::Unlisted(reason) => self.replace(read, reason),
        }
    }

    /// Whether a response may pass that is not in the catalog: JSON that cannot be about what is internal.
    fn may_pass(&self, parts: &Parts) -> bool {
        let is_json = media_of(&parts.headers) == Media::Json;
        is_json && parts.status.is_client_error() && !self.settings.replaces_json
    }

    /// An answer of the catalog, in the format that was asked for.
    fn listed<B>(&self, mut read: Read<B>, answer: CatalogResponse<E>) -> Response<CatalogBody<B>> {
        let parts = &mut read.parts;
        let is_ours = parts.extensions.get::<Answered<E::Code>>().is_some();
        if !is_ours {
            events::answered(&answer);
            parts.extensions.insert(Answered(answer.code()));
        }
        let wants_problem = self.asked.format == Format::Problem && !is_problem(&parts.headers);
        // Beside the sentence may stand what is internal.
        let is_suspect = parts.status.is_server_error() && !is_ours;
        if wants_problem || is_suspect || media_of(&parts.headers) != Media::Json {
            return self.respond(read.parts, answer);
        }
        vary_by_accept(&mut read.parts.headers);
        read.into_response()
    }

    /// The response as it is.
    fn keep<B>(&self, read: Read<B>, reason: UnlistedReason) -> Response<CatalogBody<B>> {
        self.report(&read.parts, &read.head, reason, false);
        read.into_response()
    }

    /// The response as it is, of which nothing was read.
    pub(super) fn keep_unread<B>(
        &self,
        parts: Parts,
        body: B,
        reason: UnlistedReason,
    ) -> Response<CatalogBody<B>> {
        self.report(&parts, &[], reason, false);
        Response::from_parts(parts, CatalogBody::untouched(body))
    }

    /// An answer of the catalog in place of the response.
    pub(super) fn replace<B>(
        &self,
        read: Read<B>,
        reason: UnlistedReason,
    ) -> Response<CatalogBody<B>> {
        self.report(&read.parts, &read.head, reason, true);
        let answer = self.settings.replacements.of(read.parts.status.as_u16());
        events::answered(&answer);
        let mut parts = read.parts;
        parts.extensions.insert(Answered(answer.code()));
        self.respond(parts, answer)
    }

    fn report(&self, parts: &Parts, body: &[u8], reason: UnlistedReason, replaced: bool) {
        self.settings.report(&Unlisted {
            status: parts.status,
            method: &self.asked.method,
            uri: &self.asked.uri,
            content_type: parts.headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes),
            body,
            reason,
            replaced,
        });
    }

    /// A response with the header fields of the service, and the status and the body of an answer.
    fn respond<B>(&self, mut parts: Parts, answer: CatalogResponse<E>) -> Response<CatalogBody<B>> {
        let answer = answer.negotiated(self.asked.format);
        let body = match answer.body() {
            Cow::Borrowed(body) => Bytes::from_static(body),
            Cow::Owned(body) => Bytes::from(body),
        };
        parts.status = StatusCode::from_u16(answer.status()).unwrap_or(parts.status);
        for name in &OF_THE_BODY {
            parts.headers.remove(name);
        }
        for name in DIGESTS {
            parts.headers.remove(name);
        }
        for (name, value) in fields(&answer).filter(|(name, _)| *name != VARY) {
            // What the service says itself is about this very request.
            parts.headers.entry(name).or_insert(value);
        }
        vary_by_accept(&mut parts.headers);
        parts.headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
        // The answer to HEAD has the header fields of the one to GET (RFC 9110, section 9.3.2).
        let body = if self.asked.method == Method::HEAD { Bytes::new() } else { body };
        Response::from_parts(parts, CatalogBody::whole(body, None))
    }
}

fn judge<B, E: CatalogError>(read: &Read<B>) -> Verdict<E> {
    let status = read.parts.status.as_u16();
    if read.is_broken {
        return Verdict::Unlisted(UnlistedReason::Broken);
    }
    if read.rest.is_some() {
        return Verdict::Unlisted(UnlistedReason::TooLarge);
    }
    let decode =
        |code: Option<&[u8]>| Decoder::<E>::new().error_code(code).decode(status, &read.head[..]);
    if let Some(Answered(code)) = read.parts.extensions.get::<Answered<E::Code>>().copied() {
        let received = decode(code.map(|code| code.as_str().as_bytes()));
        let answer = received.into_known().ok();
        return Verdict::Listed(
            answer.map_or_else(|| CatalogResponse::fallback(status), CatalogResponse::new),
        );
    }
    let code = read.parts.headers.get(ERROR_CODE).map(HeaderValue::as_bytes);
    match judge::read(status, &read.head, code) {
        Ok(answer) => Verdict::Listed(answer),
        Err(reason) => Verdict::Unlisted(reason),
    }
}

fn is_problem(headers: &HeaderMap) -> bool {
    judge::is_problem(headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes))
}

/// Says to caches that the answer depends on what the client accepts (RFC 9110, section 12.5.5).
pub(super) fn vary_by_accept(headers: &mut HeaderMap) {
    let covers = |value: &HeaderValue| {
        let mut names = value.as_bytes().split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
        names.any(|name| name == b"*" || name.eq_ignore_ascii_case(b"accept"))
    };
    if !headers.get_all(VARY).iter().any(covers) {
        headers.append(VARY, HeaderValue::from_static("accept"));
    }
}
