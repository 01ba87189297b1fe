//! What a server answers when it has a status and no error of the catalog.

use crate::CatalogCode;
use crate::status_names;
use crate::table::{Header, StatusRow};

/// The answer that stands for all that have a status and no error of the catalog: an internal fault, a
/// route that does not exist.
///
/// Its sentence is that of the error that the catalog names as `fallback` of the status; else the name
/// that the catalog gives the status; else the name in RFC 9110.
///
/// ```
/// use kate_errors::{Fallback, KateErrorCode};
///
/// let fallback = Fallback::<KateErrorCode>::of(500);
/// assert_eq!(fallback.detail(), "Internal Server Error");
/// assert_eq!(fallback.body(), br#"{"detail":"Internal Server Error"}"#);
/// assert_eq!(fallback.code(), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fallback<C> {
    status: u16,
    row: Option<C>,
}

impl<C: CatalogCode> Fallback<C> {
    /// The fallback of a status from 400 to 599 (RFC 9110, section 15).
    ///
    /// ```
    /// # use kate_errors::{Fallback, KateErrorCode};
    /// assert_eq!(Fallback::<KateErrorCode>::of(503).detail(), "Service Unavailable");
    /// ```
    #[must_use]
    pub fn of(status: u16) -> Self {
        let row = entry::<C>(status).and_then(|entry| entry.fallback);
        let row = row.and_then(|row| C::ALL.get(usize::try_from(row).ok()?)).copied();
        Self { status, row }
    }

    /// The status that it was asked for.
    ///
    /// ```
    /// # use kate_errors::{Fallback, KateErrorCode};
    /// assert_eq!(Fallback::<KateErrorCode>::of(404).status(), 404);
    /// ```
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The error that the catalog names as fallback of the status.
    ///
    /// ```
    /// # use kate_errors::{Fallback, KateErrorCode};
    /// assert_eq!(Fallback::<KateErrorCode>::of(404).code(), None);
    /// ```
    #[must_use]
    pub fn code(&self) -> Option<C> {
        self.row
    }

    /// The sentence.
    ///
    /// ```
    /// # use kate_errors::{Fallback, KateErrorCode};
    /// // The name that the catalog has, and one that it does not have.
    /// assert_eq!(Fallback::<KateErrorCode>::of(422).detail(), "Unprocessable Entity");
    /// assert_eq!(Fallback::<KateErrorCode>::of(413).detail(), "Content Too Large");
    /// ```
    #[must_use]
    pub fn detail(&self) -> &'static str {
        self.row.map_or_else(|| name::<C>(self.status), CatalogCode::detail_template)
    }

    /// The body of the response, `{"detail":"…"}`.
    ///
    /// ```
    /// # use kate_errors::{Fallback, KateErrorCode};
    /// let body = Fallback::<KateErrorCode>::of(405).body();
    /// assert_eq!(body, br#"{"detail":"Method Not Allowed"}"#);
    /// ```
    #[must_use]
    pub fn body(&self) -> &'static [u8] {
        let body = match (self.row, entry::<C>(self.status)) {
            (Some(row), _) => return row.__row().body(),
            (None, Some(entry)) => entry.body,
            (None, None) => status_names::of(self.status).body,
        };
        body.as_bytes()
    }

    /// The header fields that the catalog has for the response.
    ///
    /// ```
    /// # use kate_errors::{Fallback, KateErrorCode};
    /// let mut headers = Fallback::<KateErrorCode>::of(401).headers();
    /// assert_eq!(headers.next(), Some(("www-authenticate", r#"Bearer realm="kate""#)));
    /// ```
    pub fn headers(&self) -> impl Iterator<Item = Header> + use<C> {
        let headers: &'static [Header] = match self.row {
            Some(row) => headers(row),
            None => headers_of_status::<C>(self.status),
        };
        headers.iter().copied()
    }
}

/// The status in the table of the catalog.
fn entry<C: CatalogCode>(status: u16) -> Option<&'static StatusRow> {
    C::TABLE.statuses.iter().find(|entry| entry.status == status)
}

/// The name of a status: that of the catalog, else that of RFC 9110.
pub(crate) fn name<C: CatalogCode>(status: u16) -> &'static str {
    entry::<C>(status).map_or_else(|| status_names::of(status).name, |entry| entry.name)
}

/// The header fields of a status.
pub(crate) fn headers_of_status<C: CatalogCode>(status: u16) -> &'static [Header] {
    entry::<C>(status).map_or(&[], |entry| entry.headers)
}

/// The header fields of a row, with those of its status.
pub(crate) fn headers<C: CatalogCode>(code: C) -> &'static [Header] {
    code.__row().headers()
}
