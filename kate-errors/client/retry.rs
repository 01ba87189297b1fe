//! The retry advice of an error.

use core::time::Duration;
use std::time::SystemTime;

use super::error_response::Parts;
use super::{ErrorResponse, RetryAdvice, RetryAfter};
use crate::CatalogError;

impl<E: CatalogError> ErrorResponse<E> {
    /// Whether the request may be sent again; see the table in [`RetryAdvice`].
    ///
    /// ```
    /// # use http::{HeaderMap, Method, StatusCode};
    /// # use kate_errors::{KateError, client::ErrorResponse};
    /// let page = b"<h1>Bad Gateway</h1>";
    /// let error = ErrorResponse::<KateError>::from_parts(StatusCode::BAD_GATEWAY, &HeaderMap::new(), page);
    /// let advice = error.unwrap().retry();
    /// assert!(advice.allows(&Method::GET) && !advice.allows(&Method::POST));
    /// ```
    #[must_use]
    pub fn retry(&self) -> RetryAdvice {
        let Parts { received, status, headers, .. } = self.parts();
        let Some(code) = self.code() else {
            return RetryAdvice::of_status(*status, headers);
        };
        let alternatives = received.alternatives().iter().map(CatalogError::code);
        let advices = alternatives.chain([code]).map(|code| RetryAdvice::of_error(code, *status));
        advices.min().unwrap_or(RetryAdvice::No)
    }

    /// How long to wait before a retry, from the moment of the response. It is at most an hour, or the value of
    /// [`ResponseReader::max_retry_after`](super::ResponseReader::max_retry_after).
    ///
    /// It is the header `Retry-After` or, if it is longer, the number that the body has in place of `{retry_after}`.
    /// Both count whenever [`retry`](Self::retry) says that retrying may help; proxies also send the header without a
    /// meaning. See [`RetryAfter`] for its syntax.
    ///
    /// ```
    /// use http::{HeaderMap, StatusCode};
    /// use kate_errors::KateError;
    /// use kate_errors::client::ErrorResponse;
    ///
    /// let mut headers = HeaderMap::new();
    /// headers.insert("retry-after", "86400".parse()?);
    /// let retry_after = |status| {
    ///     let error = ErrorResponse::<KateError>::from_parts(status, &headers, b"").unwrap();
    ///     error.retry_after().map(|delay| delay.as_secs())
    /// };
    /// assert_eq!(retry_after(StatusCode::SERVICE_UNAVAILABLE), Some(3600));
    /// assert_eq!(retry_after(StatusCode::FORBIDDEN), None);
    /// # Ok::<(), http::header::InvalidHeaderValue>(())
    /// ```
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.longest_delay(|header| header.delay(&self.parts().headers))
    }

    /// Like [`retry_after`](Self::retry_after), but compares a date with your own clock instead of the server's.
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    /// use http::{HeaderMap, StatusCode};
    /// use kate_errors::KateError;
    /// use kate_errors::client::ErrorResponse;
    ///
    /// let mut headers = HeaderMap::new();
    /// headers.insert("retry-after", "Thu, 01 Jan 1970 00:01:00 GMT".parse()?);
    /// let status = StatusCode::SERVICE_UNAVAILABLE;
    /// let error = ErrorResponse::<KateError>::from_parts(status, &headers, b"").unwrap();
    /// let now = SystemTime::UNIX_EPOCH + Duration::from_secs(50);
    /// assert_eq!(error.retry_after_from(now), Some(Duration::from_secs(10)));
    /// # Ok::<(), http::header::InvalidHeaderValue>(())
    /// ```
    #[must_use]
    pub fn retry_after_from(&self, now: SystemTime) -> Option<Duration> {
        self.longest_delay(|header| header.delay_from(now))
    }

    /// The longer one of the delays in the header and in the body.
    fn longest_delay(&self, of_header: impl Fn(RetryAfter) -> Duration) -> Option<Duration> {
        if self.retry() == RetryAdvice::No {
            return None;
        }
        let Parts { received, headers, max_delay, .. } = self.parts();
        let in_header = RetryAfter::of(headers).map(of_header);
        let in_body = if self.is_complete() { RetryAfter::in_body(received) } else { None };
        Some(in_header.max(in_body)?.min(*max_delay))
    }
}
