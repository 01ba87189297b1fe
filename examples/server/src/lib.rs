//! The Kate API on axum and SQLite: an example of a server with the errors of a catalog.
//!
//! [`error`] has what can go wrong and what the server answers to it; [`router`] has the layer that lets no
//! other error out; [`drain`] lets answers arrive. Each other file is one concept of the API, and its rules.

pub mod artifacts;
mod connections;
pub mod cover;
pub mod credentials;
pub mod database;
pub mod drafts;
pub mod drain;
pub mod error;
pub mod options;
pub mod publishing;
pub mod queries;
pub mod rate_limit;
pub mod requests;
pub mod router;
pub mod runs;
pub mod seed;
pub mod server;
pub mod state;
pub mod subscriptions;
pub mod tokens;
pub mod upload;
pub mod wallet;
