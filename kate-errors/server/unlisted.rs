//! Reports of responses that are not in the catalog.

use core::fmt;

use crate::Format;

/// What the layer knows about a request.
#[derive(Clone, Copy)]
pub(super) struct Request<'r> {
    pub(super) method: &'r str,
    pub(super) path: &'r str,
    pub(super) query: Option<&'r str>,
    /// The format that it accepts.
    pub(super) format: Format,
}

/// The URI can contain anything, so only the method is shown.
impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("method", &self.method).finish_non_exhaustive()
    }
}

impl Request<'_> {
    pub(super) fn is_head(&self) -> bool {
        self.method == "HEAD"
    }
}

/// A response of the service with a status from 400 up that is not in the catalog.
///
/// Its body and the URI can contain anything: `Debug` shows neither.
pub struct Unlisted<'r> {
    pub(super) status: u16,
    pub(super) request: Request<'r>,
    pub(super) content_type: Option<&'r [u8]>,
    pub(super) body: &'r [u8],
    pub(super) reason: UnlistedReason,
    pub(super) replaced: bool,
}

impl<'r> Unlisted<'r> {
    /// The status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The method of the request.
    #[must_use]
    pub fn method(&self) -> &'r str {
        self.request.method
    }

    /// The path of the request URI.
    #[must_use]
    pub fn path(&self) -> &'r str {
        self.request.path
    }

    /// The query of the request URI.
    #[must_use]
    pub fn query(&self) -> Option<&'r str> {
        self.request.query
    }

    /// The media type of the body, as sent by the service.
    #[must_use]
    pub fn content_type(&self) -> Option<&'r [u8]> {
        self.content_type
    }

    /// The body, or the part that was read: at most 64 KiB, and nothing if the body is not text.
    #[must_use]
    pub fn body(&self) -> &'r [u8] {
        self.body
    }

    /// Why it is not in the catalog.
    #[must_use]
    pub fn reason(&self) -> UnlistedReason {
        self.reason
    }

    /// Whether the client gets a response of the catalog instead.
    #[must_use]
    pub fn is_replaced(&self) -> bool {
        self.replaced
    }
}

impl fmt::Debug for Unlisted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unlisted")
            .field("status", &self.status)
            .field("method", &self.method())
            .field("reason", &self.reason)
            .field("replaced", &self.replaced)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}

/// Why a response is not in the catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnlistedReason {
    /// It has no body.
    Empty,
    /// Its body is not JSON.
    NotJson,
    /// Its body is JSON, but its message is not in the catalog.
    NotInCatalog,
    /// Its message is in the catalog, but with another status.
    StatusDiffers,
    /// Its body is compressed, and was not read.
    Encoded,
    /// Its body is longer than 64 KiB.
    TooLarge,
    /// Its body ended early.
    Broken,
    /// There was no response: the service panicked.
    Panic,
}

impl UnlistedReason {
    /// A word for logs and metrics, such as `not_json`.
    ///
    /// ```
    /// use kate_errors::tower::UnlistedReason;
    ///
    /// assert_eq!(UnlistedReason::NotJson.as_str(), "not_json");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotJson => "not_json",
            Self::NotInCatalog => "not_in_catalog",
            Self::StatusDiffers => "status_differs",
            Self::Encoded => "encoded",
            Self::TooLarge => "too_large",
            Self::Broken => "broken",
            Self::Panic => "panic",
        }
    }
}
