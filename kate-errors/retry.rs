//! Whether trying again helps.

/// Whether trying a request again helps after an error.
///
/// ```
/// use kate_errors::{KateError, Retry};
///
/// assert_eq!(KateError::RateLimitExceeded.retry(), Retry::Later);
/// assert_eq!(KateError::TokenExpired.retry(), Retry::AfterFix);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Retry {
    /// Trying again gives the same answer.
    Never,
    /// Trying the same request again later may succeed.
    Later,
    /// Trying again may succeed once the cause is removed.
    AfterFix,
}

impl Retry {
    /// What a status says, where nothing else does: of an error whose catalog has no `retry` for it, and of a response
    /// that is not in the catalog. A status above 599, and one that nobody has registered, is as 500 (RFC 9110,
    /// section 15).
    ///
    /// ```
    /// use kate_errors::Retry;
    ///
    /// assert_eq!(Retry::of_status(503), Retry::Later);
    /// assert_eq!(Retry::of_status(501), Retry::Never);
    /// assert_eq!(Retry::of_status(404), Retry::AfterFix);
    /// ```
    #[must_use]
    pub const fn of_status(status: u16) -> Self {
        match status {
            408 | 425 | 429 | 500 | 502..=504 | 509 | 512.. => Self::Later,
            405 | 410 | 501 | 505 => Self::Never,
            _ => Self::AfterFix,
        }
    }
}
