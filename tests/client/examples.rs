//! The Rust code of docs/clients.md, so that it is run and not only compiled. The text between two marks is on that
//! page, word for word: a test below compares them.
#![expect(unreachable_pub, reason = "on the page, they are public items of a crate")]

use crate::server::{Server, answer};

const PAGE: &str = include_str!("../../docs/clients.md");
const SOURCE: &str = include_str!("examples.rs");

// [reqwest]
use std::time::Duration;

use kate_errors::client::{ErrorResponse, ReqwestExt as _};
use kate_errors::{KateError, SubscribeError};

/// Why a call of the API failed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error("no response was received")]
    Transport(#[from] reqwest::Error),
    #[error(transparent)]
    Api(#[from] ErrorResponse<KateError>),
}

pub async fn subscribe(api: &str, artifact: &str) -> Result<String, Failure> {
    // The timeout also applies to reading the body of an error.
    let client = reqwest::Client::builder().timeout(Duration::from_secs(30)).build()?;
    let response = client.post(format!("{api}/artifacts/{artifact}/subscribe")).send().await?;
    let response = response.error_for_operation::<SubscribeError>().await?;
    Ok(response.text().await?)
}
// [end]

// [operation]
use kate_errors::TokenBalance;

/// What to tell somebody who wanted to subscribe; the compiler makes sure that no error is left out.
pub fn advice(error: &ErrorResponse<KateError>) -> String {
    let Some(Ok(error)) = error.known().cloned().map(SubscribeError::try_from) else {
        return error.to_string();
    };
    match error {
        SubscribeError::ArtifactNotFound => "there is no such artifact".to_owned(),
        SubscribeError::AlreadySubscribed => "you have it already".to_owned(),
        SubscribeError::SubscriptionInsufficientTokenBalance { context: None } => {
            "you lack tokens".to_owned()
        }
        SubscribeError::SubscriptionInsufficientTokenBalance {
            context: Some(TokenBalance { required, available }),
        } => format!("you lack {} tokens", required.saturating_sub(available)),
    }
}
// [end]

// [backon]
pub async fn artifacts(client: &reqwest::Client, api: &str) -> Result<String, Failure> {
    use backon::{ExponentialBuilder, Retryable as _};

    let call = || async {
        let response = client.get(format!("{api}/artifacts")).send().await?;
        Ok(response.error_for_catalog::<KateError>().await?.text().await?)
    };
    call.retry(ExponentialBuilder::default().with_jitter().with_max_times(3))
        .when(|failure: &Failure| match failure {
            Failure::Transport(error) => error.is_connect() || error.is_timeout(),
            Failure::Api(error) => error.retry().allows(&http::Method::GET),
        })
        .adjust(|failure, delay| match failure {
            // `None` means that no retries are left.
            Failure::Api(error) => {
                delay.map(|delay| delay.max(error.retry_after().unwrap_or_default()))
            }
            Failure::Transport(_) => delay,
        })
        .await
}
// [end]

// [reqwest-retry]
use kate_errors::KateErrorCode;
use kate_errors::client::RetryAdvice;
use reqwest_retry::{Retryable, RetryableStrategy, default_on_request_failure};

/// Decides by status and headers whether to retry. The body is not read yet, and the method is not known:
/// use one strategy for idempotent requests, and one for the others.
pub struct CatalogStrategy {
    pub is_idempotent: bool,
}

impl RetryableStrategy for CatalogStrategy {
    fn handle(
        &self,
        result: &Result<reqwest::Response, reqwest_middleware::Error>,
    ) -> Option<Retryable> {
        let response = match result {
            Ok(response) if response.status().as_u16() >= 400 => response,
            Ok(_) => return None,
            Err(error) => return default_on_request_failure(error),
        };
        match RetryAdvice::of_head::<KateErrorCode>(response.status(), response.headers()) {
            RetryAdvice::Safe => Some(Retryable::Transient),
            RetryAdvice::IfIdempotent if self.is_idempotent => Some(Retryable::Transient),
            RetryAdvice::IfIdempotent | RetryAdvice::No => Some(Retryable::Fatal),
        }
    }
}
// [end]

// [ureq]
pub fn agent() -> ureq::Agent {
    let config = kate_errors::client::ureq_config().timeout_global(Some(Duration::from_secs(30)));
    config.build().new_agent()
}

pub fn run(
    agent: &ureq::Agent,
    api: &str,
    id: &str,
) -> Result<Option<String>, Box<dyn std::error::Error>> {
    use kate_errors::client::UreqExt as _;

    let response = agent.get(format!("{api}/runs/{id}")).call()?;
    match response.error_for_catalog::<KateError>() {
        Ok(mut response) => Ok(Some(response.body_mut().read_to_string()?)),
        Err(error) if error.known() == Some(&KateError::RunNotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
// [end]

// [parts]
/// What a client of your own makes of a response: the body of a success, or an error.
pub fn check(response: http::Response<Vec<u8>>) -> Result<Vec<u8>, ErrorResponse<KateError>> {
    let (head, body) = response.into_parts();
    match ErrorResponse::from_parts(head.status, &head.headers, &body) {
        Some(error) => Err(error),
        None => Ok(body),
    }
}
// [end]

// [decoder]
pub fn of_query(status: u16, body: &[u8]) -> Option<KateError> {
    let decoder = KateError::decoder().operation::<kate_errors::QueryError>();
    decoder.decode(status, body).into_known().ok()
}
// [end]

#[test]
fn the_operation_tells_apart_what_one_message_means() {
    let error = of_query(402, br#"{"detail":"Insufficient token balance"}"#);
    assert!(matches!(error, Some(KateError::QueryInsufficientTokenBalance { .. })), "{error:?}");
    assert_eq!(of_query(502, b"<html>Bad Gateway</html>"), None);
}

/// Returns the texts between the marks.
fn marked() -> Vec<&'static str> {
    let marks = SOURCE.split("\n// [").skip(1).filter(|part| !part.starts_with("end]"));
    marks.map(|part| part.split_once("]\n").unwrap().1.trim()).collect()
}

#[test]
fn the_page_has_what_runs_here() {
    let blocks = PAGE.split("```rust\n").skip(1);
    let mut blocks: Vec<_> = blocks.map(|rest| rest.split("```").next().unwrap().trim()).collect();
    let mut parts = marked();
    assert_eq!(parts.len(), 7);
    blocks.sort_unstable();
    parts.sort_unstable();
    for (block, part) in blocks.iter().zip(&parts) {
        assert!(block == part, "docs/clients.md has:\n{block}\n\nthis file has:\n{part}");
    }
    assert_eq!(blocks.len(), parts.len());
}

#[test]
fn a_client_of_ones_own() {
    let respond = |status: u16, body: &[u8]| {
        http::Response::builder().status(status).body(body.to_vec()).unwrap()
    };
    assert_eq!(check(respond(200, b"the list")).unwrap(), b"the list");
    let error = check(respond(404, br#"{"detail":"Run not found"}"#)).unwrap_err();
    assert_eq!(error.known(), Some(&KateError::RunNotFound));
}

#[tokio::test]
async fn subscribing_fails_with_a_typed_error() {
    let body = r#"{"detail":"Insufficient token balance. Required: 500, available: 120"}"#;
    let server = Server::with(move |_, request| {
        assert!(request.starts_with("POST /artifacts/a-1/subscribe HTTP/1.1\r\n"), "{request}");
        answer(402, "", body)
    });
    let failure = subscribe(&server.url(""), "a-1").await.unwrap_err();
    let Failure::Api(error) = &failure else { panic!("{failure}") };
    let Some(KateError::SubscriptionInsufficientTokenBalance { context: Some(balance) }) =
        error.known()
    else {
        panic!("{error}")
    };
    assert_eq!(balance.required - balance.available, 380);
    assert!(error.received().alternatives().is_empty());
    assert_eq!(error.fix().unwrap(), "Add tokens to your wallet");
    assert_eq!(advice(error), "you lack 380 tokens");
    assert_eq!(
        failure.to_string(),
        "402 subscription_insufficient_token_balance: \
         Insufficient token balance. Required: 500, available: 120"
    );
}

#[test]
fn a_run_that_is_missing_is_none() {
    let server = Server::with(|_, request| {
        let is_there = request.starts_with("GET /runs/r-1 ");
        let missing = || answer(404, "", r#"{"detail":"Run not found"}"#);
        if is_there { answer(200, "", "the run") } else { missing() }
    });
    let agent = agent();
    assert_eq!(run(&agent, &server.url(""), "r-1").unwrap().unwrap(), "the run");
    assert_eq!(run(&agent, &server.url(""), "r-2").unwrap(), None);
}
