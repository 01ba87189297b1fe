//! The response of a service on its way through the layer.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::{Buf, Bytes};
use http::header::CONTENT_LENGTH;
use http::response::Parts;
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use http_body::Body;

use super::body::CatalogBody;
use super::head::{RequestHead, length};
use crate::CatalogError;
use crate::server::layer::Settings;
use crate::server::policy::{Decision, MAX_LENGTH, Policy};
use crate::server::unlisted::UnlistedReason;

pin_project_lite::pin_project! {
    /// The response of a [`CatalogService`](super::CatalogService).
    pub struct ResponseFuture<F, B, E: CatalogError> {
        // `None` once the service has responded, or if it panicked before it returned a future.
        #[pin]
        future: Option<F>,
        // The response while its body is read. Boxed, because few responses need it.
        reading: Option<Box<Reading<B>>>,
        request: RequestHead,
        settings: Arc<Settings<E>>,
    }
}

/// Calls a service, and converts a panic to `None` if `catches` is set.
///
/// A service that panicked is not called again for this request, and everything else that it can reach is equally
/// exposed to a panic in any other task. So asserting unwind safety removes no guarantee.
pub(super) fn catch<T>(catches: bool, call: impl FnOnce() -> T) -> Option<T> {
    if catches { catch_unwind(AssertUnwindSafe(call)).ok() } else { Some(call()) }
}

impl<F, B, E: CatalogError> ResponseFuture<F, B, E> {
    pub(super) fn new(future: Option<F>, request: RequestHead, settings: Arc<Settings<E>>) -> Self {
        Self { future, reading: None, request, settings }
    }
}

impl<F, B, E, Failure> Future for ResponseFuture<F, B, E>
where
    F: Future<Output = Result<Response<B>, Failure>>,
    B: Body,
    E: CatalogError,
{
    type Output = Result<Response<CatalogBody<B>>, Failure>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let policy = Policy {
            settings: &**this.settings,
            request: this.request.view(),
            values: &this.request.values,
        };
        let catches = this.settings.catches_panics;
        let mut reading = if let Some(reading) = this.reading.take() {
            reading
        } else {
            let future = this.future.as_mut().as_pin_mut();
            let polled = future.and_then(|future| catch(catches, || future.poll(context)));
            let Some(polled) = polled else { return Poll::Ready(Ok(panicked(&policy))) };
            let (mut parts, body) = ready!(polled)?.into_parts();
            this.future.set(None);
            if let Some(decision) = policy.by_head(&mut parts, length(&body)) {
                let body = CatalogBody::untouched(body);
                return Poll::Ready(Ok(respond(&policy, parts, body, decision)));
            }
            Box::new(Reading::new(parts, body))
        };
        match catch(catches, || reading.poll(context)) {
            Some(Poll::Pending) => {
                *this.reading = Some(reading);
                Poll::Pending
            }
            Some(Poll::Ready(end)) => Poll::Ready(Ok(reading.finish(&policy, end))),
            None => Poll::Ready(Ok(reading.finish(&policy, End::Broken))),
        }
    }
}

/// A response whose body is being read.
struct Reading<B> {
    parts: Parts,
    body: Pin<Box<B>>,
    start: Vec<u8>,
    trailers: Option<HeaderMap>,
}

/// How reading a body ended.
enum End {
    /// At the end of the body.
    Whole,
    /// At the limit, with the bytes that exceed it.
    Limit(Bytes),
    /// The body broke off.
    Broken,
}

impl<B: Body> Reading<B> {
    fn new(parts: Parts, body: B) -> Self {
        Self { parts, body: Box::pin(body), start: Vec::new(), trailers: None }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<End> {
        loop {
            let Some(frame) = ready!(self.body.as_mut().poll_frame(context)) else {
                return Poll::Ready(End::Whole);
            };
            let Ok(frame) = frame else { return Poll::Ready(End::Broken) };
            match frame.into_data() {
                Ok(mut data) if self.start.len() + data.remaining() > MAX_LENGTH => {
                    return Poll::Ready(End::Limit(data.copy_to_bytes(data.remaining())));
                }
                Ok(mut data) => {
                    while data.has_remaining() {
                        let chunk = data.chunk();
                        let length = chunk.len();
                        self.start.extend_from_slice(chunk);
                        data.advance(length);
                    }
                }
                Err(frame) => self.trailers = frame.into_trailers().ok(),
            }
        }
    }

    fn finish<E: CatalogError>(
        mut self,
        policy: &Policy<'_, E>,
        end: End,
    ) -> Response<CatalogBody<B>> {
        let (head, start) = (&mut self.parts, &self.start);
        let decision = match end {
            End::Whole => policy.by_body(head, start),
            End::Limit(_) => policy.unlisted(head, start, UnlistedReason::TooLarge),
            End::Broken => policy.unlisted(head, start, UnlistedReason::Broken),
        };
        let start = Bytes::from(self.start);
        let body = match end {
            End::Limit(next) => CatalogBody::begun(start, next, self.body),
            End::Whole | End::Broken => CatalogBody::whole(start, self.trailers),
        };
        respond(policy, self.parts, body, decision)
    }
}

fn panicked<B, E: CatalogError>(policy: &Policy<'_, E>) -> Response<CatalogBody<B>> {
    let (mut parts, ()) = Response::new(()).into_parts();
    parts.status = StatusCode::INTERNAL_SERVER_ERROR;
    let decision = policy.unlisted(&mut parts, &[], UnlistedReason::Panic);
    respond(policy, parts, CatalogBody::default(), decision)
}

/// Returns the response with the body that the policy decided on.
fn respond<B, E: CatalogError>(
    policy: &Policy<'_, E>,
    mut parts: Parts,
    body: CatalogBody<B>,
    decision: Decision,
) -> Response<CatalogBody<B>> {
    let bytes = match decision {
        Decision::Keep => return Response::from_parts(parts, body),
        Decision::Replace(Cow::Borrowed(bytes)) => Bytes::from_static(bytes),
        Decision::Replace(Cow::Owned(bytes)) => Bytes::from(bytes),
    };
    parts.headers.insert(CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    // The response to HEAD has the header fields of the one to GET (RFC 9110, section 9.3.2).
    let bytes = if policy.request.is_head() { Bytes::new() } else { bytes };
    Response::from_parts(parts, CatalogBody::whole(bytes, None))
}

impl<F, B, E: CatalogError> fmt::Debug for ResponseFuture<F, B, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}
