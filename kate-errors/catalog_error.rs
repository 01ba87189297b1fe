//! The traits that every generated enum has, for code that works with any catalog.

use alloc::borrow::{Cow, ToOwned};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::error::Error;
use core::fmt::{self, Write as _};
use core::hash::Hash;
use core::str::FromStr;

use crate::table::{Header, Row, Table};
use crate::template::{Piece, Template, Value};
use crate::{CatalogResponse, Retry, fallback, problem};

/// An error of a catalog: implemented by every generated enum, those of operations included.
///
/// The enums have methods of the same names, so the trait is for code that works with any catalog.
///
/// ```
/// use kate_errors::{CatalogCode, CatalogError, KateError};
///
/// fn log_line(error: &impl CatalogError) -> String {
///     format!("{} {}: {}", error.code().status(), error.code().as_str(), error.detail())
/// }
///
/// assert_eq!(log_line(&KateError::RunNotFound), "404 run_not_found: Run not found");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no error enum of a catalog",
    label = "is not made from a catalog",
    note = "a build script or `#[kate_errors::catalog(\"errors.yaml\")]` makes such an enum"
)]
pub trait CatalogError: Error + Clone + Eq + Hash + Sized + Send + Sync + 'static {
    /// The enum of the codes of the catalog.
    type Code: CatalogCode;

    /// The code of the row.
    fn code(&self) -> Self::Code;

    #[doc(hidden)]
    fn __with_values(&self, with: &mut dyn FnMut(&[Value<'_>]));

    #[doc(hidden)]
    fn __from_values(code: Self::Code, values: &[Value<'_>]) -> Option<Self>;

    #[doc(hidden)]
    fn __from_row(row: usize) -> Option<Self> {
        Self::__from_values(*Self::Code::ALL.get(row)?, &[])
    }

    /// The sentence on the wire, borrowed where it has no values.
    fn detail(&self) -> Cow<'static, str> {
        let row = self.code().__row();
        let mut detail = None;
        self.__with_values(&mut |values| {
            if !values.is_empty() {
                detail = Some(render(sentence(row, values), values));
            }
        });
        detail.map_or_else(|| Cow::Borrowed(row.detail()), Cow::Owned)
    }

    /// The body of the response, `{"detail":"…"}` in UTF-8, borrowed where it has no values.
    fn body(&self) -> Cow<'static, [u8]> {
        let row = self.code().__row();
        let mut body = None;
        self.__with_values(&mut |values| {
            if !values.is_empty() {
                let mut written = Vec::with_capacity(body_length(row, values));
                write_body(row, values, &mut written);
                body = Some(written);
            }
        });
        body.map_or_else(|| Cow::Borrowed(row.body()), Cow::Owned)
    }

    /// Writes the body of the response to the end of `out`, for servers that use a buffer again.
    ///
    /// ```
    /// use kate_errors::{CatalogError, KateError};
    ///
    /// let mut buffer = Vec::new();
    /// CatalogError::write_body(&KateError::RunNotFound, &mut buffer);
    /// assert_eq!(buffer, br#"{"detail":"Run not found"}"#);
    /// ```
    fn write_body(&self, out: &mut Vec<u8>) {
        let row = self.code().__row();
        self.__with_values(&mut |values| {
            if values.is_empty() {
                out.extend_from_slice(row.body());
            } else {
                write_body(row, values, out);
            }
        });
    }

    /// What leads to the error, with the values in it.
    fn cause(&self) -> Cow<'static, str> {
        let row = self.code().__row();
        self.__explain(row.cause(), row.more().map_or(&[], |more| more.cause))
    }

    /// What to do about the error, with the values in it.
    fn fix(&self) -> Cow<'static, str> {
        let row = self.code().__row();
        self.__explain(row.fix(), row.more().map_or(&[], |more| more.fix))
    }

    /// The body of the response as a problem (RFC 9457), `{"detail":"…"}` with more beside it: `type` is
    /// the place of the error on the reference page, `title` the name of the status.
    ///
    /// ```
    /// use kate_errors::{CatalogError, KateError};
    ///
    /// assert_eq!(
    ///     String::from_utf8(KateError::RunNotFound.problem_body()).unwrap(),
    ///     r#"{"type":"https://docs.projectkate.com/reference/error-codes#run_not_found","#.to_owned()
    ///         + r#""title":"Not Found","status":404,"detail":"Run not found"}"#,
    /// );
    /// ```
    fn problem_body(&self) -> Vec<u8> {
        let (code, detail) = (self.code(), self.detail());
        let title = fallback::name::<Self::Code>(code.status());
        problem::body(code.docs_url().as_deref(), title, code.status(), &detail)
    }

    /// The header fields that the catalog has for the response.
    ///
    /// ```
    /// use kate_errors::{CatalogError, KateError};
    ///
    /// let headers: Vec<_> = CatalogError::headers(&KateError::TokenExpired).collect();
    /// assert_eq!(headers, [("www-authenticate", r#"Bearer realm="kate""#)]);
    /// ```
    fn headers(&self) -> impl Iterator<Item = Header> {
        self.code().headers()
    }

    /// The code, as the attribute `error.type` of OpenTelemetry's conventions has it: one of few words,
    /// whatever the values are.
    ///
    /// ```
    /// use kate_errors::{CatalogError, KateError};
    ///
    /// assert_eq!(CatalogError::error_type(&KateError::TokenExpired), "token_expired");
    /// ```
    fn error_type(&self) -> &'static str {
        self.code().as_str()
    }

    /// The response, of which more can be said, such as when to try again.
    ///
    /// ```
    /// use kate_errors::{CatalogError, KateError};
    ///
    /// assert_eq!(CatalogError::response(&KateError::TokenExpired).status(), 401);
    /// ```
    fn response(&self) -> CatalogResponse<Self> {
        CatalogResponse::new(self.clone())
    }

    #[doc(hidden)]
    fn __explain(
        &self,
        text: &'static str,
        pieces: &'static [Piece<'static>],
    ) -> Cow<'static, str> {
        if pieces.is_empty() {
            return Cow::Borrowed(text);
        }
        let template = Template { pieces, params: self.code().__row().params() };
        let mut explanation = String::new();
        self.__with_values(&mut |values| explanation = render(template, values));
        Cow::Owned(explanation)
    }
}

/// The code of an error: the same rows without values. Implemented by every generated enum of codes.
///
/// ```
/// use kate_errors::{CatalogCode, KateErrorCode};
///
/// /// How many errors stand under a status.
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

    #[doc(hidden)]
    fn __index(self) -> usize;

    #[doc(hidden)]
    fn __row(self) -> Row {
        Row::new(Self::TABLE, &Self::TABLE.rows[self.__index()])
    }

    #[doc(hidden)]
    fn __section_name(self) -> &'static str {
        Self::TABLE.sections.get(self.__row().section()).copied().unwrap_or_default()
    }

    /// The code as the catalog spells it, such as `artifact_not_found`.
    fn as_str(self) -> &'static str {
        self.__row().code()
    }

    /// The HTTP status, from 400 to 599 (RFC 9110, section 15).
    fn status(self) -> u16 {
        self.__row().status()
    }

    /// The sentence, with `{name}` where values stand.
    fn detail_template(self) -> &'static str {
        self.__row().detail()
    }

    /// What leads to the error, with `{name}` where values stand.
    fn cause_template(self) -> &'static str {
        self.__row().cause()
    }

    /// What to do about the error, with `{name}` where values stand.
    fn fix_template(self) -> &'static str {
        self.__row().fix()
    }

    /// Whether trying again helps.
    fn retry(self) -> Retry {
        self.__row().retry()
    }

    /// The header fields that the catalog has for its responses, those of its status included: names in
    /// lower case, and values that can stand in a field as they are (RFC 9110).
    ///
    /// ```
    /// use kate_errors::{CatalogCode, KateErrorCode};
    ///
    /// let mut headers = CatalogCode::headers(KateErrorCode::InvalidApiKey);
    /// assert_eq!(headers.next(), Some(("www-authenticate", r#"Bearer realm="kate""#)));
    /// ```
    fn headers(self) -> impl Iterator<Item = Header> {
        fallback::headers(self).iter().copied()
    }

    /// The place of the error on the catalog's reference page, if the catalog names one.
    fn docs_url(self) -> Option<String> {
        Self::TABLE.reference.map(|reference| format!("{reference}#{}", self.as_str()))
    }

    /// Why no server produces the error any more, if it is retired.
    fn retired(self) -> Option<&'static str> {
        self.__row().more().and_then(|more| more.retired)
    }
}

/// The sentence of a row that has these values: with its context if there are values for one.
fn sentence(row: Row, values: &[Value<'_>]) -> Template<'static> {
    row.template(has_context(row, values))
}

/// Whether there are values for the context of a row.
fn has_context(row: Row, values: &[Value<'_>]) -> bool {
    values.len() > row.params().len()
}

/// Writes the body that a row has with these values.
fn write_body(row: Row, values: &[Value<'_>], out: &mut Vec<u8>) {
    let is_escaped = row.more().is_none_or(|more| more.is_escaped);
    sentence(row, values).write_body(values, is_escaped, out);
}

/// How long the body is at the most that a row has with these values, if nothing in them is escaped.
fn body_length(row: Row, values: &[Value<'_>]) -> usize {
    let literals = row.more().map_or(0, |more| more.length as usize);
    literals + values.iter().map(Value::longest).sum::<usize>()
}

fn render(template: Template<'_>, values: &[Value<'_>]) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = template.render(values, &mut text);
    text
}

/// Writes the sentence of an error without keeping it.
pub(crate) fn write_detail<E: CatalogError>(
    error: &E,
    out: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let row = error.code().__row();
    let mut result = Ok(());
    error.__with_values(&mut |values| {
        result = if values.is_empty() {
            out.write_str(row.detail())
        } else {
            sentence(row, values).render(values, out)
        };
    });
    result
}

/// Writes the sentence of an error, a mark in place of each sensitive value.
pub(crate) fn write_redacted<E: CatalogError>(error: &E, out: &mut String) -> fmt::Result {
    let row = error.code().__row();
    let mut result = Ok(());
    error.__with_values(&mut |values| {
        let template = sentence(row, values);
        let mut shown = values.to_vec();
        for (param, value) in template.params.iter().zip(&mut shown) {
            if param.sensitive {
                *value = Value::Text(crate::fmt::HIDDEN);
            }
        }
        result = if values.is_empty() {
            out.write_str(row.detail())
        } else {
            template.render(&shown, out)
        };
    });
    result
}

/// No error of the catalog has this code.
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
        f.write_str("no error has the code ")?;
        f.write_char('`')?;
        for character in self.code.chars().flat_map(char::escape_debug) {
            f.write_char(character)?;
        }
        f.write_char('`')
    }
}

impl Error for UnknownCode {}

/// The code of the row with this index.
fn code_of(table: &'static Table, row: u32) -> &'static str {
    table.row(row as usize).map_or("", Row::code)
}

/// The code that is spelled `code`.
pub(crate) fn parse_code<C: CatalogCode>(code: &str) -> Result<C, UnknownCode> {
    let table = C::TABLE;
    let found = table.by_code.binary_search_by(|row| code_of(table, *row).cmp(code));
    match found {
        Ok(at) => Ok(C::ALL[table.by_code[at] as usize]),
        Err(_) => Err(UnknownCode { code: code.to_owned() }),
    }
}
