//! A server that makes one error in three ways: from the catalog, by hand, and as text that the layer replaces.

use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use kate_errors::tower::CatalogLayer;
use kate_errors::{KateError, TokenBalance};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::failure::Failure;

const REQUIRED: u64 = 500;
const AVAILABLE: u64 = 120;

async fn catalog() -> Result<(), KateError> {
    let context = Some(TokenBalance { required: REQUIRED, available: AVAILABLE });
    Err(KateError::QueryInsufficientTokenBalance { context })
}

/// The error as a server without the library makes it.
async fn plain() -> (StatusCode, Json<Value>) {
    let (required, available) = (REQUIRED, AVAILABLE);
    let detail =
        format!("Insufficient token balance. Required: {required}, available: {available}");
    (StatusCode::PAYMENT_REQUIRED, Json(json!({ "detail": detail })))
}

async fn text() -> (StatusCode, &'static str) {
    (StatusCode::PAYMENT_REQUIRED, "Failed to buffer the request body")
}

pub(crate) async fn serve() -> Result<(), Failure> {
    let listener = TcpListener::bind("127.0.0.1:0").await.map_err(Failure::io("listening"))?;
    let address = listener.local_addr().map_err(Failure::io("listening"))?;
    let with_layer = Router::new()
        .route("/catalog", get(catalog))
        .route("/text", get(text))
        .layer(CatalogLayer::<KateError>::new());
    let router = Router::new().route("/plain", get(plain)).merge(with_layer);
    println!("listening on http://{address}");
    axum::serve(listener, router).await.map_err(Failure::io("serving"))
}
