//! Reading a body that blocks.

use alloc::sync::Arc;
use std::io::{ErrorKind, Read};

use super::ResponseReader;
use super::body::{End, PartialBody};
use crate::CatalogError;

/// Reads a body up to the limit, and keeps what came if reading fails.
pub(crate) fn read<E: CatalogError>(
    mut body: impl Read,
    reader: &ResponseReader<E>,
) -> PartialBody {
    let mut collector = reader.collector();
    let mut buffer = [0; 8 * 1024];
    loop {
        let end = match body.read(&mut buffer) {
            Ok(0) => End::Whole,
            Ok(count) => match collector.push(buffer.get(..count).unwrap_or_default()) {
                Some(end) => end,
                None => continue,
            },
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => End::Broken(Arc::new(error)),
        };
        return collector.finish(end);
    }
}
