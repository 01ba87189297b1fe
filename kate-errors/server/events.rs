//! Events for the errors that a server sends, for the crate `tracing`.
//!
//! They identify the error, but never contain its values: at the levels of production, not even the message that is
//! sent. The text of a server's own error is for the log, so it is included. The names of the fields are those of
//! OpenTelemetry's semantic conventions.

#[cfg(any(feature = "http", feature = "actix-web"))]
use crate::{CatalogResponse, ToApiError};

#[cfg(feature = "tracing")]
pub(crate) use enabled::record;
#[cfg(all(feature = "tracing", any(feature = "actix-web", feature = "tower")))]
pub(super) use enabled::unlisted;

/// Creates the response to an error of a server. It emits an event with the error's text, which is lost afterwards.
#[cfg(any(feature = "http", feature = "actix-web"))]
pub(super) fn respond<T: ToApiError + ?Sized>(error: &T) -> CatalogResponse<T::Catalog> {
    let response = CatalogResponse::new(error.to_api_error());
    #[cfg(feature = "tracing")]
    enabled::failed(error, &response);
    response
}

/// Does nothing without the feature `tracing`.
#[cfg(not(feature = "tracing"))]
pub(crate) fn record<E: crate::CatalogError>(_: &crate::CatalogResponse<E>) {}

#[cfg(feature = "tracing")]
mod enabled {
    use alloc::string::{String, ToString as _};

    use crate::catalog::Visible;
    use crate::{CatalogCode, CatalogError, CatalogResponse};

    /// Emits an event about a response: `ERROR` from status 500 on, `INFO` below.
    macro_rules! event {
        ($status:expr, $($fields:tt)*) => {
            if $status < 500 {
                tracing::event!(target: "kate_errors", tracing::Level::INFO, $($fields)*)
            } else {
                tracing::event!(target: "kate_errors", tracing::Level::ERROR, $($fields)*)
            }
        };
    }

    /// Emits an event for an error response. The fields are also recorded in the current span if it declares them.
    pub(crate) fn record<E: CatalogError>(response: &CatalogResponse<E>) {
        record_because(response, || None);
    }

    /// Emits an event for an error of a server, with its text and its sources.
    #[cfg(any(feature = "http", feature = "actix-web"))]
    pub(super) fn failed<T: crate::ToApiError + ?Sized>(
        error: &T,
        response: &CatalogResponse<T::Catalog>,
    ) {
        let Some(sent) = response.error() else {
            let message = message(error);
            tracing::event!(
                target: "kate_errors",
                tracing::Level::ERROR,
                "exception.message" = %Visible(&message),
                "internal fault"
            );
            return record(response);
        };
        record_because(response, || {
            let (detail, shown) = (sent.detail(), response.redacted());
            // A text may contain the message that is sent, whose sensitive values must not be logged.
            let mut message = message(error);
            if !detail.is_empty() {
                message = message.replace(&*detail, &shown);
            }
            // The text of a catalog's error is its message, so it is left out.
            (message != shown).then_some(message)
        });
    }

    fn record_because<E: CatalogError>(
        response: &CatalogResponse<E>,
        message: impl Fn() -> Option<String>,
    ) {
        let (error_type, status) = (response.error_type(), response.status());
        let visible = |message: String| tracing::field::display(Visible(&message).to_string());
        event!(
            status,
            "error.type" = error_type,
            "http.response.status_code" = status,
            "kate.section" = response.code().map(CatalogCode::section_name),
            // Only evaluated if the event is enabled.
            "kate.sanitized" = sanitized(response),
            "exception.message" = message().map(visible),
            "request failed"
        );
        tracing::event!(
            target: "kate_errors",
            tracing::Level::DEBUG,
            "error.type" = error_type,
            "error.message" = &*response.redacted(),
            "message of the failed request"
        );
        let span = tracing::Span::current();
        span.record("error.type", error_type);
        span.record("http.response.status_code", status);
    }

    /// The names of the parameters whose values are altered in the message, if there are any.
    fn sanitized<E: CatalogError>(response: &CatalogResponse<E>) -> Option<String> {
        Some(response.sanitized_parameters().join(",")).filter(|names| !names.is_empty())
    }

    /// The text of an error, followed by its sources.
    #[cfg(any(feature = "http", feature = "actix-web"))]
    fn message<T: core::error::Error + ?Sized>(error: &T) -> String {
        use core::fmt::Write as _;

        /// The maximum number of sources that are shown: a chain of sources may be cyclic.
        const MAX_SOURCES: usize = 16;
        let mut message = error.to_string();
        let sources = core::iter::successors(error.source(), |&source| source.source());
        for source in sources.take(MAX_SOURCES) {
            // Writing to a string does not fail.
            let _ = write!(message, ": {source}");
        }
        message
    }

    /// Emits an event for a response that is not in the catalog.
    #[cfg(any(feature = "actix-web", feature = "tower"))]
    pub(crate) fn unlisted(unlisted: &crate::server::unlisted::Unlisted<'_>) {
        event!(
            unlisted.status(),
            "error.type" = crate::encode::OTHER,
            "http.response.status_code" = unlisted.status(),
            "http.request.method" = unlisted.method(),
            reason = unlisted.reason().as_str(),
            replaced = unlisted.is_replaced(),
            "a response that is not in the catalog"
        );
    }
}
