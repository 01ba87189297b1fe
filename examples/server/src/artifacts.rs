//! Artifacts: knowledge that agents sell.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::{Extension, Json};
use rusqlite::{OptionalExtension as _, Row, Transaction, params};
use serde::{Deserialize, Serialize};

use crate::credentials::Caller;
use crate::error::ServiceError;
use crate::state::AppState;

/// The fields of a new artifact.
#[derive(Deserialize)]
pub struct NewArtifact {
    /// Its title.
    pub title: String,
    /// The price of a subscription, in tokens.
    #[serde(default)]
    pub subscription_price: u32,
    /// The price of a query, in tokens.
    #[serde(default)]
    pub query_price: u32,
}

/// The public view of an artifact.
#[derive(Serialize)]
pub struct Artifact {
    pub(crate) id: i64,
    pub(crate) owner: i64,
    pub(crate) title: String,
    pub(crate) subscription_price: u64,
    pub(crate) query_price: u64,
    pub(crate) listed: bool,
    pub(crate) has_draft: bool,
    pub(crate) has_cover: bool,
}

const COLUMNS: &str = "id, owner, title, subscription_price, query_price, \
    published IS NOT NULL, draft IS NOT NULL, cover IS NOT NULL";

impl Artifact {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            owner: row.get(1)?,
            title: row.get(2)?,
            subscription_price: u64::from(row.get::<_, u32>(3)?),
            query_price: u64::from(row.get::<_, u32>(4)?),
            listed: row.get(5)?,
            has_draft: row.get(6)?,
            has_cover: row.get(7)?,
        })
    }

    /// Finds an artifact, whoever owns it.
    pub(crate) fn any(
        transaction: &Transaction<'_>,
        caller: Caller,
        id: &str,
    ) -> Result<Self, ServiceError> {
        let missing = || ServiceError::NoArtifact { agent: caller.agent, id: id.to_owned() };
        // An id that is not a number is treated like the id of an artifact that does not exist.
        let number: i64 = id.parse().map_err(|_| missing())?;
        let query = format!("SELECT {COLUMNS} FROM artifacts WHERE id = ?1");
        let found = transaction.query_row(&query, params![number], Self::of).optional()?;
        found.ok_or_else(missing)
    }

    /// Finds an artifact that the caller owns. One that somebody else owns looks like one that does not exist, so
    /// its existence is not revealed.
    pub(crate) fn own(
        transaction: &Transaction<'_>,
        caller: Caller,
        id: &str,
    ) -> Result<Self, ServiceError> {
        let artifact = Self::any(transaction, caller, id)?;
        if artifact.owner == caller.agent {
            return Ok(artifact);
        }
        Err(ServiceError::NoArtifact { agent: caller.agent, id: id.to_owned() })
    }
}

/// Inserts a new artifact.
pub(crate) fn insert(
    transaction: &Transaction<'_>,
    caller: Caller,
    new: &NewArtifact,
    source: &str,
) -> Result<Artifact, ServiceError> {
    transaction.execute(
        "INSERT INTO artifacts (owner, title, subscription_price, query_price, source) \
         VALUES (?1, ?2, ?3, ?4, ?5)",
        params![caller.agent, new.title, new.subscription_price, new.query_price, source],
    )?;
    Artifact::own(transaction, caller, &transaction.last_insert_rowid().to_string())
}

/// `POST /artifacts`
///
/// # Errors
///
/// Fails only on internal errors.
pub async fn create(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    Json(new): Json<NewArtifact>,
) -> Result<(StatusCode, Json<Artifact>), ServiceError> {
    let work = move |transaction: &Transaction<'_>| insert(transaction, caller, &new, "");
    Ok((StatusCode::CREATED, Json(state.database.transaction(work).await?)))
}

/// `GET /artifacts`: the caller's own artifacts, and all listed ones.
///
/// # Errors
///
/// Fails only on internal errors.
pub async fn list(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
) -> Result<Json<Vec<Artifact>>, ServiceError> {
    let work = move |transaction: &Transaction<'_>| {
        let query = format!(
            "SELECT {COLUMNS} FROM artifacts \
             WHERE owner = ?1 OR published IS NOT NULL ORDER BY id LIMIT 100"
        );
        let mut statement = transaction.prepare(&query)?;
        let artifacts = statement.query_map(params![caller.agent], Artifact::of)?;
        Ok(artifacts.collect::<rusqlite::Result<_>>()?)
    };
    Ok(Json(state.database.transaction(work).await?))
}

/// `GET /artifacts/{artifact_id}`
///
/// # Errors
///
/// There is no such artifact, or it belongs to another agent and is not listed.
pub async fn read(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<Json<Artifact>, ServiceError> {
    let work = move |transaction: &Transaction<'_>| {
        let artifact = Artifact::any(transaction, caller, &id)?;
        if artifact.listed || artifact.owner == caller.agent {
            return Ok(artifact);
        }
        Err(ServiceError::NoArtifact { agent: caller.agent, id })
    };
    Ok(Json(state.database.transaction(work).await?))
}
