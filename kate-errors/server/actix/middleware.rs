//! The middleware and its settings.

use alloc::boxed::Box;
use alloc::rc::Rc;
use core::fmt;
use core::future::{Future, Ready, ready};
use core::pin::Pin;
use core::task::{Context, Poll};

use actix_web::Error;
use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform};
use actix_web::http::header::{ACCEPT, HeaderValue};

use super::rewrite::{rewrite, rewrite_error};
use super::unlisted::Unlisted;
use crate::server::replacements::Replacements;
use crate::{CatalogError, Format};

/// A middleware that keeps the errors of an application in the catalog `E`; what
/// `tower::CatalogLayer` is for services that are built on tower.
///
/// Responses with a status below 400 pass untouched, and so do streams of events. Of the others:
///
/// - what is in the catalog already passes;
/// - empty bodies, plain text, pages and broken JSON become `{"detail": "…"}` with the same status, or with the
///   error that [`answer`](Self::answer) names; which sentence it is, [`Fallback`](crate::Fallback) says;
/// - JSON that is not in the catalog passes below 500, since a handler meant it. From 500 on it may hold what is
///   internal, so it becomes an answer of the catalog too;
/// - clients that ask for `application/problem+json` get that (RFC 9457).
///
/// Header fields are kept, but for those that describe a body that is no longer there. Bodies that are at hand are
/// looked at; none is waited for, and none is gathered.
///
/// It is the last of the application's middlewares to be wrapped around it, but inside of compression: what is
/// compressed is not read. actix-web 4 says 404 to a method that a path does not have, unless the path is a
/// `web::resource`; the `Allow` of that one's 405 is kept. A panic ends the connection before any middleware
/// sees it.
///
/// ```
/// use actix_web::{App, web};
/// use kate_errors::KateError;
/// use kate_errors::actix::CatalogMiddleware;
///
/// let app = App::new()
///     .route("/runs/{id}", web::get().to(async |id: web::Path<u64>| id.to_string()))
///     .wrap(CatalogMiddleware::new().replacement(413, KateError::FileTooLarge));
/// # let _ = app;
/// ```
pub struct CatalogMiddleware<E: CatalogError> {
    settings: Rc<Settings<E>>,
}

type OnUnlisted = Rc<dyn Fn(&Unlisted<'_>)>;

/// What was said about the middleware.
#[derive(Clone)]
pub(super) struct Settings<E: CatalogError> {
    pub(super) replacements: Replacements<E>,
    on_unlisted: Option<OnUnlisted>,
}

impl<E: CatalogError> CatalogMiddleware<E> {
    /// The middleware for a catalog, or for one of its operations.
    ///
    /// ```
    /// use kate_errors::{KateError, actix::CatalogMiddleware};
    ///
    /// let middleware = CatalogMiddleware::<KateError>::new();
    /// # let _ = middleware;
    /// ```
    #[must_use]
    pub fn new() -> Self {
        let settings = Settings { replacements: Replacements::new(), on_unlisted: None };
        Self { settings: Rc::new(settings) }
    }

    /// Answers with this error where the application has given the status without an error of the catalog. The
    /// client gets the status of the error.
    ///
    /// ```
    /// use kate_errors::{KateError, actix::CatalogMiddleware};
    ///
    /// // actix-web answers 413 to what is over the limit of an extractor.
    /// let middleware = CatalogMiddleware::new().replacement(413, KateError::FileTooLarge);
    /// # let _ = middleware;
    /// ```
    #[must_use]
    pub fn replacement(mut self, status: u16, error: E) -> Self {
        Rc::make_mut(&mut self.settings).replacements.set(status, error);
        self
    }

    /// Calls this with every response from 400 on that is not in the catalog, replaced or not. It is called
    /// while a request is answered, so it should not wait.
    ///
    /// ```
    /// use kate_errors::{KateError, actix::CatalogMiddleware};
    ///
    /// let middleware = CatalogMiddleware::<KateError>::new().on_unlisted(|unlisted| {
    ///     eprintln!("{} {}", unlisted.status(), unlisted.reason().as_str());
    /// });
    /// # let _ = middleware;
    /// ```
    #[must_use]
    pub fn on_unlisted(mut self, report: impl Fn(&Unlisted<'_>) + 'static) -> Self {
        Rc::make_mut(&mut self.settings).on_unlisted = Some(Rc::new(report));
        self
    }

    /// Sends the codes of errors in the header field `x-error-code` with the answers that the middleware makes.
    ///
    /// ```
    /// # use kate_errors::{KateError, actix::CatalogMiddleware};
    /// let middleware = CatalogMiddleware::<KateError>::new().with_error_codes();
    /// # let _ = middleware;
    /// ```
    #[must_use]
    pub fn with_error_codes(mut self) -> Self {
        Rc::make_mut(&mut self.settings).replacements.has_error_codes = true;
        self
    }
}

impl<E: CatalogError> Settings<E> {
    /// Tells whoever wants to know about a response that is not in the catalog.
    pub(super) fn report(&self, unlisted: &Unlisted<'_>) {
        #[cfg(feature = "tracing")]
        crate::server::events::unlisted(
            unlisted.status(),
            unlisted.request().map(|request| request.method().as_str()),
            unlisted.reason(),
            unlisted.is_replaced(),
        );
        if let Some(report) = &self.on_unlisted {
            report(unlisted);
        }
    }
}

impl<S, B, E> Transform<S, ServiceRequest> for CatalogMiddleware<E>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
    S::Future: 'static,
    B: MessageBody,
    E: CatalogError,
{
    type Response = ServiceResponse<EitherBody<B, BoxBody>>;
    type Error = Error;
    type Transform = CatalogService<S, E>;
    type InitError = ();
    type Future = Ready<Result<Self::Transform, ()>>;

    fn new_transform(&self, inner: S) -> Self::Future {
        ready(Ok(CatalogService { inner, settings: Rc::clone(&self.settings) }))
    }
}

/// A service whose errors are in the catalog; [`CatalogMiddleware`] makes it.
pub struct CatalogService<S, E: CatalogError> {
    inner: S,
    settings: Rc<Settings<E>>,
}

impl<S, B, E> Service<ServiceRequest> for CatalogService<S, E>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
    S::Future: 'static,
    B: MessageBody,
    E: CatalogError,
{
    type Response = ServiceResponse<EitherBody<B, BoxBody>>;
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Error>>>>;

    fn poll_ready(&self, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&self, request: ServiceRequest) -> Self::Future {
        let accepted = request.headers().get_all(ACCEPT).map(HeaderValue::as_bytes);
        let format = Format::accepted(accepted);
        let settings = Rc::clone(&self.settings);
        let answer = self.inner.call(request);
        Box::pin(async move {
            match answer.await {
                Ok(response) => Ok(rewrite(response, format, &settings)),
                Err(error) => Err(rewrite_error::<E>(error, format, &settings)),
            }
        })
    }
}

impl<E: CatalogError> Default for CatalogMiddleware<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E: CatalogError> Clone for CatalogMiddleware<E> {
    fn clone(&self) -> Self {
        Self { settings: Rc::clone(&self.settings) }
    }
}

impl<E: CatalogError> fmt::Debug for CatalogMiddleware<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CatalogMiddleware")
            .field("answers", &self.settings.replacements.answers)
            .finish_non_exhaustive()
    }
}

impl<S: fmt::Debug, E: CatalogError> fmt::Debug for CatalogService<S, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CatalogService").field("inner", &self.inner).finish_non_exhaustive()
    }
}
