//! The server as a process, and the client library, over TCP.

mod defaults;
mod faults;
mod process;
mod raw;
mod retrying;
mod rows;
mod slow;
mod stopping;
