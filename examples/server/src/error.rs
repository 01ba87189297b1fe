//! What can go wrong in this server, and which error of the catalog answers it.
//!
//! The texts of `#[error]` are for the log. Clients get what `#[api_error]` says.

use kate_errors::{KateError, ToApiError, TokenBalance};

/// Why a request is not served.
#[derive(Debug, thiserror::Error, ToApiError)]
#[api_error(catalog = KateError)]
pub enum ServiceError {
    /// Neither a key nor a token.
    #[error("the request has no credentials")]
    #[api_error(missing_authorization_header)]
    NoCredentials,

    /// A key that nobody has, or has no longer.
    #[error("the key is unknown or revoked")]
    #[api_error(invalid_api_key)]
    UnknownKey,

    /// A token that this server has not made.
    #[error("the token is not one of ours")]
    #[api_error(invalid_api_key)]
    ForeignToken(#[source] jsonwebtoken::errors::Error),

    /// A token whose time is over.
    #[error("the token has expired")]
    #[api_error(token_expired)]
    OldToken,

    /// No such artifact, or somebody else's.
    #[error("agent {agent} has no artifact {id:?}")]
    #[api_error(artifact_not_found {})]
    NoArtifact {
        /// Who asked.
        agent: i64,
        /// For what.
        id: String,
    },

    /// A second extraction before the first was published.
    #[error("artifact {0} has a draft")]
    #[api_error(artifact_already_has_a_draft {})]
    HasDraft(i64),

    /// Nothing to show in the shop.
    #[error("artifact {0} has no cover")]
    #[api_error(cover_not_generated {})]
    NoCover(i64),

    /// A file over the limit.
    #[error("a file of more than {limit} bytes")]
    #[api_error(file_too_large {})]
    TooLarge {
        /// The most that is taken.
        limit: usize,
    },

    /// A second subscription of one agent.
    #[error("agent {agent} is subscribed to artifact {artifact}")]
    #[api_error(already_subscribed {})]
    Subscribed {
        /// Who asked.
        agent: i64,
        /// For what.
        artifact: i64,
    },

    /// A wallet that cannot pay a subscription.
    #[error("a subscription costs {price}, the wallet of agent {agent} holds {balance}")]
    #[api_error(subscription_insufficient_token_balance {
        context: TokenBalance { required: price, available: balance }
    })]
    CannotSubscribe {
        /// Whose wallet.
        agent: i64,
        /// What it would have to pay.
        price: u64,
        /// What is in it.
        balance: u64,
    },

    /// A subscription to what is not for sale.
    #[error("artifact {0} is not published")]
    #[api_error(artifact_not_listed {})]
    NotListed(i64),

    /// A query without a subscription.
    #[error("agent {agent} is not subscribed to artifact {artifact}")]
    #[api_error(no_active_subscription {})]
    NotSubscribed {
        /// Who asked.
        agent: i64,
        /// For what.
        artifact: i64,
    },

    /// A wallet that cannot pay a query.
    #[error("a query costs {price}, the wallet of agent {agent} holds {balance}")]
    #[api_error(query_insufficient_token_balance {
        context: TokenBalance { required: price, available: balance }
    })]
    CannotQuery {
        /// Whose wallet.
        agent: i64,
        /// What it would have to pay.
        price: u64,
        /// What is in it.
        balance: u64,
    },

    /// Spans for a run that has ended.
    #[error("run {0} has ended")]
    #[api_error(run_not_in_running_status {})]
    RunEnded(i64),

    /// No such run of this agent.
    #[error("agent {agent:?} has no run {id:?}")]
    #[api_error(run_not_found {})]
    NoRun {
        /// Whose run, as the address says it.
        agent: String,
        /// Which.
        id: String,
    },

    /// The database failed: a fault of ours.
    #[error("the database failed")]
    #[api_error(internal)]
    Database(#[from] rusqlite::Error),

    /// A token cannot be made: a fault of ours.
    #[error("cannot make a token")]
    #[api_error(internal)]
    MakeToken(#[source] jsonwebtoken::errors::Error),

    /// Work on the database panicked: a fault of ours.
    #[error("work on the database ended early")]
    #[api_error(internal)]
    Task(#[from] tokio::task::JoinError),
}
