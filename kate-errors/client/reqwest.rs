//! Errors of the responses of reqwest.

use core::future::Future;

use ::reqwest::Response;
use kate_errors_model::status::may_be_error;

use super::body::{End, PartialBody};
use super::collector::Collector;
use super::{ErrorResponse, ResponseReader};
use crate::{CatalogError, CatalogOperation};

/// Like `error_for_status` of reqwest, for the errors of a catalog: it keeps the body and the headers, and decodes
/// them. Needs the feature `reqwest`.
///
/// A response whose status is not an error status is returned unchanged, with its body unread. At most 64 KiB of an
/// error are read, in chunks. If the connection breaks, or the client times out, the error keeps the bytes received
/// ([`ErrorResponse::body_error`]). The timeouts are those of the client. Set some: without them, reqwest waits for
/// a body as long as the server likes.
///
/// It is not available for WebAssembly, where reqwest cannot read a body in chunks: use
/// [`ErrorResponse::from_parts`].
///
/// ```no_run
/// use kate_errors::client::{ErrorResponse, ReqwestExt as _};
/// use kate_errors::{KateError, SubscribeError};
///
/// #[derive(Debug)]
/// enum Failure {
///     /// There was no response.
///     Transport(reqwest::Error),
///     /// The API responded with an error.
///     Api(ErrorResponse<KateError>),
/// }
/// # impl From<reqwest::Error> for Failure { fn from(error: reqwest::Error) -> Self { Self::Transport(error) } }
/// # impl From<ErrorResponse<KateError>> for Failure {
/// #     fn from(error: ErrorResponse<KateError>) -> Self { Self::Api(error) }
/// # }
///
/// async fn subscribe(client: &reqwest::Client, artifact: &str) -> Result<String, Failure> {
///     let response = client.post(format!("http://localhost:8000/artifacts/{artifact}/subscribe"));
///     let response = response.send().await?.error_for_operation::<SubscribeError>().await?;
///     Ok(response.text().await?)
/// }
/// ```
pub trait ReqwestExt: Sized {
    /// Returns the response if it is not an error; otherwise decodes the error with the catalog of `E`.
    ///
    /// # Errors
    ///
    /// The decoded error, if the response is one.
    fn error_for_catalog<E: CatalogError>(
        self,
    ) -> impl Future<Output = Result<Self, ErrorResponse<E>>> + Send {
        self.error_for(ResponseReader::new())
    }

    /// Like [`error_for_catalog`](Self::error_for_catalog) for a response of the operation `O`: if several errors
    /// share a message, its errors are preferred.
    ///
    /// # Errors
    ///
    /// The decoded error, if the response is one.
    fn error_for_operation<O: CatalogOperation>(
        self,
    ) -> impl Future<Output = Result<Self, ErrorResponse<O::Catalog>>> + Send {
        self.error_for(ResponseReader::new().operation::<O>())
    }

    /// Like [`error_for_catalog`](Self::error_for_catalog) with your own reader, for example with other limits.
    ///
    /// # Errors
    ///
    /// The decoded error, if the response is one.
    fn error_for<E: CatalogError>(
        self,
        reader: ResponseReader<E>,
    ) -> impl Future<Output = Result<Self, ErrorResponse<E>>> + Send;
}

impl ReqwestExt for Response {
    async fn error_for<E: CatalogError>(
        mut self,
        reader: ResponseReader<E>,
    ) -> Result<Self, ErrorResponse<E>> {
        if !may_be_error(self.status().as_u16()) {
            return Ok(self);
        }
        let body = read(&mut self, &reader).await;
        let headers = core::mem::take(self.headers_mut());
        Err(reader.error(self.status(), headers, body))
    }
}

async fn read<E: CatalogError>(response: &mut Response, reader: &ResponseReader<E>) -> PartialBody {
    let mut collector = Collector::new(reader);
    loop {
        let end = match response.chunk().await {
            Ok(Some(piece)) => match collector.push(&piece) {
                Some(end) => end,
                None => continue,
            },
            Ok(None) => End::Whole,
            // A URL may contain secrets.
            Err(error) => End::broken(error.without_url()),
        };
        return collector.finish(end);
    }
}
