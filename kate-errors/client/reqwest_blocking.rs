//! Errors of responses that reqwest gives to code that blocks.

use ::reqwest::blocking::Response;

use super::response_reader::is_error;
use super::{ErrorResponse, ResponseReader, blocking_read};
use crate::{CatalogError, CatalogOperation};

/// `ReqwestExt` for [`reqwest::blocking`]. Needs the feature `reqwest-blocking`.
///
/// ```no_run
/// use kate_errors::KateError;
/// use kate_errors::client::BlockingReqwestExt as _;
///
/// let response = reqwest::blocking::get("http://localhost:8000/artifacts")?;
/// let artifacts = response.error_for_catalog::<KateError>()?.text()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait BlockingReqwestExt: Sized {
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

impl BlockingReqwestExt for Response {
    fn error_for<E: CatalogError>(
        mut self,
        reader: ResponseReader<E>,
    ) -> Result<Self, ErrorResponse<E>> {
        if !is_error(self.status()) {
            return Ok(self);
        }
        let body = blocking_read::read(&mut self, &reader);
        let headers = core::mem::take(self.headers_mut());
        Err(reader.error(self.status(), headers, body))
    }
}
