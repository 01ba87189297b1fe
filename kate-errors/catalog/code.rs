//! The trait of generated enums of codes.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use core::error::Error;
use core::fmt::{self, Write as _};
use core::hash::Hash;
use core::str::FromStr;

use kate_errors_model::Retry;
use kate_errors_model::envelope::{CodeHeader, Envelope, Identity};

use super::table::{ErrorRow, Header, Table};

/// The code of an error: an error without its values. Implemented by every generated enum of codes.
///
/// ```
/// use kate_errors::{CatalogCode, KateErrorCode};
///
/// /// How many errors have a status.
/// fn count<C: CatalogCode>(status: u16) -> usize {
///     C::ALL.iter().filter(|code| code.status() == status).count()
/// }
///
/// assert_eq!(count::<KateErrorCode>(401), 3);
/// ```
pub trait CatalogCode:
    Copy
    + Eq
    + Ord
    + Hash
    + fmt::Debug
    + fmt::Display
    + FromStr<Err = UnknownCode>
    + Send
    + Sync
    + 'static
{
    /// Every code, in the order of the catalog.
    const ALL: &'static [Self];

    #[doc(hidden)]
    const TABLE: &'static Table;

    /// The JSON around messages. It is a constant because that is faster to compare with than a value from a table.
    #[doc(hidden)]
    const ENVELOPE: Envelope<'static>;

    /// Whether bodies are `{"detail":"…"}`.
    #[doc(hidden)]
    const IS_DETAIL: bool = Self::ENVELOPE.is_detail();

    /// What identifies an error when a response is decoded.
    #[doc(hidden)]
    const IDENTITY: Identity;

    /// The header field that contains the code in every error response, if the catalog has one.
    #[doc(hidden)]
    const CODE_HEADER: Option<CodeHeader<'static>>;

    /// The header field that can contain a code: that of the catalog, or the usual one.
    #[doc(hidden)]
    const ERROR_CODE: CodeHeader<'static> = match Self::CODE_HEADER {
        Some(header) => header,
        None => CodeHeader::USUAL,
    };

    #[doc(hidden)]
    fn __index(self) -> usize;

    #[doc(hidden)]
    fn __row(self) -> &'static ErrorRow {
        &Self::TABLE.errors[self.__index()]
    }

    #[doc(hidden)]
    fn __headers(self) -> &'static [Header] {
        let row = self.__row();
        let of_status = || Self::TABLE.status(row.status).map(|status| status.headers);
        row.extras().headers.or_else(of_status).unwrap_or_default()
    }

    /// The code as the catalog spells it, such as `artifact_not_found`.
    fn as_str(self) -> &'static str {
        self.__row().code()
    }

    /// The HTTP status, from 400 to 599 (RFC 9110, section 15).
    fn status(self) -> u16 {
        self.__row().status
    }

    /// The other statuses with which the error may be sent, as the catalog lists them.
    ///
    /// ```
    /// use kate_errors::{CatalogCode, KateErrorCode};
    ///
    /// assert!(KateErrorCode::TokenExpired.other_statuses().is_empty());
    /// ```
    fn other_statuses(self) -> &'static [u16] {
        self.__row().extras().statuses
    }

    /// The name of the section.
    fn section_name(self) -> &'static str {
        Self::TABLE.sections.get(usize::from(self.__row().section)).copied().unwrap_or_default()
    }

    /// The message, with `{name}` for values.
    fn detail_template(self) -> &'static str {
        self.__row().detail()
    }

    /// The cause of the error, with `{name}` for values.
    fn cause_template(self) -> &'static str {
        self.__row().cause()
    }

    /// The fix of the error, with `{name}` for values.
    fn fix_template(self) -> &'static str {
        self.__row().fix()
    }

    /// Whether retrying helps.
    fn retry(self) -> Retry {
        self.__row().retry
    }

    /// The headers that the catalog defines for its responses, including those of its status: lower-case names, and
    /// valid header values (RFC 9110).
    ///
    /// ```
    /// use kate_errors::{CatalogCode, KateErrorCode};
    ///
    /// let mut headers = CatalogCode::headers(KateErrorCode::InvalidApiKey);
    /// assert_eq!(headers.next(), Some(("www-authenticate", r#"Bearer realm="kate""#)));
    /// ```
    fn headers(self) -> impl Iterator<Item = Header> {
        self.__headers().iter().copied()
    }

    /// The URL of the error on the reference page, if the catalog has one.
    fn docs_url(self) -> Option<String> {
        Self::TABLE.reference.map(|reference| format!("{reference}#{}", self.__row().anchor()))
    }

    /// Why servers no longer send the error, if it is retired.
    fn retired(self) -> Option<&'static str> {
        self.__row().extras().retired
    }
}

/// A text that is not the code of any error.
///
/// ```
/// use kate_errors::{KateErrorCode, UnknownCode};
///
/// let unknown: UnknownCode = "run_lost".parse::<KateErrorCode>().unwrap_err();
/// assert_eq!(unknown.to_string(), "no error has the code `run_lost`");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCode {
    code: String,
}

impl UnknownCode {
    /// The code that no error has.
    ///
    /// ```
    /// # use kate_errors::KateErrorCode;
    /// assert_eq!("run_lost".parse::<KateErrorCode>().unwrap_err().code(), "run_lost");
    /// ```
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }
}

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no error has the code `")?;
        for character in self.code.chars().flat_map(char::escape_debug) {
            f.write_char(character)?;
        }
        f.write_char('`')
    }
}

impl Error for UnknownCode {}

/// `FromStr` of a code: the first error in the catalog, if several share it.
///
/// # Errors
///
/// If no error has the code.
pub fn parse_code<C: CatalogCode>(code: &str) -> Result<C, UnknownCode> {
    codes_of(code.as_bytes()).next().ok_or_else(|| UnknownCode { code: code.to_owned() })
}

/// Returns the errors that are sent with this code, in the order of the catalog.
pub(crate) fn sent_with<C: CatalogCode>(code: &[u8]) -> impl Iterator<Item = C> {
    codes_of::<C>(code).filter(|code| code.__row().sent_code().is_some())
}

/// Returns the errors with this code, in the order of the catalog.
fn codes_of<C: CatalogCode>(code: &[u8]) -> impl Iterator<Item = C> {
    let table = C::TABLE;
    let spelling = |at: &u32| table.error(*at).map_or(&[][..], ErrorRow::code_bytes);
    let from = table.by_code.partition_point(|at| spelling(at) < code);
    let rest = table.by_code.get(from..).unwrap_or_default().iter();
    rest.take_while(move |at| spelling(at) == code)
        .filter_map(|at| C::ALL.get(*at as usize).copied())
}
