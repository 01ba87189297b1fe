//! The received part of the body of an error.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::error::Error;

/// How reading a body ended.
#[derive(Clone, Debug)]
pub(crate) enum End {
    /// All of it was received.
    Whole,
    /// It is longer than the limit. Contains its length, if known.
    Limit(Option<u64>),
    /// The connection broke, or the time was up.
    Broken(Arc<dyn Error + Send + Sync>),
}

impl End {
    pub(crate) fn broken(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Broken(Arc::from(error.into()))
    }
}

/// The received bytes, and how reading ended.
#[derive(Debug)]
pub(crate) struct PartialBody {
    pub(crate) bytes: Vec<u8>,
    pub(crate) end: End,
}

impl PartialBody {
    /// Truncates a body that is completely in memory to the limit.
    pub(crate) fn cut(body: Cow<'_, [u8]>, limit: usize) -> Self {
        let length = body.len();
        let (bytes, end) = match body.get(..limit) {
            Some(kept) if length > limit => (kept.to_vec(), End::Limit(u64::try_from(length).ok())),
            _ => (body.into_owned(), End::Whole),
        };
        Self { bytes, end }
    }
}
