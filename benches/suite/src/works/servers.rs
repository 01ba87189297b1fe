//! Answering with the response of a framework.

use std::hint::black_box;

use axum::Json;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use kate_errors::KateError;
use serde_json::json;

use super::{Goals, Pair, pair};

pub(super) fn pairs() -> Vec<Pair> {
    vec![pair(
        "axum response without values / Json(json!(…))",
        Goals::instructions(1.0 / 3.5),
        || {
            Box::new(|_| {
                let response = black_box(KateError::RunNotFound).into_response();
                usize::from(black_box(response).status())
            })
        },
        || {
            Box::new(|_| {
                let body = Json(json!({ "detail": black_box("Run not found") }));
                let response = (StatusCode::NOT_FOUND, body).into_response();
                usize::from(black_box(response).status())
            })
        },
    )]
}
