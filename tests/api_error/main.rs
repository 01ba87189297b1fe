//! `#[derive(ToApiError)]`: a server's own errors, and what they answer with.

#![deny(warnings, unused, clippy::all, clippy::pedantic)]
#![forbid(unsafe_code)]

mod generics;
mod hygiene;
mod inner;
mod parameters;
mod secrets;
mod shapes;

use kate_errors::{CatalogError, ToApiError};

/// The message that an error responds with; `None` for an internal fault.
fn sentence(error: &impl ToApiError) -> Option<String> {
    error.to_api_error().into_error().map(|error| error.detail().into_owned())
}

#[track_caller]
fn says(error: &impl ToApiError, expected: &str) {
    assert_eq!(sentence(error).as_deref(), Some(expected));
}
