//! What is told about a response that is not in the catalog.

use core::fmt;

use http::{Method, StatusCode, Uri};

use super::UnlistedReason;

/// A response with a status from 400 on that is not in the catalog, as the service gave it.
///
/// Its body and the address may hold anything: `Debug` shows neither.
pub struct Unlisted<'r> {
    pub(super) status: StatusCode,
    pub(super) method: &'r Method,
    pub(super) uri: &'r Uri,
    pub(super) content_type: Option<&'r [u8]>,
    pub(super) body: &'r [u8],
    pub(super) reason: UnlistedReason,
    pub(super) replaced: bool,
}

impl Unlisted<'_> {
    /// The status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The method of the request.
    #[must_use]
    pub fn method(&self) -> &Method {
        self.method
    }

    /// The address of the request.
    #[must_use]
    pub fn uri(&self) -> &Uri {
        self.uri
    }

    /// The media type of the body, as the service gave it.
    #[must_use]
    pub fn content_type(&self) -> Option<&[u8]> {
        self.content_type
    }

    /// The body, or as much of it as was read: at most 64 KiB, and nothing of a body that is not text.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.body
    }

    /// Why it is not in the catalog.
    #[must_use]
    pub fn reason(&self) -> UnlistedReason {
        self.reason
    }

    /// Whether the client gets an answer of the catalog in its place.
    #[must_use]
    pub fn is_replaced(&self) -> bool {
        self.replaced
    }
}

impl fmt::Debug for Unlisted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unlisted")
            .field("status", &self.status())
            .field("method", self.method)
            .field("reason", &self.reason)
            .field("replaced", &self.replaced)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}
