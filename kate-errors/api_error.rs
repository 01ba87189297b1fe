//! What a server answers to an error of its own.

use crate::CatalogError;

/// The status of an internal fault (RFC 9110, section 15.6.1).
pub(crate) const INTERNAL_SERVER_ERROR: u16 = 500;

/// What a server answers to an error of its own: an error of the catalog `E`, or nothing but that
/// something went wrong inside.
///
/// [`ToApiError::to_api_error`](crate::ToApiError::to_api_error) gives it.
///
/// ```
/// use kate_errors::{ApiError, KateError};
///
/// let answer = ApiError::Catalog(KateError::RunNotFound);
/// assert_eq!(answer.status(), 404);
/// assert_eq!(answer.error(), Some(&KateError::RunNotFound));
///
/// let answer: ApiError<KateError> = ApiError::Internal;
/// assert_eq!(answer.status(), 500);
/// assert_eq!(answer.error(), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ApiError<E> {
    /// An error of the catalog: its status and its sentence are the response.
    Catalog(E),
    /// An internal fault. The response is 500 and carries no word about it: what went wrong is for the
    /// server's log.
    Internal,
}

impl<E> ApiError<E> {
    /// The error of the catalog; `None` for an internal fault.
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

    /// The error of the catalog itself; `None` for an internal fault.
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

    /// The same answer with another error, such as the error of an operation widened to the catalog's.
    ///
    /// ```
    /// # use kate_errors::{ApiError, KateError, SubscribeError};
    /// let answer = ApiError::Catalog(SubscribeError::AlreadySubscribed);
    /// assert_eq!(answer.map(KateError::from), ApiError::Catalog(KateError::AlreadySubscribed));
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
    /// The HTTP status of the response: that of the row, or 500 for an internal fault.
    ///
    /// ```
    /// # use kate_errors::{ApiError, KateError};
    /// assert_eq!(ApiError::Catalog(KateError::RunNotFound).status(), 404);
    /// ```
    #[must_use]
    pub fn status(&self) -> u16 {
        use crate::CatalogCode as _;
        self.error().map_or(INTERNAL_SERVER_ERROR, |error| error.code().status())
    }
}

impl<E: CatalogError> From<E> for ApiError<E> {
    fn from(error: E) -> Self {
        Self::Catalog(error)
    }
}
