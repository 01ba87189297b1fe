//! A response that was read.

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

/// A response that was read: its status, its body byte for byte, and what was found in them.
///
/// It is an error itself, so `?` hands it on. `Debug` and `Display` are safe for logs: they show neither
/// the body nor values of sensitive parameters, and escape what could disturb a terminal.
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
    /// The number of the envelope that it was found in: 0, or that of an older one from 1 on.
    older: u8,
    body: Cow<'b, [u8]>,
    found: Outcome<E>,
}

impl<'b, E: CatalogError> Decoded<'b, E> {
    pub(crate) fn new(status: u16, body: Cow<'b, [u8]>, found: Outcome<E>) -> Self {
        Self { status, older: 0, body, found }
    }

    /// The same, found in an older envelope.
    pub(super) fn with_older(self, older: u8) -> Self {
        Self { older, ..self }
    }

    /// The envelope that it was found in.
    fn envelope(&self) -> Envelope<'static> {
        let at = usize::from(self.older).checked_sub(1);
        at.and_then(|at| E::Code::ENVELOPE.older.get(at)).copied().unwrap_or(E::Code::ENVELOPE)
    }

    /// Whether it has the envelope that servers write now.
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

    /// The body of the response, byte for byte.
    ///
    /// ```
    /// # use kate_errors::KateError;
    /// assert_eq!(KateError::decode(503, b"\xFF<html>").body(), b"\xFF<html>");
    /// ```
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body itself.
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

    /// The same, with a body of its own.
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

    /// What was found.
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

    /// Whether the status is one of an error: a success may carry a `detail` too. Where errors of a catalog travel under the
    /// status of a success (`wire.status`), a body that has the place of a code or message is one.
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

    /// The error, if the catalog knows it.
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

    /// The code of the error. Where a catalog tells its errors apart by their codes, it is known even if the values are
    /// not, since the message is translated or reworded; it is all that cause, fix and retry advice need.
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

    /// What was received, as the attribute `error.type` of OpenTelemetry's conventions has it: the code, or
    /// `_OTHER` for what the catalog does not know. It is one of few words, whatever servers send.
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

    /// The error, if the catalog knows it; the same again if not, so that nothing is lost.
    ///
    /// # Errors
    ///
    /// `self`, if the catalog does not know it.
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

    /// The errors that a known one might be as well, since they share its message.
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

    /// The fields of the request that are wrong, as far as the response lists them where the catalog has a place for them: a
    /// known error can have them beside it, and [`validation`](Self::validation) is a list of them alone. They are looked for
    /// when they are asked for.
    ///
    /// Bodies that are `{"detail":"…"}` may have them in `errors`, as problem details do (RFC 9457).
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

    /// The further errors of a body that lists several, where the envelope of the catalog has an array for them, as JSON:API and
    /// GraphQL have. The first one is what this response is; each other is a response of its own, with the same status and
    /// a body that has its element alone. They are looked for when they are asked for, and most bodies have none.
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

    /// Why the catalog does not know the response, if it does not.
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

    /// The message as it was received, if `detail` is one. It is untrusted text, and may hold values of
    /// sensitive parameters.
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

    /// What only the server had for this response, such as the id of the request: the text of a string, or another value
    /// as JSON. It is untrusted text.
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
        Some(match found.get(Slot::Request(name))? {
            Value::Text(text) => text,
            Value::Json(json) => Cow::Borrowed(json.as_str()),
        })
    }

    /// The error whose message is most like the one that was received, if the catalog does not know it,
    /// and what differs. It is looked for when it is asked for, among all errors.
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
            // The nearest error is not looked for here: a log line must not cost more than the response did.
            Outcome::Unknown(unknown) => write!(f, ": {unknown}"),
            Outcome::NotAnError => f.write_str(": not an error"),
        }
    }
}

impl<E: CatalogError> Error for Decoded<'_, E> {}
