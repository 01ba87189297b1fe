//! Events about the errors that a server answers with, for the crate `tracing`.
//!
//! Those about answers say which row, and never what its values are: at the levels of production, not even the sentence.
//! The names of the fields are those of OpenTelemetry's semantic conventions.

#[cfg(all(feature = "tracing", any(feature = "http", feature = "actix-web")))]
use crate::ApiError;
#[cfg(any(feature = "http", feature = "actix-web"))]
use crate::{CatalogResponse, ToApiError};

#[cfg(feature = "tracing")]
pub(crate) use enabled::answered;
#[cfg(all(feature = "tracing", any(feature = "actix-web", feature = "tower")))]
pub(crate) use enabled::unlisted;

/// The response to an error of a server. What is internal is told here, since nobody sees it later.
#[cfg(any(feature = "http", feature = "actix-web"))]
pub(crate) fn respond<T: ToApiError + ?Sized>(error: &T) -> CatalogResponse<T::Catalog> {
    let answer = error.to_api_error();
    #[cfg(feature = "tracing")]
    if matches!(answer, ApiError::Internal) {
        enabled::internal(error);
    }
    CatalogResponse::new(answer)
}

/// Nothing, without the feature `tracing`.
#[cfg(not(feature = "tracing"))]
pub(crate) fn answered<E: crate::CatalogError>(_: &crate::CatalogResponse<E>) {}

#[cfg(feature = "tracing")]
mod enabled {
    #[cfg(any(feature = "http", feature = "actix-web"))]
    use alloc::string::ToString as _;
    #[cfg(any(feature = "http", feature = "actix-web"))]
    use core::fmt::Write as _;

    use crate::{CatalogCode, CatalogError, CatalogResponse};

    /// An event for an error that a server answers with: `ERROR` from status 500 on, `INFO` below. The
    /// current span has the fields recorded if it declares them.
    pub(crate) fn answered<E: CatalogError>(response: &CatalogResponse<E>) {
        /// Makes an event of the level `$level`.
        macro_rules! event {
            ($level:ident, $error_type:ident, $status:ident, $section:ident) => {
                tracing::event!(
                    target: "kate_errors",
                    tracing::Level::$level,
                    "error.type" = $error_type,
                    "http.response.status_code" = $status,
                    "kate.section" = $section,
                    "request failed"
                )
            };
        }
        let (error_type, status) = (response.error_type(), response.status());
        let section = response.code().map(CatalogCode::__section_name);
        if status < 500 {
            event!(INFO, error_type, status, section);
        } else {
            event!(ERROR, error_type, status, section);
        }
        tracing::event!(
            target: "kate_errors",
            tracing::Level::DEBUG,
            "error.type" = error_type,
            "error.message" = response.redacted(),
            "sentence of the failed request"
        );
        let span = tracing::Span::current();
        span.record("error.type", error_type);
        span.record("http.response.status_code", status);
    }

    /// An event for an internal fault: what the error says of itself, and its sources.
    #[cfg(any(feature = "http", feature = "actix-web"))]
    pub(super) fn internal<T: core::error::Error + ?Sized>(error: &T) {
        /// How many sources are shown: one may lead back to itself.
        const MAX_SOURCES: usize = 16;
        let mut message = error.to_string();
        let sources = core::iter::successors(error.source(), |source| source.source());
        for source in sources.take(MAX_SOURCES) {
            // Writing to a string does not fail.
            let _ = write!(message, ": {source}");
        }
        tracing::event!(
            target: "kate_errors",
            tracing::Level::ERROR,
            "exception.message" = %crate::visible::Visible(&message),
            "internal fault"
        );
    }

    /// An event for a response that is not in the catalog.
    #[cfg(any(feature = "actix-web", feature = "tower"))]
    pub(crate) fn unlisted(unlisted: &crate::server::unlisted::Unlisted<'_>) {
        /// Makes an event of the level `$level`.
        macro_rules! event {
            ($level:ident) => {
                tracing::event!(
                    target: "kate_errors",
                    tracing::Level::$level,
                    "error.type" = crate::response::OTHER,
                    "http.response.status_code" = unlisted.status(),
                    "http.request.method" = unlisted.method(),
                    reason = unlisted.reason().as_str(),
                    replaced = unlisted.is_replaced(),
                    "a response that is not in the catalog"
                )
            };
        }
        if unlisted.status() < 500 {
            event!(INFO);
        } else {
            event!(ERROR);
        }
    }
}
