//! The layer and its settings.

use alloc::sync::Arc;
use core::fmt;

use tower_layer::Layer;

use super::service::CatalogService;
use super::unlisted::Unlisted;
use crate::CatalogError;
use crate::server::replacements::Replacements;

/// A layer that keeps the errors of a service in the catalog `E`.
///
/// Responses with a status below 400 pass untouched, and so do streams of events. Of the others:
///
/// - what is in the catalog already passes;
/// - empty bodies, plain text, pages, broken JSON and panics become `{"detail": "…"}` with the same status,
///   or with the error that [`answer`](Self::answer) names; which sentence it is, [`Fallback`] says;
/// - JSON that is not in the catalog passes below 500, since a handler meant it, unless
///   [`replace_json`](Self::replace_json) says otherwise. From 500 on it may hold what is internal, so it
///   becomes an answer of the catalog too;
/// - clients that ask for `application/problem+json` get that (RFC 9457).
///
/// Header fields such as `Allow`, `WWW-Authenticate`, `Retry-After` and those of CORS are kept; those that
/// describe a body that is no longer there are not. At most 64 KiB of a body are held.
///
/// Put it around everything that answers, but inside of compression: what is compressed is not read.
///
/// ```
/// use kate_errors::{KateError, tower::CatalogLayer};
/// use tower::{Layer, Service, service_fn};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), std::convert::Infallible> {
/// // What axum answers to an unknown route.
/// let framework = service_fn(|_request: http::Request<()>| async {
///     let mut response = http::Response::new(http_body_util::Empty::<bytes::Bytes>::new());
///     *response.status_mut() = http::StatusCode::NOT_FOUND;
///     Ok::<_, std::convert::Infallible>(response)
/// });
/// let layer = CatalogLayer::<KateError>::new()
///     .on_unlisted(|unlisted| eprintln!("{} {unlisted:?}", unlisted.uri().path()));
///
/// let response = layer.layer(framework).call(http::Request::new(())).await?;
/// assert_eq!(response.headers()["content-type"], "application/json");
/// let body = http_body_util::BodyExt::collect(response.into_body()).await?.to_bytes();
/// assert_eq!(body, r#"{"detail":"Not Found"}"#);
/// # Ok(())
/// # }
/// ```
///
/// [`Fallback`]: crate::Fallback
pub struct CatalogLayer<E: CatalogError> {
    settings: Arc<Settings<E>>,
}

type OnUnlisted = Arc<dyn Fn(&Unlisted<'_>) + Send + Sync>;

/// What was said about the layer.
#[derive(Clone)]
pub(super) struct Settings<E: CatalogError> {
    pub(super) replacements: Replacements<E>,
    on_unlisted: Option<OnUnlisted>,
    pub(super) replaces_json: bool,
    pub(super) catches_panics: bool,
}

impl<E: CatalogError> CatalogLayer<E> {
    /// The layer for a catalog, or for one of its operations.
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
            replacements: Replacements::new(),
            on_unlisted: None,
            replaces_json: false,
            catches_panics: true,
        };
        Self { settings: Arc::new(settings) }
    }

    /// Answers with this error where the service has given the status without an error of the catalog. The
    /// client gets the status of the error.
    ///
    /// ```
    /// use kate_errors::{KateError, tower::CatalogLayer};
    ///
    /// // Frameworks answer 413 to what is over their limit.
    /// let layer = CatalogLayer::new().replacement(413, KateError::FileTooLarge);
    /// # let _ = layer;
    /// ```
    #[must_use]
    pub fn replacement(mut self, status: u16, error: E) -> Self {
        Arc::make_mut(&mut self.settings).replacements.set(status, error);
        self
    }

    /// Calls this with every response from 400 on that is not in the catalog, replaced or not. It is called
    /// while a request is answered, so it should not wait.
    ///
    /// ```
    /// use kate_errors::{KateError, tower::CatalogLayer};
    ///
    /// let layer = CatalogLayer::<KateError>::new().on_unlisted(|unlisted| {
    ///     eprintln!("{} {}: {}", unlisted.method(), unlisted.status(), unlisted.reason().as_str());
    /// });
    /// # let _ = layer;
    /// ```
    #[must_use]
    pub fn on_unlisted(mut self, report: impl Fn(&Unlisted<'_>) + Send + Sync + 'static) -> Self {
        Arc::make_mut(&mut self.settings).on_unlisted = Some(Arc::new(report));
        self
    }

    /// Sends the codes of errors in the header field `x-error-code` with the answers that the layer makes.
    ///
    /// ```
    /// # use kate_errors::{KateError, tower::CatalogLayer};
    /// let layer = CatalogLayer::<KateError>::new().with_error_codes();
    /// # let _ = layer;
    /// ```
    #[must_use]
    pub fn with_error_codes(mut self) -> Self {
        Arc::make_mut(&mut self.settings).replacements.has_error_codes = true;
        self
    }

    /// Replaces JSON that is not in the catalog below 500 too: nothing but the catalog leaves the service.
    ///
    /// ```
    /// # use kate_errors::{KateError, tower::CatalogLayer};
    /// let layer = CatalogLayer::<KateError>::new().replace_json();
    /// # let _ = layer;
    /// ```
    #[must_use]
    pub fn replace_json(mut self) -> Self {
        Arc::make_mut(&mut self.settings).replaces_json = true;
        self
    }

    /// Lets panics of the service through, for something outside of the layer to catch. Otherwise the
    /// client gets the catalog's 500; the panic hook has its say first either way.
    ///
    /// ```
    /// # use kate_errors::{KateError, tower::CatalogLayer};
    /// let layer = CatalogLayer::<KateError>::new().propagate_panics();
    /// # let _ = layer;
    /// ```
    #[must_use]
    pub fn propagate_panics(mut self) -> Self {
        Arc::make_mut(&mut self.settings).catches_panics = false;
        self
    }
}

impl<E: CatalogError> Settings<E> {
    /// Tells whoever wants to know about a response that is not in the catalog.
    pub(super) fn report(&self, unlisted: &Unlisted<'_>) {
        #[cfg(feature = "tracing")]
        crate::server::events::unlisted(
            unlisted.status(),
            Some(unlisted.method().as_str()),
            unlisted.reason(),
            unlisted.is_replaced(),
        );
        if let Some(report) = &self.on_unlisted {
            report(unlisted);
        }
    }
}

impl<S, E: CatalogError> Layer<S> for CatalogLayer<E> {
    type Service = CatalogService<S, E>;

    fn layer(&self, inner: S) -> Self::Service {
        CatalogService { inner, settings: Arc::clone(&self.settings) }
    }
}

impl<E: CatalogError> Default for CatalogLayer<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E: CatalogError> Clone for CatalogLayer<E> {
    fn clone(&self) -> Self {
        Self { settings: Arc::clone(&self.settings) }
    }
}

impl<E: CatalogError> fmt::Debug for CatalogLayer<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CatalogLayer")
            .field("answers", &self.settings.replacements.answers)
            .finish_non_exhaustive()
    }
}
