//! The trait of generated error enums.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::error::Error;
use core::hash::Hash;
use core::iter::Copied;
use core::slice;

use kate_errors_model::Retry;
use kate_errors_model::template::Values;

use super::table::Header;
use super::values::Texts;
use crate::encode::{NOTHING, message, sanitized};
use crate::{CatalogCode, CatalogResponse};

/// An error of a catalog: implemented by every generated error enum, those of operations included.
///
/// The enums have methods with the same names, so you only need the trait for code that works with any catalog.
///
/// ```
/// use kate_errors::{CatalogCode, CatalogError, KateError};
///
/// fn log_line(error: &impl CatalogError) -> String {
///     format!("{} {}: {}", error.status(), error.code().as_str(), error.detail())
/// }
///
/// assert_eq!(log_line(&KateError::RunNotFound), "404 run_not_found: Run not found");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an error enum of a catalog",
    label = "is not generated from a catalog",
    note = "a build script or `#[kate_errors::catalog(\"errors.yaml\")]` generates such an enum"
)]
pub trait CatalogError: Error + Clone + Eq + Hash + Sized + Send + Sync + 'static {
    /// The enum of the codes of the catalog.
    type Code: CatalogCode;

    /// The code of the error.
    fn code(&self) -> Self::Code;

    #[doc(hidden)]
    fn __with_values(&self, with: &mut dyn FnMut(Values<'_>));

    #[doc(hidden)]
    fn __from_values(
        code: Self::Code,
        own: &Texts<'_>,
        context: Option<&Texts<'_>>,
    ) -> Option<Self>;

    /// The HTTP status of the response, from 400 to 599 (RFC 9110, section 15).
    fn status(&self) -> u16 {
        self.code().status()
    }

    /// The message that is sent, borrowed if it has no values. A value that cannot appear in it unchanged is
    /// altered, see [`sanitized`](Self::sanitized).
    fn detail(&self) -> Cow<'static, str> {
        message::detail(self)
    }

    /// The cause of the error, with its values.
    fn cause(&self) -> Cow<'static, str> {
        message::explain(self, self.code().cause_template())
    }

    /// The fix of the error, with its values.
    fn fix(&self) -> Cow<'static, str> {
        message::explain(self, self.code().fix_template())
    }

    /// Whether retrying helps.
    fn retry(&self) -> Retry {
        self.code().retry()
    }

    /// The URL of the error on the reference page, if the catalog has one.
    fn docs_url(&self) -> Option<String> {
        self.code().docs_url()
    }

    /// The headers that the catalog defines for the response: lower-case names, and valid header values (RFC 9110).
    ///
    /// ```
    /// use kate_errors::{CatalogError, KateError};
    ///
    /// let headers: Vec<_> = CatalogError::headers(&KateError::TokenExpired).collect();
    /// assert_eq!(headers, [("www-authenticate", r#"Bearer realm="kate""#)]);
    /// ```
    fn headers(&self) -> Copied<slice::Iter<'static, Header>> {
        self.code().__headers().iter().copied()
    }

    /// The error as clients decode it: values that cannot appear in the message unchanged are altered.
    ///
    /// Some values would be decoded as something else: text that contains a control character, or the literal at
    /// which it ends in the message, and words that contain a space. When the message is written, each such character
    /// is replaced by U+FFFD, of a literal the first one.
    ///
    /// ```
    /// use kate_errors::{CatalogError, KateError};
    ///
    /// let error = KateError::RunNotFound;
    /// assert_eq!(CatalogError::sanitized(&error), error);
    /// assert!(CatalogError::sanitized_parameters(&error).is_empty());
    /// ```
    #[must_use]
    fn sanitized(&self) -> Self {
        sanitized::sanitized(self)
    }

    /// The names of the parameters whose values are altered in the message, in order; usually none.
    fn sanitized_parameters(&self) -> Vec<&'static str> {
        sanitized::sanitized_parameters(self)
    }

    /// The body of the response in UTF-8, by default `{"detail":"…"}`; borrowed if it has no values.
    fn body(&self) -> Cow<'static, [u8]> {
        message::body(self)
    }

    /// Appends the body of the response to `out`, for servers that reuse a buffer.
    ///
    /// ```
    /// use kate_errors::{CatalogError, KateError};
    ///
    /// let mut buffer = Vec::new();
    /// CatalogError::write_body(&KateError::RunNotFound, &mut buffer);
    /// assert_eq!(buffer, br#"{"detail":"Run not found"}"#);
    /// ```
    fn write_body(&self, out: &mut Vec<u8>) {
        message::write_body(self, out);
    }

    /// The body of the response as problem details (RFC 9457), with `detail` and other members: `type` is the URL
    /// of the error on the reference page, `title` the name of the status.
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
        message::with_content(self, &NOTHING, message::problem)
    }

    /// The value of OpenTelemetry's attribute `error.type`: the code, which does not depend on values.
    ///
    /// ```
    /// use kate_errors::{CatalogError, KateError};
    ///
    /// assert_eq!(CatalogError::error_type(&KateError::TokenExpired), "token_expired");
    /// ```
    fn error_type(&self) -> &'static str {
        self.code().as_str()
    }

    /// Creates the response, to which you can add more, such as `Retry-After`.
    ///
    /// ```
    /// use kate_errors::{CatalogError, KateError};
    ///
    /// assert_eq!(CatalogError::response(&KateError::TokenExpired).status(), 401);
    /// ```
    fn response(&self) -> CatalogResponse<Self> {
        CatalogResponse::new(self.clone())
    }
}
