//! One call: a request, tried again where that may help, and its answer.

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

/// How an agent says who it is.
#[derive(Clone)]
pub enum Credentials {
    /// Not at all.
    None,
    /// `x-api-key`
    Key(String),
    /// `Authorization: Bearer`
    Token(String),
}

/// A request that can be made again.
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) request: RequestBuilder,
    /// Knows the operation, for sentences that two errors share.
    pub(crate) reader: ResponseReader<KateError>,
}

impl Client {
    /// A client of the API at an address such as `http://127.0.0.1:8000`.
    ///
    /// # Errors
    ///
    /// The system has no networking to offer.
    pub fn new(url: &str, credentials: Credentials) -> Result<Self, Failure> {
        // The timeout is also that of reading an error.
        let http = reqwest::Client::builder().timeout(Duration::from_secs(30)).build()?;
        Ok(Self { http, url: url.trim_end_matches('/').to_owned(), credentials, retries: 3 })
    }

    /// The same client with other credentials; it shares the connections.
    #[must_use]
    pub fn with_credentials(&self, credentials: Credentials) -> Self {
        Self { credentials, ..self.clone() }
    }

    /// The same client, which tries a request so many times again; 3 if nothing is said.
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

    /// The answer to a call, read as what the API promises.
    pub(crate) async fn answer<T: DeserializeOwned>(&self, call: Call) -> Result<T, Failure> {
        Ok(self.send(call).await?.json().await?)
    }

    /// The answer to a call, which has nothing in it.
    pub(crate) async fn done(&self, call: Call) -> Result<(), Failure> {
        self.send(call).await.map(drop)
    }

    async fn send(&self, call: Call) -> Result<reqwest::Response, Failure> {
        let Call { method, request, reader } = call;
        // None of the bodies here is a stream, so every request can be made again.
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

/// Secrets do not belong into logs.
impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::Key(_) => "Key(…)",
            Self::Token(_) => "Token(…)",
        })
    }
}
