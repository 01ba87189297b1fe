//! Whether a request may be sent again.

use http::{HeaderMap, Method, StatusCode};

use super::RetryAfter;
use super::headers::named;
use crate::{CatalogCode, Retry};

/// Whether the same request may be sent again, and can then succeed.
///
/// [`Retry`] is the property of an error; this is the advice for a client. It depends on whether the server may
/// already have carried out the request:
///
/// | response | advice |
/// |---|---|
/// | `never` or `after_fix` | `No`: waiting alone does not help |
/// | `later`, under a 4xx other than 408 | `Safe`: the API refused the request |
/// | `later`, under 408 or a 5xx | `IfIdempotent`: it may have been carried out before it failed |
///
/// If the error is unknown, [`Retry::of_status`] decides; a 413 with a valid `Retry-After` is then `later` (RFC
/// 9110, section 15.5.14).
///
/// 408 is `IfIdempotent`, because servers also send it when a handler takes too long. So is 503, because a proxy
/// sends it when it loses the server during a request. If an error has aliases that nothing tells apart, or another
/// status than in the catalog, the most careful advice is returned.
///
/// ```
/// use http::{HeaderMap, Method, StatusCode};
/// use kate_errors::KateErrorCode;
/// use kate_errors::client::RetryAdvice;
///
/// let of = |status| RetryAdvice::of_head::<KateErrorCode>(status, &HeaderMap::new());
/// assert_eq!(of(StatusCode::TOO_MANY_REQUESTS), RetryAdvice::Safe);
/// assert_eq!(of(StatusCode::BAD_GATEWAY), RetryAdvice::IfIdempotent);
/// assert_eq!(of(StatusCode::NOT_FOUND), RetryAdvice::No);
///
/// assert!(RetryAdvice::IfIdempotent.allows(&Method::PUT));
/// assert!(!RetryAdvice::IfIdempotent.allows(&Method::POST));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RetryAdvice {
    /// The request would fail again.
    No,
    /// The request may succeed later. The server may already have carried it out, so only send it again if that
    /// does no harm (RFC 9110, section 9.2.2).
    IfIdempotent,
    /// The request may succeed later, and the server has not carried it out.
    Safe,
}

impl RetryAdvice {
    /// Whether a request with this method may be sent again. Only you know whether a `POST` is idempotent, for
    /// example because of an idempotency key: then check for `!= RetryAdvice::No`.
    ///
    /// ```
    /// use http::Method;
    /// use kate_errors::client::RetryAdvice;
    ///
    /// assert!(RetryAdvice::Safe.allows(&Method::POST));
    /// assert!(RetryAdvice::IfIdempotent.allows(&Method::DELETE));
    /// assert!(!RetryAdvice::IfIdempotent.allows(&Method::PATCH));
    /// ```
    #[must_use]
    pub fn allows(self, method: &Method) -> bool {
        match self {
            Self::No => false,
            Self::IfIdempotent => method.is_idempotent(),
            Self::Safe => true,
        }
    }

    /// The advice before the body is read: from the status, and from the error whose code is in the header
    /// `x-error-code`, if it has this status. It is for retry layers that do not see the body.
    ///
    /// ```
    /// use http::{HeaderMap, StatusCode};
    /// use kate_errors::KateErrorCode;
    /// use kate_errors::client::RetryAdvice;
    ///
    /// let mut headers = HeaderMap::new();
    /// headers.insert("x-error-code", "rate_limit_exceeded".parse()?);
    /// let advice = RetryAdvice::of_head::<KateErrorCode>(StatusCode::TOO_MANY_REQUESTS, &headers);
    /// assert_eq!(advice, RetryAdvice::Safe);
    /// # Ok::<(), http::header::InvalidHeaderValue>(())
    /// ```
    #[must_use]
    pub fn of_head<C: CatalogCode>(status: StatusCode, headers: &HeaderMap) -> Self {
        match named::<C>(status, headers) {
            Some(code) => Self::of_error(code, status),
            None => Self::of_status(status, headers),
        }
    }

    pub(crate) fn of_error<C: CatalogCode>(code: C, received: StatusCode) -> Self {
        Self::new(code.retry(), is_refusal(code.status()) && is_refusal(received.as_u16()))
    }

    pub(crate) fn of_status(status: StatusCode, headers: &HeaderMap) -> Self {
        let is_too_large_for_now =
            status == StatusCode::PAYLOAD_TOO_LARGE && RetryAfter::of(headers).is_some();
        let status = status.as_u16();
        let retry = if is_too_large_for_now { Retry::Later } else { Retry::of_status(status) };
        Self::new(retry, is_refusal(status))
    }

    fn new(retry: Retry, is_refused: bool) -> Self {
        match retry {
            Retry::Never | Retry::AfterFix => Self::No,
            Retry::Later if is_refused => Self::Safe,
            Retry::Later => Self::IfIdempotent,
        }
    }
}

/// Whether a status means that the request was not carried out.
fn is_refusal(status: u16) -> bool {
    matches!(status, 400..=407 | 409..=499)
}
