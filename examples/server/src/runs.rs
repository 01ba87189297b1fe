//! Runs: the steps that an agent takes.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Result as AxumResult;
use axum::{Extension, Json};
use rusqlite::{OptionalExtension as _, Transaction, params};
use serde::{Deserialize, Serialize};

use crate::credentials::Caller;
use crate::error::ServiceError;
use crate::state::AppState;

/// A run.
#[derive(Serialize)]
pub struct Run {
    id: i64,
    agent: i64,
    status: String,
}

/// A step of a run.
#[derive(Deserialize)]
pub struct Span {
    name: String,
    milliseconds: u32,
}

/// A request to add steps to a run.
#[derive(Deserialize)]
pub struct Spans {
    spans: Vec<Span>,
}

/// How many steps were accepted.
#[derive(Serialize)]
pub struct Accepted {
    accepted: usize,
}

/// Finds a run, if it belongs to the agent and the agent is the caller.
fn find(
    transaction: &Transaction<'_>,
    caller: Caller,
    (agent, id): &(String, String),
) -> Result<Run, ServiceError> {
    let missing = || ServiceError::NoRun { agent: agent.clone(), id: id.clone() };
    let number: i64 = id.parse().map_err(|_| missing())?;
    if *agent != caller.agent.to_string() {
        return Err(missing());
    }
    transaction
        .query_row(
            "SELECT id, agent, status FROM runs WHERE id = ?1 AND agent = ?2",
            params![number, caller.agent],
            |row| Ok(Run { id: row.get(0)?, agent: row.get(1)?, status: row.get(2)? }),
        )
        .optional()?
        .ok_or_else(missing)
}

/// `POST /agents/{agent_id}/runs`
///
/// # Errors
///
/// The agent is not the caller. The catalog has no error for that, so the handler returns the bare status, and the
/// catalog's layer adds a body.
pub async fn create(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path(agent): Path<String>,
) -> AxumResult<(StatusCode, Json<Run>)> {
    if agent != caller.agent.to_string() {
        return Err(StatusCode::FORBIDDEN.into());
    }
    let work = move |transaction: &Transaction<'_>| {
        transaction.execute("INSERT INTO runs (agent) VALUES (?1)", params![caller.agent])?;
        find(transaction, caller, &(agent, transaction.last_insert_rowid().to_string()))
    };
    Ok((StatusCode::CREATED, Json(state.database.transaction(work).await?)))
}

/// `POST /agents/{agent_id}/runs/{run_id}/spans`
///
/// # Errors
///
/// The caller has no such run, or it has ended.
pub async fn upload_spans(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path(address): Path<(String, String)>,
    Json(Spans { spans }): Json<Spans>,
) -> Result<(StatusCode, Json<Accepted>), ServiceError> {
    let work = move |transaction: &Transaction<'_>| {
        let run = find(transaction, caller, &address)?;
        if run.status != "RUNNING" {
            return Err(ServiceError::RunEnded(run.id));
        }
        let query = "INSERT INTO spans (run, name, milliseconds) VALUES (?1, ?2, ?3)";
        let mut statement = transaction.prepare(query)?;
        for span in &spans {
            statement.execute(params![run.id, span.name, span.milliseconds])?;
        }
        Ok(Accepted { accepted: spans.len() })
    };
    Ok((StatusCode::CREATED, Json(state.database.transaction(work).await?)))
}

/// `POST /agents/{agent_id}/runs/{run_id}/complete`
///
/// # Errors
///
/// The caller has no such run, or it has ended.
pub async fn complete(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path(address): Path<(String, String)>,
) -> Result<Json<Run>, ServiceError> {
    let work = move |transaction: &Transaction<'_>| {
        let run = find(transaction, caller, &address)?;
        if run.status != "RUNNING" {
            return Err(ServiceError::RunEnded(run.id));
        }
        let query = "UPDATE runs SET status = 'COMPLETED' WHERE id = ?1";
        transaction.execute(query, params![run.id])?;
        find(transaction, caller, &address)
    };
    Ok(Json(state.database.transaction(work).await?))
}
