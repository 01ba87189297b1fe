//! The service that the middleware creates.

use alloc::boxed::Box;
use alloc::sync::Arc;
use core::future::{Future, Ready, ready};
use core::pin::Pin;
use core::task::{Context, Poll};

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform};
use actix_web::error::InternalError;
use actix_web::{Error, HttpResponse};

use super::head::{RequestHead, length};
use super::response::into_bytes;
use crate::CatalogError;
use crate::server::layer::{CatalogLayer, Settings};
use crate::server::policy::{Decision, Policy};

/// A service whose errors are in the catalog, created by [`CatalogMiddleware`](super::CatalogMiddleware).
#[derive(Debug)]
pub struct CatalogService<S, E: CatalogError> {
    inner: S,
    settings: Arc<Settings<E>>,
}

impl<S, B, E> Transform<S, ServiceRequest> for CatalogLayer<E>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
    S::Future: 'static,
    B: MessageBody,
    E: CatalogError,
{
    type Response = ServiceResponse<EitherBody<B, BoxBody>>;
    type Error = Error;
    type Transform = CatalogService<S, E>;
    type InitError = ();
    type Future = Ready<Result<Self::Transform, ()>>;

    fn new_transform(&self, inner: S) -> Self::Future {
        ready(Ok(CatalogService { inner, settings: Arc::clone(&self.settings) }))
    }
}

impl<S, B, E> Service<ServiceRequest> for CatalogService<S, E>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
    S::Future: 'static,
    B: MessageBody,
    E: CatalogError,
{
    type Response = ServiceResponse<EitherBody<B, BoxBody>>;
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Error>>>>;

    fn poll_ready(&self, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&self, request: ServiceRequest) -> Self::Future {
        let settings = Arc::clone(&self.settings);
        let head = RequestHead::of(&request, &settings);
        let response = self.inner.call(request);
        Box::pin(async move {
            let policy =
                Policy { settings: &*settings, request: head.view(), values: &head.values };
            match response.await {
                Ok(response) => {
                    let (request, response) = response.into_parts();
                    Ok(ServiceResponse::new(request, respond(&policy, response)))
                }
                // Otherwise, actix-web would convert the error of another middleware to a response itself.
                Err(error) => {
                    let response = respond(&policy, error.error_response()).map_into_boxed_body();
                    Err(InternalError::from_response(error, response).into())
                }
            }
        })
    }
}

/// Returns the response with the body that the policy decides on.
fn respond<B: MessageBody, E: CatalogError>(
    policy: &Policy<'_, E>,
    response: HttpResponse<B>,
) -> HttpResponse<EitherBody<B, BoxBody>> {
    let (mut head, body) = response.into_parts();
    let (decision, body) = match policy.by_head(&mut head, length(&body)) {
        Some(decision) => (decision, EitherBody::left(body)),
        None => match body.try_into_bytes() {
            Ok(bytes) => {
                let decision = policy.by_body(&mut head, &bytes);
                (decision, EitherBody::right(BoxBody::new(bytes)))
            }
            Err(body) => (policy.without_body(&mut head), EitherBody::left(body)),
        },
    };
    head.set_body(match decision {
        Decision::Keep => body,
        Decision::Replace(body) => EitherBody::right(BoxBody::new(into_bytes(body))),
    })
}
