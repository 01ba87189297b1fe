//! Reading a response of a server.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::iter;
use core::marker::PhantomData;
use core::ops::Range;

use kate_errors_model::UnknownReason;
use kate_errors_model::envelope::Body;
use kate_errors_model::json::{self, Kind};

use super::candidates::{Candidates, Choice, Hints};
use crate::catalog::table::ENVELOPE;
use crate::{
    CatalogCode, CatalogError, CatalogOperation, Decoded, Note, Notes, Outcome, Scope, Unknown,
    Validation,
};

/// The statuses of responses that are no errors (RFC 9110, section 15): 1xx informs, 2xx succeeds, 3xx leads
/// elsewhere.
const NOT_AN_ERROR: Range<u16> = 100..400;

/// Reads responses, with what is known about where they come from.
///
/// `KateError::decode(status, body)` is enough for most clients, and so is the same function of the enum
/// of an operation. A decoder is for the rest: it takes a section, an operation, and the header
/// `x-error-code` of the response. Each of them tells errors apart that have one message.
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
    scope: Option<Scope<E::Code>>,
    header: Option<&'h [u8]>,
    error: PhantomData<fn() -> E>,
}

impl<E: CatalogError> Default for Decoder<'_, E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E: CatalogError> fmt::Debug for Decoder<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoder").field("scope", &self.scope).finish_non_exhaustive()
    }
}

impl<'h, E: CatalogError> Decoder<'h, E> {
    /// A decoder that knows nothing about where responses come from.
    ///
    /// ```
    /// use kate_errors::{Decoder, KateError};
    ///
    /// let received = Decoder::<KateError>::new().decode(404, br#"{"detail":"Run not found"}"#);
    /// assert_eq!(received.known(), Some(&KateError::RunNotFound));
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self { scope: None, header: None, error: PhantomData }
    }

    /// Prefers the errors of a section or operation. An error from elsewhere is read too, with the note
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
        Self { scope: Some(scope.into()), ..self }
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

    /// Takes the header `x-error-code` of the response, if it has one: servers of ours can send the code
    /// of the error. It takes what clients have: `&str`, bytes, or the `HeaderValue` of the crate `http`.
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
        Self { header: value.map(AsRef::as_ref), ..self }
    }

    /// Reads a response. It never fails, and the body stays whole: see [`Decoded`].
    ///
    /// A body that is given away (`Vec<u8>`) is kept; one that is lent (`&[u8]`) is borrowed, and
    /// [`Decoded::into_owned`] copies it for later.
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
        let outcome = self.outcome(status, &body);
        Decoded::new(status, body, outcome)
    }

    fn outcome(&self, status: u16, body: &[u8]) -> Outcome<E> {
        if NOT_AN_ERROR.contains(&status) {
            return Outcome::NotAnError;
        }
        // Most bodies are written as servers of this library write them, with nothing escaped: then the message stands
        // there, and comparing bytes is enough to know it.
        if let Some(inside) = ENVELOPE.inside(body) {
            let table = E::Code::TABLE;
            let mut constants = table.index.constants(table, inside);
            let first = constants.next();
            if let Some(error) = first.and_then(|first| self.plain(status, first)) {
                return Outcome::Known { error, notes: Notes::NONE };
            }
            if let Some(message) = json::plain_text(inside) {
                let hints = self.hints(Some(status));
                let mut candidates = Candidates::new(&hints);
                if let Some(first) = first {
                    candidates.add_without_values(iter::once(first).chain(constants));
                }
                if !candidates.are_settled() {
                    candidates.add_with_values(message);
                }
                return self.chosen(status, candidates, false);
            }
        }
        match ENVELOPE.read(body) {
            Ok(body) => self.detail(status, body),
            Err(reason) => self.unknown(reason),
        }
    }

    /// The error of a message without values, where it is the only one and there is nothing to note.
    #[inline]
    fn plain(&self, status: u16, message: u32) -> Option<E> {
        let row = E::Code::TABLE.error(message)?;
        let is_alone = row.extras.is_none() && self.scope.is_none() && self.header.is_none();
        let code =
            *E::Code::ALL.get(message as usize).filter(|_| is_alone && row.status == status)?;
        E::__from_values(code, &[], None)
    }

    pub(super) fn hints(&self, status: Option<u16>) -> Hints<E::Code> {
        Hints { status, scope: self.scope, named: self.named() }
    }

    fn detail(&self, status: u16, body: Body<'_>) -> Outcome<E> {
        let string = match body.detail.kind() {
            Kind::Array | Kind::Object => {
                return Outcome::Validation(Validation::read(body.detail));
            }
            Kind::String => body.detail.string().and_then(|string| string.text().ok()),
            kind => return self.unknown(UnknownReason::OtherKind(kind)),
        };
        let Some(message) = string else { return self.unknown(UnknownReason::LoneSurrogate) };
        let hints = self.hints(Some(status));
        self.chosen(status, Candidates::of(&hints, &message), body.has_mark)
    }

    #[inline]
    fn chosen(&self, status: u16, candidates: Candidates<'_, E>, has_mark: bool) -> Outcome<E> {
        match candidates.choice {
            Some(choice) => self.known(status, choice, has_mark),
            None => self.unknown(UnknownReason::OtherMessage),
        }
    }

    #[inline]
    fn known(&self, status: u16, choice: Choice<E>, has_mark: bool) -> Outcome<E> {
        let notes = if self.is_as_expected(status, &choice) && !has_mark {
            Notes::NONE
        } else {
            let mut notes = self.notes(status, &choice);
            notes.extend(has_mark.then_some(Note::ByteOrderMark));
            Notes::new(choice.alternatives, notes)
        };
        Outcome::Known { error: choice.error, notes }
    }

    /// Whether there is nothing to note. It may say no where there is not.
    #[inline]
    fn is_as_expected(&self, status: u16, choice: &Choice<E>) -> bool {
        let is_alone = self.scope.is_none() && self.header.is_none();
        let is_current = !choice.is_former && choice.row.extras().retired.is_none();
        is_alone && is_current && choice.row.status == status && choice.alternatives.is_empty()
    }

    fn notes(&self, status: u16, choice: &Choice<E>) -> Vec<Note<E::Code>> {
        let (mut notes, code) = (Vec::new(), choice.error.code());
        let expected = choice.row.status;
        if expected != status {
            notes.push(Note::StatusDiffers { expected, received: status });
        }
        if choice.is_former {
            notes.push(Note::FormerMessage { current: code.detail_template() });
        }
        notes.extend(code.retired().map(|reason| Note::Retired { reason }));
        let out_of = self.scope.filter(|scope| !scope.holds(code));
        notes.extend(out_of.map(|scope| Note::OutOfScope { scope: scope.name() }));
        notes.extend(self.header.and_then(|header| header_note(header, code)));
        notes
    }

    fn unknown(&self, reason: UnknownReason) -> Outcome<E> {
        Outcome::Unknown(Unknown::new(reason, self.named()))
    }

    /// The error that the header names.
    #[inline]
    fn named(&self) -> Option<E::Code> {
        self.header.and_then(parse)
    }
}

/// The code that a header names.
fn parse<C: CatalogCode>(header: &[u8]) -> Option<C> {
    core::str::from_utf8(header).ok()?.trim_ascii().parse().ok()
}

/// What is unexpected about the header, for the error `code`.
fn header_note<C: CatalogCode>(header: &[u8], code: C) -> Option<Note<C>> {
    const MAX_LENGTH: usize = 64;
    match parse(header) {
        Some(named) if named == code => None,
        Some(named) => Some(Note::CodeContradicts { named }),
        None => {
            let shown = header.get(..MAX_LENGTH).unwrap_or(header);
            Some(Note::CodeUnknown { value: String::from_utf8_lossy(shown).into_owned() })
        }
    }
}
