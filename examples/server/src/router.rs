//! The routes, and what stands around them.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{delete, get, post};
use kate_errors::KateError;
use kate_errors::tower::{CatalogLayer, DrainLayer};

use crate::state::AppState;
use crate::{
    artifacts, cover, credentials, drafts, publishing, queries, rate_limit, runs, subscriptions,
    tokens, upload, wallet,
};

/// The whole API. The catalog's layer stands around all of it: unknown routes, bodies that are no JSON and
/// panics are answered as everything else is. Around that stands the one that lets answers arrive though a body
/// was not read to its end, as that of a file over the limit.
pub fn router(state: AppState) -> Router {
    // The one with its own limit, which it keeps itself.
    let upload = post(upload::upload).layer(DefaultBodyLimit::disable());
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
        .with_state(state)
        .layer(CatalogLayer::<KateError>::new())
        .layer(DrainLayer::new())
}
