//! The error type of calls.

use kate_errors::KateError;
use kate_errors::client::ErrorResponse;

/// Why a call fails.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// No response arrived, or one that cannot be read.
    #[error("no response: {0}")]
    Transport(#[from] reqwest::Error),
    /// The API responded with an error.
    #[error(transparent)]
    Api(#[from] ErrorResponse<KateError>),
}
