//! Errors as responses of actix-web, and a middleware that keeps a server's errors in the catalog. Needs the
//! feature `actix-web`.
//!
//! actix-web answers by itself: an unknown route, a method that is not allowed, a body, a path or a query that
//! cannot be read, an error of a handler that is its own. It does so with an empty body or with plain text, which
//! no client of the catalog reads. [`CatalogMiddleware`] makes responses of the catalog of these.

mod head;
mod middleware;
mod response;

pub use middleware::CatalogService;
#[doc(hidden)]
pub use response::{error_response, status_code};

/// What `CatalogLayer` is for services that are built on tower, under the name that actix-web has for it.
///
/// It is the last of the application's middlewares to be wrapped around it, but inside of compression. Bodies that are
/// at hand are looked at; none is waited for, and none is gathered. A panic ends the connection before any middleware
/// sees it.
///
/// ```
/// use actix_web::{App, web};
/// use kate_errors::KateError;
/// use kate_errors::actix::CatalogMiddleware;
///
/// let app = App::new()
///     .route("/runs/{id}", web::get().to(async |id: web::Path<u64>| id.to_string()))
///     .wrap(CatalogMiddleware::new().replacement(413, KateError::FileTooLarge));
/// # let _ = app;
/// ```
#[doc(inline)]
pub use super::layer::CatalogLayer as CatalogMiddleware;
pub use super::sanitized::Sanitized;
pub use super::unlisted::{Unlisted, UnlistedReason};
