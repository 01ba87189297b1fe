//! Responses that arrive, although the body of the request was not read to its end.
//!
//! [`DrainLayer`] is the outermost layer, outside of the catalog's. [`DrainBody`] is the body of a request as the
//! service receives it. `rest.rs` waits for both the response and the dropped body.

mod body;
mod layer;
mod rest;

pub use body::DrainBody;
pub use layer::{DrainLayer, DrainService};
