//! Formatting errors for logs: without secrets, and without anything that a terminal interprets.

use core::error::Error;
use core::fmt;

use http::HeaderMap;

use super::ErrorResponse;
use super::body::End;
use crate::{CatalogCode, CatalogError, UnknownReason};

impl<E: CatalogError> fmt::Display for ErrorResponse<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.received(), f)?;
        let kept = self.raw_body().len();
        match (&self.parts().end, self.body_length()) {
            (End::Whole, _) => {}
            // The reason already contains the length.
            (End::Limit(_), _) if self.is_too_large() => write!(f, "; {kept} are kept")?,
            (End::Limit(_), Some(length)) => write!(f, "; {kept} of its {length} bytes are kept")?,
            (End::Limit(_), None) => write!(f, "; its first {kept} bytes are kept")?,
            (End::Broken(_), Some(length)) => write!(f, "; {kept} of its {length} bytes came")?,
            (End::Broken(_), None) => write!(f, "; {kept} bytes of it came")?,
        }
        if let Some(coding) = self.remaining_encoding() {
            write!(f, "; the client did not decompress it ({coding})")?;
        }
        match self.request_id() {
            Some(id) => write!(f, " (request {id})"),
            None => Ok(()),
        }
    }
}

impl<E: CatalogError> ErrorResponse<E> {
    fn is_too_large(&self) -> bool {
        let unknown = self.received().unknown();
        unknown.is_some_and(|unknown| matches!(unknown.reason(), UnknownReason::TooLarge { .. }))
    }
}

impl<E: CatalogError> fmt::Debug for ErrorResponse<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorResponse")
            .field("status", &self.status())
            .field("code", &self.code().map(CatalogCode::as_str))
            .field("received", self.received())
            .field("headers", &Names(self.headers()))
            .field("body_error", &self.body_error())
            .finish_non_exhaustive()
    }
}

/// The source is the error that stopped the reading of the body, if there is one.
impl<E: CatalogError> Error for ErrorResponse<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self.body_error() {
            Some(error) => Some(error),
            None => None,
        }
    }
}

/// The names of headers. Values may be secrets.
struct Names<'h>(&'h HeaderMap);

impl fmt::Debug for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MAX_NAMES: usize = 40;
        f.debug_list().entries(self.0.keys().take(MAX_NAMES).map(http::HeaderName::as_str)).finish()
    }
}
