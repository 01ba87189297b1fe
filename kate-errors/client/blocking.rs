//! Errors of the responses of blocking clients.

use std::io::{ErrorKind, Read};

use kate_errors_model::status::may_be_error;

use super::body::{End, PartialBody};
use super::collector::Collector;
use super::{ErrorResponse, ResponseReader};
use crate::{CatalogError, CatalogOperation};

/// The extension of a client's response type, with a closure that splits a response into status, headers and body.
macro_rules! extension {
    ($(#[$attributes:meta])* $name:ident for $response:ty, $take_apart:expr) => {
        $(#[$attributes])*
        pub trait $name: Sized {
            /// Returns the response if it is not an error; otherwise decodes the error with the catalog of `E`.
            ///
            /// # Errors
            ///
            /// The decoded error, if the response is one.
            fn error_for_catalog<E: CatalogError>(self) -> Result<Self, ErrorResponse<E>> {
                self.error_for(ResponseReader::new())
            }

            /// Like [`error_for_catalog`](Self::error_for_catalog) for a response of the operation `O`: if several
            /// errors share a message, its errors are preferred.
            ///
            /// # Errors
            ///
            /// The decoded error, if the response is one.
            fn error_for_operation<O: CatalogOperation>(
                self,
            ) -> Result<Self, ErrorResponse<O::Catalog>> {
                self.error_for(ResponseReader::new().operation::<O>())
            }

            /// Like [`error_for_catalog`](Self::error_for_catalog) with your own reader, for example with other limits.
            ///
            /// # Errors
            ///
            /// The decoded error, if the response is one.
            fn error_for<E: CatalogError>(
                self,
                reader: ResponseReader<E>,
            ) -> Result<Self, ErrorResponse<E>>;
        }

        impl $name for $response {
            fn error_for<E: CatalogError>(
                self,
                reader: ResponseReader<E>,
            ) -> Result<Self, ErrorResponse<E>> {
                if !may_be_error(self.status().as_u16()) {
                    return Ok(self);
                }
                let (status, headers, body) = $take_apart(self);
                let body = read(body, &reader);
                Err(reader.error(status, headers, body))
            }
        }
    };
}

#[cfg(all(feature = "reqwest-blocking", not(target_arch = "wasm32")))]
extension! {
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
    BlockingReqwestExt for ::reqwest::blocking::Response,
    |mut response: Self| {
        (response.status(), core::mem::take(response.headers_mut()), response)
    }
}

#[cfg(feature = "ureq")]
extension! {
    /// Decodes the errors of a catalog from responses of ureq. Needs the feature `ureq`.
    ///
    /// Configure the agent with `http_status_as_error(false)`, as [`ureq_config`](super::ureq_config) does. By
    /// default, ureq turns each status from 400 up into an error, and discards headers and body. If that has
    /// already happened, use [`ErrorResponse::from_ureq_error`].
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
    UreqExt for http::Response<::ureq::Body>,
    |response: Self| {
        let (head, body) = response.into_parts();
        (head.status, head.headers, body.into_reader())
    }
}

/// Reads a body up to the limit. If reading fails, keeps what was received.
fn read<E: CatalogError>(mut body: impl Read, reader: &ResponseReader<E>) -> PartialBody {
    let mut collector = Collector::new(reader);
    let mut buffer = [0; 8 * 1024];
    loop {
        let end = match body.read(&mut buffer) {
            Ok(0) => End::Whole,
            Ok(count) => match collector.push(buffer.get(..count).unwrap_or_default()) {
                Some(end) => end,
                None => continue,
            },
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => End::broken(error),
        };
        return collector.finish(end);
    }
}
