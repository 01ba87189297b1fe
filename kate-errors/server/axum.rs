//! Errors as responses of axum's handlers.

use axum_core::body::Body;
use axum_core::response::{IntoResponse, Response};

use crate::{ApiError, CatalogError, CatalogResponse, ToApiError};

/// `IntoResponse` of an error, for generated code and derived impls.
pub fn into_response<T: ToApiError + ?Sized>(error: &T) -> Response {
    super::http::respond(error, Body::from)
}

impl<E: CatalogError> IntoResponse for CatalogResponse<E> {
    fn into_response(self) -> Response {
        self.into_http_with(Body::from)
    }
}

impl<E: CatalogError> IntoResponse for ApiError<E> {
    fn into_response(self) -> Response {
        CatalogResponse::new(self).into_response()
    }
}
