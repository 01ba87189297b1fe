//! Requests and responses of the crate `http`, as the policy sees them.

use alloc::vec::Vec;

use http::header::ACCEPT;
use http::response::Parts;
use http::{HeaderValue, Method, Request, StatusCode, Uri};
use http_body::Body;

use crate::server::layer::{RequestField, Settings};
use crate::server::policy::{Head, Length, Mark};
use crate::server::{http as responses, unlisted};
use crate::{CatalogCode, CatalogError, Format};

/// What is kept of a request for its response.
pub(super) struct RequestHead {
    method: Method,
    uri: Uri,
    format: Format,
    /// The values of the request for bodies.
    pub(super) values: Vec<RequestField>,
}

impl RequestHead {
    pub(super) fn of<B, E: CatalogError>(request: &Request<B>, settings: &Settings<E>) -> Self {
        let accepted = request.headers().get_all(ACCEPT).iter().map(HeaderValue::as_bytes);
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

impl Head for Parts {
    fn status(&self) -> u16 {
        self.status.as_u16()
    }

    fn values(&self, name: &'static str) -> impl Iterator<Item = &[u8]> {
        self.headers.get_all(name).iter().map(HeaderValue::as_bytes)
    }

    fn mark<C: CatalogCode>(&self) -> Option<Mark<C>> {
        self.extensions.get().cloned()
    }

    fn set_status(&mut self, status: u16) {
        self.status = StatusCode::from_u16(status).unwrap_or(self.status);
    }

    fn append(&mut self, name: &'static str, value: &str) {
        responses::append(&mut self.headers, name, value);
    }

    fn remove(&mut self, name: &'static str) {
        self.headers.remove(name);
    }

    fn set_mark<C: CatalogCode>(&mut self, mark: Mark<C>) {
        self.extensions.insert(mark);
    }
}

pub(super) fn length(body: &impl Body) -> Length {
    if body.is_end_stream() {
        return Length { min: 0, max: Some(0) };
    }
    let hint = body.size_hint();
    Length { min: hint.lower(), max: hint.upper() }
}
