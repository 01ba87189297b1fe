//! What the compiler, the library and the command of `kate-errors` must agree on, once: the types of parameters,
//! templates of messages (parsed, rendered, read, sanitized), the text of JSON, the envelope around a message, the
//! index in which messages are looked up, and what follows from a status.
//!
//! This crate is part of how `kate-errors` works, and its versions go together with those of the library and the
//! compiler. Use `kate-errors` in a program.

#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod bytes;
pub mod envelope;
pub mod index;
pub mod json;
pub mod names;
mod reason;
pub mod status;
pub mod template;
pub mod types;

pub use reason::UnknownReason;
pub use status::Retry;

/// The most bytes that a body has which a server sends, and that clients and layers read: 64 KiB.
pub const MAX_BODY: usize = 64 * 1024;

/// The most bytes that the literals of a message have, so that a body has room for its values.
pub const MAX_LITERALS: usize = 16 * 1024;

/// How many parameters an error has at most, those of its context included.
pub const MAX_PARAMS: usize = 32;
