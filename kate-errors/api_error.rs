//! Errors of a server that know which error of a catalog they answer with.

use alloc::boxed::Box;
#[cfg(target_has_atomic = "ptr")]
use alloc::sync::Arc;
use core::error::Error;

use crate::{Answer, CatalogError};

/// An error of a server that says what the server answers to it.
///
/// The errors of a catalog are what a client may know. A server has errors of its own, with sources and
/// details that no client sees; this trait leads from them to the catalog. Every generated enum answers
/// with itself. For an enum of your own, the feature `derive` has a derive of the same name.
///
/// It is an [`Error`], because that is what a server's log shows: with all its sources.
///
/// ```
/// use kate_errors::{Answer, ApiError, KateError};
///
/// #[derive(Debug, thiserror::Error)]
/// enum ServiceError {
///     #[error("there is no run {id}")]
///     NoRun { id: u64 },
///     #[error("the database failed")]
///     Database(#[source] std::io::Error),
/// }
///
/// impl ApiError for ServiceError {
///     type Catalog = KateError;
///
///     fn answer(&self) -> Answer<KateError> {
///         match self {
///             Self::NoRun { .. } => Answer::Error(KateError::RunNotFound),
///             Self::Database(_) => Answer::Internal,
///         }
///     }
/// }
///
/// assert_eq!(ServiceError::NoRun { id: 7 }.answer(), Answer::Error(KateError::RunNotFound));
/// let fault = ServiceError::Database(std::io::Error::other("disk full"));
/// assert_eq!(fault.answer(), Answer::Internal);
/// assert_eq!(KateError::RunNotFound.answer(), Answer::Error(KateError::RunNotFound));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say which error of a catalog it answers with",
    label = "is no `ApiError`",
    note = "derive `kate_errors::ApiError` for `{Self}`"
)]
pub trait ApiError: Error {
    /// The enum of the catalog, or of one of its operations.
    type Catalog: CatalogError;

    /// What the server answers: status and sentence come from it, and nothing else reaches the client.
    fn answer(&self) -> Answer<Self::Catalog>;
}

impl<T: ApiError + ?Sized> ApiError for &T {
    type Catalog = T::Catalog;

    fn answer(&self) -> Answer<Self::Catalog> {
        (**self).answer()
    }
}

impl<T: ApiError> ApiError for Box<T> {
    type Catalog = T::Catalog;

    fn answer(&self) -> Answer<Self::Catalog> {
        (**self).answer()
    }
}

#[cfg(target_has_atomic = "ptr")]
impl<T: ApiError + ?Sized> ApiError for Arc<T> {
    type Catalog = T::Catalog;

    fn answer(&self) -> Answer<Self::Catalog> {
        (**self).answer()
    }
}
