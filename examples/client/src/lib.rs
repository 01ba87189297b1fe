//! A client of the Kate API: an example of a client with the errors of a catalog.
//!
//! [`failure`] is why a call fails, [`client`] has the calls, [`retrying`] tries again what may be tried again, and
//! [`explanation`] is what a person gets to see.

pub mod calls;
pub mod client;
pub mod commands;
pub mod explanation;
pub mod failure;
pub mod retrying;
pub mod tour;
pub mod types;
