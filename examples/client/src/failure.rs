//! Why a call fails.

use kate_errors::KateError;
use kate_errors::client::ErrorResponse;

/// Why a call fails.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// No answer came, or one that is not what the API promises.
    #[error("no answer: {0}")]
    Transport(#[from] reqwest::Error),
    /// The API answered with an error.
    #[error(transparent)]
    Api(#[from] ErrorResponse<KateError>),
}
