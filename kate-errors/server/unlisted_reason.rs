//! Why a response of a server is not in the catalog.

/// Why a response is not in the catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnlistedReason {
    /// It has no body.
    Empty,
    /// Its body is not JSON.
    NotJson,
    /// Its body is JSON, and its sentence is not in the catalog.
    NotInCatalog,
    /// Its sentence is in the catalog, under another status.
    StatusDiffers,
    /// Its body is compressed, so that nobody has read it.
    Encoded,
    /// Its body has more than 64 KiB.
    TooLarge,
    /// Its body broke off.
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
