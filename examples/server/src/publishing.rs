//! Publishing: a draft becomes the version that subscribers read.

use axum::extract::{Path, State};
use axum::{Extension, Json};
use rusqlite::{Transaction, params};
use serde::Deserialize;

use crate::artifacts::Artifact;
use crate::cover;
use crate::credentials::Caller;
use crate::error::ServiceError;
use crate::state::AppState;

/// Options for publishing.
#[derive(Deserialize)]
pub struct Publication {
    /// Whether to make a cover if there is none.
    #[serde(default = "yes")]
    generate_cover: bool,
}

fn yes() -> bool {
    true
}

/// `POST /artifacts/{artifact_id}/publish`
///
/// # Errors
///
/// The artifact is not the caller's, or has no cover and none may be generated.
pub async fn publish(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    Json(publication): Json<Publication>,
) -> Result<Json<Artifact>, ServiceError> {
    let work = move |transaction: &Transaction<'_>| {
        let artifact = Artifact::own(transaction, caller, &id)?;
        if !artifact.has_cover {
            if !publication.generate_cover {
                return Err(ServiceError::NoCover(artifact.id));
            }
            cover::make(transaction, &artifact)?;
        }
        transaction.execute(
            "UPDATE artifacts SET published = coalesce(draft, published, ''), draft = NULL \
             WHERE id = ?1",
            params![artifact.id],
        )?;
        Artifact::own(transaction, caller, &id)
    };
    Ok(Json(state.database.transaction(work).await?))
}
