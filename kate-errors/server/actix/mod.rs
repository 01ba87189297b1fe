//! Errors as answers of actix-web, and a middleware that keeps a server's errors in the catalog. Needs the
//! feature `actix-web`.
//!
//! actix-web answers by itself: an unknown route, a method that is not allowed, a body, a path or a query that
//! cannot be read, an error of a handler that is its own. It does so with an empty body or with plain text, which
//! no client of the catalog reads. [`CatalogMiddleware`] makes answers of the catalog of these.

mod middleware;
mod response;
mod rewrite;
mod unlisted;

pub use middleware::{CatalogMiddleware, CatalogService};
#[doc(hidden)]
pub use response::{error_response, status_code};
pub use unlisted::Unlisted;

pub use crate::server::unlisted_reason::UnlistedReason;
