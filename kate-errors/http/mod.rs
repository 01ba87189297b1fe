//! The types of the crate `http`, which most frameworks and clients share.

mod server;

pub use server::into_http;
#[cfg(feature = "tower")]
pub(crate) use server::{Answered, fields};
