//! What the compiler, the library and the command of `kate-errors` must agree on, defined once: parameter types,
//! message templates (parsed, rendered, read, sanitized), JSON text, the envelope around a message, the index of
//! messages, and what follows from a status.
//!
//! This crate is an implementation detail of `kate-errors`: its version changes with those of the library and the
//! compiler. Programs should use `kate-errors`.

#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod bytes;
pub mod envelope;
pub mod index;
pub mod json;
mod reason;
pub mod status;
pub mod template;
pub mod types;

pub use reason::UnknownReason;
pub use status::Retry;

/// The maximum size of a body that a server sends, and that clients and layers read: 64 KiB.
pub const MAX_BODY: usize = 64 * 1024;

/// The maximum length of a text of the request in a body, in characters. It leaves room for the error.
pub const MAX_REQUEST_TEXT: usize = 4096;

/// The maximum size of the literals of a message in bytes. It leaves room for values in the body.
pub const MAX_LITERALS: usize = 16 * 1024;

/// The maximum number of parameters of an error, including those of its context.
pub const MAX_PARAMS: usize = 32;
