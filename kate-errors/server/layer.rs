//! The layer and its settings, for every framework.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use super::sanitized::Sanitized;
use super::unlisted::Unlisted;
use crate::encode::takes_request_values;
use crate::{CatalogCode, CatalogError, CatalogResponse, RequestValue};

/// A layer that converts all error responses of a service to errors of the catalog `E`.
///
/// Responses with a status below 400, and event streams, pass untouched. Of the others:
///
/// - a response in the catalog stays the same error, although its body may be rewritten;
/// - empty bodies, plain text, pages, invalid JSON and panics become a body of the catalog, such as
///   `{"detail": "…"}`, with the same status, or the error that [`replacement`](Self::replacement) names; see
///   [`Fallback`] for the message;
/// - JSON that is not in the catalog passes below 500, since a handler sent it on purpose, unless
///   [`replace_json`](Self::replace_json) is set. From 500 up, it can contain internal details, so it is converted
///   too;
/// - clients that ask for `application/problem+json` get that (RFC 9457).
///
/// Headers such as `Allow`, `WWW-Authenticate`, `Retry-After` and those of CORS are kept; those that describe a
/// replaced body are removed. At most 64 KiB of a body are buffered.
///
/// Add it outside of everything that responds, but inside compression: compressed bodies are not read.
///
/// [`Fallback`]: crate::Fallback
#[derive(Clone, Debug)]
pub struct CatalogLayer<E: CatalogError> {
    pub(super) settings: Arc<Settings<E>>,
}

/// The settings of the layer. A callback is a field here, a method of the layer, and a call in `report`.
#[derive(Clone)]
pub(super) struct Settings<E: CatalogError> {
    /// The errors that replace responses that are not in the catalog, by their status.
    replacements: Vec<(u16, E)>,
    has_error_codes: bool,
    pub(super) replaces_json: bool,
    #[cfg(feature = "tower")]
    pub(super) catches_panics: bool,
    /// Names of `{request.…}`, each with the name of the header that has its value.
    request_fields: Vec<[&'static str; 2]>,
    on_unlisted: Option<OnUnlisted>,
    on_sanitized: Option<OnSanitized<E>>,
}

/// The name and the value of a request value.
pub(super) type RequestField = (&'static str, RequestValue);

type OnUnlisted = Arc<dyn Fn(&Unlisted<'_>) + Send + Sync>;
type OnSanitized<E> = Arc<dyn Fn(&Sanitized<'_, <E as CatalogError>::Code>) + Send + Sync>;

impl<E: CatalogError> CatalogLayer<E> {
    /// Creates the layer for a catalog, or for one of its operations.
    ///
    /// ```
    /// use kate_errors::{KateError, tower::CatalogLayer};
    ///
    /// let layer = CatalogLayer::<KateError>::new();
    /// # let _ = layer;
    /// ```
    #[must_use]
    pub fn new() -> Self {
        let settings = Settings {
            replacements: Vec::new(),
            has_error_codes: false,
            replaces_json: false,
            #[cfg(feature = "tower")]
            catches_panics: true,
            request_fields: Vec::new(),
            on_unlisted: None,
            on_sanitized: None,
        };
        Self { settings: Arc::new(settings) }
    }

    /// Sends this error if the service responds with the status, but without an error of the catalog. The client
    /// gets the status of the error.
    ///
    /// ```
    /// use kate_errors::{KateError, tower::CatalogLayer};
    ///
    /// // Frameworks respond with 413 to bodies over their limit.
    /// let layer = CatalogLayer::new().replacement(413, KateError::FileTooLarge);
    /// # let _ = layer;
    /// ```
    #[must_use]
    pub fn replacement(self, status: u16, error: E) -> Self {
        self.set(|settings| {
            settings.replacements.retain(|(known, _)| *known != status);
            settings.replacements.push((status, error));
        })
    }

    /// Calls this function for every response from 400 up that is not in the catalog, replaced or not. It is called
    /// while a request is handled, so it must not block.
    ///
    /// ```
    /// use kate_errors::{KateError, tower::CatalogLayer};
    ///
    /// let layer = CatalogLayer::<KateError>::new().on_unlisted(|unlisted| {
    ///     eprintln!("{} {}: {}", unlisted.method(), unlisted.path(), unlisted.reason().as_str());
    /// });
    /// # let _ = layer;
    /// ```
    #[must_use]
    pub fn on_unlisted(self, report: impl Fn(&Unlisted<'_>) + Send + Sync + 'static) -> Self {
        self.set(|settings| settings.on_unlisted = Some(Arc::new(report)))
    }

    /// Calls this function for every error with altered values, which its message cannot represent. It is called
    /// while a request is handled, so it must not block.
    ///
    /// ```
    /// use kate_errors::{KateError, tower::CatalogLayer};
    ///
    /// let layer = CatalogLayer::<KateError>::new().on_sanitized(|sanitized| {
    ///     eprintln!("{}: altered {}", sanitized.code(), sanitized.parameters().join(", "));
    /// });
    /// # let _ = layer;
    /// ```
    #[must_use]
    pub fn on_sanitized(
        self,
        report: impl Fn(&Sanitized<'_, E::Code>) + Send + Sync + 'static,
    ) -> Self {
        self.set(|settings| settings.on_sanitized = Some(Arc::new(report)))
    }

    /// Sends the codes of errors in the header `x-error-code` of the responses that the layer creates.
    ///
    /// ```
    /// # use kate_errors::{KateError, tower::CatalogLayer};
    /// let layer = CatalogLayer::<KateError>::new().with_error_codes();
    /// # let _ = layer;
    /// ```
    #[must_use]
    pub fn with_error_codes(self) -> Self {
        self.set(|settings| settings.has_error_codes = true)
    }

    /// Also replaces JSON below 500 that is not in the catalog, so that only errors of the catalog leave the
    /// service.
    ///
    /// ```
    /// # use kate_errors::{KateError, tower::CatalogLayer};
    /// let layer = CatalogLayer::<KateError>::new().replace_json();
    /// # let _ = layer;
    /// ```
    #[must_use]
    pub fn replace_json(self) -> Self {
        self.set(|settings| settings.replaces_json = true)
    }

    /// Propagates panics of the service to the outside of the layer. By default, the client gets the catalog's 500.
    /// The panic hook is called in both cases. actix-web closes the connection before any middleware sees a panic.
    ///
    /// ```
    /// # use kate_errors::{KateError, tower::CatalogLayer};
    /// let layer = CatalogLayer::<KateError>::new().propagate_panics();
    /// # let _ = layer;
    /// ```
    #[cfg(feature = "tower")]
    #[must_use]
    pub fn propagate_panics(self) -> Self {
        self.set(|settings| settings.catches_panics = false)
    }

    /// Adds the value of a request header to the bodies of responses, as the value of `{request.name}` in the
    /// envelope of the catalog; `header` is in lower case. A value set by a handler overrides it, and a header that
    /// is not UTF-8 is ignored.
    ///
    /// For a catalog whose envelope has no `{request.…}`, the code does not compile.
    ///
    /// ```
    /// use kate_errors::tower::CatalogLayer;
    ///
    /// #[kate_errors::catalog("docs/orders.yaml")]
    /// pub enum OrdersError {}
    ///
    /// let layer = CatalogLayer::<OrdersError>::new().request_value_from("request_id", "x-request-id");
    /// # let _ = layer;
    /// ```
    ///
    /// # Panics
    ///
    /// If the envelope of the catalog has no value of this name: it is misspelt in one of them.
    #[must_use]
    pub fn request_value_from(self, name: &'static str, header: &'static str) -> Self {
        const { takes_request_values::<E::Code>() }
        let is_known = E::Code::ENVELOPE.has_request_value(name);
        assert!(is_known, "`wire.body` of the catalog has no `{{request.{name}}}`");
        self.set(|settings| settings.request_fields.push([name, header]))
    }

    fn set(mut self, set: impl FnOnce(&mut Settings<E>)) -> Self {
        set(Arc::make_mut(&mut self.settings));
        self
    }
}

impl<E: CatalogError> Settings<E> {
    /// The values of a request for bodies. `field` returns the value of a header field.
    pub(super) fn request_values<'v>(
        &self,
        field: impl Fn(&'static str) -> Option<&'v [u8]>,
    ) -> Vec<RequestField> {
        let value = |[name, header]: &[&'static str; 2]| {
            let text = core::str::from_utf8(field(header)?).ok()?;
            Some((*name, text.into()))
        };
        self.request_fields.iter().filter_map(value).collect()
    }

    /// Reports a response that is not in the catalog.
    pub(super) fn report(&self, unlisted: &Unlisted<'_>) {
        #[cfg(feature = "tracing")]
        super::events::unlisted(unlisted);
        if let Some(report) = &self.on_unlisted {
            report(unlisted);
        }
    }

    /// Reports altered values, if there are any, to the callback. Returns whether it was called.
    pub(super) fn report_sanitized(&self, sanitized: &Sanitized<'_, E::Code>) -> bool {
        let report = self.on_sanitized.as_ref().filter(|_| !sanitized.parameters.is_empty());
        report.map(|report| report(sanitized)).is_some()
    }

    /// The response that replaces one with this status.
    pub(super) fn replacement_of(&self, status: u16) -> CatalogResponse<E> {
        let error = self.replacements.iter().find(|(known, _)| *known == status);
        let response = match error {
            Some((_, error)) => CatalogResponse::new(error.clone()),
            None => CatalogResponse::fallback(status),
        };
        if self.has_error_codes { response.with_error_code() } else { response }
    }
}

impl<E: CatalogError> Default for CatalogLayer<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E: CatalogError> fmt::Debug for Settings<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings").field("replacements", &self.replacements).finish_non_exhaustive()
    }
}
