//! One call: a request, which is retried where that may help, and its response.

use std::time::Duration;

use kate_errors::KateError;
use kate_errors::client::{ReqwestExt as _, ResponseReader};
use reqwest::{Method, RequestBuilder};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::failure::Failure;
use crate::retrying::retrying;

/// A client of one agent.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    url: String,
    credentials: Credentials,
    retries: usize,
}

/// How an agent identifies itself.
#[derive(Clone)]
pub enum Credentials {
    /// No credentials.
    None,
    /// The header `x-api-key`.
    Key(String),
    /// The header `Authorization: Bearer`.
    Token(String),
}

/// A request that can be repeated.
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) request: RequestBuilder,
    /// Knows the operation, which tells errors with the same message apart.
    pub(crate) reader: ResponseReader<KateError>,
}

impl Client {
    /// Creates a client of the API at an address such as `http://127.0.0.1:8000`.
    ///
    /// # Errors
    ///
    /// Fails if the HTTP client cannot be initialized.
    pub fn new(url: &str, credentials: Credentials) -> Result<Self, Failure> {
        // The timeout also covers reading the body of an error.
        let http = reqwest::Client::builder().timeout(Duration::from_secs(30)).build()?;
        Ok(Self { http, url: url.trim_end_matches('/').to_owned(), credentials, retries: 3 })
    }

    /// Returns a client with other credentials that shares the connections of this one.
    #[must_use]
    pub fn with_credentials(&self, credentials: Credentials) -> Self {
        Self { credentials, ..self.clone() }
    }

    /// Sets how often a request is retried; the default is 3.
    #[must_use]
    pub fn with_retries(self, retries: usize) -> Self {
        Self { retries, ..self }
    }

    pub(crate) fn get(&self, path: &str) -> Call {
        self.call(Method::GET, path)
    }

    pub(crate) fn post(&self, path: &str) -> Call {
        self.call(Method::POST, path)
    }

    pub(crate) fn delete(&self, path: &str) -> Call {
        self.call(Method::DELETE, path)
    }

    fn call(&self, method: Method, path: &str) -> Call {
        let request = self.http.request(method.clone(), format!("{}{path}", self.url));
        let request = match &self.credentials {
            Credentials::None => request,
            Credentials::Key(key) => request.header("x-api-key", key),
            Credentials::Token(token) => request.bearer_auth(token),
        };
        Call { method, request, reader: ResponseReader::new() }
    }

    /// Sends a call and deserializes the response.
    pub(crate) async fn response<T: DeserializeOwned>(&self, call: Call) -> Result<T, Failure> {
        Ok(self.send(call).await?.json().await?)
    }

    /// Sends a call whose response has no content.
    pub(crate) async fn done(&self, call: Call) -> Result<(), Failure> {
        self.send(call).await.map(drop)
    }

    async fn send(&self, call: Call) -> Result<reqwest::Response, Failure> {
        let Call { method, request, reader } = call;
        // No body here is a stream, so every request can be repeated.
        let request = request.build()?;
        let once = || async {
            let again = request.try_clone().unwrap_or_else(|| unreachable!("bodies are in memory"));
            let response = self.http.execute(again).await?;
            Ok(response.error_for(reader).await?)
        };
        retrying(self.retries, &method, once).await
    }
}

impl Call {
    pub(crate) fn json(self, body: &impl Serialize) -> Self {
        Self { request: self.request.json(body), ..self }
    }

    pub(crate) fn query(self, query: &impl Serialize) -> Self {
        Self { request: self.request.query(query), ..self }
    }

    pub(crate) fn body(self, body: Vec<u8>) -> Self {
        Self { request: self.request.body(body), ..self }
    }

    pub(crate) fn reader(self, reader: ResponseReader<KateError>) -> Self {
        Self { reader, ..self }
    }
}

/// Hides the secrets, which must not get into logs.
impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::Key(_) => "Key(…)",
            Self::Token(_) => "Token(…)",
        })
    }
}
