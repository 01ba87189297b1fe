//! Requests that the example server must refuse, and the only right answer to each.

use kate_errors::client::{ErrorResponse, ResponseReader};
use kate_errors::{KateError, QueryError, SubscribeError, TokenBalance};

use crate::connection::{Answer, Connection};
use crate::failure::Failure;

pub(crate) struct Case {
    name: &'static str,
    pub(crate) request: Vec<u8>,
    expected: Expected,
}

enum Expected {
    Row(KateError, ResponseReader<KateError>),
    /// What axum refuses by itself.
    Other(u16, &'static [u8]),
}

const NOBODY: &str = "";
const ADA: &str = "x-api-key: kate-demo-ada\r\n";
const BOB: &str = "x-api-key: kate-demo-bob\r\n";

/// A request as bytes.
pub(crate) fn request(method: &str, path: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    let head = format!("{method} {path} HTTP/1.1\r\nhost: kate\r\n{headers}");
    let kind = "content-type: application/json\r\n";
    format!("{head}{kind}content-length: {length}\r\n\r\n{body}").into_bytes()
}

/// Brings a server with demo data into the state in which all cases are refused.
pub(crate) async fn prepare(connection: &mut Connection) -> Result<(), Failure> {
    for (path, headers) in [
        ("/artifacts/2/subscribe", BOB),
        ("/artifacts/3/extraction", ADA),
        ("/agents/2/runs", BOB),
        ("/agents/2/runs/1/complete", BOB),
    ] {
        let answer = connection.ask(&request("POST", path, headers, "")).await?;
        if !answer.status.is_success() {
            let answer = String::from_utf8_lossy(&answer.body).into_owned();
            return Err(Failure::Wrong { case: "preparing", answer });
        }
    }
    Ok(())
}

pub(crate) fn cases() -> Vec<Case> {
    let anywhere = ResponseReader::new();
    let (subscribe, query) =
        (anywhere.operation::<SubscribeError>(), anywhere.operation::<QueryError>());
    let balance = |required, available| Some(TokenBalance { required, available });
    let row = |name, request, error, reader| Case {
        name,
        request,
        expected: Expected::Row(error, reader),
    };
    let other = |name, request, status, body| Case {
        name,
        request,
        expected: Expected::Other(status, body),
    };
    let ask = r#"{"question":"moon"}"#;
    let spans = r#"{"spans":[{"name":"a","milliseconds":1}]}"#;
    let no_cover = r#"{"generate_cover":false}"#;
    let revoked = "x-api-key: kate-demo-revoked\r\n";
    let foreign = "authorization: Bearer e30.e30.e30\r\n";
    let post = |path, headers, body| request("POST", path, headers, body);
    let get = |path, headers| request("GET", path, headers, "");
    vec![
        row(
            "no credentials",
            get("/wallet", NOBODY),
            KateError::MissingAuthorizationHeader,
            anywhere,
        ),
        row("a revoked key", get("/wallet", revoked), KateError::InvalidApiKey, anywhere),
        row("a foreign token", get("/wallet", foreign), KateError::InvalidApiKey, anywhere),
        row("no artifact", get("/artifacts/999", BOB), KateError::ArtifactNotFound, anywhere),
        row(
            "a second draft",
            post("/artifacts/3/extraction", ADA, ""),
            KateError::ArtifactAlreadyHasADraft,
            anywhere,
        ),
        row(
            "no cover",
            post("/artifacts/3/publish", ADA, no_cover),
            KateError::CoverNotGenerated,
            anywhere,
        ),
        row(
            "not listed",
            post("/artifacts/3/subscribe", BOB, ""),
            KateError::ArtifactNotListed,
            subscribe,
        ),
        row(
            "subscribed",
            post("/artifacts/2/subscribe", BOB, ""),
            KateError::AlreadySubscribed,
            subscribe,
        ),
        row(
            "too dear",
            post("/artifacts/1/subscribe", BOB, ""),
            KateError::SubscriptionInsufficientTokenBalance { context: balance(500, 20) },
            subscribe,
        ),
        row(
            "not subscribed",
            post("/artifacts/1/query", BOB, ask),
            KateError::NoActiveSubscription,
            query,
        ),
        row(
            "no tokens",
            post("/artifacts/2/query", BOB, ask),
            KateError::QueryInsufficientTokenBalance { context: balance(30, 20) },
            query,
        ),
        row(
            "a run that has ended",
            post("/agents/2/runs/1/spans", BOB, spans),
            KateError::RunNotInRunningStatus,
            anywhere,
        ),
        row(
            "no run",
            post("/agents/2/runs/999/spans", BOB, spans),
            KateError::RunNotFound,
            anywhere,
        ),
        other("no route", get("/nowhere", BOB), 404, br#"{"detail":"Not Found"}"#),
        other(
            "a wrong method",
            request("PUT", "/wallet", BOB, ""),
            405,
            br#"{"detail":"Method Not Allowed"}"#,
        ),
        other("no JSON", post("/artifacts", ADA, "{"), 400, br#"{"detail":"Bad Request"}"#),
    ]
}

impl Case {
    /// The answer is the right one, and the library reads it as what it is.
    pub(crate) fn check(&self, answer: &Answer) -> Result<(), Failure> {
        let is_right = match &self.expected {
            Expected::Row(error, reader) => {
                let read: Option<ErrorResponse<KateError>> =
                    reader.read(answer.status, &answer.headers, &answer.body);
                read.is_some_and(|read| read.known() == Some(error))
                    && answer.status.as_u16() == error.status().as_u16()
                    && answer.body == *error.body()
            }
            Expected::Other(status, body) => {
                answer.status.as_u16() == *status && answer.body == *body
            }
        };
        let has_type =
            answer.headers.get("content-type").is_some_and(|kind| kind == "application/json");
        if is_right && has_type {
            return Ok(());
        }
        let body = String::from_utf8_lossy(&answer.body);
        Err(Failure::Wrong { case: self.name, answer: format!("{} {body}", answer.status) })
    }
}
