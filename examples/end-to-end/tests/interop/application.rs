//! A server application that responds with the errors, and validates a form.

use reqwest::{Method, RequestBuilder};

use crate::must;

/// An application, as the name of the environment variable with its address.
pub(crate) struct Application(pub(crate) &'static str);

impl Application {
    pub(crate) fn url(&self) -> String {
        must(self.0)
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        kate_end_to_end::http().request(method, format!("{}{path}", self.url()))
    }

    /// Returns a request with an item that the application validates.
    pub(crate) fn item(&self, body: &'static str) -> RequestBuilder {
        let request = self.request(Method::POST, "/items");
        request.header("content-type", "application/json").body(body)
    }
}
