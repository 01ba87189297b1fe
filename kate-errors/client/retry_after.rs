//! The time after which the server asks for a retry.

use core::time::Duration;
use std::time::SystemTime;

use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, HeaderValue};
use kate_errors_model::envelope::Slot;

use crate::{CatalogError, Decoded};

/// The header `Retry-After` (RFC 9110, section 10.2.3).
///
/// [`ErrorResponse::retry_after`](super::ErrorResponse::retry_after) also takes the status into account. This type
/// is for responses that are not errors, such as redirects, and for retry layers that only see the headers.
///
/// ```
/// use core::time::Duration;
/// use http::HeaderMap;
/// use kate_errors::client::RetryAfter;
///
/// let mut headers = HeaderMap::new();
/// headers.insert("retry-after", "120".parse()?);
/// assert_eq!(RetryAfter::of(&headers), Some(RetryAfter::Delay(Duration::from_secs(120))));
///
/// headers.insert("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT".parse()?);
/// headers.insert("date", "Sun, 06 Nov 1994 08:49:07 GMT".parse()?);
/// assert_eq!(RetryAfter::of(&headers).unwrap().delay(&headers), Duration::from_secs(30));
///
/// headers.insert("retry-after", "soon".parse()?);
/// assert_eq!(RetryAfter::of(&headers), None);
/// # Ok::<(), http::header::InvalidHeaderValue>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// This long after the response.
    Delay(Duration),
    /// At this time, by the clock of the server.
    Date(SystemTime),
}

impl RetryAfter {
    /// Parses the header: whole seconds, or a date in one of the three formats of RFC 9110, section 5.6.7. Any
    /// other value is ignored. If there are several, the first one counts. More than 9,999,999,999 seconds (three
    /// hundred years) are reduced to that.
    ///
    /// ```
    /// use http::HeaderMap;
    /// use kate_errors::client::RetryAfter;
    ///
    /// let mut headers = HeaderMap::new();
    /// assert_eq!(RetryAfter::of(&headers), None);
    /// headers.insert("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT".parse()?);
    /// assert!(matches!(RetryAfter::of(&headers), Some(RetryAfter::Date(_))));
    /// # Ok::<(), http::header::InvalidHeaderValue>(())
    /// ```
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Option<Self> {
        let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
        match seconds(value) {
            Some(seconds) => Some(Self::Delay(Duration::from_secs(seconds))),
            None => httpdate::parse_http_date(value).ok().map(Self::Date),
        }
    }

    /// The number in place of `{retry_after}` or `{retry_after:ms}` in a body, in whole seconds, rounded up.
    pub(super) fn in_body(received: &Decoded<'_, impl CatalogError>) -> Option<Duration> {
        let found = received.envelope().find(received.body()).ok()?;
        let number = |slot| found.get(slot)?.as_str().parse::<f64>().ok();
        let millis = number(Slot::RetryAfterMillis).map(|millis| millis / 1000.0);
        let seconds = number(Slot::RetryAfter).or(millis).filter(|seconds| *seconds >= 0.0)?;
        let longest = Duration::from_secs(MAX);
        Some(
            Duration::try_from_secs_f64(seconds.ceil()).map_or(longest, |delay| delay.min(longest)),
        )
    }

    /// How long to wait from the moment of the response. A date is compared with the header `Date` of the response,
    /// so clock differences do not matter; without that header, with the local clock.
    ///
    /// ```
    /// use core::time::Duration;
    /// use http::HeaderMap;
    /// use kate_errors::client::RetryAfter;
    ///
    /// let delay = RetryAfter::Delay(Duration::from_secs(3)).delay(&HeaderMap::new());
    /// assert_eq!(delay, Duration::from_secs(3));
    /// ```
    #[must_use]
    pub fn delay(self, headers: &HeaderMap) -> Duration {
        let now = || headers.get(DATE).and_then(date).or_else(clock);
        match self {
            Self::Delay(delay) => delay,
            Self::Date(_) => now().map_or(Duration::ZERO, |now| self.delay_from(now)),
        }
    }

    /// How long to wait by your own clock. A date in the past is a delay of zero.
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    /// use kate_errors::client::RetryAfter;
    ///
    /// let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000);
    /// let later = now + Duration::from_secs(5);
    /// assert_eq!(RetryAfter::Date(later).delay_from(now), Duration::from_secs(5));
    /// assert_eq!(RetryAfter::Date(now).delay_from(later), Duration::ZERO);
    /// ```
    #[must_use]
    pub fn delay_from(self, now: SystemTime) -> Duration {
        match self {
            Self::Delay(delay) => delay,
            Self::Date(date) => date.duration_since(now).unwrap_or_default(),
        }
    }
}

/// The maximum number of seconds: a longer delay could not be added to a time.
const MAX: u64 = 9_999_999_999;

/// Parses `delay-seconds` of RFC 9110, which consists of digits only.
fn seconds(value: &str) -> Option<u64> {
    let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| value.parse().map_or(MAX, |seconds: u64| seconds.min(MAX)))
}

fn date(value: &HeaderValue) -> Option<SystemTime> {
    httpdate::parse_http_date(value.to_str().ok()?.trim()).ok()
}

/// The current time, if there is a clock.
fn clock() -> Option<SystemTime> {
    // `SystemTime::now` panics in a browser.
    let has_clock = !cfg!(all(target_family = "wasm", target_os = "unknown"));
    has_clock.then(SystemTime::now)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(value: &[u8]) -> Option<RetryAfter> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_bytes(value).unwrap());
        RetryAfter::of(&headers)
    }

    #[test]
    fn seconds_are_digits() {
        let delay = |seconds| Some(RetryAfter::Delay(Duration::from_secs(seconds)));
        assert_eq!(of(b"0"), delay(0));
        assert_eq!(of(b" 18\t"), delay(18));
        assert_eq!(of(b"0000000007"), delay(7));
        assert_eq!(of(b"00000000000000000000000007"), delay(7));
        for long in ["9999999999", "12345678901", "99999999999999999999", &"9".repeat(400)] {
            assert_eq!(of(long.as_bytes()), delay(9_999_999_999));
        }
        let junk: [&[u8]; 11] = [
            b"",
            b"-1",
            b"+1",
            b"1.5",
            b"1e3",
            b"0x10",
            b"1, 2",
            b"soon",
            b"30s",
            "１".as_bytes(),
            b"\xFF",
        ];
        for value in junk {
            assert_eq!(of(value), None, "{value:?}");
        }
    }

    #[test]
    fn dates_have_three_forms() {
        // The example of RFC 9110, section 5.6.7.
        let expected = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let forms: [&[u8]; 3] = [
            b"Sun, 06 Nov 1994 08:49:37 GMT",
            b"Sunday, 06-Nov-94 08:49:37 GMT",
            b"Sun Nov  6 08:49:37 1994",
        ];
        for form in forms {
            assert_eq!(of(form), Some(RetryAfter::Date(expected)), "{form:?}");
        }
        let junk: [&[u8]; 5] = [
            b"Sun, 06 Nov 1994 08:49:37",
            b"Sun, 32 Nov 1994 08:49:37 GMT",
            b"Sun, 06 Nov 99999 08:49:37 GMT",
            b"1994-11-06T08:49:37Z",
            b"Fri, 31 Dec 0000 23:59:59 GMT",
        ];
        for form in junk {
            assert_eq!(of(form), None, "{form:?}");
        }
    }
}
