//! What users see of an error.

use std::fmt;

use kate_errors::KateError;
use kate_errors::client::ErrorResponse;

/// Displays the message, cause, fix and link of an error, as far as they are known.
#[derive(Clone, Copy, Debug)]
pub struct Explanation<'e>(pub &'e ErrorResponse<KateError>);

impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(error) = self;
        // An error that is not in the catalog may contain anything. `Display` of the response shows none of it.
        match error.known() {
            Some(known) => write!(f, "error: {known}")?,
            None => write!(f, "error: {error}")?,
        }
        if let Some(cause) = error.cause() {
            write!(f, "\ncause: {cause}")?;
        }
        if let Some(fix) = error.fix() {
            write!(f, "\n  fix: {fix}")?;
        }
        if let Some(wait) = error.retry_after() {
            write!(f, "\n wait: {} s", wait.as_secs())?;
        }
        if let Some(link) = error.docs_url() {
            write!(f, "\n more: {link}")?;
        }
        Ok(())
    }
}
