//! What a response sends: its status, headers and body, and what is reported about it.

use alloc::borrow::Cow;
use alloc::string::ToString;
use alloc::vec::Vec;

use kate_errors_model::envelope::CodeHeader;

use super::{CatalogResponse, Content, OTHER};
use crate::encode::message::BodyContent;
use crate::encode::{NOTHING, fallback, message};
use crate::{CatalogCode, CatalogError, Format};

impl<E: CatalogError> CatalogResponse<E> {
    /// Emits a `tracing` event for the response: code, status and section, without values. This happens
    /// automatically if the response is converted for a framework; call it for responses that you send by hand.
    /// Needs the feature `tracing`.
    ///
    /// ```
    /// use kate_errors::KateError;
    ///
    /// let response = KateError::RunNotFound.response();
    /// response.record();
    /// # let send = |status: u16, body: &[u8]| ();
    /// send(response.status(), &response.body());
    /// ```
    #[cfg(feature = "tracing")]
    pub fn record(&self) {
        crate::server::events::record(self);
    }

    /// The message, with a mark in place of each sensitive value.
    #[cfg(feature = "tracing")]
    pub(crate) fn redacted(&self) -> Cow<'static, str> {
        match &self.content {
            Content::Error(error) => message::redacted(error),
            Content::Fallback(fallback) => Cow::Borrowed(fallback.detail()),
        }
    }

    /// The names of the parameters whose values are altered in the message, and of values of the request that are not
    /// sent, because the envelope of the catalog has no place for them.
    ///
    /// ```
    /// # use kate_errors::KateError;
    /// assert!(KateError::TokenExpired.response().sanitized_parameters().is_empty());
    /// ```
    #[must_use]
    pub fn sanitized_parameters(&self) -> Vec<&'static str> {
        let altered = self.error().map(CatalogError::sanitized_parameters).unwrap_or_default();
        let names = self.given().request.iter().map(|(name, _)| *name);
        let unsent = names.filter(|name| !E::Code::ENVELOPE.has_request_value(name));
        altered.into_iter().chain(unsent).collect()
    }

    /// The status.
    ///
    /// ```
    /// # use kate_errors::KateError;
    /// assert_eq!(KateError::TokenExpired.response().status(), 401);
    /// ```
    #[must_use]
    pub fn status(&self) -> u16 {
        match &self.content {
            Content::Error(error) => self.given().status.unwrap_or_else(|| error.code().status()),
            Content::Fallback(fallback) => fallback.status(),
        }
    }

    /// The code of the error; `None` if the response is not for an error of the catalog.
    ///
    /// ```
    /// # use kate_errors::{CatalogResponse, KateError, KateErrorCode};
    /// assert_eq!(KateError::TokenExpired.response().code(), Some(KateErrorCode::TokenExpired));
    /// assert_eq!(CatalogResponse::<KateError>::fallback(404).code(), None);
    /// ```
    #[must_use]
    pub fn code(&self) -> Option<E::Code> {
        match &self.content {
            Content::Error(error) => Some(error.code()),
            Content::Fallback(fallback) => fallback.code(),
        }
    }

    /// The error, or `None` if the response is not for an error of the catalog.
    pub(crate) fn error(&self) -> Option<&E> {
        match &self.content {
            Content::Error(error) => Some(error),
            Content::Fallback(_) => None,
        }
    }

    /// The value of OpenTelemetry's attribute `error.type`: the code, or `_OTHER`.
    ///
    /// ```
    /// # use kate_errors::{CatalogResponse, KateError};
    /// assert_eq!(KateError::TokenExpired.response().error_type(), "token_expired");
    /// assert_eq!(CatalogResponse::<KateError>::fallback(404).error_type(), "_OTHER");
    /// ```
    #[must_use]
    pub fn error_type(&self) -> &'static str {
        self.code().map_or(OTHER, CatalogCode::as_str)
    }

    /// The media type of the body.
    ///
    /// ```
    /// # use kate_errors::KateError;
    /// assert_eq!(KateError::TokenExpired.response().content_type(), "application/json");
    /// ```
    #[must_use]
    pub fn content_type(&self) -> &'static str {
        self.format.media_type::<E::Code>()
    }

    /// The format of the body.
    #[cfg(feature = "http")]
    pub(crate) fn format(&self) -> Format {
        self.format
    }

    /// The headers: lower-case names, and valid header values. The first is `content-type`; the framework adds
    /// `content-length`.
    ///
    /// ```
    /// # use kate_errors::KateError;
    /// let response = KateError::TokenExpired.response();
    /// let names: Vec<_> = response.headers().map(|(name, _)| name).collect();
    /// assert_eq!(names, ["content-type", "www-authenticate"]);
    /// ```
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, Cow<'static, str>)> + use<E> {
        let mut headers = Vec::new();
        self.each_header(|name, value| headers.push((name, value)));
        headers.into_iter()
    }

    /// Calls `with` with each header of [`headers`](Self::headers).
    pub(crate) fn each_header(&self, mut with: impl FnMut(&'static str, Cow<'static, str>)) {
        with("content-type", self.content_type().into());
        self.each_other_header(with);
    }

    /// Calls `with` with each header except `content-type`.
    pub(crate) fn each_other_header(&self, mut with: impl FnMut(&'static str, Cow<'static, str>)) {
        let retry_after = self.given().retry_after;
        for (name, value) in fallback::headers_under(self.code(), self.status()) {
            if retry_after.is_none() || *name != "retry-after" {
                with(name, (*value).into());
            }
        }
        if let Some(seconds) = retry_after {
            with("retry-after", seconds.to_string().into());
        }
        if self.has_error_code || E::Code::CODE_HEADER.is_some() {
            let code = self.code().and_then(|code| code.__row().sent_code());
            let code = code.filter(|code| CodeHeader::can_hold(code));
            let header = E::Code::ERROR_CODE;
            if let Some(code) = code {
                with(header.name, header.value(code));
            }
        }
        if self.negotiated {
            with("vary", "accept".into());
        }
    }

    /// The body in UTF-8, borrowed if it has no values, and the server adds nothing.
    ///
    /// ```
    /// # use kate_errors::KateError;
    /// let response = KateError::TokenExpired.response();
    /// assert_eq!(response.body().as_ref(), br#"{"detail":"Token expired"}"#);
    /// ```
    #[must_use]
    pub fn body(&self) -> Cow<'static, [u8]> {
        let write: fn(BodyContent<'_, E::Code>) -> Vec<u8> = match (&self.content, self.format) {
            (_, Format::Problem) => message::problem,
            _ if self.given.as_deref().is_some_and(|it| *it != NOTHING) => message::body_given,
            (Content::Error(error), _) => return error.body(),
            (Content::Fallback(fallback), _) => return fallback.body(),
        };
        let given = self.given();
        Cow::Owned(match &self.content {
            Content::Error(error) => message::with_content(error, given, write),
            Content::Fallback(fallback) => write(BodyContent { given, ..fallback.content() }),
        })
    }
}
