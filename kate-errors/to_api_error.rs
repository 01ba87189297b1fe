//! Errors of a server that know which error of a catalog they answer with.

use alloc::boxed::Box;
#[cfg(target_has_atomic = "ptr")]
use alloc::sync::Arc;
use core::error::Error;

use crate::{ApiError, CatalogError};

/// An error of a server that says what the server answers to it.
///
/// The errors of a catalog are what a client may know. A server has errors of its own, with sources and
/// details that no client sees; this trait leads from them to the catalog. Every generated enum answers
/// with itself. For an enum of your own, the feature `derive` has a derive of the same name.
///
/// It is an [`Error`], because that is what a server's log shows: with all its sources.
///
/// ```
/// use kate_errors::{ApiError, ToApiError, KateError};
///
/// #[derive(Debug, thiserror::Error)]
/// enum ServiceError {
///     #[error("there is no run {id}")]
///     NoRun { id: u64 },
///     #[error("the database failed")]
///     Database(#[source] std::io::Error),
/// }
///
/// impl ToApiError for ServiceError {
///     type Catalog = KateError;
///
///     fn to_api_error(&self) -> ApiError<KateError> {
///         match self {
///             Self::NoRun { .. } => ApiError::Catalog(KateError::RunNotFound),
///             Self::Database(_) => ApiError::Internal,
///         }
///     }
/// }
///
/// assert_eq!(ServiceError::NoRun { id: 7 }.to_api_error(), ApiError::Catalog(KateError::RunNotFound));
/// let fault = ServiceError::Database(std::io::Error::other("disk full"));
/// assert_eq!(fault.to_api_error(), ApiError::Internal);
/// assert_eq!(KateError::RunNotFound.to_api_error(), ApiError::Catalog(KateError::RunNotFound));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say which error of a catalog it answers with",
    label = "is no `ToApiError`",
    note = "derive `kate_errors::ToApiError` for `{Self}`"
)]
pub trait ToApiError: Error {
    /// The enum of the catalog, or of one of its operations.
    type Catalog: CatalogError;

    /// What the server answers: status and sentence come from it, and nothing else reaches the client.
    fn to_api_error(&self) -> ApiError<Self::Catalog>;
}

impl<T: ToApiError + ?Sized> ToApiError for &T {
    type Catalog = T::Catalog;

    fn to_api_error(&self) -> ApiError<Self::Catalog> {
        (**self).to_api_error()
    }
}

impl<T: ToApiError> ToApiError for Box<T> {
    type Catalog = T::Catalog;

    fn to_api_error(&self) -> ApiError<Self::Catalog> {
        (**self).to_api_error()
    }
}

#[cfg(target_has_atomic = "ptr")]
impl<T: ToApiError + ?Sized> ToApiError for Arc<T> {
    type Catalog = T::Catalog;

    fn to_api_error(&self) -> ApiError<Self::Catalog> {
        (**self).to_api_error()
    }
}
