//! Errors as responses of actix-web, and a middleware that converts all other error responses. Needs the feature
//! `actix-web`.
//!
//! actix-web creates some error responses itself: for an unknown route, a method that is not allowed, a body, path
//! or query that cannot be read, or its own error returned by a handler. They have an empty body or plain text,
//! which clients of the catalog cannot decode. [`CatalogMiddleware`] converts them.

mod head;
mod middleware;
mod response;

pub use middleware::CatalogService;
#[doc(hidden)]
pub use response::{error_response, status_code};

/// The equivalent of `CatalogLayer` for actix-web.
///
/// Wrap it around the application after all other middlewares except compression. It reads bodies that are in
/// memory, and neither waits for others nor buffers them. A panic closes the connection before any middleware sees
/// it.
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
