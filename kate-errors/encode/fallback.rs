//! What a server sends if it has a status but no error of the catalog.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use kate_errors_model::status;

use super::message::{BodyContent, Detail};
use crate::CatalogCode;
use crate::catalog::table::Header;

/// The response for a status without an error of the catalog: an internal error, or a route that does not exist.
///
/// Its message is that of the error that the catalog defines as `fallback` of the status, otherwise the name of
/// the status in the catalog, otherwise its name in RFC 9110.
///
/// ```
/// use kate_errors::{Fallback, KateErrorCode};
///
/// let fallback = Fallback::<KateErrorCode>::of(500);
/// assert_eq!(fallback.detail(), "Internal Server Error");
/// assert_eq!(*fallback.body(), *br#"{"detail":"Internal Server Error"}"#);
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
        let row = C::TABLE.status(status).and_then(|row| row.fallback);
        let row = row.and_then(|row| C::ALL.get(usize::try_from(row).ok()?)).copied();
        Self { status, row }
    }

    /// The status.
    ///
    /// ```
    /// # use kate_errors::{Fallback, KateErrorCode};
    /// assert_eq!(Fallback::<KateErrorCode>::of(404).status(), 404);
    /// ```
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The error that the catalog defines as `fallback` of the status, if any.
    ///
    /// ```
    /// # use kate_errors::{Fallback, KateErrorCode};
    /// assert_eq!(Fallback::<KateErrorCode>::of(404).code(), None);
    /// ```
    #[must_use]
    pub fn code(&self) -> Option<C> {
        self.row
    }

    /// The message.
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

    /// The body of the response, by default `{"detail":"…"}`.
    ///
    /// ```
    /// # use kate_errors::{Fallback, KateErrorCode};
    /// let body = Fallback::<KateErrorCode>::of(405).body();
    /// assert_eq!(*body, *br#"{"detail":"Method Not Allowed"}"#);
    /// ```
    #[must_use]
    pub fn body(&self) -> Cow<'static, [u8]> {
        if let Some(code) = self.row {
            return Cow::Borrowed(code.__row().body());
        }
        let mut body = Vec::new();
        C::ENVELOPE.fill(&self.content(), &mut body);
        Cow::Owned(body)
    }

    /// The content of the body.
    pub(crate) fn content(&self) -> BodyContent<'static, C> {
        BodyContent::new(self.row, self.status, Detail::Text(self.detail()))
    }

    /// The headers that the catalog defines for the response.
    ///
    /// ```
    /// # use kate_errors::{Fallback, KateErrorCode};
    /// let mut headers = Fallback::<KateErrorCode>::of(401).headers();
    /// assert_eq!(headers.next(), Some(("www-authenticate", r#"Bearer realm="kate""#)));
    /// ```
    pub fn headers(&self) -> impl Iterator<Item = Header> + use<C> {
        headers_under(self.row, self.status).copied()
    }
}

/// The name of a status in the catalog, otherwise in RFC 9110.
pub(crate) fn name<C: CatalogCode>(status: u16) -> &'static str {
    C::TABLE.status(status).map_or_else(|| status::name(status), |row| row.name)
}

/// The headers of an error under a status. Those of the error are added to those of the status, and override them.
#[inline]
pub(crate) fn headers_under<C: CatalogCode>(
    code: Option<C>,
    status: u16,
) -> impl Iterator<Item = &'static Header> {
    let own = code.and_then(|code| code.__row().extras().headers).unwrap_or_default();
    let of_status = C::TABLE.status(status).map_or(&[][..], |row| row.headers);
    let is_new = move |(name, _): &&Header| own.iter().all(|(known, _)| known != name);
    own.iter().chain(of_status.iter().filter(is_new))
}
