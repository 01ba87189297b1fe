//! Servers in other languages, read by the client library. `cargo xtask interop` starts them, says where they
//! are in the environment, and runs these tests, which everybody else ignores.

mod application;
mod django;
mod fastapi;
mod nginx;
mod whole;

/// Where a server is.
fn url(variable: &str) -> Option<String> {
    std::env::var(variable).ok().filter(|url| !url.is_empty())
}

/// Where a server is that the task always starts.
fn must(variable: &str) -> String {
    url(variable).unwrap_or_else(|| panic!("no {variable}: run `cargo xtask interop`"))
}
