//! Authentication: `x-api-key`, or a token in `Authorization: Bearer`.

use axum::extract::{Request, State};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, HeaderName};
use axum::middleware::Next;
use axum::response::Response;
use rusqlite::{OptionalExtension as _, Transaction, params};
use sha2::{Digest as _, Sha256};

use crate::error::ServiceError;
use crate::requests::has_several;
use crate::state::AppState;

/// The agent that sent a request.
#[derive(Clone, Copy, Debug)]
pub struct Caller {
    /// Its id.
    pub agent: i64,
}

/// Lets requests with valid credentials through, and tells handlers which agent sent them.
///
/// # Errors
///
/// There are no credentials, or they are invalid.
pub async fn authenticate(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Result<Response, ServiceError> {
    let agent = match Credentials::of(request.headers())? {
        Credentials::Key(key) => {
            let hash = hash(&key);
            state.database.transaction(move |transaction| agent_of_key(transaction, &hash)).await?
        }
        Credentials::Token(token) => state.tokens.agent(&token)?,
    };
    request.extensions_mut().insert(Caller { agent });
    Ok(next.run(request).await)
}

enum Credentials {
    Key(Vec<u8>),
    Token(String),
}

impl Credentials {
    fn of(headers: &HeaderMap) -> Result<Self, ServiceError> {
        let key = HeaderName::from_static("x-api-key");
        if has_several(headers, &key) || has_several(headers, &AUTHORIZATION) {
            return Err(ServiceError::UnknownKey);
        }
        if let Some(key) = headers.get(key) {
            return Ok(Self::Key(key.as_bytes().to_vec()));
        }
        let header = headers.get(AUTHORIZATION).ok_or(ServiceError::NoCredentials)?;
        // The name of a scheme is case-insensitive (RFC 9110, section 11.1).
        let token = header.to_str().ok().and_then(|header| header.split_once(' '));
        match token {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => {
                Ok(Self::Token(token.trim().to_owned()))
            }
            _ => Err(ServiceError::UnknownKey),
        }
    }
}

/// Returns the hash of a key, which the database stores in place of the key.
pub(crate) fn hash(key: &[u8]) -> [u8; 32] {
    Sha256::digest(key).into()
}

fn agent_of_key(transaction: &Transaction<'_>, hash: &[u8; 32]) -> Result<i64, ServiceError> {
    transaction
        .query_row(
            "SELECT agent FROM api_keys WHERE hash = ?1 AND NOT revoked",
            params![hash],
            |row| row.get(0),
        )
        .optional()?
        .ok_or(ServiceError::UnknownKey)
}
