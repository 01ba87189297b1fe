//! Tests over TCP against a real actix-web server that responds with errors of the catalog.
#![cfg(any(test, doctest))]

#[cfg(doctest)]
#[doc = include_str!("../../docs/actix.md")]
mod page {}

#[cfg(test)]
#[path = "../servers/cases.rs"]
mod cases;
#[path = "../servers/client.rs"]
mod client;
#[cfg(test)]
mod middleware;
#[cfg(test)]
mod rejections;

use std::fmt;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, ResponseError as _, web};
use kate_errors::{
    ApiError, CatalogError, CatalogResponse, KateError, KateErrorCode, SubscribeError, ToApiError,
    TokenBalance,
};

use client::Client;

/// An error of a server, with impls like those of `#[derive(ToApiError)]`.
#[derive(Debug)]
enum ServiceError {
    NoRun,
    Database(&'static str),
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRun => f.write_str("no run"),
            Self::Database(source) => write!(f, "the database says: {source}"),
        }
    }
}

impl std::error::Error for ServiceError {}

impl ToApiError for ServiceError {
    type Catalog = KateError;

    fn to_api_error(&self) -> ApiError<KateError> {
        match self {
            Self::NoRun => ApiError::Catalog(KateError::RunNotFound),
            Self::Database(_) => ApiError::Internal,
        }
    }
}

kate_errors::__frameworks!([] ServiceError []);

/// Responds with the error that has this code; if there is a query, with an error with a context.
async fn row(path: web::Path<String>, request: HttpRequest) -> Result<HttpResponse, KateError> {
    let code: KateErrorCode = path.parse().map_err(|_| KateError::ArtifactNotFound)?;
    if request.query_string().is_empty() {
        return Err(without_values(code));
    }
    let context = Some(TokenBalance { required: 500, available: 120 });
    Err(KateError::SubscriptionInsufficientTokenBalance { context })
}

fn without_values(code: KateErrorCode) -> KateError {
    KateError::__from_values(code, &[], None).unwrap()
}

async fn wait() -> CatalogResponse<KateError> {
    KateError::RateLimitExceeded.response().retry_after(Duration::from_secs(7)).with_error_code()
}

fn start() -> Client {
    let server = HttpServer::new(|| {
        App::new()
            .route("/row/{code}", web::get().to(row))
            .route(
                "/operation",
                web::get().to(|| async { Err::<&str, _>(SubscribeError::AlreadySubscribed) }),
            )
            .route("/service", web::get().to(|| async { Err::<&str, _>(ServiceError::NoRun) }))
            .route(
                "/internal",
                web::get().to(|| async { Err::<&str, _>(ServiceError::Database("hunter2")) }),
            )
            .route("/wait", web::get().to(wait))
            .default_service(web::to(|| async { CatalogResponse::<KateError>::fallback(404) }))
    });
    let server = server.workers(1).disable_signals().bind(("127.0.0.1", 0)).unwrap();
    let address = server.addrs()[0];
    actix_web::rt::spawn(server.run());
    Client { address }
}

async fn every_row() {
    let client = start();
    for code in KateErrorCode::ALL {
        let answer = client.get(&format!("/row/{code}")).await;
        let error = without_values(*code);
        answer.says(code.status(), &error.detail());
        for (name, value) in code.headers() {
            assert_eq!(answer.header(name), Some(value));
        }
        let received = KateError::decoder()
            .error_code(Some(code.as_str()))
            .decode(answer.status, &*answer.body);
        assert_eq!(received.known(), Some(&error));
    }
    let answer = client.get("/row/subscription_insufficient_token_balance?values").await;
    answer.says(402, "Insufficient token balance. Required: 500, available: 120");
}

#[test]
fn every_row_goes_over_the_wire() {
    actix_web::rt::System::new().block_on(every_row());
}

async fn others() {
    let client = start();
    client.get("/operation").await.says(409, "Already subscribed");
    client.get("/service").await.says(404, "Run not found");
    client.get("/internal").await.says(500, "Internal Server Error");
    client.get("/nowhere").await.says(404, "Not Found");
    let answer = client.get("/wait").await;
    answer.says(429, "Rate limit exceeded");
    assert_eq!(answer.header("retry-after"), Some("7"));
    assert_eq!(answer.header("x-error-code"), Some("rate_limit_exceeded"));

    let accept = [("accept", "application/problem+json")];
    let answer = client.ask("GET", "/wait", &accept, b"").await;
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    assert_eq!(answer.header("vary"), Some("accept"));
    let problem: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(problem["detail"], "Rate limit exceeded");
    assert_eq!(problem["status"], 429);
}

#[test]
fn errors_of_servers_and_chosen_responses_go_over_the_wire() {
    actix_web::rt::System::new().block_on(others());
}

#[test]
fn both_methods_are_those_of_the_catalog() {
    assert_eq!(KateError::TokenExpired.status_code(), StatusCode::UNAUTHORIZED);
    let response = KateError::TokenExpired.error_response();
    assert_eq!(response.headers().get("www-authenticate").unwrap(), r#"Bearer realm="kate""#);
    assert_eq!(ServiceError::Database("x").status_code(), StatusCode::INTERNAL_SERVER_ERROR);
}
