//! The service that the layer makes.

use alloc::sync::Arc;
use core::fmt;
use core::task::{Context, Poll};

use http::header::ACCEPT;
use http::{HeaderValue, Method, Request, Response, Uri};
use http_body::Body;
use tower_service::Service;

use super::body::CatalogBody;
use super::future::{ResponseFuture, catch};
use super::layer::Settings;
use crate::{CatalogError, Format};

/// A service whose errors are in the catalog; [`CatalogLayer`](super::CatalogLayer) makes it.
pub struct CatalogService<S, E: CatalogError> {
    pub(super) inner: S,
    pub(super) settings: Arc<Settings<E>>,
}

/// What is kept of a request for its answer.
pub(super) struct Asked {
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) format: Format,
}

impl<S, E, RequestBody, ResponseBody> Service<Request<RequestBody>> for CatalogService<S, E>
where
    S: Service<Request<RequestBody>, Response = Response<ResponseBody>>,
    E: CatalogError,
    ResponseBody: Body,
{
    type Response = Response<CatalogBody<ResponseBody>>;
    type Error = S::Error;
    type Future = ResponseFuture<S::Future, ResponseBody, E>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<RequestBody>) -> Self::Future {
        let accepted = request.headers().get_all(ACCEPT).iter().map(HeaderValue::as_bytes);
        let asked = Asked {
            method: request.method().clone(),
            uri: request.uri().clone(),
            format: Format::accepted(accepted),
        };
        let settings = Arc::clone(&self.settings);
        let future = catch(settings.catches_panics, || self.inner.call(request));
        ResponseFuture::new(future, asked, settings)
    }
}

impl<S: Clone, E: CatalogError> Clone for CatalogService<S, E> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), settings: Arc::clone(&self.settings) }
    }
}

impl<S: fmt::Debug, E: CatalogError> fmt::Debug for CatalogService<S, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CatalogService").field("inner", &self.inner).finish_non_exhaustive()
    }
}
