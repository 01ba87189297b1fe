//! The layer, its limits, and its service.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::http::header::{CONNECTION, EXPECT};
use axum::http::{HeaderValue, Request, Response, Version};
use http_body::Body;
use tower::{Layer, Service};

use super::body::DrainBody;
use super::rest::Rest;

/// The default for how much is received of one request, in bytes.
const MAX_BYTES: u64 = 64 << 20;

/// The default for how long it is received.
const MAX_TIME: Duration = Duration::from_secs(10);

/// A layer that receives what a service leaves unread of the body of a request, and discards it.
///
/// Over HTTP/1, a service that responds before it has read the body, for example because a file is too large or a
/// key is invalid, is likely to have its response lost: the server closes a connection on which bytes still arrive,
/// so the client's system reports a connection reset in place of the response (RFC 9112, section 9.6). With this
/// layer, the response is sent at once, and the server keeps receiving until the body ends or a limit is reached:
/// [`max_bytes`](Self::max_bytes), by default 64 MiB, and [`max_time`](Self::max_time), by default 10 seconds. What
/// it receives is not stored. After a body that was received to its end, the connection can be reused.
///
/// The response contains `Connection: close` in two cases in which the server stops reading: if the announced length
/// is over the limit, and if the client waits for permission to send a body (`Expect: 100-continue`) that the service
/// has not begun to read. Such a client is not given permission.
///
/// The layer is for HTTP/1 only: later versions end a stream and not the connection. Their requests, and those
/// without a body, pass unchanged. Place it outside of everything that responds, including
/// [`CatalogLayer`](kate_errors::tower::CatalogLayer). It needs a Tokio runtime with a timer, as axum and hyper
/// have it.
///
/// ```
/// use axum::Router;
/// use kate_errors::KateError;
/// use kate_errors::tower::CatalogLayer;
/// use kate_server::drain::DrainLayer;
///
/// let app: Router = Router::new()
///     .route("/upload", axum::routing::post(async |body: axum::body::Bytes| body.len().to_string()))
///     .layer(CatalogLayer::new().replacement(413, KateError::FileTooLarge))
///     .layer(DrainLayer::new());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct DrainLayer {
    limits: Limits,
}

/// How much is received, and for how long.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub(super) bytes: u64,
    pub(super) time: Duration,
}

impl DrainLayer {
    /// Creates the layer with its default limits.
    ///
    /// ```
    /// let layer = kate_server::drain::DrainLayer::new();
    /// # let _ = layer;
    /// ```
    #[must_use]
    pub const fn new() -> Self {
        Self { limits: Limits { bytes: MAX_BYTES, time: MAX_TIME } }
    }

    /// Limits how many bytes of a request are received, in addition to those that the service has read.
    ///
    /// ```
    /// // A service that accepts files of 20 MB, and responds to clients that send a little more.
    /// let layer = kate_server::drain::DrainLayer::new().max_bytes(25_000_000);
    /// # let _ = layer;
    /// ```
    #[must_use]
    pub const fn max_bytes(mut self, bytes: u64) -> Self {
        self.limits.bytes = bytes;
        self
    }

    /// Limits how long a body is received, counted from the response, or from when the service drops the body if that
    /// is later.
    ///
    /// ```
    /// # use std::time::Duration;
    /// let layer = kate_server::drain::DrainLayer::new().max_time(Duration::from_secs(2));
    /// # let _ = layer;
    /// ```
    #[must_use]
    pub const fn max_time(mut self, time: Duration) -> Self {
        self.limits.time = time;
        self
    }
}

impl Default for DrainLayer {
    fn default() -> Self {
        Self::new()
    }
}

impl<S> Layer<S> for DrainLayer {
    type Service = DrainService<S>;

    fn layer(&self, inner: S) -> DrainService<S> {
        DrainService { inner, limits: self.limits }
    }
}

/// The service of [`DrainLayer`]: it receives bodies to their end.
#[derive(Clone, Debug)]
pub struct DrainService<S> {
    inner: S,
    limits: Limits,
}

impl<S, RequestBody, ResponseBody> Service<Request<RequestBody>> for DrainService<S>
where
    S: Service<Request<DrainBody<RequestBody>>, Response = Response<ResponseBody>>,
    S::Future: Send + 'static,
    RequestBody: Body + Send + Unpin + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<RequestBody>) -> Self::Future {
        let (parts, body) = request.into_parts();
        let rest = (parts.version < Version::HTTP_2 && !body.is_end_stream()).then(|| {
            let waits = parts.version == Version::HTTP_11
                && parts.headers.get_all(EXPECT).iter().any(is_continue);
            Rest::new(self.limits, waits)
        });
        let body = DrainBody::new(body, rest.clone());
        let response = self.inner.call(Request::from_parts(parts, body));
        Box::pin(async move {
            let mut response = response.await?;
            if rest.is_some_and(|rest| rest.answered()) {
                response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            }
            Ok(response)
        })
    }
}

/// Whether the client asks for permission to send a body (RFC 9110, section 10.1.1).
fn is_continue(value: &HeaderValue) -> bool {
    value.as_bytes().trim_ascii().eq_ignore_ascii_case(b"100-continue")
}
