//! Decoding a response.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::iter;
use core::marker::PhantomData;

use kate_errors_model::UnknownReason;
use kate_errors_model::envelope::{Envelope, Found, Identity, Slot, Value};
use kate_errors_model::json::{Kind, Raw, Str};

use super::candidates::{Candidates, Choice, Hints};
use super::members;
use super::older::of_success;
use crate::catalog::sent_under;
use crate::catalog::table::ErrorRow;
use crate::{
    CatalogCode, CatalogError, CatalogOperation, Decoded, Note, Notes, Outcome, Scope, Unknown,
    Validation,
};

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
    pub(super) scope: Option<Scope<E::Code>>,
    pub(super) header: Option<&'h [u8]>,
    /// The code in the body.
    pub(super) code: Option<&'h [u8]>,
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
        Self { scope: None, header: None, code: None, error: PhantomData }
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
        Self { header: value.map(|value| E::Code::ERROR_CODE.code(value.as_ref())), ..self }
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
        let envelope = E::Code::ENVELOPE;
        if !envelope.may_be_error(status) {
            return Decoded::new(status, body, Outcome::NotAnError);
        }
        let outcome = self.outcome(Some(status), &body);
        if envelope.older.is_empty() && envelope.success.is_none() {
            return Decoded::new(status, body, outcome);
        }
        let (outcome, older) = self.or_older(Some(status), &body, outcome);
        let outcome = if envelope.is_success(status) { of_success(outcome) } else { outcome };
        Decoded::new(status, body, outcome).with_older(older)
    }

    /// Sets the code in the body.
    #[inline]
    pub(super) fn with_code<'c>(&'c self, code: Option<&'c [u8]>) -> Decoder<'c, E> {
        Decoder { code, ..self.clone() }
    }

    /// Decodes a body in an envelope by parsing it. `is_old` says that it is one of an older server, which sends no
    /// code.
    pub(super) fn places(
        &self,
        envelope: &Envelope<'static>,
        status: Option<u16>,
        body: &[u8],
        is_old: bool,
    ) -> Outcome<E> {
        // Where a body has a code and a message and nothing else, each has one place.
        let is_simple = E::Code::AROUND.is_some() && E::Code::ENVELOPE.older.is_empty();
        let differ = |found: &Found<'_, '_>| !is_simple && found.places_differ();
        match envelope.find(body) {
            Ok(found) => match self.found(status, &found, is_old) {
                outcome @ Outcome::Known { .. } if differ(&found) || found.lists_others() => {
                    outcome
                        .with_note(differ(&found).then_some(Note::PlacesDiffer))
                        .with_note(found.lists_others().then_some(Note::MoreErrors))
                }
                Outcome::Known { error, notes } if !notes.alternatives().is_empty() => {
                    match self.named_beside(body, &error, &notes) {
                        Some(code) => {
                            let decoder = Self { header: Some(code.as_bytes()), ..self.clone() };
                            decoder.places(envelope, status, body, is_old)
                        }
                        None => Outcome::Known { error, notes },
                    }
                }
                outcome => outcome,
            },
            Err(reason) => self.unknown(status, reason),
        }
    }

    /// The code of the error that members beside `detail` name, of those with the same message.
    fn named_beside(&self, body: &[u8], error: &E, notes: &Notes<E>) -> Option<&'static str> {
        let is_open = E::Code::IS_DETAIL && E::Code::IDENTITY == Identity::Detail;
        let is_open = is_open && self.header.is_none();
        let found = Envelope::NAMES.find(body).ok().filter(|_| is_open)?;
        let names = [Slot::DocsUrl, Slot::Code].into_iter().filter_map(|slot| found.get(slot));
        let names: Vec<_> = names.collect();
        let codes = iter::once(error).chain(notes.alternatives()).map(E::code);
        let is_named = |code: &E::Code| names.iter().any(|it| names_error(it.as_str(), *code));
        codes.filter(is_named).find_map(|code| code.__row().sent_code())
    }

    /// Decodes what an envelope found in a body.
    fn found(&self, status: Option<u16>, found: &Found<'_, '_>, is_old: bool) -> Outcome<E> {
        let code = if E::Code::HAS_CODES { found.get(Slot::Code) } else { None };
        let message = found.get(Slot::Detail);
        let code = code.as_ref().map(Value::code);
        let code = code.as_ref().map(|code| code.as_bytes());
        let message_alone = message.as_ref().filter(|_| !found.has_mark);
        if let Some(error) =
            message_alone.and_then(|it| self.plain_message(status, it.as_str(), code))
        {
            return Outcome::Known { error, notes: Notes::NONE };
        }
        let decoder = self.with_code(code);
        match &message {
            Some(message) if is_old => decoder.by_message_alone(status, message.as_str(), found),
            Some(message) if decoder.identifies_by_code() => {
                decoder.by_code(status, Some(message.as_str()), Some(found))
            }
            Some(message) => decoder.by_message(status, message.as_str(), found),
            None => match found.raw(Slot::Detail) {
                Some(detail)
                    if matches!(detail.kind(), Kind::Array | Kind::Object)
                        && !decoder.names_its_error() =>
                {
                    Outcome::Validation(Validation::read(detail))
                }
                _ if decoder.identifies_by_code() && decoder.has_code() => {
                    decoder.by_code(status, None, Some(found))
                }
                None if E::Code::IDENTITY.is_by_detail() => {
                    decoder.unknown(status, UnknownReason::NoDetail)
                }
                None => decoder.unknown(status, decoder.without_error()),
                Some(detail) => decoder.unknown(status, not_a_message(detail)),
            },
        }
    }

    /// Returns the error that has the message.
    fn by_message(&self, status: Option<u16>, message: &str, found: &Found<'_, '_>) -> Outcome<E> {
        let hints = self.hints(status);
        let outcome =
            self.chosen(status, Candidates::of(&hints, message, Some(found)), found.has_mark);
        if !E::Code::HAS_MEMBERS {
            return outcome;
        }
        let differ =
            matches!(&outcome, Outcome::Known { error, .. } if members::differ(found, error));
        outcome.with_note(differ.then_some(Note::ValuesDiffer))
    }

    pub(super) fn hints(&self, status: Option<u16>) -> Hints<E::Code> {
        Hints { status, scope: self.scope, named: self.named(status) }
    }

    #[inline]
    pub(super) fn chosen(
        &self,
        status: Option<u16>,
        candidates: Candidates<'_, E>,
        has_mark: bool,
    ) -> Outcome<E> {
        match candidates.choice {
            Some(choice) => self.known(status, choice, has_mark),
            None if candidates.lacks_value => self.unknown(status, UnknownReason::MissingValue),
            None if E::Code::IDENTITY == Identity::CodeAndDetail => {
                self.unknown(status, self.without_error())
            }
            None => self.unknown(status, UnknownReason::OtherMessage),
        }
    }

    #[inline]
    pub(super) fn known(
        &self,
        status: Option<u16>,
        choice: Choice<E>,
        has_mark: bool,
    ) -> Outcome<E> {
        let notes = if self.is_as_expected(status, &choice) && !has_mark {
            Notes::NONE
        } else {
            let mut notes = self.notes(status, &choice);
            notes.extend(has_mark.then_some(Note::ByteOrderMark));
            Notes::new(choice.alternatives, notes)
        };
        Outcome::Known { error: choice.error, notes }
    }

    /// Whether there is nothing to note. May return `false` although there is nothing.
    #[inline]
    fn is_as_expected(&self, status: Option<u16>, choice: &Choice<E>) -> bool {
        let is_named = self.code.is_none_or(|code| code == choice.row.code_bytes());
        let is_alone = self.scope.is_none() && self.header.is_none() && is_named;
        let is_current = !choice.is_former && choice.row.extras().retired.is_none();
        let is_known = is_current && is_expected(choice.row, status);
        is_alone && is_known && !self.lacks_code(choice.row) && choice.alternatives.is_empty()
    }

    pub(super) fn notes(&self, status: Option<u16>, choice: &Choice<E>) -> Vec<Note<E::Code>> {
        let (mut notes, code) = (Vec::new(), choice.error.code());
        let expected = choice.row.status;
        if let Some(received) = status.filter(|_| !is_expected(choice.row, status)) {
            notes.push(Note::StatusDiffers { expected, received });
        }
        if choice.is_former {
            notes.push(Note::FormerMessage { current: code.detail_template() });
        }
        notes.extend(code.retired().map(|reason| Note::Retired { reason }));
        let out_of = self.scope.filter(|scope| !scope.holds(code));
        notes.extend(out_of.map(|scope| Note::OutOfScope { scope: scope.name() }));
        notes.extend(self.lacks_code(choice.row).then_some(Note::NoCode));
        let header = self.header.filter(|header| self.code != Some(header.trim_ascii()));
        for named in self.code.into_iter().chain(header) {
            notes.extend(code_note(named, status, code));
        }
        notes
    }

    pub(crate) fn unknown(&self, status: Option<u16>, reason: UnknownReason) -> Outcome<E> {
        Outcome::Unknown(Unknown::new(reason, self.named(status)))
    }

    /// The error whose code is in the body, or in the header if the body has none. If several share the code, the
    /// status chooses.
    #[inline]
    pub(super) fn named(&self, status: Option<u16>) -> Option<E::Code> {
        self.code.or(self.header).and_then(|code| parse(code, status))
    }
}

/// Whether the status is one of the error, or is unknown.
#[inline]
pub(super) fn is_expected(row: &ErrorRow, status: Option<u16>) -> bool {
    status.is_none() || row.has_status(status)
}

/// Why a scalar in place of the message is not a message.
fn not_a_message(detail: Raw<'_>) -> UnknownReason {
    match detail.string().map(Str::text) {
        None => UnknownReason::OtherKind(detail.kind()),
        Some(Err(_)) => UnknownReason::LoneSurrogate,
        // A string without the literal text that the envelope has around the message.
        Some(Ok(_)) => UnknownReason::OtherMessage,
    }
}

/// Whether a member beside the message names an error: by its code, or the URL of its documentation.
pub(super) fn names_error<C: CatalogCode>(name: &str, code: C) -> bool {
    name == code.as_str() || code.docs_url().is_some_and(|url| url == name)
}

/// Returns the error that is sent with a code.
fn parse<C: CatalogCode>(code: &[u8], status: Option<u16>) -> Option<C> {
    sent_under(text_of(code)?, status)
}

/// A code as text, without white space around it, which header fields may have.
fn text_of(code: &[u8]) -> Option<&str> {
    Some(core::str::from_utf8(code).ok()?.trim_ascii())
}

/// Returns a note if the received code is not that of the error.
fn code_note<C: CatalogCode>(header: &[u8], status: Option<u16>, code: C) -> Option<Note<C>> {
    const MAX_LENGTH: usize = 64;
    match parse::<C>(header, status) {
        Some(named) if named == code || named.as_str() == code.as_str() => None,
        Some(named) => Some(Note::CodeContradicts { named }),
        None => {
            let shown = header.get(..MAX_LENGTH).unwrap_or(header);
            Some(Note::CodeUnknown { value: String::from_utf8_lossy(shown).into_owned() })
        }
    }
}
