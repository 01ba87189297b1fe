//! Demo data.
//!
//! | agent | key | tokens | |
//! |---|---|---|---|
//! | 1, ada | `kate-demo-ada` | 1,000 | sells three artifacts |
//! | 2, bob | `kate-demo-bob` | 120 | buys |
//! | 3, eve | `kate-demo-eve` | 0 | asks too often; her old key `kate-demo-revoked` is revoked |
//!
//! | artifact | subscription | query | |
//! |---|---|---|---|
//! | 1 | 500 | 10 | listed |
//! | 2 | 100 | 30 | listed |
//! | 3 | 50 | 1 | not published, without a draft or a cover |

use rusqlite::{Transaction, params};

use crate::credentials::hash;
use crate::database::Database;

/// Fills a database that has no agents; does not change others.
///
/// # Errors
///
/// Fails with the errors of the database.
pub fn seed(database: &Database) -> rusqlite::Result<()> {
    database.blocking_transaction(|transaction| {
        let agents: i64 =
            transaction.query_row("SELECT count(*) FROM agents", [], |row| row.get(0))?;
        if agents > 0 {
            return Ok(());
        }
        for (id, name, balance) in [(1, "ada", 1000), (2, "bob", 120), (3, "eve", 0)] {
            let query = "INSERT INTO agents (id, name, balance) VALUES (?1, ?2, ?3)";
            transaction.execute(query, params![id, name, balance])?;
        }
        keys(transaction)?;
        artifacts(transaction)
    })
}

fn keys(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    let keys = [
        ("kate-demo-ada", 1, false),
        ("kate-demo-bob", 2, false),
        ("kate-demo-eve", 3, false),
        ("kate-demo-revoked", 3, true),
    ];
    for (key, agent, revoked) in keys {
        let query = "INSERT INTO api_keys (hash, agent, revoked) VALUES (?1, ?2, ?3)";
        transaction.execute(query, params![hash(key.as_bytes()), agent, revoked])?;
    }
    Ok(())
}

fn artifacts(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    let notes =
        "A borrow ends with its last use.\nA moved value is gone.\nA match covers all cases.";
    let tides = "High water comes twice a day.\nThe moon pulls, and the wind delays.";
    let moss = "Moss has no roots.";
    let artifacts = [
        (1, "Field notes on Rust", 500, 10, notes, true),
        (2, "Tide tables", 100, 30, tides, true),
        (3, "Moss", 50, 1, moss, false),
    ];
    for (id, title, subscription_price, query_price, source, is_listed) in artifacts {
        let shown = is_listed.then_some(source);
        transaction.execute(
            "INSERT INTO artifacts \
             (id, owner, title, subscription_price, query_price, source, published, cover) \
             VALUES (?1, 1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                id,
                title,
                subscription_price,
                query_price,
                source,
                shown,
                shown.map(|_| title)
            ],
        )?;
    }
    Ok(())
}
