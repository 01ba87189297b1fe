//! Answers that arrive, although the body of the request was not read to its end.
//!
//! [`DrainLayer`] stands outside of all that answers, the layer of the catalog included. [`DrainBody`] is the body of a
//! request as the service gets it, and `rest.rs` the place where the body that was dropped and the answer meet.

mod body;
mod layer;
mod rest;

pub use body::DrainBody;
pub use layer::{DrainLayer, DrainService};
