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

/// Collects a body that comes in pieces, up to a limit.
#[cfg(any(feature = "reqwest", feature = "ureq"))]
#[derive(Debug)]
pub(crate) struct Collector {
    bytes: Vec<u8>,
    limit: usize,
}

#[cfg(any(feature = "reqwest", feature = "ureq"))]
impl Collector {
    pub(crate) fn new(limit: usize) -> Self {
        Self { bytes: Vec::new(), limit }
    }

    /// Keeps what the limit leaves room for; `false` if that is not the whole piece.
    pub(crate) fn push(&mut self, piece: &[u8]) -> bool {
        let room = self.limit.saturating_sub(self.bytes.len());
        let kept = piece.get(..room).unwrap_or(piece);
        self.bytes.extend_from_slice(kept);
        kept.len() == piece.len()
    }

    pub(crate) fn finish(self, end: End) -> PartialBody {
        PartialBody { bytes: self.bytes, end }
    }
}
