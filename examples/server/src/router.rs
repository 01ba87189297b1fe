//! The routes, and the layers around them.

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

/// The maximum size of a request body that is not an upload, in bytes.
const MAX_BODY: usize = 1_000_000;

/// How many files are received at once. Further uploads wait.
const UPLOADS: usize = 8;

/// Time limits.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// For a request, including its body.
    pub request: Duration,
    /// For receiving the rest of a body, which is discarded.
    pub rest: Duration,
}

/// Creates the router of the API. The catalog's layer is around all of it, so unknown routes, invalid JSON and
/// panics get a response in the format of the catalog. The outermost layer is [`DrainLayer`]: responses arrive even
/// if a body was not read to its end, such as a file over the limit.
pub fn router(state: AppState, times: Times) -> Router {
    let timeout = TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, times.request);
    // The upload checks its own size limit.
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
