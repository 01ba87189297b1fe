//! Errors as `http::Response`.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use http::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use http::{Response, StatusCode};

use crate::server::events;
use crate::{ApiError, CatalogError, CatalogResponse, Format, ToApiError};

impl<E: CatalogError> CatalogResponse<E> {
    /// Selects the format that the request accepts; see [`accept`](Self::accept). Needs the feature `http`.
    ///
    /// ```
    /// use http::{HeaderMap, HeaderValue};
    /// use kate_errors::KateError;
    ///
    /// let mut headers = HeaderMap::new();
    /// headers.insert("accept", HeaderValue::from_static("application/problem+json"));
    /// let response = KateError::RunNotFound.response().for_request(&headers).into_http();
    /// assert_eq!(response.headers()["content-type"], "application/problem+json");
    /// assert_eq!(response.headers()["vary"], "accept");
    /// ```
    #[must_use]
    pub fn for_request(self, headers: &HeaderMap) -> Self {
        self.accept(headers.get_all(ACCEPT).iter().map(HeaderValue::as_bytes))
    }

    /// Converts the response to `http::Response`. Needs the feature `http`.
    ///
    /// ```
    /// use kate_errors::KateError;
    ///
    /// let response = KateError::TokenExpired.response().into_http();
    /// assert_eq!(response.status(), 401);
    /// assert_eq!(response.headers()["content-type"], "application/json");
    /// assert_eq!(response.headers()["www-authenticate"], r#"Bearer realm="kate""#);
    /// assert_eq!(response.body().as_ref(), br#"{"detail":"Token expired"}"#);
    /// ```
    #[must_use]
    pub fn into_http(self) -> Response<Cow<'static, [u8]>> {
        self.into_http_with(|body| body)
    }

    /// Converts the response, and its body with `convert`.
    pub(super) fn into_http_with<B>(
        self,
        convert: impl FnOnce(Cow<'static, [u8]>) -> B,
    ) -> Response<B> {
        events::record(&self);
        without_event(&self, convert)
    }
}

/// Creates the response to an error of a server, and emits its event.
pub(super) fn respond<T: ToApiError + ?Sized, B>(
    error: &T,
    convert: impl FnOnce(Cow<'static, [u8]>) -> B,
) -> Response<B> {
    without_event(&events::respond(error), convert)
}

fn without_event<E: CatalogError, B>(
    response: &CatalogResponse<E>,
    convert: impl FnOnce(Cow<'static, [u8]>) -> B,
) -> Response<B> {
    let mut converted = Response::new(convert(response.body()));
    // A status of the catalog is from 400 to 599.
    let status = StatusCode::from_u16(response.status());
    *converted.status_mut() = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = converted.headers_mut();
    headers.append(CONTENT_TYPE, content_type(response));
    response.each_other_header(|name, value| append(headers, name, &value));
    // Only the layer reads the mark, and a mark needs an allocation.
    #[cfg(feature = "tower")]
    converted.extensions_mut().insert(super::policy::Mark::of(response));
    converted
}

/// The value of `content-type`, which is not copied.
fn content_type<E: CatalogError>(response: &CatalogResponse<E>) -> HeaderValue {
    match response.format() {
        Format::Json => const { HeaderValue::from_static(Format::Json.media_type::<E::Code>()) },
        Format::Problem => {
            const { HeaderValue::from_static(Format::Problem.media_type::<E::Code>()) }
        }
    }
}

/// Adds a header field. The catalog was checked for values that are not valid in one.
pub(super) fn append(headers: &mut HeaderMap, name: &str, value: &str) {
    let name = HeaderName::from_bytes(name.as_bytes());
    if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
        headers.append(name, value);
    }
}

/// `From<Error>` for a response, for generated code and derived impls.
pub fn into_http<T: ToApiError + ?Sized, B: From<Vec<u8>>>(error: &T) -> Response<B> {
    respond(error, |body| body.into_owned().into())
}

impl<E: CatalogError, B: From<Vec<u8>>> From<CatalogResponse<E>> for Response<B> {
    fn from(response: CatalogResponse<E>) -> Self {
        response.into_http_with(|body| body.into_owned().into())
    }
}

impl<E: CatalogError, B: From<Vec<u8>>> From<ApiError<E>> for Response<B> {
    fn from(error: ApiError<E>) -> Self {
        CatalogResponse::new(error).into()
    }
}
