//! What the API takes and gives.

use serde::{Deserialize, Serialize};

/// A token, to be sent as `Authorization: Bearer`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Token {
    /// The token.
    pub token: String,
    /// Its end, in seconds since 1970.
    pub expires_at: u64,
}

/// What is in a wallet.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Wallet {
    /// Whose.
    pub agent: u64,
    /// The tokens in it.
    pub balance: u64,
}

/// An artifact.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Artifact {
    /// Its number.
    pub id: u64,
    /// The agent that sells it.
    pub owner: u64,
    /// What it is called.
    pub title: String,
    /// Tokens for a subscription.
    pub subscription_price: u64,
    /// Tokens for each query.
    pub query_price: u64,
    /// Whether it is published.
    pub listed: bool,
    /// Whether there is something to publish.
    pub has_draft: bool,
    /// Whether it has a cover.
    pub has_cover: bool,
}

/// What is needed for a new artifact.
#[derive(Clone, Debug, Serialize)]
pub struct NewArtifact {
    /// What it is called.
    pub title: String,
    /// Tokens for a subscription.
    pub subscription_price: u32,
    /// Tokens for each query.
    pub query_price: u32,
}

/// A subscription.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Subscription {
    /// Who has it.
    pub agent: u64,
    /// To what.
    pub artifact: u64,
}

/// What an artifact has to say.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Reply {
    /// The lines that match.
    pub lines: Vec<String>,
    /// What it cost.
    pub tokens: u64,
}

/// A run.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Run {
    /// Its number.
    pub id: u64,
    /// Whose.
    pub agent: u64,
    /// `RUNNING` or `COMPLETED`.
    pub status: String,
}

/// A step of a run.
#[derive(Clone, Debug, Serialize)]
pub struct Span {
    /// What was done.
    pub name: String,
    /// How long it took.
    pub milliseconds: u32,
}

/// How many steps the API took in.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Accepted {
    /// The number.
    pub accepted: u64,
}
