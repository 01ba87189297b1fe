//! What is told about a response that is not in the catalog.

use core::fmt;

use actix_web::HttpRequest;

use crate::server::unlisted_reason::UnlistedReason;

/// A response with a status from 400 on that is not in the catalog, as the application gave it.
///
/// Its body and the address may hold anything: `Debug` shows neither.
pub struct Unlisted<'r> {
    pub(super) status: u16,
    pub(super) request: Option<&'r HttpRequest>,
    pub(super) body: &'r [u8],
    pub(super) reason: UnlistedReason,
    pub(super) replaced: bool,
}

impl Unlisted<'_> {
    /// The status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The request; `None` where another middleware failed, which keeps none.
    #[must_use]
    pub fn request(&self) -> Option<&HttpRequest> {
        self.request
    }

    /// The body, if it was at hand as a whole.
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
            .field("status", &self.status)
            .field("reason", &self.reason)
            .field("replaced", &self.replaced)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}
