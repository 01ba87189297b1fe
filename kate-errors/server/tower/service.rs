//! The service that the layer creates.

use alloc::sync::Arc;
use core::task::{Context, Poll};

use http::{Request, Response};
use http_body::Body;
use tower_layer::Layer;
use tower_service::Service;

use super::body::CatalogBody;
use super::future::{ResponseFuture, catch};
use super::head::RequestHead;
use crate::CatalogError;
use crate::server::layer::{CatalogLayer, Settings};

/// A service whose errors are in the catalog, created by [`CatalogLayer`].
#[derive(Clone, Debug)]
pub struct CatalogService<S, E: CatalogError> {
    inner: S,
    settings: Arc<Settings<E>>,
}

impl<S, E: CatalogError> Layer<S> for CatalogLayer<E> {
    type Service = CatalogService<S, E>;

    fn layer(&self, inner: S) -> Self::Service {
        CatalogService { inner, settings: Arc::clone(&self.settings) }
    }
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
        let settings = Arc::clone(&self.settings);
        let head = RequestHead::of(&request, &settings);
        let future = catch(settings.catches_panics, || self.inner.call(request));
        ResponseFuture::new(future, head, settings)
    }
}
