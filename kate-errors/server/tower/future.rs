//! The answer of a service on its way through the layer.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::{Buf, Bytes};
use http::response::Parts;
use http::{HeaderMap, Response, StatusCode};
use http_body::Body;

use super::UnlistedReason;
use super::body::CatalogBody;
use super::layer::Settings;
use super::look::{Look, MAX_LENGTH, look};
use super::rewrite::{Read, Rewrite, vary_by_accept};
use super::service::Asked;
use crate::CatalogError;

pin_project_lite::pin_project! {
    /// The answer of a [`CatalogService`](super::CatalogService).
    pub struct ResponseFuture<F, B, E: CatalogError> {
        #[pin]
        state: State<F, B>,
        asked: Asked,
        settings: Arc<Settings<E>>,
    }
}

pin_project_lite::pin_project! {
    #[project = StateProjection]
    enum State<F, B> {
        // The service is at work.
        Answering { #[pin] future: F },
        // The body of its response is read. `None` once that is over.
        Reading { reading: Option<Reading<B>> },
        // It panicked before it had a future.
        Panicked,
    }
}

/// A response whose body is read.
struct Reading<B> {
    parts: Parts,
    body: Pin<Box<B>>,
    head: Vec<u8>,
    trailers: Option<HeaderMap>,
}

/// Calls a service, and turns a panic into `None` if `catches`.
///
/// A service that panicked is used no more for this request, and all else that it can reach is as open to
/// a panic in any other task: asserting that it is unwind safe takes no guarantee away.
pub(super) fn catch<T>(catches: bool, call: impl FnOnce() -> T) -> Option<T> {
    if catches { catch_unwind(AssertUnwindSafe(call)).ok() } else { Some(call()) }
}

impl<F, B, E: CatalogError> ResponseFuture<F, B, E> {
    pub(super) fn new(future: Option<F>, asked: Asked, settings: Arc<Settings<E>>) -> Self {
        let state = future.map_or(State::Panicked, |future| State::Answering { future });
        Self { state, asked, settings }
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
        let rewrite = Rewrite { settings: &**this.settings, asked: this.asked };
        let catches = this.settings.catches_panics;
        loop {
            let response = match this.state.as_mut().project() {
                StateProjection::Answering { future } => {
                    match catch(catches, || future.poll(context)) {
                        Some(response) => ready!(response)?,
                        None => return Poll::Ready(Ok(rewrite.panicked())),
                    }
                }
                StateProjection::Panicked => return Poll::Ready(Ok(rewrite.panicked())),
                StateProjection::Reading { reading } => {
                    let Some(unread) = reading else { return Poll::Pending };
                    let end = match catch(catches, || unread.poll(context)) {
                        Some(end) => ready!(end),
                        None => End::Broken,
                    };
                    let Some(read) = reading.take() else { return Poll::Pending };
                    return Poll::Ready(Ok(rewrite.finish(read.end(end))));
                }
            };
            let (parts, body) = response.into_parts();
            match look::<E::Code>(&parts, &body, this.asked, this.settings.replaces_json) {
                Look::Read => {
                    let (body, head) = (Box::pin(body), Vec::new());
                    let reading = Some(Reading { parts, body, head, trailers: None });
                    this.state.set(State::Reading { reading });
                }
                other => return Poll::Ready(Ok(rewrite.unread(parts, body, other))),
            }
        }
    }
}

/// Where reading has come to its end.
enum End {
    /// At the end of the body.
    Whole,
    /// At the limit; these bytes are over it.
    TooLarge(Bytes),
    /// Where the body broke off.
    Broken,
}

impl<B: Body> Reading<B> {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<End> {
        loop {
            let Some(frame) = ready!(self.body.as_mut().poll_frame(context)) else {
                return Poll::Ready(End::Whole);
            };
            let Ok(frame) = frame else { return Poll::Ready(End::Broken) };
            match frame.into_data() {
                Ok(mut data) if data.remaining() > MAX_LENGTH - self.head.len() => {
                    return Poll::Ready(End::TooLarge(data.copy_to_bytes(data.remaining())));
                }
                Ok(mut data) => {
                    while data.has_remaining() {
                        let chunk = data.chunk();
                        let length = chunk.len();
                        self.head.extend_from_slice(chunk);
                        data.advance(length);
                    }
                }
                Err(frame) => self.trailers = frame.into_trailers().ok(),
            }
        }
    }

    fn end(self, end: End) -> Read<B> {
        let (parts, trailers) = (self.parts, self.trailers);
        let read = Read { trailers, ..Read::nothing(parts) };
        match end {
            End::Whole => Read { head: self.head.into(), ..read },
            End::Broken => Read { head: self.head.into(), is_broken: true, ..read },
            End::TooLarge(next) => {
                Read { head: self.head.into(), next, rest: Some(self.body), ..read }
            }
        }
    }
}

impl<E: CatalogError> Rewrite<'_, E> {
    fn panicked<B>(&self) -> Response<CatalogBody<B>> {
        let (mut parts, ()) = Response::new(()).into_parts();
        parts.status = StatusCode::INTERNAL_SERVER_ERROR;
        self.replace(Read::nothing(parts), UnlistedReason::Panic)
    }

    /// A response whose body is not to be read.
    fn unread<B>(&self, mut parts: Parts, body: B, look: Look) -> Response<CatalogBody<B>> {
        match look {
            Look::Replace(reason) => return self.replace(Read::nothing(parts), reason),
            Look::Keep(reason) => return self.keep_unread(parts, body, reason),
            Look::Listed => vary_by_accept(&mut parts.headers),
            Look::Pass | Look::Read => {}
        }
        Response::from_parts(parts, CatalogBody::untouched(body))
    }
}

impl<F, B, E: CatalogError> fmt::Debug for ResponseFuture<F, B, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}
