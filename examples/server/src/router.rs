//! The routes, and what stands around them.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{delete, get, post};
use kate_errors::KateError;
use kate_errors::tower::CatalogLayer;
use tower::limit::GlobalConcurrencyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use crate::drain::DrainLayer;
use crate::state::AppState;
use crate::{
    artifacts, cover, credentials, drafts, publishing, queries, rate_limit, requests, runs,
    subscriptions, tokens, upload, wallet,
};

/// The longest body of a request that is no upload, in bytes.
const MAX_BODY: usize = 1_000_000;

/// How many files are received at once. Others wait, and their clients with them.
const UPLOADS: usize = 8;

/// How long things may take.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// A request, its body included.
    pub request: Duration,
    /// What is left of a body, and thrown away.
    pub rest: Duration,
}

/// The whole API. The catalog's layer stands around all of it: unknown routes, bodies that are no JSON and
/// panics are answered as everything else is. Around that stands the one that lets answers arrive though a body
/// was not read to its end, as that of a file over the limit.
pub fn router(state: AppState, times: Times) -> Router {
    let timeout = TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, times.request);
    // The one with its own limit, which it keeps itself.
    let limits = (DefaultBodyLimit::disable(), GlobalConcurrencyLimitLayer::new(UPLOADS));
    let upload = post(upload::upload).layer(limits);
    Router::new()
        .route("/auth/token", post(tokens::create))
        .route("/wallet", get(wallet::read))
        .route("/artifacts", get(artifacts::list).post(artifacts::create))
        .route("/artifacts/upload", upload)
        .route("/artifacts/{artifact_id}", get(artifacts::read))
        .route("/artifacts/{artifact_id}/extraction", post(drafts::extract))
        .route("/artifacts/{artifact_id}/draft", delete(drafts::discard))
        .route("/artifacts/{artifact_id}/cover", post(cover::generate))
        .route("/artifacts/{artifact_id}/publish", post(publishing::publish))
        .route("/artifacts/{artifact_id}/subscribe", post(subscriptions::subscribe))
        .route("/artifacts/{artifact_id}/query", post(queries::query))
        .route("/agents/{agent_id}/runs", post(runs::create))
        .route("/agents/{agent_id}/runs/{run_id}/spans", post(runs::upload_spans))
        .route("/agents/{agent_id}/runs/{run_id}/complete", post(runs::complete))
        .route_layer(from_fn_with_state(state.clone(), rate_limit::limit))
        .route_layer(from_fn_with_state(state.clone(), credentials::authenticate))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn(requests::check))
        .layer(timeout)
        .with_state(state)
        .layer(CatalogLayer::<KateError>::new())
        .layer(DrainLayer::new().max_time(times.rest))
}
