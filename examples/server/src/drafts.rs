//! Drafts: what is extracted from the source of an artifact, before it is published.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use rusqlite::{Transaction, params};

use crate::artifacts::Artifact;
use crate::credentials::Caller;
use crate::error::ServiceError;
use crate::state::AppState;

/// `POST /artifacts/{artifact_id}/extraction`
///
/// # Errors
///
/// The artifact is not the caller's, or already has a draft.
pub async fn extract(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<(StatusCode, Json<Artifact>), ServiceError> {
    let work = move |transaction: &Transaction<'_>| {
        let artifact = Artifact::own(transaction, caller, &id)?;
        if artifact.has_draft {
            return Err(ServiceError::HasDraft(artifact.id));
        }
        transaction.execute(
            "UPDATE artifacts SET draft = trim(source) WHERE id = ?1",
            params![artifact.id],
        )?;
        Artifact::own(transaction, caller, &id)
    };
    Ok((StatusCode::ACCEPTED, Json(state.database.transaction(work).await?)))
}

/// `DELETE /artifacts/{artifact_id}/draft`
///
/// # Errors
///
/// The artifact is not the caller's.
pub async fn discard(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<StatusCode, ServiceError> {
    let work = move |transaction: &Transaction<'_>| {
        let artifact = Artifact::own(transaction, caller, &id)?;
        let query = "UPDATE artifacts SET draft = NULL WHERE id = ?1";
        transaction.execute(query, params![artifact.id])?;
        Ok(StatusCode::NO_CONTENT)
    };
    state.database.transaction(work).await
}
