//! Errors as responses of actix-web's handlers.

use alloc::borrow::Cow;

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{ACCEPT, HeaderValue};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, Responder};

use crate::server::events;
use crate::server::policy::{Head as _, Mark};
use crate::{ApiError, CatalogError, CatalogResponse, ToApiError};

/// `ResponseError::status_code` of an error, for generated code and derived impls.
pub fn status_code<T: ToApiError + ?Sized>(error: &T) -> StatusCode {
    status(error.to_api_error().status())
}

/// `ResponseError::error_response` of an error, for generated code and derived impls.
pub fn error_response<T: ToApiError + ?Sized>(error: &T) -> HttpResponse {
    without_event(&events::respond(error))
}

/// Converts a status of the catalog, which is from 400 to 599.
pub(super) fn status(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Converts the body of a response without copying it.
pub(super) fn into_bytes(body: Cow<'static, [u8]>) -> Bytes {
    match body {
        Cow::Borrowed(body) => Bytes::from_static(body),
        Cow::Owned(body) => Bytes::from(body),
    }
}

fn into_actix<E: CatalogError>(response: &CatalogResponse<E>) -> HttpResponse {
    events::record(response);
    without_event(response)
}

fn without_event<E: CatalogError>(response: &CatalogResponse<E>) -> HttpResponse {
    let mut head = HttpResponse::new(status(response.status()));
    head.set_mark(Mark::of(response));
    response.each_header(|name, value| head.append(name, &value));
    head.set_body(BoxBody::new(into_bytes(response.body())))
}

impl<E: CatalogError> CatalogResponse<E> {
    /// Converts the response for actix-web. Needs the feature `actix-web`.
    ///
    /// ```
    /// use kate_errors::KateError;
    ///
    /// let response = KateError::TokenExpired.response().into_actix();
    /// assert_eq!(response.status(), 401);
    /// assert_eq!(response.headers().get("content-type").unwrap(), "application/json");
    /// ```
    #[must_use]
    pub fn into_actix(self) -> HttpResponse {
        into_actix(&self)
    }
}

/// Responds in the format that the request accepts.
impl<E: CatalogError> Responder for CatalogResponse<E> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let values = request.headers().get_all(ACCEPT).map(HeaderValue::as_bytes);
        into_actix(&self.accept(values))
    }
}

/// Responds in the format that the request accepts.
impl<E: CatalogError> Responder for ApiError<E> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        CatalogResponse::new(self).respond_to(request)
    }
}
