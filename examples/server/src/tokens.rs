//! JSON Web Tokens (RFC 7519): credentials that expire.

use std::fmt;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::extract::State;
use axum::http::StatusCode;
use axum::{Extension, Json};
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};

use crate::credentials::Caller;
use crate::error::ServiceError;
use crate::state::AppState;

/// The longest lifetime of a token, in seconds.
const LONGEST: u64 = 86_400;

/// Creates and verifies tokens, with a secret that lives as long as the server.
#[derive(Clone)]
pub struct Tokens {
    keys: Arc<(EncodingKey, DecodingKey)>,
}

#[derive(Deserialize, Serialize)]
struct Claims {
    sub: String,
    exp: u64,
}

/// A request for a token that is valid for this long.
#[derive(Deserialize)]
pub struct NewToken {
    #[serde(default = "a_quarter_of_an_hour")]
    seconds: u64,
}

/// A token.
#[derive(Serialize)]
pub struct Token {
    token: String,
    /// When it expires, in seconds since 1970.
    expires_at: u64,
}

fn a_quarter_of_an_hour() -> u64 {
    900
}

/// `POST /auth/token`
///
/// # Errors
///
/// Fails only on internal errors.
pub async fn create(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    Json(new): Json<NewToken>,
) -> Result<(StatusCode, Json<Token>), ServiceError> {
    let token = state.tokens.create(caller.agent, new.seconds)?;
    Ok((StatusCode::CREATED, Json(token)))
}

impl Tokens {
    pub(crate) fn with_random_secret() -> Result<Self, getrandom::Error> {
        let mut secret = [0; 32];
        getrandom::fill(&mut secret)?;
        let keys = (EncodingKey::from_secret(&secret), DecodingKey::from_secret(&secret));
        Ok(Self { keys: Arc::new(keys) })
    }

    fn create(&self, agent: i64, seconds: u64) -> Result<Token, ServiceError> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let expires_at = now + seconds.min(LONGEST);
        let claims = Claims { sub: agent.to_string(), exp: expires_at };
        let token = encode(&Header::new(Algorithm::HS256), &claims, &self.keys.0)
            .map_err(ServiceError::MakeToken)?;
        Ok(Token { token, expires_at })
    }

    /// Returns the agent that a token was created for.
    pub(crate) fn agent(&self, token: &str) -> Result<i64, ServiceError> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.leeway = 0;
        let claims =
            decode::<Claims>(token, &self.keys.1, &validation).map_err(|error| {
                match error.kind() {
                    ErrorKind::ExpiredSignature => ServiceError::OldToken,
                    _ => ServiceError::ForeignToken(error),
                }
            })?;
        claims.claims.sub.parse().map_err(|_| ServiceError::UnknownKey)
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").finish_non_exhaustive()
    }
}
