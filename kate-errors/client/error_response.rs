//! An error response of a server, as the error type of a client.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use http::{HeaderMap, StatusCode};

use super::body::End;
use super::{ResponseReader, headers};
use crate::encode::OTHER;
use crate::encode::message::without_values;
use crate::{CatalogCode, CatalogError, Decoded, FieldError, Note, Validation};

/// An error response of a server: status, headers and body, and the result of decoding them.
///
/// Use it as the error type of a client's functions. It is the size of a pointer, and an
/// [`Error`](core::error::Error) that can be sent and cloned. `Debug` and `Display` are safe for logs: they show
/// neither the body, nor values of sensitive parameters, nor header values except the request ID, and escape
/// control characters.
///
/// The extension traits for HTTP clients (see [`client`](crate::client)) create it. For other clients, use
/// [`from_parts`](Self::from_parts).
///
/// ```
/// use http::{HeaderMap, StatusCode};
/// use kate_errors::client::ErrorResponse;
/// use kate_errors::{KateError, KateErrorCode};
///
/// fn check(
///     status: StatusCode,
///     headers: &HeaderMap,
///     body: Vec<u8>,
/// ) -> Result<Vec<u8>, ErrorResponse<KateError>> {
///     match ErrorResponse::from_parts(status, headers, &body) {
///         Some(error) => Err(error),
///         None => Ok(body),
///     }
/// }
///
/// let body = br#"{"detail":"Run not found"}"#.to_vec();
/// let error = check(StatusCode::NOT_FOUND, &HeaderMap::new(), body).unwrap_err();
/// assert_eq!(error.code(), Some(KateErrorCode::RunNotFound));
/// assert_eq!(error.cause().unwrap(), "Invalid run ID");
/// assert_eq!(error.fix().unwrap(), "Check the run ID");
/// assert_eq!(error.to_string(), "404 run_not_found: Run not found");
/// ```
#[derive(Clone)]
pub struct ErrorResponse<E: CatalogError> {
    // Boxed, because it is part of every `Result` of a client.
    parts: Box<Parts<E>>,
}

#[derive(Clone)]
pub(crate) struct Parts<E: CatalogError> {
    pub(crate) received: Decoded<'static, E>,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) end: End,
    pub(crate) max_delay: Duration,
}

impl<E: CatalogError> ErrorResponse<E> {
    pub(crate) fn new(parts: Parts<E>) -> Self {
        Self { parts: Box::new(parts) }
    }

    pub(crate) fn parts(&self) -> &Parts<E> {
        &self.parts
    }

    /// Decodes a response. Returns `None` if its status is not an error status: 1xx, 2xx or 3xx (RFC 9110, section
    /// 15).
    ///
    /// It uses the header `x-error-code`, if the server sends it. A borrowed body is copied, up to the limit; an
    /// owned body is kept. To name the operation, or to change limits, see [`reader`](Self::reader).
    ///
    /// ```
    /// use http::{HeaderMap, StatusCode};
    /// use kate_errors::KateError;
    /// use kate_errors::client::ErrorResponse;
    ///
    /// let headers = HeaderMap::new();
    /// let body = br#"{"detail":"Artifact deleted"}"#;
    /// assert!(ErrorResponse::<KateError>::from_parts(StatusCode::OK, &headers, body).is_none());
    ///
    /// let page = "<h1>502 Bad Gateway</h1>".as_bytes();
    /// let error = ErrorResponse::<KateError>::from_parts(StatusCode::BAD_GATEWAY, &headers, page);
    /// let error = error.unwrap();
    /// assert_eq!((error.code(), error.raw_body()), (None, page));
    /// assert_eq!(error.to_string(), "502: the body is not JSON, see byte 0");
    /// ```
    #[must_use]
    pub fn from_parts<'b>(
        status: StatusCode,
        headers: &HeaderMap,
        body: impl Into<Cow<'b, [u8]>>,
    ) -> Option<Self> {
        Self::reader().read(status, headers, body)
    }

    /// Creates a reader, which can take an operation or a section, and limits.
    ///
    /// ```
    /// use http::{HeaderMap, StatusCode};
    /// use kate_errors::client::ErrorResponse;
    /// use kate_errors::{KateError, KateErrorCode, QueryError};
    ///
    /// let body = br#"{"detail":"Insufficient token balance"}"#;
    /// let error = ErrorResponse::<KateError>::reader()
    ///     .operation::<QueryError>()
    ///     .read(StatusCode::PAYMENT_REQUIRED, &HeaderMap::new(), body)
    ///     .unwrap();
    /// assert_eq!(error.code(), Some(KateErrorCode::QueryInsufficientTokenBalance));
    /// ```
    #[must_use]
    pub fn reader() -> ResponseReader<E> {
        ResponseReader::new()
    }

    /// The code of the error, if the response is in the catalog: that of its body, even if its values cannot be read
    /// ([`Decoded::code`]), otherwise that of the header `x-error-code` if the error has the status of the response.
    ///
    /// ```
    /// use http::{HeaderMap, StatusCode};
    /// use kate_errors::client::ErrorResponse;
    /// use kate_errors::{KateError, KateErrorCode};
    ///
    /// // The response to a HEAD request has no body.
    /// let mut headers = HeaderMap::new();
    /// headers.insert("x-error-code", "run_not_found".parse()?);
    /// let error = ErrorResponse::<KateError>::from_parts(StatusCode::NOT_FOUND, &headers, b"").unwrap();
    /// assert_eq!(error.code(), Some(KateErrorCode::RunNotFound));
    /// assert_eq!(error.known(), None);
    /// # Ok::<(), http::header::InvalidHeaderValue>(())
    /// ```
    #[must_use]
    pub fn code(&self) -> Option<E::Code> {
        let Parts { received, status, headers, .. } = self.parts();
        received.code().or_else(|| headers::named(*status, headers))
    }

    /// The status of the response.
    ///
    /// ```
    /// # use http::{HeaderMap, StatusCode};
    /// # use kate_errors::{KateError, client::ErrorResponse};
    /// let error = ErrorResponse::<KateError>::from_parts(StatusCode::GONE, &HeaderMap::new(), b"");
    /// assert_eq!(error.unwrap().status(), StatusCode::GONE);
    /// ```
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.parts.status
    }

    /// The error with its values, if the response is in the catalog.
    ///
    /// ```
    /// # use http::{HeaderMap, StatusCode};
    /// # use kate_errors::{KateError, client::ErrorResponse};
    /// let body = br#"{"detail":"Token expired"}"#;
    /// let error = ErrorResponse::from_parts(StatusCode::UNAUTHORIZED, &HeaderMap::new(), body);
    /// assert_eq!(error.unwrap().known(), Some(&KateError::TokenExpired));
    /// ```
    #[must_use]
    pub fn known(&self) -> Option<&E> {
        self.parts.received.known()
    }

    /// The received message, if there is one. It is untrusted text, and can contain values of sensitive parameters.
    ///
    /// ```
    /// # use http::{HeaderMap, StatusCode};
    /// # use kate_errors::{KateError, client::ErrorResponse};
    /// let body = br#"{"detail":"Not here"}"#;
    /// let error = ErrorResponse::<KateError>::from_parts(StatusCode::GONE, &HeaderMap::new(), body);
    /// assert_eq!(error.unwrap().detail().unwrap(), "Not here");
    /// ```
    #[must_use]
    pub fn detail(&self) -> Option<Cow<'_, str>> {
        if self.is_complete() { self.parts.received.detail() } else { None }
    }

    /// The cause of the error, with its values, if the error is known. If only its [`code`](Self::code) is known,
    /// it is returned if it needs no values.
    ///
    /// ```
    /// # use http::{HeaderMap, StatusCode};
    /// # use kate_errors::{KateError, client::ErrorResponse};
    /// let body = br#"{"detail":"Run not found"}"#;
    /// let error = ErrorResponse::<KateError>::from_parts(StatusCode::NOT_FOUND, &HeaderMap::new(), body);
    /// assert_eq!(error.unwrap().cause().unwrap(), "Invalid run ID");
    /// ```
    #[must_use]
    pub fn cause(&self) -> Option<Cow<'static, str>> {
        match self.known() {
            Some(error) => Some(CatalogError::cause(error)),
            None => without_values(self.code()?.cause_template()),
        }
    }

    /// The fix of the error, with its values, if the error is known; see [`cause`](Self::cause).
    ///
    /// ```
    /// # use http::{HeaderMap, StatusCode};
    /// # use kate_errors::{KateError, client::ErrorResponse};
    /// let body = br#"{"detail":"Run not found"}"#;
    /// let error = ErrorResponse::<KateError>::from_parts(StatusCode::NOT_FOUND, &HeaderMap::new(), body);
    /// assert_eq!(error.unwrap().fix().unwrap(), "Check the run ID");
    /// ```
    #[must_use]
    pub fn fix(&self) -> Option<Cow<'static, str>> {
        match self.known() {
            Some(error) => Some(CatalogError::fix(error)),
            None => without_values(self.code()?.fix_template()),
        }
    }

    /// The URL of the error on the reference page, if the error is known and the catalog has a page.
    ///
    /// ```
    /// # use http::{HeaderMap, StatusCode};
    /// # use kate_errors::{KateError, client::ErrorResponse};
    /// let body = br#"{"detail":"Run not found"}"#;
    /// let error = ErrorResponse::<KateError>::from_parts(StatusCode::NOT_FOUND, &HeaderMap::new(), body);
    /// assert!(error.unwrap().docs_url().unwrap().ends_with("#run_not_found"));
    /// ```
    #[must_use]
    pub fn docs_url(&self) -> Option<String> {
        self.code()?.docs_url()
    }

    /// The decoded response.
    ///
    /// ```
    /// # use http::{HeaderMap, StatusCode};
    /// # use kate_errors::{KateError, KateErrorCode, client::ErrorResponse};
    /// let body = br#"{"detail":"run not found"}"#;
    /// let error = ErrorResponse::<KateError>::from_parts(StatusCode::NOT_FOUND, &HeaderMap::new(), body);
    /// let nearest = error.unwrap().received().nearest().unwrap();
    /// assert_eq!(nearest.code(), KateErrorCode::RunNotFound);
    /// ```
    #[must_use]
    pub fn received(&self) -> &Decoded<'static, E> {
        &self.parts.received
    }

    /// Returns the decoded response, without the headers.
    ///
    /// ```
    /// # use http::{HeaderMap, StatusCode};
    /// # use kate_errors::{KateError, client::ErrorResponse};
    /// let body = br#"{"detail":"Run not found"}"#;
    /// let error = ErrorResponse::<KateError>::from_parts(StatusCode::NOT_FOUND, &HeaderMap::new(), body);
    /// assert_eq!(error.unwrap().into_received().into_known().unwrap(), KateError::RunNotFound);
    /// ```
    #[must_use]
    pub fn into_received(self) -> Decoded<'static, E> {
        self.parts.received
    }

    /// What is unexpected about a known error: worth logging.
    ///
    /// ```
    /// # use http::{HeaderMap, StatusCode};
    /// # use kate_errors::{Note, KateError, client::ErrorResponse};
    /// let body = br#"{"detail":"Run not found"}"#;
    /// let error = ErrorResponse::<KateError>::from_parts(StatusCode::GONE, &HeaderMap::new(), body);
    /// let expected = Note::StatusDiffers { expected: 404, received: 410 };
    /// assert_eq!(error.unwrap().notes(), [expected]);
    /// ```
    #[must_use]
    pub fn notes(&self) -> &[Note<E::Code>] {
        self.parts.received.notes()
    }

    /// What is wrong with the request, if the response lists it.
    ///
    /// ```
    /// # use http::{HeaderMap, StatusCode};
    /// # use kate_errors::{KateError, client::ErrorResponse};
    /// let body = br#"{"detail":[{"loc":["body","name"],"msg":"Field required","type":"missing"}]}"#;
    /// let status = StatusCode::UNPROCESSABLE_ENTITY;
    /// let error = ErrorResponse::<KateError>::from_parts(status, &HeaderMap::new(), body).unwrap();
    /// assert_eq!(error.validation().unwrap().items()[0].path(), "body.name");
    /// ```
    #[must_use]
    pub fn validation(&self) -> Option<&Validation> {
        self.parts.received.validation()
    }

    /// The invalid fields of the request, if the response lists them: [`Decoded::fields`](crate::Decoded::fields).
    ///
    /// ```
    /// # use http::{HeaderMap, StatusCode};
    /// # use kate_errors::{KateError, client::ErrorResponse};
    /// let body = br#"{"detail":[{"loc":["body","name"],"msg":"Field required","type":"missing"}]}"#;
    /// let status = StatusCode::UNPROCESSABLE_ENTITY;
    /// let error = ErrorResponse::<KateError>::from_parts(status, &HeaderMap::new(), body).unwrap();
    /// assert_eq!(error.fields()[0].path(), "body.name");
    /// ```
    #[must_use]
    pub fn fields(&self) -> Vec<FieldError> {
        self.parts.received.fields()
    }

    /// The request ID, for the logs of the server: the first of the headers `x-request-id`, `request-id`,
    /// `x-amzn-requestid`, `x-amz-request-id` and `x-correlation-id` that consists of 1 to 128 visible ASCII
    /// characters.
    ///
    /// ```
    /// # use http::{HeaderMap, StatusCode};
    /// # use kate_errors::{KateError, client::ErrorResponse};
    /// let mut headers = HeaderMap::new();
    /// headers.insert("x-request-id", "5f3a".parse()?);
    /// let error = ErrorResponse::<KateError>::from_parts(StatusCode::GONE, &headers, b"").unwrap();
    /// assert_eq!(error.request_id(), Some("5f3a"));
    /// # Ok::<(), http::header::InvalidHeaderValue>(())
    /// ```
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        headers::request_id(&self.parts.headers)
    }

    /// The headers as they were received, including secrets.
    ///
    /// ```
    /// # use http::{HeaderMap, StatusCode};
    /// # use kate_errors::{KateError, client::ErrorResponse};
    /// let mut headers = HeaderMap::new();
    /// headers.insert("allow", "GET, HEAD".parse()?);
    /// let error = ErrorResponse::<KateError>::from_parts(StatusCode::METHOD_NOT_ALLOWED, &headers, b"");
    /// assert_eq!(error.unwrap().headers()["allow"], "GET, HEAD");
    /// # Ok::<(), http::header::InvalidHeaderValue>(())
    /// ```
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }

    /// The value of OpenTelemetry's attribute `error.type`, a label for metrics and traces: the
    /// [`code`](Self::code), or `_OTHER`.
    ///
    /// ```
    /// # use http::{HeaderMap, StatusCode};
    /// # use kate_errors::{KateError, client::ErrorResponse};
    /// let of = |body: &'static [u8]| {
    ///     let status = StatusCode::NOT_FOUND;
    ///     ErrorResponse::<KateError>::from_parts(status, &HeaderMap::new(), body).unwrap().error_type()
    /// };
    /// assert_eq!(of(br#"{"detail":"Run not found"}"#), "run_not_found");
    /// assert_eq!(of(br#"{"detail":"Not Found"}"#), "_OTHER");
    /// ```
    #[must_use]
    pub fn error_type(&self) -> &'static str {
        self.code().map_or(OTHER, CatalogCode::as_str)
    }
}
