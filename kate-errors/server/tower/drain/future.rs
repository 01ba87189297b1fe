//! The answer of a service on its way out.

use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use http::header::CONNECTION;
use http::{HeaderValue, Response};
use http_body::Body;

use super::rest::Rest;

pin_project_lite::pin_project! {
    /// The answer of a [`DrainService`](super::DrainService).
    pub struct DrainFuture<F, B> {
        #[pin]
        future: F,
        rest: Option<Rest<B>>,
    }
}

impl<F, B> DrainFuture<F, B> {
    pub(super) fn new(future: F, rest: Option<Rest<B>>) -> Self {
        Self { future, rest }
    }
}

impl<F, B, ResponseBody, Failure> Future for DrainFuture<F, B>
where
    F: Future<Output = Result<Response<ResponseBody>, Failure>>,
    B: Body + Send + Unpin + 'static,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let mut response = ready!(this.future.poll(context))?;
        if this.rest.take().is_some_and(|rest| rest.answered()) {
            response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
        Poll::Ready(Ok(response))
    }
}

impl<F, B> fmt::Debug for DrainFuture<F, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DrainFuture").finish_non_exhaustive()
    }
}
