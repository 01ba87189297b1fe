//! The server as a process, and the client library, over TCP.

mod defaults;
mod process;
mod retrying;
mod rows;
mod stopping;
