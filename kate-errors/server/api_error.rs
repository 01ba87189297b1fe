//! A server's own errors, and the responses to them.

use alloc::boxed::Box;
#[cfg(target_has_atomic = "ptr")]
use alloc::sync::Arc;
use core::error::Error;

use crate::{CatalogCode as _, CatalogError};

/// The status of an internal error (RFC 9110, section 15.6.1).
pub(crate) const INTERNAL_SERVER_ERROR: u16 = 500;

/// The response for an error of a server: an error of the catalog `E`, or an internal error without details.
///
/// Returned by [`ToApiError::to_api_error`](crate::ToApiError::to_api_error).
///
/// ```
/// use kate_errors::{ApiError, KateError};
///
/// let response = ApiError::Catalog(KateError::RunNotFound);
/// assert_eq!(response.status(), 404);
/// assert_eq!(response.error(), Some(&KateError::RunNotFound));
///
/// let response: ApiError<KateError> = ApiError::Internal;
/// assert_eq!(response.status(), 500);
/// assert_eq!(response.error(), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ApiError<E> {
    /// An error of the catalog: its status and its message are the response.
    Catalog(E),
    /// An internal error. The response is 500 and contains no details: they belong in the server's log.
    Internal,
}

impl<E> ApiError<E> {
    /// The error of the catalog; `None` for an internal error.
    ///
    /// ```
    /// # use kate_errors::{ApiError, KateError};
    /// assert!(ApiError::<KateError>::Internal.error().is_none());
    /// ```
    #[must_use]
    pub fn error(&self) -> Option<&E> {
        match self {
            Self::Catalog(error) => Some(error),
            Self::Internal => None,
        }
    }

    /// Returns the error of the catalog; `None` for an internal error.
    ///
    /// ```
    /// # use kate_errors::{ApiError, KateError};
    /// assert_eq!(ApiError::Catalog(KateError::RunNotFound).into_error(), Some(KateError::RunNotFound));
    /// ```
    #[must_use]
    pub fn into_error(self) -> Option<E> {
        match self {
            Self::Catalog(error) => Some(error),
            Self::Internal => None,
        }
    }

    /// Maps the error of the catalog, for example to widen the error of an operation to that of the catalog.
    ///
    /// ```
    /// # use kate_errors::{ApiError, KateError, SubscribeError};
    /// let response = ApiError::Catalog(SubscribeError::AlreadySubscribed);
    /// assert_eq!(response.map(KateError::from), ApiError::Catalog(KateError::AlreadySubscribed));
    /// ```
    #[must_use]
    pub fn map<F>(self, map: impl FnOnce(E) -> F) -> ApiError<F> {
        match self {
            Self::Catalog(error) => ApiError::Catalog(map(error)),
            Self::Internal => ApiError::Internal,
        }
    }
}

impl<E: CatalogError> ApiError<E> {
    /// The HTTP status of the response: that of the error, or 500 for an internal error.
    ///
    /// ```
    /// # use kate_errors::{ApiError, KateError};
    /// assert_eq!(ApiError::Catalog(KateError::RunNotFound).status(), 404);
    /// ```
    #[must_use]
    pub fn status(&self) -> u16 {
        self.error().map_or(INTERNAL_SERVER_ERROR, |error| error.code().status())
    }
}

impl<E: CatalogError> From<E> for ApiError<E> {
    fn from(error: E) -> Self {
        Self::Catalog(error)
    }
}

/// An error of a server that can be converted to an error of a catalog.
///
/// The errors of a catalog are for clients. A server has its own errors, with sources and details that clients must
/// not see; this trait converts them. Every generated enum implements it by returning itself. For your own enum,
/// the feature `derive` has a derive with the same name.
///
/// It requires [`Error`], because a server's log shows the error with all its sources.
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
    message = "`{Self}` does not say which error of a catalog it responds with",
    label = "does not implement `ToApiError`",
    note = "derive `kate_errors::ToApiError` for `{Self}`"
)]
pub trait ToApiError: Error {
    /// The enum of the catalog, or of one of its operations.
    type Catalog: CatalogError;

    /// The response: its status and message come from this value, and nothing else reaches the client.
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

/// An error that can respond with an error of `Catalog`, for `transparent` of `#[derive(ToApiError)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not respond with an error of `{Catalog}`",
    label = "is not a `ToApiError` of `{Catalog}`",
    note = "`transparent` responds with the inner error: derive `kate_errors::ToApiError` for it, \
            or name an error, or `internal`",
    note = "errors of another catalog are passed on if `{Catalog}` is made `From` them"
)]
pub trait Transparent<Catalog> {
    /// The response.
    fn transparent(&self) -> ApiError<Catalog>;
}

#[diagnostic::do_not_recommend]
impl<T, Catalog> Transparent<Catalog> for T
where
    T: ToApiError<Catalog: Into<Catalog>> + ?Sized,
{
    fn transparent(&self) -> ApiError<Catalog> {
        self.to_api_error().map(Into::into)
    }
}
