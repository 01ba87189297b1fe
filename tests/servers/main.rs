//! Servers as their clients see them: over TCP, with the supported frameworks.

mod cases;
mod client;
mod envelope;
mod events;
mod layer;
mod rejections;
mod responses;
mod router;
mod sanitized;
