//! What the load can find.

use std::io;

/// Why the load fails.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// A server cannot be started, or a connection is lost.
    #[error("{what}: {source}")]
    Io {
        /// What was done.
        what: &'static str,
        /// Why it failed.
        source: io::Error,
    },
    /// What came is no response.
    #[error("this is no response: {0:?}")]
    NotHttp(String),
    /// A response is not the one that the request has.
    #[error("{case}: {answer}")]
    Wrong {
        /// The request.
        case: &'static str,
        /// What was answered.
        answer: String,
    },
    /// The server holds more and more.
    #[error("the server has grown by {0} KiB")]
    Grown(u64),
    /// The limit lets more through than it should.
    #[error("the limit of one request a minute has let {0} through")]
    LetThrough(u64),
    /// The time is over.
    #[error("the load did not end within {0} s")]
    TooSlow(u64),
}

impl Failure {
    pub(crate) fn io(what: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { what, source }
    }
}
