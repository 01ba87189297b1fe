//! Errors of responses that ureq gives.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::error::Error;
use core::fmt;

use ::ureq::config::ConfigBuilder;
use ::ureq::typestate::AgentScope;
use ::ureq::{Agent, Body};
use http::{HeaderMap, Response, StatusCode};

use super::body::{End, PartialBody};
use super::response_reader::is_error;
use super::{ErrorResponse, ResponseReader, blocking_read};
use crate::{CatalogError, CatalogOperation};

/// A configuration of ureq that hands responses on instead of throwing the bodies of errors away: it says
/// `http_status_as_error(false)`. Needs the feature `ureq`.
///
/// ```
/// use std::time::Duration;
/// use kate_errors::client::ureq_config;
///
/// let config = ureq_config().timeout_global(Some(Duration::from_secs(30))).build();
/// assert!(!config.http_status_as_error());
/// let agent: ureq::Agent = config.new_agent();
/// ```
#[must_use]
pub fn ureq_config() -> ConfigBuilder<AgentScope> {
    Agent::config_builder().http_status_as_error(false)
}

/// Reads the errors of a catalog from responses of ureq. Needs the feature `ureq`.
///
/// The agent must be configured with `http_status_as_error(false)`, as [`ureq_config`] is: by default, ureq
/// makes an error of each status from 400 on, and throws headers and body away. For where that
/// happens all the same, there is [`ErrorResponse::from_ureq_error`].
///
/// ```no_run
/// use kate_errors::KateError;
/// use kate_errors::client::{UreqExt as _, ureq_config};
///
/// let agent = ureq_config().build().new_agent();
/// let response = agent.get("http://localhost:8000/artifacts").call()?;
/// let artifacts = response.error_for_catalog::<KateError>()?.body_mut().read_to_string()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait UreqExt: Sized {
    /// Hands the response on if it is no error; else reads the error with the catalog of `E`.
    ///
    /// # Errors
    ///
    /// The error that the response is.
    fn error_for_catalog<E: CatalogError>(self) -> Result<Self, ErrorResponse<E>> {
        self.error_for(ResponseReader::new())
    }

    /// The same for a response of the operation `O`: its rows come first where errors share a sentence.
    ///
    /// # Errors
    ///
    /// The error that the response is.
    fn error_for_operation<O: CatalogOperation>(self) -> Result<Self, ErrorResponse<O::Catalog>> {
        self.error_for(ResponseReader::new().operation::<O>())
    }

    /// The same with a reader of yours, which may have other limits.
    ///
    /// # Errors
    ///
    /// The error that the response is.
    fn error_for<E: CatalogError>(
        self,
        reader: ResponseReader<E>,
    ) -> Result<Self, ErrorResponse<E>>;
}

impl UreqExt for Response<Body> {
    fn error_for<E: CatalogError>(
        self,
        reader: ResponseReader<E>,
    ) -> Result<Self, ErrorResponse<E>> {
        if !is_error(self.status()) {
            return Ok(self);
        }
        let (head, body) = self.into_parts();
        let body = blocking_read::read(body.into_reader(), &reader);
        Err(reader.error(head.status, head.headers, body))
    }
}

impl<E: CatalogError> ErrorResponse<E> {
    /// What is left of an error in [`ureq::Error::StatusCode`]: the status. There are no headers, and no
    /// body; [`body_error`](Self::body_error) says so. Needs the feature `ureq`.
    ///
    /// # Errors
    ///
    /// The error again, if it is another one.
    ///
    /// ```
    /// use kate_errors::KateError;
    /// use kate_errors::client::ErrorResponse;
    ///
    /// let error = ErrorResponse::<KateError>::from_ureq_error(ureq::Error::StatusCode(404)).unwrap();
    /// assert_eq!((error.status().as_u16(), error.code()), (404, None));
    /// assert!(!error.is_complete());
    /// assert!(error.body_error().unwrap().to_string().contains("http_status_as_error(false)"));
    /// ```
    pub fn from_ureq_error(error: ::ureq::Error) -> Result<Self, ::ureq::Error> {
        let ::ureq::Error::StatusCode(status) = error else {
            return Err(error);
        };
        match StatusCode::from_u16(status) {
            Ok(status) if is_error(status) => {
                let end = End::Broken(Arc::new(ThrownAway));
                let body = PartialBody { bytes: Vec::new(), end };
                Ok(ResponseReader::new().error(status, HeaderMap::new(), body))
            }
            _ => Err(error),
        }
    }
}

/// Why there is no body.
#[derive(Debug)]
struct ThrownAway;

impl fmt::Display for ThrownAway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "ureq threw headers and body away; configure it with `http_status_as_error(false)`",
        )
    }
}

impl Error for ThrownAway {}
