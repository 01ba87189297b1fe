//! A decoded response.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::error::Error;
use core::fmt;

use kate_errors_model::envelope::{Envelope, Slot, Value};

use crate::catalog::Visible;
use crate::encode::message::redacted;
use crate::{
    CatalogCode, CatalogError, Decoder, FieldError, Nearest, Note, Outcome, Unknown, Validation,
};

/// A decoded response: its status, its unchanged body, and the result of decoding.
///
/// It implements `Error`, so `?` can return it. `Debug` and `Display` are safe for logs: they show neither the body
/// nor values of sensitive parameters, and escape control characters.
///
/// ```
/// use kate_errors::{KateError, Decoded};
///
/// fn check(status: u16, body: Vec<u8>) -> Result<Vec<u8>, Decoded<'static, KateError>> {
///     let received = KateError::decode(status, body);
///     if received.is_error() { Err(received) } else { Ok(received.into_body().into_owned()) }
/// }
///
/// let received = check(404, br#"{"detail":"Run not found"}"#.to_vec()).unwrap_err();
/// assert_eq!(received.known(), Some(&KateError::RunNotFound));
/// assert_eq!(received.to_string(), "404 run_not_found: Run not found");
/// assert_eq!(received.body(), br#"{"detail":"Run not found"}"#);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Decoded<'b, E: CatalogError> {
    status: u16,
    /// Which envelope the body has: 0 is that of the catalog, older ones are counted from 1.
    older: u8,
    body: Cow<'b, [u8]>,
    found: Outcome<E>,
}

impl<'b, E: CatalogError> Decoded<'b, E> {
    #[inline]
    pub(crate) fn new(status: u16, body: Cow<'b, [u8]>, (found, older): (Outcome<E>, u8)) -> Self {
        Self { status, older, body, found }
    }
    /// The envelope in which the body was decoded.
    pub(crate) fn envelope(&self) -> Envelope<'static> {
        let at = usize::from(self.older).checked_sub(1);
        at.and_then(|at| E::Code::ENVELOPE.older.get(at)).copied().unwrap_or(E::Code::ENVELOPE)
    }

    /// Whether the body has the current envelope.
    #[cfg(any(feature = "tower", feature = "actix-web"))]
    pub(crate) fn is_current(&self) -> bool {
        self.older == 0
    }

    /// The status of the response.
    ///
    /// ```
    /// # use kate_errors::KateError;
    /// assert_eq!(KateError::decode(503, b"").status(), 503);
    /// ```
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The unchanged body of the response.
    ///
    /// ```
    /// # use kate_errors::KateError;
    /// assert_eq!(KateError::decode(503, b"\xFF<html>").body(), b"\xFF<html>");
    /// ```
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Returns the body.
    ///
    /// ```
    /// # use kate_errors::KateError;
    /// let body: Vec<u8> = KateError::decode(503, b"busy".to_vec()).into_body().into_owned();
    /// assert_eq!(body, b"busy");
    /// ```
    #[must_use]
    pub fn into_body(self) -> Cow<'b, [u8]> {
        self.body
    }

    /// Converts the body to an owned one.
    ///
    /// ```
    /// use kate_errors::{KateError, Decoded};
    ///
    /// fn read(body: &[u8]) -> Decoded<'static, KateError> {
    ///     KateError::decode(404, body).into_owned()
    /// }
    /// # read(b"");
    /// ```
    #[must_use]
    pub fn into_owned(self) -> Decoded<'static, E> {
        let body = Cow::Owned(self.body.into_owned());
        Decoded { status: self.status, older: self.older, body, found: self.found }
    }

    /// The result of decoding.
    ///
    /// ```
    /// # use kate_errors::{Outcome, KateError};
    /// let received = KateError::decode(404, br#"{"detail":"Run not found"}"#);
    /// let Outcome::Known { error, notes } = received.outcome() else { panic!() };
    /// assert_eq!(*error, KateError::RunNotFound);
    /// assert!(notes.alternatives().is_empty() && notes.list().is_empty());
    /// ```
    #[must_use]
    pub fn outcome(&self) -> &Outcome<E> {
        &self.found
    }

    /// Whether the response is an error: a success can have a `detail` too. If errors of a catalog are sent with a
    /// success status (`wire.status`), a body with the place of a code or message is an error.
    ///
    /// ```
    /// # use kate_errors::KateError;
    /// assert!(!KateError::decode(200, br#"{"detail":"Run not found"}"#).is_error());
    /// assert!(KateError::decode(418, b"").is_error());
    /// ```
    #[must_use]
    pub fn is_error(&self) -> bool {
        !matches!(self.found, Outcome::NotAnError)
    }

    /// The error, if the response is in the catalog.
    ///
    /// ```
    /// # use kate_errors::KateError;
    /// let received = KateError::decode(401, br#"{"detail": "Token expired"}"#);
    /// assert_eq!(received.known(), Some(&KateError::TokenExpired));
    /// ```
    #[must_use]
    pub fn known(&self) -> Option<&E> {
        match &self.found {
            Outcome::Known { error, .. } => Some(error),
            _ => None,
        }
    }

    /// The code of the error. If errors are identified by code, it can be known when the values are not, because
    /// the message was translated or reworded. It is enough for the cause, the fix and the retry advice.
    ///
    /// ```
    /// # use kate_errors::{KateError, KateErrorCode};
    /// let received = KateError::decode(404, br#"{"detail":"Run not found"}"#);
    /// assert_eq!(received.code(), Some(KateErrorCode::RunNotFound));
    /// ```
    #[must_use]
    pub fn code(&self) -> Option<E::Code> {
        match &self.found {
            Outcome::Known { error, .. } => Some(error.code()),
            Outcome::Unknown(unknown) if E::Code::IDENTITY.is_by_code() => unknown.named(),
            _ => None,
        }
    }

    /// The value of OpenTelemetry's attribute `error.type`: the code, or `_OTHER` for a response that is not in
    /// the catalog. The set of values is small, whatever servers send.
    ///
    /// ```
    /// # use kate_errors::KateError;
    /// let received = KateError::decode(404, br#"{"detail":"Run not found"}"#);
    /// assert_eq!(received.error_type(), "run_not_found");
    /// assert_eq!(KateError::decode(502, b"<html>").error_type(), "_OTHER");
    /// ```
    #[must_use]
    pub fn error_type(&self) -> &'static str {
        self.known().map_or(crate::encode::OTHER, CatalogError::error_type)
    }

    /// Returns the error if it is in the catalog, and otherwise `self`, so that nothing is lost.
    ///
    /// # Errors
    ///
    /// `self`, if the response is not in the catalog.
    ///
    /// ```
    /// # use kate_errors::KateError;
    /// let known = KateError::decode(401, br#"{"detail":"Token expired"}"#).into_known();
    /// assert_eq!(known.unwrap(), KateError::TokenExpired);
    /// let unknown = KateError::decode(401, b"who?").into_known().unwrap_err();
    /// assert_eq!(unknown.body(), b"who?");
    /// ```
    pub fn into_known(self) -> Result<E, Self> {
        match self.found {
            Outcome::Known { error, .. } => Ok(error),
            found => Err(Self { found, ..self }),
        }
    }

    /// The other errors that the known error could be, because they share its message.
    ///
    /// ```
    /// # use kate_errors::{CatalogError, KateError, KateErrorCode};
    /// let received = KateError::decode(402, br#"{"detail":"Insufficient token balance"}"#);
    /// let [other] = received.alternatives() else { panic!() };
    /// assert_eq!(other.code(), KateErrorCode::QueryInsufficientTokenBalance);
    /// ```
    #[must_use]
    pub fn alternatives(&self) -> &[E] {
        match &self.found {
            Outcome::Known { notes, .. } => notes.alternatives(),
            _ => &[],
        }
    }

    /// What is unexpected about a known error.
    ///
    /// ```
    /// # use kate_errors::{Note, KateError};
    /// let received = KateError::decode(500, br#"{"detail":"Token expired"}"#);
    /// assert_eq!(received.notes(), [Note::StatusDiffers { expected: 401, received: 500 }]);
    /// ```
    #[must_use]
    pub fn notes(&self) -> &[Note<E::Code>] {
        match &self.found {
            Outcome::Known { notes, .. } => notes.list(),
            _ => &[],
        }
    }

    /// What is wrong with the request, if the response lists it.
    ///
    /// ```
    /// # use kate_errors::KateError;
    /// let received = KateError::decode(422, br#"{"detail":[{"loc":["body"],"msg":"Field required"}]}"#);
    /// assert_eq!(received.validation().unwrap().items()[0].message(), "Field required");
    /// ```
    #[must_use]
    pub fn validation(&self) -> Option<&Validation> {
        match &self.found {
            Outcome::Validation(validation) => Some(validation),
            _ => None,
        }
    }

    /// The invalid fields of the request, if the response lists them where the catalog has a place for them. A
    /// known error can have fields; [`validation`](Self::validation) is a list without an error. They are only read
    /// when you call this method.
    ///
    /// Bodies that are `{"detail":"…"}` can have them in `errors`, as problem details do (RFC 9457).
    ///
    /// ```
    /// # use kate_errors::{FieldError, KateError};
    /// let body = br##"{"detail":"Run not found","errors":[{"detail":"is no UUID","pointer":"#/run"}]}"##;
    /// let received = KateError::decode(404, body);
    /// assert_eq!(received.known(), Some(&KateError::RunNotFound));
    /// assert_eq!(received.fields(), [FieldError::new("run", "is no UUID")]);
    /// ```
    #[must_use]
    pub fn fields(&self) -> Vec<FieldError> {
        match &self.found {
            Outcome::Validation(validation) => validation.items().to_vec(),
            Outcome::NotAnError => Vec::new(),
            _ => FieldError::read_all(&self.envelope(), &self.body),
        }
    }

    /// The further errors of a body that lists several, if the envelope of the catalog has an array for them, as in
    /// JSON:API and GraphQL. This response is the first one. Each other is a separate response, with the same
    /// status and a body that contains only its element. They are only read when you call this method.
    ///
    /// ```
    /// # use kate_errors::KateError;
    /// assert!(KateError::decode(404, br#"{"detail":"Run not found"}"#).others().next().is_none());
    /// ```
    pub fn others(&self) -> impl Iterator<Item = Decoded<'static, E>> {
        let found = self.envelope().find(&self.body).ok().filter(|_| self.is_error());
        let bodies = found.into_iter().flat_map(|found| found.bodies_of_others(&self.body));
        bodies.map(|body| Decoder::new().decode(self.status, body))
    }

    /// Why the response is not in the catalog, or `None` if it is.
    ///
    /// ```
    /// # use kate_errors::{KateError, UnknownReason};
    /// assert_eq!(KateError::decode(404, b"{}").unknown().unwrap().reason(), UnknownReason::NoDetail);
    /// ```
    #[must_use]
    pub fn unknown(&self) -> Option<&Unknown<E::Code>> {
        match &self.found {
            Outcome::Unknown(unknown) => Some(unknown),
            _ => None,
        }
    }

    /// The received message, if `detail` is one. It is untrusted text, and can contain values of sensitive
    /// parameters.
    ///
    /// ```
    /// # use kate_errors::KateError;
    /// let received = KateError::decode(404, br#"{"detail":"Ne\u00ebn"}"#);
    /// assert_eq!(received.detail().unwrap(), "Neën");
    /// ```
    #[must_use]
    pub fn detail(&self) -> Option<Cow<'_, str>> {
        let found = self.envelope().find(&self.body).ok()?;
        match found.get(Slot::Detail)? {
            Value::Text(text) => Some(text),
            Value::Json(_) => None,
        }
    }

    /// A value that the server set for this response, such as the request ID: the text of a string, any other
    /// value as JSON; `None` if it is empty, as bodies have it if the server has no value. It is untrusted text.
    ///
    /// ```
    /// #[kate_errors::catalog("docs/orders.yaml")]
    /// pub enum OrdersError {}
    ///
    /// let body = br#"{"error":{"code":"sold_out","message":"'mug' is sold out","request_id":"7f3a"}}"#;
    /// let received = OrdersError::decode(409, body);
    /// assert_eq!(received.request_value("request_id").unwrap(), "7f3a");
    /// ```
    #[must_use]
    pub fn request_value(&self, name: &str) -> Option<Cow<'_, str>> {
        let found = self.envelope().find(&self.body).ok()?;
        let value = match found.get(Slot::Request(name))? {
            Value::Text(text) => text,
            Value::Json(json) => Cow::Borrowed(json.as_str()),
        };
        Some(value).filter(|value| !value.is_empty())
    }

    /// The error with the message most similar to the received one, and the differences, if the response is not
    /// in the catalog. The search through all errors only happens when you call this method.
    ///
    /// ```
    /// # use kate_errors::{Difference, KateError, KateErrorCode};
    /// let received = KateError::decode(404, br#"{"detail":"run not found."}"#);
    /// let nearest = received.nearest().unwrap();
    /// assert_eq!(nearest.code(), KateErrorCode::RunNotFound);
    /// assert_eq!(nearest.differences(), [Difference::Case, Difference::FullStop]);
    /// ```
    #[must_use]
    pub fn nearest(&self) -> Option<Nearest<E::Code>> {
        self.unknown()?;
        super::nearest::nearest(&self.detail()?)
    }
}

impl<E: CatalogError> fmt::Debug for Decoded<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoded")
            .field("status", &self.status)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("found", &self.found)
            .finish()
    }
}

impl<E: CatalogError> fmt::Display for Decoded<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status)?;
        match &self.found {
            Outcome::Known { error, notes } => {
                let message = redacted(error);
                write!(f, " {}: {}", error.code().as_str(), Visible(&message))?;
                notes.list().iter().try_for_each(|note| write!(f, "; {note}"))
            }
            Outcome::Validation(validation) => write!(f, ": {validation}"),
            // The nearest error is not searched for: writing a log line must not cost more than decoding.
            Outcome::Unknown(unknown) => write!(f, ": {unknown}"),
            Outcome::NotAnError => f.write_str(": not an error"),
        }
    }
}

impl<E: CatalogError> Error for Decoded<'_, E> {}
