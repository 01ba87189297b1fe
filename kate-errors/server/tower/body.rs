//! The body of a response that has passed the layer.

use alloc::boxed::Box;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use http::HeaderMap;
use http_body::{Body, Frame, SizeHint};

pin_project_lite::pin_project! {
    /// The body of a response: that of the service, or one of the catalog.
    #[derive(Debug)]
    pub struct CatalogBody<B> {
        // The bytes read from the body of the service, or a complete body.
        head: Bytes,
        // The bytes read last, which are not in `head`.
        next: Bytes,
        // The trailers of the body of the service, if all of it was read.
        trailers: Option<HeaderMap>,
        // The part after `head` and `next`.
        #[pin]
        rest: Rest<B>,
    }
}

pin_project_lite::pin_project! {
    /// The unread part of the body of the service.
    #[derive(Debug)]
    #[project = RestProjection]
    enum Rest<B> {
        Nothing,
        All { #[pin] body: B },
        // Boxed, because it was polled, and must not move any more.
        Some { body: Pin<Box<B>> },
    }
}

impl<B> Rest<B> {
    fn body(&self) -> Option<&B> {
        match self {
            Self::Nothing => None,
            Self::All { body } => Some(body),
            Self::Some { body } => Some(body),
        }
    }
}

impl<B> CatalogBody<B> {
    /// The unread body of the service.
    pub(super) fn untouched(body: B) -> Self {
        Self { rest: Rest::All { body }, ..Self::whole(Bytes::new(), None) }
    }

    /// The body of the service, from which `head` and `next` were read.
    pub(super) fn begun(head: Bytes, next: Bytes, body: Pin<Box<B>>) -> Self {
        Self { next, rest: Rest::Some { body }, ..Self::whole(head, None) }
    }

    /// A complete body.
    pub(super) fn whole(head: Bytes, trailers: Option<HeaderMap>) -> Self {
        Self { head, next: Bytes::new(), trailers, rest: Rest::Nothing }
    }
}

impl<B: Body> Body for CatalogBody<B> {
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        let this = self.project();
        for read in [this.head, this.next] {
            if !read.is_empty() {
                return Poll::Ready(Some(Ok(Frame::data(core::mem::take(read)))));
            }
        }
        let rest = match this.rest.project() {
            RestProjection::All { body } => body,
            RestProjection::Some { body } => body.as_mut(),
            RestProjection::Nothing => {
                let trailers = this.trailers.take();
                return Poll::Ready(trailers.map(|trailers| Ok(Frame::trailers(trailers))));
            }
        };
        let frame = ready!(rest.poll_frame(context));
        // `Bytes` are not copied here.
        let to_bytes = |mut data: B::Data| data.copy_to_bytes(data.remaining());
        Poll::Ready(frame.map(|frame| frame.map(|frame| frame.map_data(to_bytes))))
    }

    fn is_end_stream(&self) -> bool {
        let rest_ends = self.rest.body().is_none_or(Body::is_end_stream);
        self.head.is_empty() && self.next.is_empty() && self.trailers.is_none() && rest_ends
    }

    fn size_hint(&self) -> SizeHint {
        let read = self.head.len().saturating_add(self.next.len());
        let read = u64::try_from(read).unwrap_or(u64::MAX);
        let Some(rest) = self.rest.body() else { return SizeHint::with_exact(read) };
        let rest = rest.size_hint();
        let mut hint = SizeHint::new();
        if let Some(upper) = rest.upper() {
            hint.set_upper(upper.saturating_add(read));
        }
        hint.set_lower(rest.lower().saturating_add(read));
        hint
    }
}

/// An empty body, as other layers create one for their own responses.
impl<B> Default for CatalogBody<B> {
    fn default() -> Self {
        Self::whole(Bytes::new(), None)
    }
}
