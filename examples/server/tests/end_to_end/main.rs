//! End-to-end tests over TCP: the server as a process, and the client library.

mod defaults;
mod faults;
mod process;
mod raw;
mod retrying;
mod rows;
mod slow;
mod stopping;
