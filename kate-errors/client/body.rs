//! The body of an error, as far as it came.

use alloc::borrow::Cow;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::error::Error;

/// An error of whatever carries bytes.
pub(crate) type TransportError = Arc<dyn Error + Send + Sync>;

/// How reading a body ended.
#[derive(Clone, Debug)]
pub(crate) enum End {
    /// All of it came.
    Whole,
    /// There is more of it than is kept. Its length, if it is known.
    Limit(Option<u64>),
    /// The connection broke, or time was up.
    Broken(TransportError),
}

/// The bytes that came, and how reading ended.
#[derive(Debug)]
pub(crate) struct PartialBody {
    pub(crate) bytes: Vec<u8>,
    pub(crate) end: End,
}

impl PartialBody {
    /// A body that is at hand as a whole; what is over the limit goes.
    pub(crate) fn cut(body: Cow<'_, [u8]>, limit: usize) -> Self {
        let length = body.len();
        let (bytes, end) = match body.get(..limit) {
            Some(kept) if length > limit => (kept.to_vec(), End::Limit(u64::try_from(length).ok())),
            _ => (body.into_owned(), End::Whole),
        };
        Self { bytes, end }
    }
}
