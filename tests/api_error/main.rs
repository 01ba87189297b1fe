//! `#[derive(ToApiError)]`: the errors of a server, and the responses for them.

#![deny(warnings, unused, clippy::all, clippy::pedantic)]
#![forbid(unsafe_code)]

mod generics;
mod hygiene;
mod inner;
mod parameters;
mod secrets;
mod shapes;

use kate_errors::{CatalogError, ToApiError};

/// Returns the message of the response, or `None` for an internal error.
fn sentence(error: &impl ToApiError) -> Option<String> {
    error.to_api_error().into_error().map(|error| error.detail().into_owned())
}

#[track_caller]
fn says(error: &impl ToApiError, expected: &str) {
    assert_eq!(sentence(error).as_deref(), Some(expected));
}
