//! Subscriptions: an agent's right to query an artifact.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use rusqlite::{Transaction, params};
use serde::Serialize;

use crate::artifacts::Artifact;
use crate::credentials::Caller;
use crate::error::ServiceError;
use crate::state::AppState;
use crate::wallet;

/// A subscription.
#[derive(Serialize)]
pub struct Subscription {
    agent: i64,
    artifact: i64,
}

pub(crate) fn exists(
    transaction: &Transaction<'_>,
    caller: Caller,
    artifact: i64,
) -> rusqlite::Result<bool> {
    transaction
        .prepare_cached("SELECT 1 FROM subscriptions WHERE agent = ?1 AND artifact = ?2")?
        .exists(params![caller.agent, artifact])
}

/// `POST /artifacts/{artifact_id}/subscribe`
///
/// # Errors
///
/// There is no such artifact, it is not listed, or the caller is already subscribed or lacks tokens.
pub async fn subscribe(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<(StatusCode, Json<Subscription>), ServiceError> {
    let work = move |transaction: &Transaction<'_>| {
        let artifact = Artifact::any(transaction, caller, &id)?;
        if !artifact.listed {
            return Err(ServiceError::NotListed(artifact.id));
        }
        let (agent, artifact_id) = (caller.agent, artifact.id);
        if exists(transaction, caller, artifact_id)? {
            return Err(ServiceError::Subscribed { agent, artifact: artifact_id });
        }
        let price = artifact.subscription_price;
        wallet::pay(transaction, agent, artifact.owner, price)?
            .map_err(|balance| ServiceError::CannotSubscribe { agent, price, balance })?;
        let query = "INSERT INTO subscriptions (agent, artifact) VALUES (?1, ?2)";
        transaction.execute(query, params![agent, artifact_id])?;
        Ok(Subscription { agent, artifact: artifact_id })
    };
    Ok((StatusCode::CREATED, Json(state.database.transaction(work).await?)))
}
