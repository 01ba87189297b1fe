//! The last stage: generates source text from a [`Catalog`](crate::Catalog). It cannot fail.

pub mod rust;
