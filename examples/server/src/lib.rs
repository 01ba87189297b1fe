//! The Kate API on axum and SQLite: an example of a server with the errors of a catalog.
//!
//! [`error`] lists what can go wrong, and the error of the catalog for it. [`router`] has the layer that lets no
//! other error out, and [`drain`] makes sure that responses arrive. Each other file is one concept of the API.

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
