//! Reading a body: from its envelope to an error. For generated enums and for the command's catalogs alike.

use alloc::string::String;
use alloc::vec::Vec;
use core::iter;

use kate_errors_model::UnknownReason;
use kate_errors_model::envelope::{Envelope, Found, Identity, Slot, Value};
use kate_errors_model::json::{Kind, Raw, Str};

use super::candidates::{Candidates, Choice, Hints};
use super::members;
use super::reading::{Noted, Reading, Remark};
use super::source::{Row, Source};
use crate::Validation;

/// Reads bodies of a catalog, with what is known about their response.
#[derive(Clone, Copy)]
pub struct Reader<'h, S> {
    pub(super) source: S,
    /// The code in the header.
    pub(super) header: Option<&'h [u8]>,
    /// The code in the body.
    pub(super) code: Option<&'h [u8]>,
}

impl<'h, 't, S: Source<'t>> Reader<'h, S> {
    /// Creates a reader. `header` is the code in the header of the response.
    pub fn new(source: S, header: Option<&'h [u8]>) -> Self {
        Self { source, header, code: None }
    }

    /// Reads the body of a response. Returns what it says, and the number of its envelope, which is 0 for that of
    /// the catalog.
    pub fn read(&self, status: u16, body: &[u8]) -> (Reading<S::Error>, u8) {
        if !self.source.format().envelope.may_be_error(status) {
            return (Reading::NotAnError, 0);
        }
        match self.sent(Some(status), body) {
            Ok(error) => (Reading::Known(error, None), 0),
            Err(sent) => self.or_older(status, body, self.current(Some(status), body, sent)),
        }
    }

    /// Reads a message that is not in a body.
    pub fn message(&self, status: u16, message: &str) -> Reading<S::Error> {
        let hints = self.hints(Some(status));
        let candidates = Candidates::of(self.source, &hints, message, None);
        self.chosen(Some(status), candidates, false)
    }

    /// Decodes a body in an envelope by parsing it. `is_old` says that it is one of an older server, which sends no
    /// code.
    pub(super) fn places(
        &self,
        envelope: &Envelope<'t>,
        status: Option<u16>,
        body: &[u8],
        is_old: bool,
    ) -> Reading<S::Error> {
        // Where a body has a code and a message and nothing else, each has one place.
        let is_simple =
            self.source.format().around.is_some() && self.source.format().envelope.older.is_empty();
        let found = envelope.find(body);
        let found = match &found {
            Ok(found) => found,
            Err(reason) => return self.unknown(status, *reason),
        };
        let reading = self.found(status, found, is_old);
        let Reading::Known(error, noted) = &reading else { return reading };
        let differ = !is_simple && found.places_differ();
        let lists_others = !self.source.format().is_detail && found.lists_others();
        if differ || lists_others {
            return reading
                .with(differ.then_some(Remark::PlacesDiffer))
                .with(lists_others.then_some(Remark::MoreErrors));
        }
        let Some(noted) = noted else { return reading };
        match self.named_beside(body, error, &noted.alternatives) {
            None => reading,
            header => Reader { header, ..*self }.places(envelope, status, body, is_old),
        }
    }

    /// The code of the error that members beside `detail` name, of those with the same message.
    fn named_beside(
        &self,
        body: &[u8],
        error: &S::Error,
        alternatives: &[S::Error],
    ) -> Option<&'t [u8]> {
        let source = self.source;
        let is_open = source.format().has_names_beside();
        if !is_open || self.header.is_some() || alternatives.is_empty() {
            return None;
        }
        let found = Envelope::NAMES.find(body).ok()?;
        let names = [Slot::DocsUrl, Slot::Code].into_iter().filter_map(|slot| found.get(slot));
        let names: Vec<_> = names.collect();
        let mut errors = iter::once(error).chain(alternatives).map(|it| source.number(it));
        let is_named = |error: &u32| names.iter().any(|it| is_named(source, *error, it.as_str()));
        source.row(errors.find(is_named)?)?.sent_code
    }

    /// Decodes what an envelope found in a body.
    #[inline]
    fn found(&self, status: Option<u16>, found: &Found<'_, '_>, is_old: bool) -> Reading<S::Error> {
        let code = if self.source.format().has_codes { found.get(Slot::Code) } else { None };
        let message = found.get(Slot::Detail);
        let code = code.as_ref().map(Value::code);
        let code = code.as_ref().map(|code| code.as_bytes());
        let message_alone = message.as_ref().filter(|_| !found.has_mark);
        if let Some(error) =
            message_alone.and_then(|it| self.plain_message(status, it.as_str(), code))
        {
            return Reading::Known(error, None);
        }
        Reader { code, ..*self }.by_code_or_message(status, found, message.as_ref(), is_old)
    }

    /// Decodes what an envelope found in a body, if it is no message that says all.
    #[inline(never)]
    fn by_code_or_message(
        &self,
        status: Option<u16>,
        found: &Found<'_, '_>,
        message: Option<&Value<'_>>,
        is_old: bool,
    ) -> Reading<S::Error> {
        match message {
            Some(message) if is_old => self.by_message_alone(status, message.as_str(), found),
            Some(message) if self.identifies_by_code() => {
                self.by_code(status, Some(message.as_str()), Some(found))
            }
            Some(message) => self.by_message(status, message.as_str(), found),
            None => match found.raw(Slot::Detail) {
                Some(detail)
                    if matches!(detail.kind(), Kind::Array | Kind::Object)
                        && !self.names_its_error() =>
                {
                    Reading::Validation(Validation::read(detail))
                }
                _ if self.identifies_by_code() && self.has_code() => {
                    self.by_code(status, None, Some(found))
                }
                None if self.source.format().identity.is_by_detail() => {
                    self.unknown(status, UnknownReason::NoDetail)
                }
                None => self.unknown(status, self.without_error()),
                Some(detail) => self.unknown(status, not_a_message(detail)),
            },
        }
    }

    /// Returns the error that has the message.
    fn by_message(
        &self,
        status: Option<u16>,
        message: &str,
        found: &Found<'_, '_>,
    ) -> Reading<S::Error> {
        let hints = self.hints(status);
        let candidates = Candidates::of(self.source, &hints, message, Some(found));
        let reading = self.chosen(status, candidates, found.has_mark);
        if !self.source.format().has_members {
            return reading;
        }
        let differ = matches!(&reading, Reading::Known(error, _)
            if members::differ(found, self.source, error));
        reading.with(differ.then_some(Remark::ValuesDiffer))
    }

    #[inline]
    pub(super) fn hints(&self, status: Option<u16>) -> Hints {
        Hints { status, named: self.named(status) }
    }

    #[inline]
    pub(super) fn chosen(
        &self,
        status: Option<u16>,
        candidates: Candidates<'_, 't, S>,
        has_mark: bool,
    ) -> Reading<S::Error> {
        match candidates.choice {
            Some(choice) => self.known(status, choice, has_mark),
            None if candidates.lacks_value => self.unknown(status, UnknownReason::MissingValue),
            None if self.source.format().identity == Identity::CodeAndDetail => {
                self.unknown(status, self.without_error())
            }
            None => self.unknown(status, UnknownReason::OtherMessage),
        }
    }

    #[inline]
    pub(super) fn known(
        &self,
        status: Option<u16>,
        choice: Choice<'t, S>,
        has_mark: bool,
    ) -> Reading<S::Error> {
        let noted = if self.is_as_expected(status, &choice) && !has_mark {
            None
        } else {
            let mut remarks = self.remarks(status, &choice);
            remarks.extend(has_mark.then_some(Remark::ByteOrderMark));
            Noted::of(choice.alternatives, remarks)
        };
        Reading::Known(choice.error, noted)
    }

    /// Whether there is nothing to note. May return `false` although there is nothing.
    #[inline]
    fn is_as_expected(&self, status: Option<u16>, choice: &Choice<'t, S>) -> bool {
        let Some(row) = self.source.row(choice.number) else { return false };
        let is_named = self.code.is_none_or(|code| code == row.code);
        let has_scope = self.source.has_in_scope(choice.number).is_some();
        let is_alone = !has_scope && self.header.is_none() && is_named;
        let is_current = !choice.is_former && !row.is_retired;
        let is_known = is_current && is_expected(&row, status);
        is_alone && is_known && !self.lacks_code(&row) && choice.alternatives.is_empty()
    }

    pub(super) fn remarks(&self, status: Option<u16>, choice: &Choice<'t, S>) -> Vec<Remark> {
        let mut remarks = Vec::new();
        let Some(row) = self.source.row(choice.number) else { return remarks };
        let is_out_of_scope = self.source.has_in_scope(choice.number) == Some(false);
        remarks.extend((!is_expected(&row, status)).then_some(Remark::StatusDiffers));
        remarks.extend(choice.is_former.then_some(Remark::FormerMessage));
        remarks.extend(row.is_retired.then_some(Remark::Retired));
        remarks.extend(is_out_of_scope.then_some(Remark::OutOfScope));
        remarks.extend(self.lacks_code(&row).then_some(Remark::NoCode));
        let header = self.header.filter(|header| self.code != Some(header.trim_ascii()));
        for code in self.code.into_iter().chain(header) {
            remarks.extend(self.remark_on(code, status, &row));
        }
        remarks
    }

    /// Returns a remark if the received code is not that of the error.
    fn remark_on(&self, code: &[u8], status: Option<u16>, row: &Row<'_>) -> Option<Remark> {
        const MAX_LENGTH: usize = 64;
        let Some(named) = self.error_with(code, status) else {
            let shown = code.get(..MAX_LENGTH).unwrap_or(code);
            return Some(Remark::CodeUnknown(String::from_utf8_lossy(shown).into_owned()));
        };
        let has_code = self.source.row(named).is_some_and(|named| named.code == row.code);
        (!has_code).then_some(Remark::CodeContradicts(named))
    }

    pub(super) fn unknown(&self, status: Option<u16>, reason: UnknownReason) -> Reading<S::Error> {
        Reading::Unknown(reason, self.named(status))
    }

    /// The error whose code is in the body, or in the header if the body has none. If several share the code, the
    /// status chooses.
    #[inline]
    pub(super) fn named(&self, status: Option<u16>) -> Option<u32> {
        self.code.or(self.header).and_then(|code| self.error_with(code, status))
    }

    /// Returns the error that is sent with a code, which may have white space around it, as header fields can. If
    /// several share it, it is the first one with the status, otherwise the first one.
    fn error_with(&self, code: &[u8], status: Option<u16>) -> Option<u32> {
        let mut errors = self.source.sent_with(code.trim_ascii());
        let has_status = |error: &u32| self.row_has_status(*error, status);
        let first = errors.next()?;
        if has_status(&first) { Some(first) } else { errors.find(has_status).or(Some(first)) }
    }

    pub(super) fn row_has_status(&self, error: u32, status: Option<u16>) -> bool {
        self.source.row(error).is_some_and(|row| row.has_status(status))
    }
}

/// Whether the status is one of the error, or is unknown.
#[inline]
pub(super) fn is_expected(row: &Row<'_>, status: Option<u16>) -> bool {
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
pub(super) fn is_named<'t>(source: impl Source<'t>, error: u32, name: &str) -> bool {
    source.row(error).is_some_and(|row| row.code == name.as_bytes())
        || source.docs_url(error).is_some_and(|url| url == name)
}
