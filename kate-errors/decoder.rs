//! Reading a response of a server.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;
use core::ops::Range;

use crate::body::{self, Body};
use crate::choose::{Choice, Constant, Wanted, choose, choose_constant, choose_plain};
use crate::constants::Entry;
use crate::json::{Kind, is_plain};
use crate::lookup::{AtOnce, templated_at_once};
use crate::outcome::{Outcome, Unknown};
use crate::reason::{DetailKind, UnknownReason};
use crate::trie::Sentence;
use crate::{CatalogCode, CatalogError, CatalogOperation, Decoded, Note, Notes, Scope, Validation};

/// The statuses of responses that are no errors (RFC 9110, section 15): 1xx informs, 2xx succeeds, 3xx leads
/// elsewhere.
const NOT_AN_ERROR: Range<u16> = 100..400;

/// Reads responses, with what is known about where they come from.
///
/// `KateError::decode(status, body)` is enough for most clients, and so is the same function of the enum
/// of an operation. A decoder is for the rest: it takes a section, an operation, and the header
/// `x-error-code` of the response. Each of them tells errors apart that have one sentence.
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

    /// Prefers the rows of a section or operation. A row from elsewhere is read too, with the finding
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

    /// Prefers the rows that an operation lists: [`within`](Self::within) its scope.
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
    /// of the row. It takes what clients have: `&str`, bytes, or the `HeaderValue` of the crate `http`.
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
        // What most responses need stands apart from the rest, so that it costs little: sentences of which
        // there is nothing more to say.
        let found = match self.constant(&body) {
            Some((_, Some(entry))) if entry.has_only(status) => {
                if let Some(error) = E::__from_row(entry.row() as usize) {
                    return Decoded::new(
                        status,
                        body,
                        Outcome::Known { error, notes: Notes::NONE },
                    );
                }
                self.find(status, &body)
            }
            Some((inside, None)) => self.templated(status, inside, &body),
            _ => self.find(status, &body),
        };
        Decoded::new(status, body, found)
    }

    /// The inside of the JSON string that a body holds in an envelope, and the row without values that has
    /// it. `None` if there is no envelope, or something more is known about the response.
    #[inline]
    fn constant<'a>(&self, body: &'a [u8]) -> Option<(&'a [u8], Option<Entry>)> {
        let inside = body::envelope(body).filter(|_| !self.knows_more())?;
        Some((inside, E::Code::TABLE.constants.first(inside)))
    }

    /// What is found for the inside of a JSON string that is no sentence without values.
    #[inline(never)]
    fn templated(&self, status: u16, inside: &[u8], body: &[u8]) -> Outcome<E> {
        let is_error = !NOT_AN_ERROR.contains(&status) && body.len() <= body::MAX_LENGTH;
        if !is_error {
            return self.find(status, body);
        }
        let sentence = Sentence { bytes: inside, text: None, is_in_json: true };
        let mut walk = E::Code::TABLE.trie.walk(sentence);
        match templated_at_once(&mut walk, status) {
            AtOnce::Row(row) => {
                let code = E::Code::ALL.get(row);
                let error = code.and_then(|code| E::__from_values(*code, walk.values()));
                if let Some(error) = error {
                    return Outcome::Known { error, notes: Notes::NONE };
                }
            }
            AtOnce::Nowhere if is_plain(inside) && core::str::from_utf8(inside).is_ok() => {
                return self.unknown(UnknownReason::OtherMessage);
            }
            _ => {}
        }
        self.find(status, body)
    }

    /// Whether something is known about the response beside its status and body.
    fn knows_more(&self) -> bool {
        self.header.is_some() || self.scope.is_some()
    }

    #[inline(never)]
    fn find(&self, status: u16, body: &[u8]) -> Outcome<E> {
        if NOT_AN_ERROR.contains(&status) {
            return Outcome::NotAnError;
        }
        if body.len() <= body::MAX_LENGTH {
            if let Some(inside) = body::envelope(body) {
                if let Some(found) = self.inside(status, inside) {
                    return found;
                }
            }
        }
        match body::read(body) {
            Ok(body) => self.detail(status, &body),
            Err(reason) => self.unknown(reason),
        }
    }

    /// What is found for the inside of a JSON string; `None` if it is none, or needs a closer look.
    fn inside(&self, status: u16, inside: &[u8]) -> Option<Outcome<E>> {
        let wanted = self.wanted(status);
        let constant = match choose_constant(&wanted, inside) {
            Constant::Meant(choice) => return Some(self.known(status, choice, false)),
            Constant::Some => true,
            Constant::None => false,
        };
        if !is_plain(inside) {
            return None;
        }
        let sentence = core::str::from_utf8(inside).ok()?;
        Some(match choose_plain(&wanted, sentence, constant) {
            Some(choice) => self.known(status, choice, false),
            None => self.unknown(UnknownReason::OtherMessage),
        })
    }

    fn detail(&self, status: u16, body: &Body<'_>) -> Outcome<E> {
        let detail = body.detail;
        match detail.kind() {
            Kind::Array | Kind::Object => Outcome::Validation(Validation::read(detail)),
            Kind::String => self.string(status, body),
            Kind::Null => self.unknown(UnknownReason::OtherKind(DetailKind::Null)),
            Kind::Boolean => self.unknown(UnknownReason::OtherKind(DetailKind::Boolean)),
            Kind::Number => self.unknown(UnknownReason::OtherKind(DetailKind::Number)),
        }
    }

    fn string(&self, status: u16, body: &Body<'_>) -> Outcome<E> {
        let Some(string) = body.detail.string() else {
            return self.unknown(UnknownReason::LoneSurrogate);
        };
        if !string.has_escapes && !body.has_mark {
            if let Some(found) = self.inside(status, string.inside.as_bytes()) {
                return found;
            }
        }
        match string.text() {
            Ok(sentence) => self.sentence(status, &sentence, body.has_mark),
            Err(_) => self.unknown(UnknownReason::LoneSurrogate),
        }
    }

    fn sentence(&self, status: u16, sentence: &str, has_mark: bool) -> Outcome<E> {
        match choose::<E>(&self.wanted(status), sentence) {
            Some(choice) => self.known(status, choice, has_mark),
            None => self.unknown(UnknownReason::OtherMessage),
        }
    }

    fn wanted(&self, status: u16) -> Wanted<E::Code> {
        Wanted { status: Some(status), scope: self.scope, named: self.named() }
    }

    fn known(&self, status: u16, choice: Choice<E>, has_mark: bool) -> Outcome<E> {
        let mut findings = Vec::new();
        self.findings(status, &choice, &mut findings);
        findings.extend(has_mark.then_some(Note::ByteOrderMark));
        Outcome::Known { error: choice.error, notes: Notes::new(choice.alternatives, findings) }
    }

    fn findings(&self, status: u16, choice: &Choice<E>, findings: &mut Vec<Note<E::Code>>) {
        let code = choice.error.code();
        let expected = code.status();
        if expected != status {
            findings.push(Note::StatusDiffers { expected, received: status });
        }
        if choice.is_former {
            findings.push(Note::FormerMessage { current: code.detail_template() });
        }
        findings.extend(code.retired().map(|reason| Note::Retired { reason }));
        let out_of = self.scope.filter(|scope| !scope.holds(code));
        findings.extend(out_of.map(|scope| Note::OutOfScope { scope: scope.name() }));
        findings.extend(self.header.and_then(|header| header_finding(header, code)));
    }

    fn unknown(&self, reason: UnknownReason) -> Outcome<E> {
        Outcome::Unknown(Unknown::new(reason, self.named()))
    }

    /// The row that the header names.
    fn named(&self) -> Option<E::Code> {
        core::str::from_utf8(self.header?).ok()?.trim_ascii().parse().ok()
    }
}

/// What is unexpected about the header, for the row `code`.
fn header_finding<C: CatalogCode>(header: &[u8], code: C) -> Option<Note<C>> {
    const MAX_LENGTH: usize = 64;
    let named =
        core::str::from_utf8(header).ok().and_then(|header| header.trim_ascii().parse().ok());
    match named {
        Some(named) if named == code => None,
        Some(named) => Some(Note::CodeContradicts { named }),
        None => {
            let shown = header.get(..MAX_LENGTH).unwrap_or(header);
            Some(Note::CodeUnknown { value: String::from_utf8_lossy(shown).into_owned() })
        }
    }
}
