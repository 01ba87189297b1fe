//! Error responses for clients, with any HTTP client. Needs the feature `http`.
//!
//! [`ErrorResponse`] is the error type of a client. It is a [`Decoded`](crate::Decoded) response with headers, so
//! it knows when to retry ([`retry`](ErrorResponse::retry), [`retry_after`](ErrorResponse::retry_after)) and the
//! request ID for bug reports ([`request_id`](ErrorResponse::request_id)).
//!
//! | feature | adds |
//! |---|---|
//! | `http` | [`ErrorResponse::from_parts`], for any client that has the types of the crate `http` |
//! | `reqwest` | `ReqwestExt`: `response.error_for_catalog::<KateError>().await?` |
//! | `reqwest-blocking` | `BlockingReqwestExt`, the same without `await` |
//! | `ureq` | `UreqExt`, the same for the responses of ureq |
//!
//! All of them keep at most 64 KiB of a body ([`ResponseReader::body_limit`]), and never decode an incomplete body
//! as an error of the catalog.
//!
//! ```
//! use http::{HeaderMap, StatusCode};
//! use kate_errors::KateError;
//! use kate_errors::client::{ErrorResponse, RetryAdvice};
//!
//! let mut headers = HeaderMap::new();
//! headers.insert("retry-after", "7".parse()?);
//! headers.insert("x-request-id", "5f3a".parse()?);
//! let body = br#"{"detail":"Rate limit exceeded"}"#;
//!
//! let error = ErrorResponse::from_parts(StatusCode::TOO_MANY_REQUESTS, &headers, body).unwrap();
//! assert_eq!(error.known(), Some(&KateError::RateLimitExceeded));
//! assert_eq!(error.retry(), RetryAdvice::Safe);
//! assert_eq!(error.retry_after().unwrap().as_secs(), 7);
//! assert_eq!(error.to_string(), "429 rate_limit_exceeded: Rate limit exceeded (request 5f3a)");
//! # Ok::<(), http::header::InvalidHeaderValue>(())
//! ```

mod body;
#[cfg(any(all(feature = "reqwest", not(target_arch = "wasm32")), feature = "ureq"))]
mod collector;
mod completeness;
mod error_response;
mod fmt;
mod headers;
mod response_reader;
mod retry;
mod retry_advice;
mod retry_after;

#[cfg(any(all(feature = "reqwest-blocking", not(target_arch = "wasm32")), feature = "ureq"))]
mod blocking;
#[cfg(all(feature = "reqwest", not(target_arch = "wasm32")))]
mod reqwest;
#[cfg(feature = "ureq")]
mod ureq;

pub use error_response::ErrorResponse;
pub use response_reader::ResponseReader;
pub use retry_advice::RetryAdvice;
pub use retry_after::RetryAfter;

#[cfg(all(feature = "reqwest", not(target_arch = "wasm32")))]
pub use self::reqwest::ReqwestExt;
#[cfg(feature = "ureq")]
pub use self::ureq::ureq_config;
#[cfg(all(feature = "reqwest-blocking", not(target_arch = "wasm32")))]
pub use blocking::BlockingReqwestExt;
#[cfg(feature = "ureq")]
pub use blocking::UreqExt;
