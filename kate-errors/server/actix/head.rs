//! Requests and responses of actix-web, as the policy sees them.

use alloc::vec::Vec;

use actix_web::HttpResponse;
use actix_web::body::{BodySize, MessageBody};
use actix_web::dev::ServiceRequest;
use actix_web::http::header::{ACCEPT, HeaderName, HeaderValue};
use actix_web::http::{Method, Uri};

use super::response::status;
use crate::server::layer::{RequestField, Settings};
use crate::server::policy::{Head, Length, Mark};
use crate::server::unlisted;
use crate::{CatalogCode, CatalogError, Format};

/// What is kept of a request for its response. The request itself belongs to the application, which may change it.
pub(super) struct RequestHead {
    method: Method,
    uri: Uri,
    format: Format,
    /// The values of the request for bodies.
    pub(super) values: Vec<RequestField>,
}

impl RequestHead {
    pub(super) fn of<E: CatalogError>(request: &ServiceRequest, settings: &Settings<E>) -> Self {
        let accepted = request.headers().get_all(ACCEPT).map(HeaderValue::as_bytes);
        Self {
            method: request.method().clone(),
            uri: request.uri().clone(),
            format: Format::accepted(accepted),
            values: settings
                .request_values(|name| request.headers().get(name).map(HeaderValue::as_bytes)),
        }
    }

    pub(super) fn view(&self) -> unlisted::Request<'_> {
        unlisted::Request {
            method: self.method.as_str(),
            path: self.uri.path(),
            query: self.uri.query(),
            format: self.format,
        }
    }
}

impl<B> Head for HttpResponse<B> {
    fn status(&self) -> u16 {
        self.status().as_u16()
    }

    fn values(&self, name: &'static str) -> impl Iterator<Item = &[u8]> {
        self.headers().get_all(name).map(HeaderValue::as_bytes)
    }

    fn mark<C: CatalogCode>(&self) -> Option<Mark<C>> {
        self.extensions().get().cloned()
    }

    fn set_status(&mut self, code: u16) {
        *self.status_mut() = status(code);
    }

    fn append(&mut self, name: &'static str, value: &str) {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_str(value)) {
            self.headers_mut().append(name, value);
        }
    }

    fn remove(&mut self, name: &'static str) {
        self.headers_mut().remove(name);
    }

    fn set_mark<C: CatalogCode>(&mut self, mark: Mark<C>) {
        self.extensions_mut().insert(mark);
    }
}

pub(super) fn length(body: &impl MessageBody) -> Length {
    match body.size() {
        BodySize::None => Length { min: 0, max: Some(0) },
        BodySize::Sized(length) => Length { min: length, max: Some(length) },
        BodySize::Stream => Length { min: 0, max: None },
    }
}
