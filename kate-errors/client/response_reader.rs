//! Decoding the responses of a client.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use core::error::Error;
use core::fmt;
use core::marker::PhantomData;
use core::time::Duration;

use http::{HeaderMap, Response, StatusCode};
use kate_errors_model::status::may_be_error;

use super::ErrorResponse;
use super::body::{End, PartialBody};
use super::error_response::Parts;
use super::headers::declared_length;
use crate::{CatalogCode, CatalogError, CatalogOperation, Decoded, Decoder, Scope, UnknownReason};
use kate_errors_model::MAX_BODY;

/// Decodes responses of a client, with what is known about their origin, and with limits.
///
/// If you need neither, use [`ErrorResponse::from_parts`]. A reader is small and can be copied; a client can create
/// one for each operation.
///
/// ```
/// use http::{HeaderMap, StatusCode};
/// use kate_errors::client::ResponseReader;
/// use kate_errors::{KateError, KateErrorCode, Section};
///
/// let reader = ResponseReader::<KateError>::new().within(Section::Queries).body_limit(4096);
/// let body = br#"{"detail":"Insufficient token balance"}"#;
/// let error = reader.read(StatusCode::PAYMENT_REQUIRED, &HeaderMap::new(), body).unwrap();
/// assert_eq!(error.code(), Some(KateErrorCode::QueryInsufficientTokenBalance));
/// ```
pub struct ResponseReader<E: CatalogError> {
    scope: Option<Scope<E::Code>>,
    pub(super) body_limit: usize,
    pub(super) max_body_time: Duration,
    max_delay: Duration,
    error: PhantomData<fn() -> E>,
}

impl<E: CatalogError> ResponseReader<E> {
    /// The maximum for [`body_limit`](Self::body_limit): 1 MiB.
    pub const MAX_BODY_LIMIT: usize = 1024 * 1024;

    /// Creates a reader with the default limits: 64 KiB of a body are kept, reading takes at most a minute, and
    /// [`retry_after`](ErrorResponse::retry_after) is at most an hour.
    ///
    /// ```
    /// # use kate_errors::{KateError, client::ResponseReader};
    /// let reader = ResponseReader::<KateError>::new();
    /// ```
    #[must_use]
    pub fn new() -> Self {
        const MINUTE: Duration = Duration::from_secs(60);
        Self {
            scope: None,
            body_limit: MAX_BODY,
            max_body_time: MINUTE,
            max_delay: MINUTE.saturating_mul(60),
            error: PhantomData,
        }
    }

    /// Prefers the errors of a section or operation: as [`Decoder::within`].
    ///
    /// ```
    /// # use kate_errors::{KateError, Section, client::ResponseReader};
    /// let reader = ResponseReader::<KateError>::new().within(Section::Runs);
    /// ```
    #[must_use]
    pub fn within(self, scope: impl Into<Scope<E::Code>>) -> Self {
        Self { scope: Some(scope.into()), ..self }
    }

    /// Prefers the errors that an operation lists: as [`Decoder::operation`].
    ///
    /// ```
    /// # use kate_errors::{KateError, SubscribeError, client::ResponseReader};
    /// let reader = ResponseReader::<KateError>::new().operation::<SubscribeError>();
    /// ```
    #[must_use]
    pub fn operation<O: CatalogOperation<Code = E::Code>>(self) -> Self {
        self.within(Scope::of_operation::<O>())
    }

    /// Limits the bytes of a body that are read and kept, from 0 to [`MAX_BODY_LIMIT`](Self::MAX_BODY_LIMIT). At
    /// most 64 KiB are decoded.
    ///
    /// ```
    /// use http::{HeaderMap, StatusCode};
    /// use kate_errors::KateError;
    /// use kate_errors::client::ResponseReader;
    ///
    /// let reader = ResponseReader::<KateError>::new().body_limit(4);
    /// let error = reader.read(StatusCode::BAD_GATEWAY, &HeaderMap::new(), b"<html>").unwrap();
    /// assert_eq!(error.raw_body(), b"<htm");
    /// assert_eq!(error.to_string(), "502: the body is cut off; 4 of its 6 bytes are kept");
    /// ```
    #[must_use]
    pub fn body_limit(self, bytes: usize) -> Self {
        Self { body_limit: bytes.min(Self::MAX_BODY_LIMIT), ..self }
    }

    /// Stops reading a body after this time, even if data still arrives: the timeouts of some clients restart with
    /// each chunk. It is only checked when a chunk arrives. For a server that stops sending, set a timeout in the
    /// client.
    ///
    /// ```
    /// # use core::time::Duration;
    /// # use kate_errors::{KateError, client::ResponseReader};
    /// let reader = ResponseReader::<KateError>::new().max_body_time(Duration::from_secs(10));
    /// ```
    #[must_use]
    pub fn max_body_time(self, time: Duration) -> Self {
        Self { max_body_time: time, ..self }
    }

    /// The maximum of [`retry_after`](ErrorResponse::retry_after); longer times are reduced to it.
    ///
    /// ```
    /// use core::time::Duration;
    /// use http::{HeaderMap, StatusCode};
    /// use kate_errors::KateError;
    /// use kate_errors::client::ResponseReader;
    ///
    /// let mut headers = HeaderMap::new();
    /// headers.insert("retry-after", "600".parse()?);
    /// let reader = ResponseReader::<KateError>::new().max_retry_after(Duration::from_secs(60));
    /// let error = reader.read(StatusCode::TOO_MANY_REQUESTS, &headers, b"").unwrap();
    /// assert_eq!(error.retry_after(), Some(Duration::from_secs(60)));
    /// # Ok::<(), http::header::InvalidHeaderValue>(())
    /// ```
    #[must_use]
    pub fn max_retry_after(self, delay: Duration) -> Self {
        Self { max_delay: delay, ..self }
    }

    /// Decodes a response, like [`ErrorResponse::from_parts`].
    ///
    /// ```
    /// use http::{HeaderMap, StatusCode};
    /// use kate_errors::KateError;
    /// use kate_errors::client::ResponseReader;
    ///
    /// let reader = ResponseReader::<KateError>::new();
    /// let body = br#"{"detail":"Run not found"}"#;
    /// let error = reader.read(StatusCode::NOT_FOUND, &HeaderMap::new(), body).unwrap();
    /// assert_eq!(error.known(), Some(&KateError::RunNotFound));
    /// assert!(reader.read(StatusCode::OK, &HeaderMap::new(), body).is_none());
    /// ```
    #[must_use]
    pub fn read<'b>(
        &self,
        status: StatusCode,
        headers: &HeaderMap,
        body: impl Into<Cow<'b, [u8]>>,
    ) -> Option<ErrorResponse<E>> {
        may_be_error(status.as_u16()).then(|| {
            let body = PartialBody::cut(body.into(), self.body_limit);
            self.error(status, headers.clone(), body)
        })
    }

    /// Decodes a response with an incomplete body, for clients that read it in chunks: `body` is what was received
    /// before `error`.
    ///
    /// ```
    /// use http::{HeaderMap, StatusCode};
    /// use kate_errors::KateError;
    /// use kate_errors::client::ResponseReader;
    ///
    /// let reader = ResponseReader::<KateError>::new();
    /// let body = br#"{"detail":"Run not fo"#;
    /// let error = reader.read_broken(StatusCode::NOT_FOUND, &HeaderMap::new(), body, "timed out");
    /// let error = error.unwrap();
    /// assert_eq!((error.code(), error.raw_body()), (None, &body[..]));
    /// assert_eq!(error.body_error().unwrap().to_string(), "timed out");
    /// assert_eq!(error.to_string(), "404: the body is cut off; 21 bytes of it came");
    /// ```
    #[must_use]
    pub fn read_broken<'b>(
        &self,
        status: StatusCode,
        headers: &HeaderMap,
        body: impl Into<Cow<'b, [u8]>>,
        error: impl Into<Box<dyn Error + Send + Sync>>,
    ) -> Option<ErrorResponse<E>> {
        may_be_error(status.as_u16()).then(|| {
            let bytes = PartialBody::cut(body.into(), self.body_limit).bytes;
            let end = End::broken(error);
            self.error(status, headers.clone(), PartialBody { bytes, end })
        })
    }

    /// Returns the response if its status is not an error status, for clients with an [`http::Response`] whose body
    /// is in memory.
    ///
    /// # Errors
    ///
    /// The decoded error, if the response is one.
    ///
    /// ```
    /// use http::Response;
    /// use kate_errors::KateError;
    /// use kate_errors::client::{ErrorResponse, ResponseReader};
    ///
    /// fn name(response: Response<Vec<u8>>) -> Result<String, ErrorResponse<KateError>> {
    ///     let response = ResponseReader::new().check(response)?;
    ///     Ok(String::from_utf8_lossy(response.body()).into_owned())
    /// }
    ///
    /// assert_eq!(name(Response::new(b"a name".to_vec())).unwrap(), "a name");
    /// let gone = Response::builder().status(410).body(Vec::new()).unwrap();
    /// assert_eq!(name(gone).unwrap_err().status(), 410);
    /// ```
    pub fn check<B: AsRef<[u8]>>(
        &self,
        response: Response<B>,
    ) -> Result<Response<B>, ErrorResponse<E>> {
        let body = response.body().as_ref();
        match self.read(response.status(), response.headers(), body) {
            Some(error) => Err(error),
            None => Ok(response),
        }
    }

    pub(crate) fn error(
        &self,
        status: StatusCode,
        headers: HeaderMap,
        body: PartialBody,
    ) -> ErrorResponse<E> {
        let PartialBody { bytes, end } = body;
        let decoder = self.decoder().error_code(headers.get(E::Code::ERROR_CODE.name));
        let received = match end {
            End::Whole => decoder.decode(status.as_u16(), bytes),
            // The beginning of a body can look like an error even if the body is not one.
            End::Limit(_) | End::Broken(_) => {
                let found = decoder.unread(status.as_u16(), reason(&end, &headers));
                Decoded::new(status.as_u16(), Cow::Owned(bytes), (found, 0))
            }
        };
        let max_delay = self.max_delay;
        ErrorResponse::new(Parts { received, status, headers, end, max_delay })
    }

    fn decoder(&self) -> Decoder<'_, E> {
        match self.scope {
            Some(scope) => Decoder::new().within(scope),
            None => Decoder::new(),
        }
    }
}

/// Why an incomplete body is unknown.
fn reason(end: &End, headers: &HeaderMap) -> UnknownReason {
    let length = match end {
        End::Limit(known) => known.or_else(|| declared_length(headers)),
        End::Whole | End::Broken(_) => None,
    };
    match length.and_then(|length| usize::try_from(length).ok()) {
        Some(length) if length > MAX_BODY => UnknownReason::TooLarge { length },
        _ => UnknownReason::Truncated,
    }
}

impl<E: CatalogError> Default for ResponseReader<E> {
    fn default() -> Self {
        Self::new()
    }
}

#[expect(
    clippy::expl_impl_clone_on_copy,
    reason = "a derived impl would require errors that are `Copy`"
)]
impl<E: CatalogError> Clone for ResponseReader<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E: CatalogError> Copy for ResponseReader<E> {}

impl<E: CatalogError> fmt::Debug for ResponseReader<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseReader")
            .field("scope", &self.scope.map(|scope| scope.name()))
            .field("body_limit", &self.body_limit)
            .field("max_body_time", &self.max_body_time)
            .field("max_retry_after", &self.max_delay)
            .finish()
    }
}
