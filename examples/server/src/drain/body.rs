//! The body of a request, as the service receives it.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http_body::{Body, Frame, SizeHint};

use super::rest::Rest;

/// The body of a request that has passed [`DrainLayer`](super::DrainLayer). It yields the same bytes; what the service
/// does not read is still received and discarded.
#[derive(Debug)]
pub struct DrainBody<B: Body + Send + Unpin + 'static> {
    // `None` only while it is dropped.
    body: Option<B>,
    is_begun: bool,
    is_over: bool,
    rest: Option<Rest<B>>,
}

impl<B: Body + Send + Unpin + 'static> DrainBody<B> {
    pub(super) fn new(body: B, rest: Option<Rest<B>>) -> Self {
        Self { body: Some(body), is_begun: false, is_over: false, rest }
    }
}

impl<B: Body + Send + Unpin + 'static> Body for DrainBody<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        self.is_begun = true;
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        let frame = ready!(Pin::new(body).poll_frame(context));
        // Nothing follows an error.
        self.is_over = !matches!(frame, Some(Ok(_)));
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.as_ref().map_or_else(|| SizeHint::with_exact(0), Body::size_hint)
    }
}

impl<B: Body + Send + Unpin + 'static> Drop for DrainBody<B> {
    fn drop(&mut self) {
        let (Some(body), Some(rest)) = (self.body.take(), self.rest.take()) else { return };
        if !self.is_over && !body.is_end_stream() {
            rest.leave(body, self.is_begun);
        }
    }
}
