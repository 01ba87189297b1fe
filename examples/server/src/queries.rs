//! Queries: questions to an artifact.

use axum::extract::{Path, State};
use axum::{Extension, Json};
use rusqlite::{Transaction, params};
use serde::{Deserialize, Serialize};

use crate::artifacts::Artifact;
use crate::credentials::Caller;
use crate::error::ServiceError;
use crate::state::AppState;
use crate::{subscriptions, wallet};

/// A question.
#[derive(Deserialize)]
pub struct Question {
    question: String,
}

/// The response to a query.
#[derive(Serialize)]
pub struct Reply {
    lines: Vec<String>,
    /// The price of the query.
    tokens: u64,
}

/// `POST /artifacts/{artifact_id}/query`
///
/// # Errors
///
/// There is no such artifact, or the caller is not subscribed to it or lacks tokens.
pub async fn query(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    Json(Question { question }): Json<Question>,
) -> Result<Json<Reply>, ServiceError> {
    let work = move |transaction: &Transaction<'_>| {
        let artifact = Artifact::any(transaction, caller, &id)?;
        let (agent, price) = (caller.agent, artifact.query_price);
        if !subscriptions::exists(transaction, caller, artifact.id)? {
            return Err(ServiceError::NotSubscribed { agent, artifact: artifact.id });
        }
        wallet::pay(transaction, agent, artifact.owner, price)?
            .map_err(|balance| ServiceError::CannotQuery { agent, price, balance })?;
        let query = "SELECT coalesce(published, '') FROM artifacts WHERE id = ?1";
        let text: String = transaction.query_row(query, params![artifact.id], |row| row.get(0))?;
        Ok(Reply { lines: matching(&text, &question), tokens: price })
    };
    Ok(Json(state.database.transaction(work).await?))
}

/// Returns the lines that contain a word of the question.
fn matching(text: &str, question: &str) -> Vec<String> {
    let question = question.to_lowercase();
    let words: Vec<&str> = question.split_whitespace().collect();
    let has_word = |line: &str| {
        let line = line.to_lowercase();
        words.iter().any(|word| line.contains(word))
    };
    text.lines().filter(|line| has_word(line)).map(str::to_owned).collect()
}
