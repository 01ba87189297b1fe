//! Uploads: artifacts whose source is a file of at most 20 MB.

use axum::body::{Body, HttpBody as _};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Result as AxumResult;
use axum::{Extension, Json};
use http_body_util::BodyExt as _;
use rusqlite::Transaction;

use crate::artifacts::{Artifact, NewArtifact, insert};
use crate::credentials::Caller;
use crate::error::ServiceError;
use crate::state::AppState;

/// The maximum size of a file, in bytes.
pub const LIMIT: usize = 20_000_000;

/// `POST /artifacts/upload?title=…`, with the file as the body.
///
/// # Errors
///
/// The file is too large, or incomplete.
pub async fn upload(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    Query(new): Query<NewArtifact>,
    body: Body,
) -> AxumResult<(StatusCode, Json<Artifact>)> {
    let file = read(body).await?;
    let work = move |transaction: &Transaction<'_>| {
        insert(transaction, caller, &new, &String::from_utf8_lossy(&file))
    };
    Ok((StatusCode::CREATED, Json(state.database.transaction(work).await?)))
}

async fn read(mut body: Body) -> AxumResult<Vec<u8>> {
    // A file that is announced as too large is rejected before it is sent.
    if body.size_hint().lower() > LIMIT as u64 {
        return Err(ServiceError::TooLarge { limit: LIMIT }.into());
    }
    let mut file = Vec::new();
    while let Some(frame) = body.frame().await {
        // The client has disconnected, or the body is not valid HTTP.
        let frame = frame.map_err(|_| StatusCode::BAD_REQUEST)?;
        let Ok(data) = frame.into_data() else { continue };
        if file.len() + data.len() > LIMIT {
            return Err(ServiceError::TooLarge { limit: LIMIT }.into());
        }
        file.extend_from_slice(&data);
    }
    Ok(file)
}
