//! A client of the Kate API: an example of a client that reads the errors of a catalog.
//!
//! [`client`] sends requests and [`calls`] has the operations. [`failure`] is the error type, [`retrying`] decides
//! what is retried and when, and [`explanation`] displays errors to users.

pub mod calls;
pub mod client;
pub mod commands;
pub mod explanation;
pub mod failure;
pub mod retrying;
pub mod tour;
pub mod types;
