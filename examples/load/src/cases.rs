//! Requests that the example server must refuse, each with the only correct response.

use std::time::Duration;

use kate_errors::client::{ErrorResponse, ResponseReader};
use kate_errors::{KateError, QueryError, SubscribeError, TokenBalance};

use serde_json::Value;

use crate::connection::{Connection, RawResponse};
use crate::failure::Failure;

pub(crate) struct Case {
    name: &'static str,
    pub(crate) at: At,
    pub(crate) request: Vec<u8>,
    expected: Expected,
}

/// The correct response.
enum Expected {
    Row(KateError, ResponseReader<KateError>),
    /// The status and body of a response that replaces one of axum's own.
    Other(u16, &'static [u8]),
}

/// The server that a request is sent to.
#[derive(Clone, Copy)]
pub(crate) enum At {
    /// The server without an effective rate limit.
    Open,
    /// The server that accepts one request a minute.
    Limited,
}

const NOBODY: &str = "";
const ADA: &str = "x-api-key: kate-demo-ada\r\n";
const BOB: &str = "x-api-key: kate-demo-bob\r\n";

/// Returns the bytes of a request.
pub(crate) fn request(method: &str, path: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    let head = format!("{method} {path} HTTP/1.1\r\nhost: kate\r\n{headers}");
    let kind = "content-type: application/json\r\n";
    format!("{head}{kind}content-length: {length}\r\n\r\n{body}").into_bytes()
}

/// Brings a server with demo data into the state in which all cases are refused, and returns a token that has
/// expired.
pub(crate) async fn prepare(connection: &mut Connection) -> Result<String, Failure> {
    for (path, headers) in [
        ("/artifacts/2/subscribe", BOB),
        ("/artifacts/3/extraction", ADA),
        ("/agents/2/runs", BOB),
        ("/agents/2/runs/1/complete", BOB),
    ] {
        succeed(connection, &request("POST", path, headers, "")).await?;
    }
    let no_time = request("POST", "/auth/token", BOB, r#"{"seconds":0}"#);
    let response = succeed(connection, &no_time).await?;
    let response: Option<Value> = serde_json::from_slice(&response.body).ok();
    let token = response.and_then(|response| Some(response.get("token")?.as_str()?.to_owned()));
    // The token is valid until the end of this second.
    tokio::time::sleep(Duration::from_secs(2)).await;
    token.ok_or(Failure::Wrong { case: "preparing", response: "there is no token".to_owned() })
}

async fn succeed(connection: &mut Connection, request: &[u8]) -> Result<RawResponse, Failure> {
    let response = connection.ask(request).await?;
    if response.status.is_success() {
        return Ok(response);
    }
    let response = String::from_utf8_lossy(&response.body).into_owned();
    Err(Failure::Wrong { case: "preparing", response })
}

/// A file that is too large, sent completely before its sender reads the response.
pub(crate) fn file() -> Case {
    let body = ".".repeat(20_000_001);
    let request = post("/artifacts/upload?title=Large", BOB, &body);
    row("a file that is too large", request, KateError::FileTooLarge)
}

/// Returns all cases: the fifteen errors, and what axum itself refuses.
pub(crate) fn cases(expired: &str) -> Vec<Case> {
    [credentials(expired), artifacts(), subscriptions(), others()].into_iter().flatten().collect()
}

fn row(name: &'static str, request: Vec<u8>, error: KateError) -> Case {
    let anywhere = ResponseReader::new();
    // Aliases have the same message; the operation tells them apart.
    let reader = match error {
        KateError::SubscriptionInsufficientTokenBalance { .. } => {
            anywhere.operation::<SubscribeError>()
        }
        KateError::QueryInsufficientTokenBalance { .. } => anywhere.operation::<QueryError>(),
        _ => anywhere,
    };
    Case { name, at: At::Open, request, expected: Expected::Row(error, reader) }
}

fn other(name: &'static str, request: Vec<u8>, status: u16, body: &'static [u8]) -> Case {
    Case { name, at: At::Open, request, expected: Expected::Other(status, body) }
}

fn get(path: &str, headers: &str) -> Vec<u8> {
    request("GET", path, headers, "")
}

fn post(path: &str, headers: &str, body: &str) -> Vec<u8> {
    request("POST", path, headers, body)
}

fn credentials(expired: &str) -> Vec<Case> {
    let revoked = get("/wallet", "x-api-key: kate-demo-revoked\r\n");
    let foreign = get("/wallet", "authorization: Bearer e30.e30.e30\r\n");
    let expired = get("/wallet", &format!("authorization: Bearer {expired}\r\n"));
    let too_much = row("too much", get("/wallet", BOB), KateError::RateLimitExceeded);
    vec![
        row("no credentials", get("/wallet", NOBODY), KateError::MissingAuthorizationHeader),
        row("a revoked key", revoked, KateError::InvalidApiKey),
        row("a foreign token", foreign, KateError::InvalidApiKey),
        row("an old token", expired, KateError::TokenExpired),
        Case { at: At::Limited, ..too_much },
    ]
}

fn artifacts() -> Vec<Case> {
    let second = post("/artifacts/3/extraction", ADA, "");
    let no_cover = post("/artifacts/3/publish", ADA, r#"{"generate_cover":false}"#);
    let spans = r#"{"spans":[{"name":"a","milliseconds":1}]}"#;
    let ended = post("/agents/2/runs/1/spans", BOB, spans);
    let no_run = post("/agents/2/runs/999/spans", BOB, spans);
    let announced = format!(
        "POST /artifacts/upload?title=Large HTTP/1.1\r\nhost: kate\r\n{BOB}\
         content-length: 20000001\r\nexpect: 100-continue\r\n\r\n"
    );
    let announced = announced.into_bytes();
    vec![
        row("no artifact", get("/artifacts/999", BOB), KateError::ArtifactNotFound),
        row("a second draft", second, KateError::ArtifactAlreadyHasADraft),
        row("no cover", no_cover, KateError::CoverNotGenerated),
        row("a file that is announced too large", announced, KateError::FileTooLarge),
        row("a run that has ended", ended, KateError::RunNotInRunningStatus),
        row("no run", no_run, KateError::RunNotFound),
    ]
}

fn subscriptions() -> Vec<Case> {
    let balance = |required| Some(TokenBalance { required, available: 20 });
    let subscribe = |path| post(path, BOB, "");
    let query = |path| post(path, BOB, r#"{"question":"moon"}"#);
    vec![
        row("not listed", subscribe("/artifacts/3/subscribe"), KateError::ArtifactNotListed),
        row("subscribed", subscribe("/artifacts/2/subscribe"), KateError::AlreadySubscribed),
        row(
            "too dear",
            subscribe("/artifacts/1/subscribe"),
            KateError::SubscriptionInsufficientTokenBalance { context: balance(500) },
        ),
        row("not subscribed", query("/artifacts/1/query"), KateError::NoActiveSubscription),
        row(
            "no tokens",
            query("/artifacts/2/query"),
            KateError::QueryInsufficientTokenBalance { context: balance(30) },
        ),
    ]
}

fn others() -> Vec<Case> {
    let put = request("PUT", "/wallet", BOB, "");
    let (no_json, other_json) = (post("/artifacts", ADA, "{"), post("/artifacts", ADA, "{}"));
    vec![
        other("no route", get("/nowhere", BOB), 404, br#"{"detail":"Not Found"}"#),
        other("a wrong method", put, 405, br#"{"detail":"Method Not Allowed"}"#),
        other("no JSON", no_json, 400, br#"{"detail":"Bad Request"}"#),
        other("other JSON", other_json, 422, br#"{"detail":"Unprocessable Entity"}"#),
    ]
}

impl Case {
    /// Checks that the response is the correct one, and that the library reads it as such.
    pub(crate) fn check(&self, response: &RawResponse) -> Result<(), Failure> {
        let is_right = match &self.expected {
            Expected::Row(error, reader) => {
                let read: Option<ErrorResponse<KateError>> =
                    reader.read(response.status, &response.headers, &response.body);
                let waits = *error == KateError::RateLimitExceeded;
                read.is_some_and(|read| {
                    read.known() == Some(error) && read.retry_after().is_some() == waits
                }) && response.status.as_u16() == error.status()
                    && response.body == *error.body()
            }
            Expected::Other(status, body) => {
                response.status.as_u16() == *status && response.body == *body
            }
        };
        let has_type =
            response.headers.get("content-type").is_some_and(|kind| kind == "application/json");
        if is_right && has_type {
            return Ok(());
        }
        let body = String::from_utf8_lossy(&response.body);
        Err(Failure::Wrong { case: self.name, response: format!("{} {body}", response.status) })
    }
}

#[cfg(test)]
mod tests {
    use kate_errors::KateErrorCode;

    use super::{Expected, cases};

    #[test]
    fn every_row_has_its_case() {
        let cases = cases("token");
        for code in KateErrorCode::ALL {
            let has_case = cases.iter().any(
                |case| matches!(&case.expected, Expected::Row(error, _) if error.code() == *code),
            );
            assert!(has_case, "{code}");
        }
    }
}
