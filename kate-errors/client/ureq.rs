//! The configuration of ureq, and its own errors.

use alloc::vec::Vec;

use ::ureq::Agent;
use ::ureq::config::ConfigBuilder;
use ::ureq::typestate::AgentScope;
use http::{HeaderMap, StatusCode};
use kate_errors_model::status::may_be_error;

use super::body::{End, PartialBody};
use super::{ErrorResponse, ResponseReader};
use crate::CatalogError;

/// The reason why there is no body.
const DISCARDED: &str =
    "ureq discarded the headers and the body; configure it with `http_status_as_error(false)`";

/// A configuration of ureq with `http_status_as_error(false)`, which returns error responses instead of discarding
/// their bodies. Needs the feature `ureq`.
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

impl<E: CatalogError> ErrorResponse<E> {
    /// Converts [`ureq::Error::StatusCode`], which only contains the status. The headers and the body are lost, as
    /// [`body_error`](Self::body_error) reports. Needs the feature `ureq`.
    ///
    /// # Errors
    ///
    /// The same error, if it is another variant.
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
            Ok(status) if may_be_error(status.as_u16()) => {
                let end = End::broken(DISCARDED);
                let body = PartialBody { bytes: Vec::new(), end };
                Ok(ResponseReader::new().error(status, HeaderMap::new(), body))
            }
            _ => Err(error),
        }
    }
}
