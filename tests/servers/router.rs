//! A real axum server inside the layer: errors that axum itself responds with become errors of the catalog.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Path, Query};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use kate_errors::tower::{CatalogLayer, UnlistedReason};
use kate_errors::{ApiError, CatalogResponse, KateError, SubscribeError, TokenBalance};
use serde::Deserialize;
use tower_http::cors::CorsLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use crate::client::Client;
use crate::layer::{Frame, Frames};

/// The errors of this service.
#[derive(Debug, thiserror::Error, kate_errors::ToApiError)]
#[api_error(catalog = KateError)]
enum ServiceError {
    #[error("there is no run {0}")]
    #[api_error(run_not_found)]
    NoRun(u64),
    #[error("the database failed")]
    #[api_error(internal)]
    Database(#[from] std::io::Error),
}

/// Fails with an error that clients must not see.
fn query() -> Result<(), ServiceError> {
    Ok(Err(std::io::Error::other("10.0.0.7 refused hunter2"))?)
}

#[derive(Deserialize)]
struct Run {
    #[allow(dead_code)]
    id: u64,
}

fn balance() -> KateError {
    let context = Some(TokenBalance { required: 500, available: 120 });
    KateError::QueryInsufficientTokenBalance { context }
}

/// A service that fails in every way that frameworks and handlers can.
fn routes() -> Router {
    let nested = Router::new().route("/runs/{id}", get(|_: Path<u64>| async { "a run" }));
    Router::new()
        .route("/runs/{id}", get(|_: Path<u64>| async { "a run" }))
        .route("/runs", post(|_: Json<Run>| async { "made" }))
        .route("/search", get(|_: Query<Run>| async { "found" }))
        .route("/upload", post(|_: Bytes| async { "taken" }).layer(DefaultBodyLimit::max(16)))
        .route("/limited", post(|_: Bytes| async { "taken" }).layer(RequestBodyLimitLayer::new(16)))
        .route("/error", get(|| async { Err::<(), _>(balance()) }))
        .route("/operation", get(|| async { SubscribeError::AlreadySubscribed }))
        .route("/internal", get(|| async { ApiError::<KateError>::Internal }))
        .route("/service", get(async || Err::<(), _>(ServiceError::NoRun(7))))
        .route("/database", get(async || query()))
        .route("/key", get(|| async { KateError::InvalidApiKey }))
        .route("/wait", get(wait))
        .route("/panic", get(panic))
        .route("/early-panic", get(|| -> std::future::Ready<()> { panic!("too early") }))
        .route("/slow", get(slow).layer(timeout()))
        .route(
            "/text",
            get(|| async { (StatusCode::INTERNAL_SERVER_ERROR, "password is hunter2") }),
        )
        .route("/page", get(async || html(StatusCode::BAD_GATEWAY, "<h1>proxy at 10.0.0.7</h1>")))
        .route(
            "/own",
            get(async || json(StatusCode::UNPROCESSABLE_ENTITY, r#"{"errors":["name"]}"#)),
        )
        .route(
            "/leak",
            get(async || json(StatusCode::INTERNAL_SERVER_ERROR, r#"{"detail":"hunter2"}"#)),
        )
        .route(
            "/by-hand",
            get(async || json(StatusCode::NOT_FOUND, r#"{"detail": "Run not found"}"#)),
        )
        .route(
            "/mistyped",
            get(|| async { (StatusCode::NOT_FOUND, r#"{"detail":"Run not found"}"#) }),
        )
        .route(
            "/other-status",
            get(async || json(StatusCode::GONE, r#"{"detail":"Run not found"}"#)),
        )
        .route("/success", get(async || json(StatusCode::OK, r#"{"detail":"Artifact deleted"}"#)))
        .route("/events", get(async || stream(StatusCode::OK)))
        .route("/failing-events", get(async || stream(StatusCode::SERVICE_UNAVAILABLE)))
        .nest("/v1", nested)
}

fn timeout() -> TimeoutLayer {
    TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, Duration::from_millis(5))
}

async fn wait() -> CatalogResponse<KateError> {
    let wait = Duration::from_secs(7);
    KateError::RateLimitExceeded.response().retry_after(wait).with_error_code()
}

async fn panic() -> &'static str {
    tokio::task::yield_now().await;
    panic!("the secret is hunter2")
}

async fn slow() {
    tokio::time::sleep(Duration::from_secs(60)).await;
}

fn json(status: StatusCode, body: &'static str) -> impl IntoResponse {
    (status, [(header::CONTENT_TYPE, "application/json")], body)
}

fn html(status: StatusCode, body: &'static str) -> impl IntoResponse {
    (status, [(header::CONTENT_TYPE, "text/html"), (header::ETAG, "\"x\"")], body)
}

/// Three events, one after another.
fn stream(status: StatusCode) -> Response {
    let frames =
        ["data: 1\n\n", "data: 2\n\n", "data: 3\n\n"].map(|event| Frame::Data(event.into()));
    let body = Body::new(Frames::unsized_of(frames.to_vec()));
    (status, [(header::CONTENT_TYPE, "text/event-stream")], body).into_response()
}

async fn start(router: Router) -> Client {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    Client { address }
}

async fn server() -> Client {
    start(routes().layer(CatalogLayer::<KateError>::new())).await
}

#[tokio::test]
async fn errors_of_handlers_are_what_they_were() {
    let server = server().await;
    server
        .get("/error")
        .await
        .says(402, "Insufficient token balance. Required: 500, available: 120");
    server.get("/operation").await.says(409, "Already subscribed");
    server.get("/internal").await.says(500, "Internal Server Error");
    server.get("/service").await.says(404, "Run not found");
    server.get("/database").await.says(500, "Internal Server Error");
    let answer = server.get("/key").await;
    answer.says(401, "Invalid API key");
    assert_eq!(answer.header("www-authenticate"), Some(r#"Bearer realm="kate""#));
    let answer = server.get("/wait").await;
    answer.says(429, "Rate limit exceeded");
    assert_eq!(answer.header("retry-after"), Some("7"));
    assert_eq!(answer.header("x-error-code"), Some("rate_limit_exceeded"));
}

#[tokio::test]
async fn without_the_layer_handlers_answer_the_same() {
    let server = start(routes()).await;
    server
        .get("/error")
        .await
        .says(402, "Insufficient token balance. Required: 500, available: 120");
    server.get("/operation").await.says(409, "Already subscribed");
    server.get("/internal").await.says(500, "Internal Server Error");
    // Without the layer, these are not in the catalog.
    assert_eq!(server.get("/nowhere").await.text(), "");
    assert_eq!(
        server.get("/runs/x").await.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
}

#[tokio::test]
async fn unknown_routes_are_in_the_catalog_nested_ones_too() {
    let server = server().await;
    server.get("/nowhere").await.says(404, "Not Found");
    server.get("/v1/nowhere").await.says(404, "Not Found");
    server.get("/v1").await.says(404, "Not Found");
    server.ask("POST", "/nowhere", &[], b"{}").await.says(404, "Not Found");
    assert_eq!(server.get("/v1/runs/7").await.text(), "a run");
}

#[tokio::test]
async fn methods_that_are_not_allowed_keep_those_that_are() {
    let server = server().await;
    for (method, path, allowed) in [
        ("POST", "/runs/7", "GET,HEAD"),
        ("DELETE", "/runs", "POST"),
        ("PUT", "/v1/runs/7", "GET,HEAD"),
        ("OPTIONS", "/runs", "POST"),
    ] {
        let answer = server.ask(method, path, &[], b"").await;
        answer.says(405, "Method Not Allowed");
        assert_eq!(answer.header("allow"), Some(allowed), "{method} {path}");
    }
}

#[tokio::test]
async fn rejections_are_in_the_catalog() {
    let server = server().await;
    let typed = [("content-type", "application/json")];
    server.get("/runs/seven").await.says(400, "Bad Request");
    server.get("/v1/runs/seven").await.says(400, "Bad Request");
    server.get("/search").await.says(400, "Bad Request");
    server.get("/search?id=x").await.says(400, "Bad Request");
    server.ask("POST", "/runs", &typed, b"{").await.says(400, "Bad Request");
    server.ask("POST", "/runs", &[], b"{}").await.says(415, "Unsupported Media Type");
    // This is the catalog's name for the status, not a library's.
    server.ask("POST", "/runs", &typed, b"{}").await.says(422, "Unprocessable Entity");
}

#[tokio::test]
async fn bodies_over_a_limit_are_in_the_catalog() {
    let server = server().await;
    let body = [b'x'; 64];
    server.ask("POST", "/upload", &[], &body).await.says(413, "Content Too Large");
    server.ask("POST", "/limited", &[], &body).await.says(413, "Content Too Large");

    let layer = CatalogLayer::new().replacement(413, KateError::FileTooLarge).with_error_codes();
    let server = start(routes().layer(layer)).await;
    let answer = server.ask("POST", "/upload", &[], &body).await;
    answer.says(400, "File too large");
    assert_eq!(answer.header("x-error-code"), Some("file_too_large"));
}

#[tokio::test]
async fn panics_and_timeouts_are_in_the_catalog() {
    let server = server().await;
    server.get("/panic").await.says(500, "Internal Server Error");
    server.get("/early-panic").await.says(500, "Internal Server Error");
    server.get("/slow").await.says(408, "Request Timeout");

    let caught = routes()
        .layer(tower_http::catch_panic::CatchPanicLayer::new())
        .layer(CatalogLayer::<KateError>::new().propagate_panics());
    start(caught).await.get("/panic").await.says(500, "Internal Server Error");
}

#[tokio::test]
async fn nothing_internal_leaves_with_a_server_error() {
    let server = server().await;
    server.get("/text").await.says(500, "Internal Server Error");
    server.get("/leak").await.says(500, "Internal Server Error");
    let answer = server.get("/page").await;
    answer.says(502, "Bad Gateway");
    assert_eq!(answer.header("etag"), None);
}

#[tokio::test]
async fn json_of_handlers_passes_below_500() {
    let server = server().await;
    let answer = server.get("/own").await;
    assert_eq!((answer.status, answer.text()), (422, r#"{"errors":["name"]}"#));
    let answer = server.get("/by-hand").await;
    assert_eq!((answer.status, answer.text()), (404, r#"{"detail": "Run not found"}"#));
    server.get("/mistyped").await.says(404, "Run not found");
    let answer = server.get("/success").await;
    assert_eq!((answer.status, answer.text()), (200, r#"{"detail":"Artifact deleted"}"#));

    let strict = routes().layer(CatalogLayer::<KateError>::new().replace_json());
    start(strict).await.get("/own").await.says(422, "Unprocessable Entity");
}

#[tokio::test]
async fn head_has_the_header_fields_and_no_body() {
    let server = server().await;
    for (path, status) in
        [("/nowhere", 404), ("/runs/seven", 400), ("/panic", 500), ("/error", 402), ("/own", 422)]
    {
        let get = server.get(path).await;
        let head = server.ask("HEAD", path, &[], b"").await;
        assert_eq!((head.status, head.body.len()), (status, 0), "{path}");
        for name in ["content-type", "content-length", "vary"] {
            assert_eq!(head.header(name), get.header(name), "{name} of {path}");
        }
    }
}

#[tokio::test]
async fn fields_of_cors_are_kept() {
    let cors = CorsLayer::new().allow_origin(tower_http::cors::Any).allow_methods([Method::GET]);
    let router = routes().layer(cors).layer(CatalogLayer::<KateError>::new());
    let server = start(router).await;
    let origin = ("origin", "https://app.example");
    let answer = server.ask("GET", "/nowhere", &[origin], b"").await;
    answer.says(404, "Not Found");
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    let preflight = [origin, ("access-control-request-method", "GET")];
    let answer = server.ask("OPTIONS", "/runs", &preflight, b"").await;
    assert_eq!((answer.status, answer.text()), (200, ""));
}

#[tokio::test]
async fn compression_stands_on_either_side() {
    let compression = || tower_http::compression::CompressionLayer::new();
    let catalog = CatalogLayer::<KateError>::new;
    let accept = [("accept-encoding", "gzip")];
    let outside = start(routes().layer(catalog()).layer(compression())).await;
    let inside = start(routes().layer(compression()).layer(catalog())).await;
    for client in [outside, inside] {
        // A response of the catalog is compressed, and kept.
        let answer = client.ask("GET", "/error", &accept, b"").await;
        assert_eq!(answer.header("content-encoding"), Some("gzip"));
        assert_eq!(answer.body[..2], [0x1F, 0x8B]);
    }
    // A response of the framework is replaced, whether it is compressed or not.
    for path in ["/runs/seven", "/text", "/panic"] {
        let answer = inside.ask("GET", path, &accept, b"").await;
        answer.says(
            answer.status,
            if answer.status == 400 { "Bad Request" } else { "Internal Server Error" },
        );
    }
}

#[tokio::test]
async fn streams_are_not_touched() {
    let server = server().await;
    for (path, status) in [("/events", 200), ("/failing-events", 503)] {
        let answer = server.get(path).await;
        assert_eq!((answer.status, answer.text()), (status, "data: 1\n\ndata: 2\n\ndata: 3\n\n"));
        assert_eq!(answer.header("content-type"), Some("text/event-stream"));
    }
}

#[tokio::test]
async fn who_asks_for_a_problem_gets_one() {
    let server = server().await;
    let accept = [("accept", "application/problem+json, application/json;q=0.5")];
    let ask = |path| server.ask("GET", path, &accept, b"");
    let docs = "https://docs.projectkate.com/reference/error-codes#";
    for (path, problem) in [
        (
            "/error",
            serde_json::json!({
                // The link is that of this error, not of the other one with the same message.
                "type": format!("{docs}query_insufficient_token_balance"), "title": "Payment Required",
                "status": 402, "detail": "Insufficient token balance. Required: 500, available: 120",
            }),
        ),
        (
            "/nowhere",
            serde_json::json!({
                "type": "about:blank", "title": "Not Found", "status": 404, "detail": "Not Found",
            }),
        ),
        (
            "/by-hand",
            serde_json::json!({
                "type": format!("{docs}run_not_found"), "title": "Not Found", "status": 404,
                "detail": "Run not found",
            }),
        ),
        (
            "/panic",
            serde_json::json!({
                "type": "about:blank", "title": "Internal Server Error", "status": 500,
                "detail": "Internal Server Error",
            }),
        ),
    ] {
        let answer = ask(path).await;
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{path}");
        assert_eq!(answer.header("vary"), Some("accept"), "{path}");
        assert_eq!(serde_json::from_slice::<serde_json::Value>(&answer.body).unwrap(), problem);
        assert_eq!(answer.status, problem["status"]);
        // A client of the catalog reads this as it reads the short form.
        let received = KateError::decode(answer.status, answer.body.clone());
        assert_eq!(received.detail().unwrap(), problem["detail"].as_str().unwrap());
    }
    let answer = ask("/key").await;
    assert_eq!(answer.header("www-authenticate"), Some(r#"Bearer realm="kate""#));
}

#[tokio::test]
async fn whoever_wants_to_know_is_told_what_is_not_in_the_catalog() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let teller = Arc::clone(&told);
    let layer = CatalogLayer::<KateError>::new().on_unlisted(move |unlisted| {
        let body = String::from_utf8_lossy(unlisted.body()).into_owned();
        let path = unlisted.path().to_owned();
        teller.lock().unwrap().push((
            path,
            unlisted.status(),
            unlisted.reason(),
            unlisted.is_replaced(),
            body,
        ));
    });
    let server = start(routes().layer(layer)).await;
    for path in ["/error", "/by-hand", "/success", "/events", "/internal", "/mistyped"] {
        server.get(path).await;
    }
    assert_eq!(*told.lock().unwrap(), [], "nothing of this is news");
    for path in ["/nowhere", "/own", "/leak", "/panic", "/text", "/other-status"] {
        server.get(path).await;
    }
    let text = |text: &str| text.to_owned();
    assert_eq!(
        *told.lock().unwrap(),
        [
            (text("/nowhere"), 404, UnlistedReason::Empty, true, text("")),
            (
                text("/own"),
                422,
                UnlistedReason::NotInCatalog,
                false,
                text(r#"{"errors":["name"]}"#)
            ),
            (
                text("/leak"),
                500,
                UnlistedReason::NotInCatalog,
                true,
                text(r#"{"detail":"hunter2"}"#)
            ),
            (text("/panic"), 500, UnlistedReason::Panic, true, text("")),
            (text("/text"), 500, UnlistedReason::NotJson, true, text("password is hunter2")),
            (
                text("/other-status"),
                410,
                UnlistedReason::StatusDiffers,
                false,
                text(r#"{"detail":"Run not found"}"#)
            ),
        ]
    );
}
