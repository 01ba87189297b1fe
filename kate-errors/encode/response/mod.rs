//! The response to a failed request, for any framework.

mod sent;

use alloc::boxed::Box;
use core::time::Duration;

use super::given::takes_request_values;
use super::{Given, NOTHING};
use crate::server::api_error::INTERNAL_SERVER_ERROR;
use crate::{ApiError, CatalogCode, CatalogError, Fallback, FieldError, Format, RequestValue};

/// `error.type` of responses that are not in the catalog (OpenTelemetry's semantic conventions).
pub(crate) const OTHER: &str = "_OTHER";

/// The response for a failed request: status, headers and body.
///
/// Created by `response()` of an error. Frameworks convert it (features `axum`, `actix-web`, `http`), or you send
/// it by hand:
///
/// ```
/// use std::time::Duration;
/// use kate_errors::KateError;
///
/// let response = KateError::RateLimitExceeded.response().retry_after(Duration::from_secs(30));
/// assert_eq!(response.status(), 429);
/// assert_eq!(response.body().as_ref(), br#"{"detail":"Rate limit exceeded"}"#);
/// let headers: Vec<_> = response.headers().collect();
/// assert_eq!(headers[0], ("content-type", "application/json".into()));
/// assert_eq!(headers[1], ("retry-after", "30".into()));
/// ```
#[derive(Clone, Debug)]
pub struct CatalogResponse<E: CatalogError> {
    content: Content<E>,
    format: Format,
    /// Whether the format was chosen for the request, so that caches must distinguish requests.
    negotiated: bool,
    has_error_code: bool,
    /// What is only known when it is sent, if anything.
    given: Option<Box<Given>>,
}

/// The maximum size of the texts of fields, in bytes. Clients can read the body even if everything in them is escaped.
const MAX_FIELDS: usize = 4 * 1024;

#[derive(Clone, Debug)]
enum Content<E: CatalogError> {
    Error(E),
    Fallback(Fallback<E::Code>),
}

impl<E: CatalogError> CatalogResponse<E> {
    /// Creates the response for an error of the catalog, or for an [`ApiError`].
    ///
    /// ```
    /// use kate_errors::{ApiError, CatalogResponse, KateError};
    ///
    /// assert_eq!(CatalogResponse::new(KateError::RunNotFound).status(), 404);
    /// let response = CatalogResponse::<KateError>::new(ApiError::Internal);
    /// assert_eq!(response.body().as_ref(), br#"{"detail":"Internal Server Error"}"#);
    /// ```
    #[must_use]
    pub fn new(error: impl Into<ApiError<E>>) -> Self {
        Self::of(match error.into() {
            ApiError::Catalog(error) => Content::Error(error),
            ApiError::Internal => Content::Fallback(Fallback::of(INTERNAL_SERVER_ERROR)),
        })
    }

    /// Creates the response for a status from 400 to 599 without an error of the catalog; see [`Fallback`].
    ///
    /// ```
    /// use kate_errors::{CatalogResponse, KateError};
    ///
    /// let response = CatalogResponse::<KateError>::fallback(405);
    /// assert_eq!(response.body().as_ref(), br#"{"detail":"Method Not Allowed"}"#);
    /// ```
    #[must_use]
    pub fn fallback(status: u16) -> Self {
        Self::of(Content::Fallback(Fallback::of(status)))
    }

    fn of(content: Content<E>) -> Self {
        let (format, negotiated, has_error_code) = (Format::Json, false, false);
        Self { content, format, negotiated, has_error_code, given: None }
    }

    /// Adds the invalid fields of the request, if the envelope of the catalog has a place for them. For a catalog
    /// without such a place, the code does not compile.
    ///
    /// If bodies are `{"detail":"…"}`, the list replaces the message, as in `FastAPI` with 422, and clients decode
    /// a [`Validation`](crate::Validation). Fields beyond 4 KiB, or 256 of them, are left out.
    ///
    /// ```
    /// use kate_errors::{CatalogResponse, FieldError, KateError};
    ///
    /// let missing = FieldError::new("name", "is missing").with_code("missing").within("body");
    /// let response = CatalogResponse::<KateError>::fallback(422).with_fields([missing.clone()]);
    /// assert_eq!(
    ///     response.body().as_ref(),
    ///     br#"{"detail":[{"type":"missing","loc":["body","name"],"msg":"is missing"}]}"#,
    /// );
    /// assert_eq!(KateError::decode(422, response.body()).fields(), [missing]);
    /// ```
    ///
    /// ```compile_fail,E0080
    /// #[kate_errors::catalog("tests/catalogs/error_objects.yaml")]
    /// pub enum ErrorObjectsError {}
    ///
    /// let _ = ErrorObjectsError::OrderMissing.response().with_fields([]);
    /// ```
    #[must_use]
    pub fn with_fields(self, fields: impl IntoIterator<Item = FieldError>) -> Self {
        const {
            assert!(
                E::Code::IS_DETAIL || !E::Code::ENVELOPE.fields.is_empty(),
                "`wire.body` of the catalog has no place for fields of requests",
            );
        }
        self.keep_fields(fields)
    }

    fn given(&self) -> &Given {
        self.given.as_deref().unwrap_or(&NOTHING)
    }

    fn given_mut(&mut self) -> &mut Given {
        self.given.get_or_insert_default()
    }

    pub(crate) fn keep_fields(mut self, fields: impl IntoIterator<Item = FieldError>) -> Self {
        let mut room = MAX_FIELDS;
        let fits = |field: &FieldError| {
            // What is written around the texts of a field is about as long.
            let rest = room.checked_sub(16 + field.size());
            room = rest.unwrap_or(room);
            rest.is_some()
        };
        self.given_mut().fields = fields.into_iter().take_while(fits).collect();
        self
    }

    /// Adds the code in the header `x-error-code`, which lets clients tell errors with the same message apart. If
    /// the catalog defines a header for the code, every response of an error already has that one. A code that is not
    /// ASCII is left out, because a header cannot contain it.
    ///
    /// ```
    /// # use kate_errors::KateError;
    /// let response = KateError::RunNotFound.response().with_error_code();
    /// assert!(response.headers().any(|field| field == ("x-error-code", "run_not_found".into())));
    /// ```
    #[must_use]
    pub fn with_error_code(self) -> Self {
        Self { has_error_code: true, ..self }
    }

    /// Sets `Retry-After` (RFC 9110, section 10.2.3), in whole seconds, rounded up. It overrides `retry_after` of
    /// the catalog.
    ///
    /// ```
    /// # use kate_errors::KateError;
    /// let wait = std::time::Duration::from_millis(1500);
    /// let response = KateError::RateLimitExceeded.response().retry_after(wait);
    /// assert!(response.headers().any(|field| field == ("retry-after", "2".into())));
    /// ```
    #[must_use]
    pub fn retry_after(mut self, wait: Duration) -> Self {
        let part_of_a_second = u64::from(wait.subsec_nanos() > 0);
        self.given_mut().retry_after = Some(wait.as_secs().saturating_add(part_of_a_second));
        self
    }

    /// Selects another of the statuses that the catalog lists for the error. A status that is not listed is
    /// ignored.
    ///
    /// ```
    /// # use kate_errors::KateError;
    /// // With `status: [404, 410]`, it would be 410.
    /// assert_eq!(KateError::RunNotFound.response().with_status(410).status(), 404);
    /// ```
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        let statuses = self.error().map_or(&[][..], |error| error.code().other_statuses());
        self.given_mut().status = Some(status).filter(|status| statuses.contains(status));
        self
    }

    /// Adds a value of this request, such as the request ID: that of `{request.…}` in the envelope of the catalog.
    /// Of two values with the same name, the first one counts. A name that the envelope does not have is not sent, and
    /// reported like an altered value: by [`sanitized_parameters`](Self::sanitized_parameters), the field
    /// `kate.sanitized` of the event, and `on_sanitized` of the layer. For a catalog whose envelope has no
    /// `{request.…}` at all, the code does not compile.
    ///
    /// ```
    /// #[kate_errors::catalog("docs/orders.yaml")]
    /// pub enum OrdersError {}
    ///
    /// let error = OrdersError::SoldOut { item: "mug".to_owned() };
    /// let response = error.response().request_value("request_id", "7f3a");
    /// let body = br#"{"error":{"code":"sold_out","message":"'mug' is sold out","request_id":"7f3a"}}"#;
    /// assert_eq!(response.body().as_ref(), body);
    ///
    /// let misspelt = error.response().request_value("reqest_id", "7f3a");
    /// assert_eq!(misspelt.sanitized_parameters(), ["reqest_id"]);
    /// ```
    ///
    /// ```compile_fail,E0080
    /// # use kate_errors::KateError;
    /// let _ = KateError::RunNotFound.response().request_value("id", "7f3a");
    /// ```
    #[must_use]
    pub fn request_value(mut self, name: &'static str, value: impl Into<RequestValue>) -> Self {
        const { takes_request_values::<E::Code>() }
        self.given_mut().request.push((name, value.into()));
        self
    }

    /// Whether bodies contain values of the request.
    #[cfg(any(feature = "tower", feature = "actix-web"))]
    pub(crate) const HAS_REQUEST_VALUES: bool = E::Code::ENVELOPE.has_request_values();

    /// Adds values of the request after those that it already has.
    #[cfg(any(feature = "tower", feature = "actix-web"))]
    pub(crate) fn with_request_values(mut self, values: &[(&'static str, RequestValue)]) -> Self {
        self.given_mut().request.extend_from_slice(values);
        self
    }

    /// Selects the format that the request accepts, from the values of its `Accept` headers. The response then has
    /// a `Vary` header.
    ///
    /// ```
    /// # use kate_errors::KateError;
    /// let accept = b"application/problem+json, */*;q=0.1";
    /// let response = KateError::RunNotFound.response().accept([&accept[..]]);
    /// assert_eq!(response.content_type(), "application/problem+json");
    /// ```
    #[must_use]
    pub fn accept<'v>(self, values: impl IntoIterator<Item = &'v [u8]>) -> Self {
        self.negotiated(Format::accepted(values))
    }

    /// Sets the format that was chosen for the request.
    pub(crate) fn negotiated(self, format: Format) -> Self {
        Self { format: format.of_catalog::<E::Code>(), negotiated: true, ..self }
    }
}

impl<E: CatalogError> From<E> for CatalogResponse<E> {
    fn from(error: E) -> Self {
        Self::new(error)
    }
}

impl<E: CatalogError> From<ApiError<E>> for CatalogResponse<E> {
    fn from(error: ApiError<E>) -> Self {
        Self::new(error)
    }
}
