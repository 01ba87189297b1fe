//! Events about the errors that a server answers with, for the crate `tracing`.
//!
//! They say which row, and never what its values are: at the levels of production, not even the sentence.
//! The names of the fields are those of OpenTelemetry's semantic conventions.

#[cfg(feature = "tracing")]
pub(crate) use enabled::answered;
#[cfg(all(feature = "tracing", feature = "tower"))]
pub(crate) use enabled::unlisted;

/// Nothing, without the feature `tracing`.
#[cfg(not(feature = "tracing"))]
pub(crate) fn answered<E: crate::CatalogError>(_: &crate::ErrorResponse<E>) {}

#[cfg(feature = "tracing")]
mod enabled {
    use crate::{CatalogCode, CatalogError, ErrorResponse};

    /// An event for an error that a server answers with: `ERROR` from status 500 on, `INFO` below. The
    /// current span has the fields recorded if it declares them.
    pub(crate) fn answered<E: CatalogError>(response: &ErrorResponse<E>) {
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

    /// An event for a response that is not in the catalog.
    #[cfg(feature = "tower")]
    pub(crate) fn unlisted(unlisted: &crate::tower::Unlisted<'_>) {
        /// Makes an event of the level `$level`.
        macro_rules! event {
            ($level:ident) => {
                tracing::event!(
                    target: "kate_errors",
                    tracing::Level::$level,
                    "error.type" = super::super::response::OTHER,
                    "http.response.status_code" = unlisted.status(),
                    "http.request.method" = unlisted.method().as_str(),
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
