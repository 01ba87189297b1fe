//! What all handlers share.

use std::num::NonZeroU32;

use crate::database::Database;
use crate::rate_limit::RateLimit;
use crate::tokens::Tokens;

/// The database, the limit and the tokens. Cloning it is cheap.
#[derive(Clone, Debug)]
pub struct AppState {
    /// Where everything is kept.
    pub database: Database,
    /// How much an agent may ask.
    pub rate_limit: RateLimit,
    /// Makes and reads the tokens of agents.
    pub tokens: Tokens,
}

impl AppState {
    /// The state of a server that has just started.
    ///
    /// # Errors
    ///
    /// The system has no randomness for the secret of the tokens.
    pub fn new(
        database: Database,
        requests_per_minute: NonZeroU32,
    ) -> Result<Self, getrandom::Error> {
        let rate_limit = RateLimit::per_minute(requests_per_minute);
        Ok(Self { database, rate_limit, tokens: Tokens::with_random_secret()? })
    }
}
