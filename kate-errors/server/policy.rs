//! What happens to a response on its way out, for every framework.
//!
//! An adapter passes the head of a response as a [`Head`], and its body as bytes. The policy changes the head,
//! and tells the adapter to read the body, to keep it, or to replace it. Nothing here depends on a framework.

use alloc::borrow::Cow;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::str;
use core::time::Duration;

use kate_errors_model::envelope::{Piece, Slot};
use kate_errors_model::status::is_error;

use super::events;
use super::layer::{RequestField, Settings};
use super::media::{Media, is_encoded};
use super::sanitized::Sanitized;
use super::unlisted::{Request, Unlisted, UnlistedReason};
use crate::{
    CatalogCode, CatalogError, CatalogResponse, Decoded, Decoder, Fallback, Format, Note,
    RequestValue, Unknown, UnknownReason,
};

/// The maximum size of a body that is read, in bytes: that of the decoder.
pub(super) const MAX_LENGTH: usize = kate_errors_model::MAX_BODY;

/// The header fields that describe a body, including digests (RFC 9530, and what it replaces). They are removed
/// with it.
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

/// The status and the header fields of a response, in the types of a framework. Names are in lower case.
pub(super) trait Head {
    fn status(&self) -> u16;

    /// The values of all fields of this name.
    fn values(&self, name: &'static str) -> impl Iterator<Item = &[u8]>;

    /// The mark, if the response has one.
    fn mark<C: CatalogCode>(&self) -> Option<Mark<C>>;

    fn set_status(&mut self, status: u16);

    /// Adds a header field. The catalog was checked for values that are not valid in one.
    fn append(&mut self, name: &'static str, value: &str);

    fn remove(&mut self, name: &'static str);

    fn set_mark<C: CatalogCode>(&mut self, mark: Mark<C>);
}

/// The mark of this library's responses, in their extensions: most of them pass without being read.
#[derive(Clone)]
pub(super) struct Mark<C> {
    code: Option<C>,
    /// The parameters whose values were altered.
    sanitized: Vec<&'static str>,
    /// Returns the body with values of the request, after those that it already has. `None` if bodies have none.
    body_with: Option<Arc<BodyWith>>,
}

type BodyWith = dyn Fn(&[RequestField]) -> Cow<'static, [u8]> + Send + Sync;

impl<C: CatalogCode> Mark<C> {
    pub(super) fn of<E: CatalogError<Code = C>>(response: &CatalogResponse<E>) -> Self {
        let body_with = || -> Arc<BodyWith> {
            let response = response.clone();
            Arc::new(move |values| response.clone().with_request_values(values).body())
        };
        Self {
            code: response.code(),
            sanitized: response.sanitized_parameters(),
            body_with: CatalogResponse::<E>::HAS_REQUEST_VALUES.then(body_with),
        }
    }
}

/// The length of a body, as far as it is known before the body is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Length {
    pub(super) min: u64,
    pub(super) max: Option<u64>,
}

/// What to do with the body of a response.
#[derive(Debug)]
pub(super) enum Decision {
    Keep,
    Replace(Cow<'static, [u8]>),
}

/// The policy for the response to one request.
pub(super) struct Policy<'s, E: CatalogError> {
    pub(super) settings: &'s Settings<E>,
    pub(super) request: Request<'s>,
    /// The values of the request for bodies.
    pub(super) values: &'s [RequestField],
}

impl<E: CatalogError> Policy<'_, E> {
    /// The format that the client accepts, as far as the catalog supports it.
    fn format(&self) -> Format {
        self.request.format.of_catalog::<E::Code>()
    }

    /// Decides by the head alone, if possible. Otherwise, the body must be read, up to [`MAX_LENGTH`].
    pub(super) fn by_head(&self, head: &mut impl Head, length: Length) -> Option<Decision> {
        let is_marked_success =
            E::Code::ENVELOPE.is_success(head.status()) && head.mark::<E::Code>().is_some();
        if !is_error(head.status()) && !is_marked_success {
            return Some(Decision::Keep);
        }
        if let Some(Mark { code: Some(code), sanitized, body_with }) = head.mark::<E::Code>() {
            let request = self.request;
            let told = Sanitized { code, request, parameters: &sanitized };
            if self.settings.report_sanitized(&told) {
                // A layer around this one does not report it again.
                head.set_mark(Mark { code: Some(code), sanitized: Vec::new(), body_with });
            }
        }
        let media = media(head);
        let is_encoded = is_encoded(head.values("content-encoding"));
        let is_empty = length.max == Some(0);
        if media == Media::Stream {
            return Some(Decision::Keep);
        }
        let has_format = self.format() == Format::Json || is_encoded || is_empty;
        if has_format && head.mark::<E::Code>().is_some() {
            vary_by_accept(head);
            return Some(self.with_values(head));
        }
        // The body of the response to GET is unknown.
        if is_empty && !is_encoded && self.request.is_head() && media.is_json() {
            return Some(Decision::Keep);
        }
        let reason = match media {
            _ if is_encoded => UnlistedReason::Encoded,
            _ if is_empty => UnlistedReason::Empty,
            Media::Json | Media::Problem if length.min <= MAX_LENGTH as u64 => return None,
            Media::Json | Media::Problem => UnlistedReason::TooLarge,
            // Messages are short, and those of frameworks are too. A text of unknown length is not waited for.
            Media::Text if length.max.is_some_and(|max| max <= MAX_LENGTH as u64) => return None,
            _ => UnlistedReason::NotJson,
        };
        Some(self.unlisted(head, &[], reason))
    }

    /// Keeps a response of the catalog, unless its body lacks values of the request.
    fn with_values(&self, head: &mut impl Head) -> Decision {
        let body_with = head.mark::<E::Code>().and_then(|mark| mark.body_with);
        match body_with.filter(|_| !self.values.is_empty()) {
            Some(body_with) => {
                let of_body = OF_THE_BODY.into_iter().filter(|name| *name != "content-type");
                of_body.for_each(|name| head.remove(name));
                Decision::Replace(body_with(self.values))
            }
            None => Decision::Keep,
        }
    }

    /// Decides by head and body.
    pub(super) fn by_body(&self, head: &mut impl Head, body: &[u8]) -> Decision {
        match read(head, body) {
            Ok((response, is_current)) => self.listed(head, response, is_current),
            Err(reason) => self.unlisted(head, body, reason),
        }
    }

    /// Decides without the body, if the adapter would have to wait for it.
    #[cfg(feature = "actix-web")]
    pub(super) fn without_body(&self, head: &mut impl Head) -> Decision {
        let is_json = media(head).is_json();
        let reason = if is_json { UnlistedReason::NotInCatalog } else { UnlistedReason::NotJson };
        self.unlisted(head, &[], reason)
    }

    /// Keeps a response of the catalog if it is below 500, in the format that the client accepts, and in the
    /// current envelope.
    fn listed(
        &self,
        head: &mut impl Head,
        response: CatalogResponse<E>,
        is_current: bool,
    ) -> Decision {
        if head.mark::<E::Code>().is_none() {
            events::record(&response);
            head.set_mark(Mark::of(&response));
        }
        let media = media(head);
        let has_format = self.format() == Format::Json || media == Media::Problem;
        // There may be internal details beside the message.
        let is_suspect = head.status() >= 500;
        if !media.is_json() || !has_format || is_suspect || !is_current {
            return self.replace(head, response);
        }
        // The catalog may require the code in every response, even if this library did not write it.
        let header = E::Code::CODE_HEADER.filter(|it| head.values(it.name).next().is_none());
        let code = response.code().and_then(|code| code.__row().sent_code());
        if let (Some(header), Some(code)) = (header, code) {
            head.append(header.name, &header.value(code));
        }
        vary_by_accept(head);
        Decision::Keep
    }

    /// Keeps a response that is not in the catalog if a handler must have sent it on purpose, and it cannot
    /// contain internal details. `body` is the part that was read.
    pub(super) fn unlisted(
        &self,
        head: &mut impl Head,
        body: &[u8],
        reason: UnlistedReason,
    ) -> Decision {
        use UnlistedReason::{Encoded, NotInCatalog, StatusDiffers, TooLarge};

        let status = head.status();
        let is_meant = matches!(reason, Encoded | NotInCatalog | StatusDiffers | TooLarge);
        let is_kept =
            is_meant && status < 500 && media(head).is_json() && !self.settings.replaces_json;
        self.settings.report(&Unlisted {
            status,
            request: self.request,
            content_type: head.values("content-type").next(),
            body,
            reason,
            replaced: !is_kept,
        });
        if is_kept {
            return Decision::Keep;
        }
        let response = self.settings.replacement_of(status);
        events::record(&response);
        self.replace(head, response)
    }

    /// Replaces the body and the header fields that describe it. A header field of the catalog is only added if
    /// the service did not set it, because the service knows the request.
    fn replace(&self, head: &mut impl Head, response: CatalogResponse<E>) -> Decision {
        let mut response =
            response.negotiated(self.request.format).with_request_values(self.values);
        // The head keeps this field, and the body can have its value too.
        let wait = head.values("retry-after").next().and_then(|wait| str::from_utf8(wait).ok());
        if let Some(seconds) = wait.and_then(|wait| wait.parse().ok()) {
            response = response.retry_after(Duration::from_secs(seconds));
        }
        head.set_status(response.status());
        for name in OF_THE_BODY {
            head.remove(name);
        }
        response.each_header(|name, value| {
            if head.values(name).next().is_none() {
                head.append(name, &value);
            }
        });
        vary_by_accept(head);
        head.set_mark(Mark::of(&response));
        Decision::Replace(response.body())
    }
}

/// Decodes a body as a response of the catalog. Returns the response and whether it has the current envelope, or
/// why it is not in the catalog.
fn read<E: CatalogError>(
    head: &impl Head,
    body: &[u8],
) -> Result<(CatalogResponse<E>, bool), UnlistedReason> {
    let status = head.status();
    let code = match head.mark::<E::Code>() {
        Some(Mark { code, .. }) => code.and_then(|it| it.__row().sent_code()).map(str::as_bytes),
        None => head.values(E::Code::ERROR_CODE.name).next(),
    };
    let decoded = Decoder::<E>::new().error_code(code).decode(status, body);
    let differs = |note: &Note<_>| matches!(note, Note::StatusDiffers { .. });
    if decoded.notes().iter().any(differs) {
        return Err(UnlistedReason::StatusDiffers);
    }
    // Sent by another layer of this kind, or by a handler that follows the same rule.
    let fallback = Fallback::<E::Code>::of(status).detail();
    let is_fallback = decoded.detail().is_some_and(|text| text == fallback);
    let (fields, is_current) = (decoded.fields(), decoded.is_current());
    let values = request_values(&decoded);
    // A list of fields that this library wrote has no message. The mark has the code of the error, if there is one.
    let ours = head.mark::<E::Code>().filter(|_| decoded.validation().is_some());
    let is_ours = ours.is_some();
    let marked = ours.and_then(|mark| E::__from_values(mark.code?, &[], None));
    let response = match decoded.into_known().or_else(|decoded| marked.ok_or(decoded)) {
        Ok(error) => CatalogResponse::new(error).with_status(status).keep_fields(fields),
        Err(_) if is_ours => CatalogResponse::fallback(status).keep_fields(fields),
        Err(_) if is_fallback => CatalogResponse::fallback(status),
        Err(decoded) => return Err(reason(&decoded)),
    };
    Ok((response.with_request_values(&values), is_current))
}

/// The values of the request that a body has.
fn request_values<E: CatalogError>(decoded: &Decoded<'_, E>) -> Vec<RequestField> {
    let found = CatalogResponse::<E>::HAS_REQUEST_VALUES
        .then(|| decoded.envelope().find(decoded.body()).ok())
        .flatten();
    let value = |piece: &Piece<'static>| match piece {
        Piece::Slot(slot @ Slot::Request(name), _) => {
            let value = found.as_ref()?.get(*slot).filter(|it| !it.as_str().is_empty())?;
            Some((*name, RequestValue::of(value)))
        }
        _ => None,
    };
    E::Code::ENVELOPE.pieces.iter().filter_map(value).collect()
}

fn media(head: &impl Head) -> Media {
    Media::of(head.values("content-type").next())
}

/// Tells caches that the response depends on what the client accepts (RFC 9110, section 12.5.5).
fn vary_by_accept(head: &mut impl Head) {
    let covers = |value: &[u8]| {
        let mut names = value.split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
        names.any(|name| name == b"*" || name.eq_ignore_ascii_case(b"accept"))
    };
    if !head.values("vary").any(covers) {
        head.append("vary", "accept");
    }
}

/// Why a body is not in the catalog.
fn reason<E: CatalogError>(decoded: &Decoded<'_, E>) -> UnlistedReason {
    match decoded.unknown().map(Unknown::reason) {
        Some(UnknownReason::Empty) => UnlistedReason::Empty,
        Some(
            UnknownReason::NotJson { .. }
            | UnknownReason::Truncated
            | UnknownReason::TrailingBytes { .. }
            | UnknownReason::InvalidUtf8 { .. }
            | UnknownReason::TooDeep
            | UnknownReason::TooLarge { .. },
        ) => UnlistedReason::NotJson,
        _ => UnlistedReason::NotInCatalog,
    }
}
