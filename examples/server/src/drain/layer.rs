//! The layer, its limits, and the service that it makes.

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

/// What is received of one request, in bytes, if nobody says otherwise.
const MAX_BYTES: u64 = 64 << 20;

/// How long it is received, if nobody says otherwise.
const MAX_TIME: Duration = Duration::from_secs(10);

/// A layer that receives what a service leaves of the body of a request, and throws it away.
///
/// Over HTTP/1, a service that answers before it has read the body, as one does to a file that is too large
/// or to a key that is wrong, is likely to have its answer lost: the server closes a connection that still
/// brings bytes, and the system of the client reports that the connection was reset, in place of the answer
/// (RFC 9112, section 9.6). With this layer, the answer goes out at once, and the server goes on to receive
/// until the body has come to its end, or a limit is reached:
/// [`max_bytes`](Self::max_bytes), 64 MiB unless something else is said, and [`max_time`](Self::max_time),
/// 10 seconds. Nothing is kept of what is received. A body that came to its end leaves the connection as good
/// as before.
///
/// The answer says `Connection: close` where the server will not go on to listen: if the length that is
/// announced is over the limit, and if the client waits for permission to send a body (`Expect:
/// 100-continue`) of which the service has read nothing; no permission is given then.
///
/// It is for HTTP/1 only: later versions end a stream, and not the connection. Requests of theirs, and those
/// without a body, pass untouched. It stands outside of all that answers, so outside of
/// [`CatalogLayer`](kate_errors::tower::CatalogLayer) too. It needs a runtime of tokio with its timer, which axum
/// and hyper have.
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

/// How much is received, and how long.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub(super) bytes: u64,
    pub(super) time: Duration,
}

impl DrainLayer {
    /// The layer, with its usual limits.
    ///
    /// ```
    /// let layer = kate_server::drain::DrainLayer::new();
    /// # let _ = layer;
    /// ```
    #[must_use]
    pub const fn new() -> Self {
        Self { limits: Limits { bytes: MAX_BYTES, time: MAX_TIME } }
    }

    /// Receives this many bytes of a request at most, beside those that the service has read.
    ///
    /// ```
    /// // A service that takes files of 20 MB, and tells whoever sends a little more.
    /// let layer = kate_server::drain::DrainLayer::new().max_bytes(25_000_000);
    /// # let _ = layer;
    /// ```
    #[must_use]
    pub const fn max_bytes(mut self, bytes: u64) -> Self {
        self.limits.bytes = bytes;
        self
    }

    /// Receives for this long at most, counted from the answer, or from when the service has dropped the body if that
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

/// A service whose requests are received to their end; [`DrainLayer`] makes it.
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
        let answer = self.inner.call(Request::from_parts(parts, body));
        Box::pin(async move {
            let mut response = answer.await?;
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
