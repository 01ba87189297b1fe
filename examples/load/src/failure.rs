//! What the load test can detect.

use std::io;

/// Why the load test fails.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// A server cannot be started, or a connection is lost.
    #[error("{what}: {source}")]
    Io {
        /// The operation that failed.
        what: &'static str,
        /// Why it failed.
        source: io::Error,
    },
    /// The received bytes are not an HTTP response.
    #[error("this is no response: {0:?}")]
    NotHttp(String),
    /// The response to a request is not the expected one.
    #[error("{case}: {response}")]
    Wrong {
        /// The request.
        case: &'static str,
        /// The response.
        response: String,
    },
    /// The memory of the server keeps growing.
    #[error("the server has grown by {0} KiB")]
    Grown(u64),
    /// The rate limit lets too many requests through.
    #[error("the limit of one request a minute has let {0} through")]
    LetThrough(u64),
    /// The time limit was reached.
    #[error("the load did not end within {0} s")]
    TooSlow(u64),
}

impl Failure {
    pub(crate) fn io(what: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { what, source }
    }
}
