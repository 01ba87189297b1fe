//! The types of request and response bodies.

use serde::{Deserialize, Serialize};

/// A token, to be sent as `Authorization: Bearer`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Token {
    /// The token.
    pub token: String,
    /// When it expires, in seconds since 1970.
    pub expires_at: u64,
}

/// A wallet.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Wallet {
    /// The agent that owns it.
    pub agent: u64,
    /// The number of tokens in it.
    pub balance: u64,
}

/// An artifact.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Artifact {
    /// Its id.
    pub id: u64,
    /// The agent that sells it.
    pub owner: u64,
    /// Its title.
    pub title: String,
    /// The price of a subscription, in tokens.
    pub subscription_price: u64,
    /// The price of a query, in tokens.
    pub query_price: u64,
    /// Whether it is published.
    pub listed: bool,
    /// Whether it has a draft that can be published.
    pub has_draft: bool,
    /// Whether it has a cover.
    pub has_cover: bool,
}

/// The fields of a new artifact.
#[derive(Clone, Debug, Serialize)]
pub struct NewArtifact {
    /// Its title.
    pub title: String,
    /// The price of a subscription, in tokens.
    pub subscription_price: u32,
    /// The price of a query, in tokens.
    pub query_price: u32,
}

/// A subscription.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Subscription {
    /// The agent that has it.
    pub agent: u64,
    /// The artifact that it gives access to.
    pub artifact: u64,
}

/// The response to a query.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Reply {
    /// The lines that match the question.
    pub lines: Vec<String>,
    /// The price of the query, in tokens.
    pub tokens: u64,
}

/// A run.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Run {
    /// Its id.
    pub id: u64,
    /// The agent that it belongs to.
    pub agent: u64,
    /// `RUNNING` or `COMPLETED`.
    pub status: String,
}

/// A step of a run.
#[derive(Clone, Debug, Serialize)]
pub struct Span {
    /// What was done.
    pub name: String,
    /// How long it took, in milliseconds.
    pub milliseconds: u32,
}

/// How many steps the API accepted.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Accepted {
    /// The number of steps.
    pub accepted: u64,
}
