//! What can go wrong in this server, and the error of the catalog that clients receive for it.
//!
//! The texts of `#[error]` are for the log. Clients receive what `#[api_error]` names.

use kate_errors::{KateError, ToApiError, TokenBalance};

/// Why a request is not served.
#[derive(Debug, thiserror::Error, ToApiError)]
#[api_error(catalog = KateError)]
pub enum ServiceError {
    /// The request has neither a key nor a token.
    #[error("the request has no credentials")]
    #[api_error(missing_authorization_header)]
    NoCredentials,

    /// The key is unknown, or revoked.
    #[error("the key is unknown or revoked")]
    #[api_error(invalid_api_key)]
    UnknownKey,

    /// The token was not made by this server.
    #[error("the token is not one of ours")]
    #[api_error(invalid_api_key)]
    ForeignToken(#[source] jsonwebtoken::errors::Error),

    /// The token has expired.
    #[error("the token has expired")]
    #[api_error(token_expired)]
    OldToken,

    /// There is no such artifact, or it belongs to another agent.
    #[error("agent {agent} has no artifact {id:?}")]
    #[api_error(artifact_not_found {})]
    NoArtifact {
        /// The agent that asked.
        agent: i64,
        /// The id that it asked for.
        id: String,
    },

    /// A second extraction, before the first was published.
    #[error("artifact {0} has a draft")]
    #[api_error(artifact_already_has_a_draft {})]
    HasDraft(i64),

    /// The artifact has no cover.
    #[error("artifact {0} has no cover")]
    #[api_error(cover_not_generated {})]
    NoCover(i64),

    /// The file is larger than the limit.
    #[error("a file of more than {limit} bytes")]
    #[api_error(file_too_large {})]
    TooLarge {
        /// The maximum size, in bytes.
        limit: usize,
    },

    /// The agent is subscribed already.
    #[error("agent {agent} is subscribed to artifact {artifact}")]
    #[api_error(already_subscribed {})]
    Subscribed {
        /// The agent that asked.
        agent: i64,
        /// The artifact that it asked for.
        artifact: i64,
    },

    /// The wallet cannot pay for a subscription.
    #[error("a subscription costs {price}, the wallet of agent {agent} holds {balance}")]
    #[api_error(subscription_insufficient_token_balance {
        context: TokenBalance { required: price, available: balance }
    })]
    CannotSubscribe {
        /// The agent that owns the wallet.
        agent: i64,
        /// The price.
        price: u64,
        /// The tokens in the wallet.
        balance: u64,
    },

    /// The artifact is not for sale.
    #[error("artifact {0} is not published")]
    #[api_error(artifact_not_listed {})]
    NotListed(i64),

    /// A query without a subscription.
    #[error("agent {agent} is not subscribed to artifact {artifact}")]
    #[api_error(no_active_subscription {})]
    NotSubscribed {
        /// The agent that asked.
        agent: i64,
        /// The artifact that it asked for.
        artifact: i64,
    },

    /// The wallet cannot pay for a query.
    #[error("a query costs {price}, the wallet of agent {agent} holds {balance}")]
    #[api_error(query_insufficient_token_balance {
        context: TokenBalance { required: price, available: balance }
    })]
    CannotQuery {
        /// The agent that owns the wallet.
        agent: i64,
        /// The price.
        price: u64,
        /// The tokens in the wallet.
        balance: u64,
    },

    /// Spans for a run that has ended.
    #[error("run {0} has ended")]
    #[api_error(run_not_in_running_status {})]
    RunEnded(i64),

    /// The agent has no such run.
    #[error("agent {agent:?} has no run {id:?}")]
    #[api_error(run_not_found {})]
    NoRun {
        /// The agent in the path of the request.
        agent: String,
        /// The run in the path of the request.
        id: String,
    },

    /// The database failed, an internal error.
    #[error("the database failed")]
    #[api_error(internal)]
    Database(#[from] rusqlite::Error),

    /// A token cannot be created, an internal error.
    #[error("cannot make a token")]
    #[api_error(internal)]
    MakeToken(#[source] jsonwebtoken::errors::Error),

    /// A database task panicked, an internal error.
    #[error("work on the database ended early")]
    #[api_error(internal)]
    Task(#[from] tokio::task::JoinError),
}
