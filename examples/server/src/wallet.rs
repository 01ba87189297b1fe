//! Wallets: the tokens of agents.

use axum::extract::State;
use axum::{Extension, Json};
use rusqlite::{Transaction, params};
use serde::Serialize;

use crate::credentials::Caller;
use crate::error::ServiceError;
use crate::state::AppState;

/// A wallet.
#[derive(Serialize)]
pub struct Wallet {
    agent: i64,
    balance: u64,
}

/// `GET /wallet`
///
/// # Errors
///
/// Fails only on internal errors.
pub async fn read(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
) -> Result<Json<Wallet>, ServiceError> {
    let agent = caller.agent;
    let work = move |transaction: &Transaction<'_>| balance(transaction, agent);
    Ok(Json(Wallet { agent, balance: state.database.transaction(work).await? }))
}

/// Returns the number of tokens in an agent's wallet.
pub(crate) fn balance(transaction: &Transaction<'_>, agent: i64) -> Result<u64, ServiceError> {
    let query = "SELECT balance FROM agents WHERE id = ?1";
    let balance: i64 = transaction.query_row(query, params![agent], |row| row.get(0))?;
    // The table has a constraint that it is not negative.
    Ok(u64::try_from(balance).unwrap_or_default())
}

/// Moves tokens between wallets. If there are too few, moves none and returns how many there are.
pub(crate) fn pay(
    transaction: &Transaction<'_>,
    from: i64,
    to: i64,
    price: u64,
) -> Result<Result<(), u64>, ServiceError> {
    let available = balance(transaction, from)?;
    if available < price {
        return Ok(Err(available));
    }
    let price = i64::try_from(price).unwrap_or(i64::MAX);
    let query = "UPDATE agents SET balance = balance + ?2 WHERE id = ?1";
    transaction.execute(query, params![from, -price])?;
    transaction.execute(query, params![to, price])?;
    Ok(Ok(()))
}
