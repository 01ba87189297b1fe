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
