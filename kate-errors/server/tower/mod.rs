//! A layer that converts all error responses to errors of the catalog, for everything built on tower, such as axum.
//! Needs the feature `tower`.
//!
//! Frameworks create some error responses themselves: for an unknown route, a method that is not allowed, a body
//! that cannot be read, a panic, a timeout. They have an empty body or plain text, which clients of the catalog
//! cannot decode. [`CatalogLayer`] wraps a service and converts them.
//!
//! ```
//! use kate_errors::{KateError, tower::CatalogLayer};
//! use tower::{Layer, Service, service_fn};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), std::convert::Infallible> {
//! // The response of axum for an unknown route.
//! let framework = service_fn(|_request: http::Request<()>| async {
//!     let mut response = http::Response::new(http_body_util::Empty::<bytes::Bytes>::new());
//!     *response.status_mut() = http::StatusCode::NOT_FOUND;
//!     Ok::<_, std::convert::Infallible>(response)
//! });
//! let layer = CatalogLayer::<KateError>::new()
//!     .on_unlisted(|unlisted| eprintln!("{} {unlisted:?}", unlisted.path()));
//!
//! let response = layer.layer(framework).call(http::Request::new(())).await?;
//! assert_eq!(response.headers()["content-type"], "application/json");
//! let body = http_body_util::BodyExt::collect(response.into_body()).await?.to_bytes();
//! assert_eq!(body, r#"{"detail":"Not Found"}"#);
//! # Ok(())
//! # }
//! ```

mod body;
mod future;
mod head;
mod service;

pub use body::CatalogBody;
pub use future::ResponseFuture;
pub use service::CatalogService;

pub use super::layer::CatalogLayer;
pub use super::sanitized::Sanitized;
pub use super::unlisted::{Unlisted, UnlistedReason};
