//! The layer that keeps a server's errors in the catalog, for everything that is built on tower: axum and
//! hyper among them. Needs the feature `tower`.
//!
//! Frameworks answer by themselves: an unknown route, a method that is not allowed, a body that cannot be
//! read, a panic, a time-out. They do so with an empty body or with plain text, which no client of the
//! catalog reads. [`CatalogLayer`] stands around a service and makes answers of the catalog of these.

mod body;
mod future;
mod layer;
mod look;
mod rewrite;
mod service;
mod unlisted;

pub use body::CatalogBody;
pub use future::ResponseFuture;
pub use layer::CatalogLayer;
pub use service::CatalogService;
pub use unlisted::Unlisted;

pub use crate::server::unlisted_reason::UnlistedReason;
