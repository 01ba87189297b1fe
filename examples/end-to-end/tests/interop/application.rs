//! An application that has the rows, and a form that it checks.

use reqwest::{Method, RequestBuilder};

use crate::must;

/// An application: the variable that says where it is.
pub(crate) struct Application(pub(crate) &'static str);

impl Application {
    pub(crate) fn url(&self) -> String {
        must(self.0)
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        kate_end_to_end::http().request(method, format!("{}{path}", self.url()))
    }

    /// Sends a thing that the application checks.
    pub(crate) fn item(&self, body: &'static str) -> RequestBuilder {
        let request = self.request(Method::POST, "/items");
        request.header("content-type", "application/json").body(body)
    }
}
