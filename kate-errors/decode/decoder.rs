//! Decoding a response.

use alloc::borrow::Cow;
use core::fmt;

use super::generated::Generated;
use super::notes::Notes;
use super::reader::Reader;
use super::reading::{Noted, Reading, Remark};
use crate::{CatalogCode, CatalogError, CatalogOperation, Decoded, Note, Outcome, Scope, Unknown};

/// Decodes responses, with what is known about their origin.
///
/// For most clients, `KateError::decode(status, body)` is enough, or `decode` of the enum of an operation. A
/// decoder also takes a section, an operation, and the header `x-error-code` of the response. Each of them can tell
/// errors with the same message apart.
///
/// ```
/// use kate_errors::{KateError, Section};
///
/// let body = br#"{"detail":"Insufficient token balance"}"#;
/// let received = KateError::decoder().within(Section::Queries).decode(402, body);
/// assert!(matches!(received.known(), Some(KateError::QueryInsufficientTokenBalance { .. })));
/// assert!(received.alternatives().is_empty());
/// ```
#[derive(Clone)]
pub struct Decoder<'h, E: CatalogError> {
    pub(super) reader: Reader<'h, Generated<E>>,
}

impl<E: CatalogError> Default for Decoder<'_, E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E: CatalogError> fmt::Debug for Decoder<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoder").field("scope", &self.reader.source.scope).finish_non_exhaustive()
    }
}

impl<'h, E: CatalogError> Decoder<'h, E> {
    /// Creates a decoder that knows nothing about the origin of responses.
    ///
    /// ```
    /// use kate_errors::{Decoder, KateError};
    ///
    /// let received = Decoder::<KateError>::new().decode(404, br#"{"detail":"Run not found"}"#);
    /// assert_eq!(received.known(), Some(&KateError::RunNotFound));
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self { reader: Reader::new(Generated::within(None), None) }
    }

    /// Prefers the errors of a section or operation. Other errors are decoded too, with the note
    /// [`OutOfScope`](Note::OutOfScope).
    ///
    /// ```
    /// use kate_errors::{Note, KateError, Section};
    ///
    /// let decoder = KateError::decoder().within(Section::Queries);
    /// let received = decoder.decode(404, br#"{"detail":"Run not found"}"#);
    /// assert_eq!(received.known(), Some(&KateError::RunNotFound));
    /// assert_eq!(received.notes(), [Note::OutOfScope { scope: "Queries" }]);
    /// ```
    #[must_use]
    pub fn within(self, scope: impl Into<Scope<E::Code>>) -> Self {
        let source = Generated::within(Some(scope.into()));
        Self { reader: Reader { source, ..self.reader } }
    }

    /// Prefers the errors that an operation lists: [`within`](Self::within) its scope.
    ///
    /// ```
    /// # use kate_errors::{CatalogError, CatalogOperation, Decoder};
    /// fn decoder<O: CatalogOperation>() -> Decoder<'static, O::Catalog> {
    ///     Decoder::new().operation::<O>()
    /// }
    /// ```
    #[must_use]
    pub fn operation<O: CatalogOperation<Code = E::Code>>(self) -> Self {
        self.within(Scope::of_operation::<O>())
    }

    /// Uses the header `x-error-code` of the response, if it has one: servers that use this library can send the
    /// code of the error. The value can be a `&str`, bytes, or the `HeaderValue` of the crate `http`.
    ///
    /// ```
    /// use http::{HeaderMap, HeaderValue};
    /// use kate_errors::KateError;
    ///
    /// let mut headers = HeaderMap::new();
    /// let code = HeaderValue::from_static("query_insufficient_token_balance");
    /// headers.insert("x-error-code", code);
    ///
    /// let received = KateError::decoder()
    ///     .error_code(headers.get("x-error-code"))
    ///     .decode(402, br#"{"detail":"Insufficient token balance"}"#);
    /// assert!(matches!(received.known(), Some(KateError::QueryInsufficientTokenBalance { .. })));
    /// ```
    #[must_use]
    pub fn error_code<H: AsRef<[u8]> + ?Sized>(self, value: Option<&'h H>) -> Self {
        let header = value.map(|value| E::Code::ERROR_CODE.code(value.as_ref()));
        Self { reader: Reader { header, ..self.reader } }
    }

    /// Decodes a response. It never fails, and keeps the whole body: see [`Decoded`].
    ///
    /// An owned body (`Vec<u8>`) is kept. A borrowed body (`&[u8]`) stays borrowed; [`Decoded::into_owned`] copies
    /// it.
    ///
    /// ```
    /// use kate_errors::{KateError, Decoded};
    ///
    /// let kept: Decoded<'static, KateError> = KateError::decoder().decode(500, b"oops".to_vec());
    /// assert_eq!(kept.body(), b"oops");
    /// ```
    #[must_use]
    pub fn decode<'b>(&self, status: u16, body: impl Into<Cow<'b, [u8]>>) -> Decoded<'b, E> {
        let body = body.into();
        let found = self.read(status, &body);
        Decoded::new(status, body, found)
    }

    /// Reads a body. Returns the outcome, and the number of the envelope.
    #[inline]
    fn read(&self, status: u16, body: &[u8]) -> (Outcome<E>, u8) {
        if !E::Code::ENVELOPE.may_be_error(status) {
            return (Outcome::NotAnError, 0);
        }
        match self.reader.sent(Some(status), body) {
            Ok(error) => (Outcome::Known { error, notes: Notes(None) }, 0),
            Err(sent) => {
                let reading = self.reader.current(Some(status), body, sent);
                let (reading, older) = self.reader.or_older(status, body, reading);
                (self.outcome(status, reading), older)
            }
        }
    }

    /// The outcome of a response whose body was not read.
    #[cfg(feature = "http")]
    pub(crate) fn unread(&self, status: u16, reason: crate::UnknownReason) -> Outcome<E> {
        self.outcome(status, self.reader.unknown(Some(status), reason))
    }

    /// Returns a reading with the codes and texts of the catalog.
    #[inline]
    fn outcome(&self, status: u16, reading: Reading<E>) -> Outcome<E> {
        match reading {
            Reading::Known(error, None) => Outcome::Known { error, notes: Notes(None) },
            Reading::Known(error, Some(noted)) => {
                let remarks = noted.notes.into_iter();
                let list = remarks.filter_map(|it| self.note(status, error.code(), it)).collect();
                Outcome::Known { error, notes: Notes(Noted::of(noted.alternatives, list)) }
            }
            Reading::Validation(validation) => Outcome::Validation(validation),
            Reading::Unknown(reason, named) => {
                Outcome::Unknown(Unknown::new(reason, named.and_then(Generated::<E>::code)))
            }
            Reading::NotAnError => Outcome::NotAnError,
        }
    }

    fn note(&self, received: u16, code: E::Code, remark: Remark) -> Option<Note<E::Code>> {
        let current = code.detail_template();
        Some(match remark {
            Remark::StatusDiffers => Note::StatusDiffers { expected: code.status(), received },
            Remark::FormerMessage => Note::FormerMessage { current },
            Remark::OtherMessage => Note::OtherMessage { current },
            Remark::Retired => Note::Retired { reason: code.retired()? },
            Remark::OutOfScope => Note::OutOfScope { scope: self.reader.source.scope?.name() },
            Remark::CodeContradicts(named) => {
                Note::CodeContradicts { named: Generated::<E>::code(named)? }
            }
            Remark::CodeUnknown(value) => Note::CodeUnknown { value },
            Remark::ValuesDiffer => Note::ValuesDiffer,
            Remark::PlacesDiffer => Note::PlacesDiffer,
            Remark::NoCode => Note::NoCode,
            Remark::MoreErrors => Note::MoreErrors,
            Remark::ByteOrderMark => Note::ByteOrderMark,
        })
    }
}
