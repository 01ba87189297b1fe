//! The received body of an error, and whether it is complete.

use core::error::Error;

use super::ErrorResponse;
use super::body::End;
use super::headers::{declared_length, remaining_encoding};
use crate::CatalogError;

impl<E: CatalogError> ErrorResponse<E> {
    /// The received bytes of the body, up to the limit: see [`is_complete`](Self::is_complete). They are untrusted.
    ///
    /// ```
    /// # use http::{HeaderMap, StatusCode};
    /// # use kate_errors::{KateError, client::ErrorResponse};
    /// let error = ErrorResponse::<KateError>::from_parts(StatusCode::GONE, &HeaderMap::new(), b"\xFF");
    /// assert_eq!(error.unwrap().raw_body(), b"\xFF");
    /// ```
    #[must_use]
    pub fn raw_body(&self) -> &[u8] {
        self.parts().received.body()
    }

    /// Whether the body is complete: neither over the limit nor cut off.
    ///
    /// An incomplete body is never decoded as an error of the catalog. If there is a [`code`](Self::code), it comes
    /// from the header `x-error-code`. The reason is [`UnknownReason::Truncated`](crate::UnknownReason::Truncated),
    /// or [`TooLarge`](crate::UnknownReason::TooLarge) if its length is known to be over 64 KiB.
    ///
    /// ```
    /// # use http::{HeaderMap, StatusCode};
    /// # use kate_errors::{KateError, client::ErrorResponse};
    /// let error = ErrorResponse::<KateError>::from_parts(StatusCode::GONE, &HeaderMap::new(), b"");
    /// assert!(error.unwrap().is_complete());
    /// ```
    #[must_use]
    pub fn is_complete(&self) -> bool {
        matches!(self.parts().end, End::Whole)
    }

    /// Whether the body is longer than the limit.
    ///
    /// ```
    /// use http::{HeaderMap, StatusCode};
    /// use kate_errors::KateError;
    /// use kate_errors::client::ErrorResponse;
    ///
    /// let page = vec![b'.'; 100_000];
    /// let status = StatusCode::BAD_GATEWAY;
    /// let error = ErrorResponse::<KateError>::from_parts(status, &HeaderMap::new(), page).unwrap();
    /// assert!(error.is_truncated());
    /// assert_eq!((error.raw_body().len(), error.body_length()), (65_536, Some(100_000)));
    /// ```
    #[must_use]
    pub fn is_truncated(&self) -> bool {
        matches!(self.parts().end, End::Limit(_))
    }

    /// Why the body could not be read to its end: the connection broke, or the time was up. The status, the headers
    /// and the bytes received before are still available.
    ///
    /// ```
    /// # use http::{HeaderMap, StatusCode};
    /// # use kate_errors::{KateError, client::ErrorResponse};
    /// let error = ErrorResponse::<KateError>::from_parts(StatusCode::GONE, &HeaderMap::new(), b"");
    /// assert!(error.unwrap().body_error().is_none());
    /// ```
    #[must_use]
    pub fn body_error(&self) -> Option<&(dyn Error + Send + Sync + 'static)> {
        match &self.parts().end {
            End::Broken(error) => Some(&**error),
            End::Whole | End::Limit(_) => None,
        }
    }

    /// The length of the whole body in bytes, if it is known: the bytes received if the body is complete, otherwise
    /// the length that the server declared. See [`is_truncated`](Self::is_truncated).
    ///
    /// ```
    /// # use http::{HeaderMap, StatusCode};
    /// # use kate_errors::{KateError, client::ErrorResponse};
    /// let error = ErrorResponse::<KateError>::from_parts(StatusCode::GONE, &HeaderMap::new(), b"gone");
    /// assert_eq!(error.unwrap().body_length(), Some(4));
    /// ```
    #[must_use]
    pub fn body_length(&self) -> Option<u64> {
        match self.parts().end {
            End::Whole => u64::try_from(self.raw_body().len()).ok(),
            End::Limit(Some(length)) => Some(length),
            End::Limit(None) | End::Broken(_) => declared_length(&self.parts().headers),
        }
    }

    /// The content coding that the body still has (RFC 9110, section 8.4), for example `gzip`: the client did not
    /// decompress it, so it cannot be decoded.
    ///
    /// ```
    /// use http::{HeaderMap, StatusCode};
    /// use kate_errors::KateError;
    /// use kate_errors::client::ErrorResponse;
    ///
    /// let mut headers = HeaderMap::new();
    /// headers.insert("content-encoding", "gzip".parse()?);
    /// let body = b"\x1F\x8B\x08\x00";
    /// let error = ErrorResponse::<KateError>::from_parts(StatusCode::NOT_FOUND, &headers, body).unwrap();
    /// assert_eq!(error.remaining_encoding(), Some("gzip"));
    /// assert!(error.to_string().contains("the client did not decompress it (gzip)"), "{error}");
    /// # Ok::<(), http::header::InvalidHeaderValue>(())
    /// ```
    #[must_use]
    pub fn remaining_encoding(&self) -> Option<&'static str> {
        remaining_encoding(&self.parts().headers, self.raw_body())
    }
}
