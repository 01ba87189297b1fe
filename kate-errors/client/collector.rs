//! A body that arrives in chunks.

use alloc::format;
use alloc::vec::Vec;
use core::time::Duration;
use std::time::Instant;

use super::ResponseReader;
use super::body::{End, PartialBody};
use crate::CatalogError;

/// Collects a body that arrives in chunks, up to a limit of bytes and of time.
#[derive(Debug)]
pub(crate) struct Collector {
    bytes: Vec<u8>,
    limit: usize,
    started: Instant,
    max_time: Duration,
}

impl Collector {
    /// Starts to collect a body, with the limits of `reader`.
    pub(crate) fn new<E: CatalogError>(reader: &ResponseReader<E>) -> Self {
        let (limit, max_time) = (reader.body_limit, reader.max_body_time);
        Self { bytes: Vec::new(), limit, started: Instant::now(), max_time }
    }

    /// Adds a chunk up to the limit. Returns how reading ended, if it ends here.
    pub(crate) fn push(&mut self, piece: &[u8]) -> Option<End> {
        let room = self.limit.saturating_sub(self.bytes.len());
        let kept = piece.get(..room).unwrap_or(piece);
        self.bytes.extend_from_slice(kept);
        if kept.len() < piece.len() {
            return Some(End::Limit(None));
        }
        let is_late = self.started.elapsed() > self.max_time;
        is_late.then(|| End::broken(format!("the body took longer than {:?}", self.max_time)))
    }

    pub(crate) fn finish(self, end: End) -> PartialBody {
        PartialBody { bytes: self.bytes, end }
    }
}
