//! Covers: how an artifact is presented in the shop.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use rusqlite::{Transaction, params};

use crate::artifacts::Artifact;
use crate::credentials::Caller;
use crate::error::ServiceError;
use crate::state::AppState;

/// Makes a cover from the title.
pub(crate) fn make(transaction: &Transaction<'_>, artifact: &Artifact) -> rusqlite::Result<()> {
    let cover = format!("* {} *", artifact.title.to_uppercase());
    let query = "UPDATE artifacts SET cover = ?2 WHERE id = ?1";
    transaction.execute(query, params![artifact.id, cover])?;
    Ok(())
}

/// `POST /artifacts/{artifact_id}/cover`
///
/// # Errors
///
/// The artifact does not exist, or is not the caller's.
pub async fn generate(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<(StatusCode, Json<Artifact>), ServiceError> {
    let work = move |transaction: &Transaction<'_>| {
        make(transaction, &Artifact::own(transaction, caller, &id)?)?;
        Artifact::own(transaction, caller, &id)
    };
    Ok((StatusCode::CREATED, Json(state.database.transaction(work).await?)))
}
