//! The state that all handlers share.

use std::num::NonZeroU32;

use crate::database::Database;
use crate::rate_limit::RateLimit;
use crate::tokens::Tokens;

/// The database, the limit and the tokens. Cloning it is cheap.
#[derive(Clone, Debug)]
pub struct AppState {
    /// The database.
    pub database: Database,
    /// How many requests an agent may send.
    pub rate_limit: RateLimit,
    /// Creates and verifies the tokens of agents.
    pub tokens: Tokens,
}

impl AppState {
    /// Creates the state of a server that has just started.
    ///
    /// # Errors
    ///
    /// The system cannot provide randomness for the secret of the tokens.
    pub fn new(
        database: Database,
        requests_per_minute: NonZeroU32,
    ) -> Result<Self, getrandom::Error> {
        let rate_limit = RateLimit::per_minute(requests_per_minute);
        Ok(Self { database, rate_limit, tokens: Tokens::with_random_secret()? })
    }
}
