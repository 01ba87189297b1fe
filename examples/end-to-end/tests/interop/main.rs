//! The client library reads responses of servers in other languages. `cargo xtask interop` starts the servers, passes
//! their addresses in environment variables, and runs these tests, which are otherwise ignored.

mod application;
mod django;
mod fastapi;
mod nginx;
mod whole;

/// Returns the address of a server, if it was started.
fn url(variable: &str) -> Option<String> {
    std::env::var(variable).ok().filter(|url| !url.is_empty())
}

/// Returns the address of a server that the task always starts.
fn must(variable: &str) -> String {
    url(variable).unwrap_or_else(|| panic!("no {variable}: run `cargo xtask interop`"))
}
