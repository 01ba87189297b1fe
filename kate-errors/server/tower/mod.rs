//! The layer that keeps a server's errors in the catalog, for everything that is built on tower, as axum is. Needs
//! the feature `tower`.
//!
//! Frameworks answer by themselves: an unknown route, a method that is not allowed, a body that cannot be
//! read, a panic, a time-out. They do so with an empty body or with plain text, which no client of the
//! catalog reads. [`CatalogLayer`] stands around a service and makes responses of the catalog of these.
//!
//! ```
//! use kate_errors::{KateError, tower::CatalogLayer};
//! use tower::{Layer, Service, service_fn};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), std::convert::Infallible> {
//! // What axum answers to an unknown route.
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
