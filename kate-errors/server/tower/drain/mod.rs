//! Bodies of requests that nobody reads to the end.

mod body;
mod future;
mod layer;
mod rest;

pub use body::DrainBody;
pub use future::DrainFuture;
pub use layer::{DrainLayer, DrainService};
