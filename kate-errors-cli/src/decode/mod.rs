//! Decodes responses with a catalog that was compiled at run time, as clients with generated types decode them.
//!
//! The library's decoder works on generated types. This one mirrors it step by step, and the generated vectors verify
//! that both give the same results. Only responses for which the client names no operation or section are compared;
//! sections are not supported here.

mod alone;
mod beside;
mod candidate;
mod members;
mod reading;
mod worth;

use std::collections::BTreeMap;

use kate_errors::__private::fields_of;
use kate_errors::FieldError;
use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Identity, Row};
use kate_errors_model::UnknownReason;
use kate_errors_model::envelope::{Envelope, Found, Parts, Slot, Value};
use kate_errors_model::json::{Kind, Str};
use kate_errors_model::status::may_be_error;
use kate_errors_model::template::FREE_TEXT;

use self::candidate::chosen;
use self::members::Members;
pub(crate) use self::reading::{Known, Note, Reading, Response};
use self::worth::{CODE, MOST};
use crate::lookup::Lookup;
use crate::messages;

/// A client of a catalog.
pub(crate) struct Decoder<'c> {
    catalog: &'c Catalog,
    /// The envelopes to try: the current one, then the older ones.
    parts: Vec<Parts<'c>>,
    lookup: Lookup<'c>,
    aliases: Vec<Vec<usize>>,
    codes: BTreeMap<&'c str, Vec<usize>>,
}

/// What is known about a response besides its message.
struct Hints<'h> {
    status: u16,
    /// The code from the body; the next field is the code from the header.
    code: Option<&'h str>,
    header: Option<&'h str>,
    has_mark: bool,
    named: Option<usize>,
    /// The errors that the operation lists.
    operation: Option<&'h [usize]>,
    /// Whether the body is one of an older server, without a place for the code.
    is_old: bool,
}

impl Hints<'_> {
    fn spoken(&self) -> Option<&str> {
        self.code.or(self.header)
    }

    /// Returns why no error was found, for catalogs whose errors are identified by code, or by code and message.
    fn without_error(&self) -> UnknownReason {
        match (self.named, self.spoken()) {
            (Some(_), _) => UnknownReason::OtherMessage,
            (None, Some(_)) => UnknownReason::OtherCode,
            (None, None) => UnknownReason::NoCode,
        }
    }
}

impl<'c> Decoder<'c> {
    pub(crate) fn of(catalog: &'c Catalog) -> Self {
        let (lookup, aliases) = (Lookup::of(catalog), catalog.aliases());
        let codes = messages::sent_with_code(catalog);
        Self { catalog, parts: catalog.envelopes().collect(), lookup, aliases, codes }
    }

    /// Whether the current envelope has a place for the slot.
    pub(crate) fn reads(&self, slot: Slot<'_>) -> bool {
        self.parts.first().is_some_and(|parts| parts.envelope().reads(slot))
    }

    pub(crate) fn decode(&self, response: &Response) -> Reading {
        self.decode_in(response, None)
    }

    /// Like [`Self::decode`], for the response of an operation. Among equally ranked errors, those listed in
    /// `operation` win.
    pub(crate) fn decode_in(&self, response: &Response, operation: Option<&[usize]>) -> Reading {
        let is_success = self.catalog.success == Some(response.status);
        if !may_be_error(response.status) && !is_success {
            return Reading::NotAnError;
        }
        match self.best(response, operation).0 {
            Reading::Unknown(reason, _) if is_success && !reason.is_of_an_error() => {
                Reading::NotAnError
            }
            Reading::Validation if is_success => Reading::NotAnError,
            best => best,
        }
    }

    /// Returns the paths and messages of the invalid fields that a body lists. Clients ask for them separately.
    pub(crate) fn fields(&self, response: &Response) -> Vec<(String, String)> {
        let (_, at) = self.best(response, None);
        let envelope = self.parts.get(at).map(Parts::envelope);
        let fields = envelope.map(|it| fields_of(&it, response.body.as_bytes()));
        let shown = |field: FieldError| (field.path(), field.message().to_owned());
        let fields = fields.unwrap_or_default().into_iter().map(shown);
        fields.filter(|(_, message)| !message.is_empty()).collect()
    }

    /// Decodes the response with each envelope. Returns the best reading and the index of its envelope.
    fn best(&self, response: &Response, operation: Option<&[usize]>) -> (Reading, usize) {
        let (mut best, mut is_current) = ((Reading::NotAnError, 0), false);
        for (at, parts) in self.parts.iter().enumerate() {
            let envelope = parts.envelope();
            // A body with a code elsewhere is not that of a server without codes.
            let lacks_code = at > 0 && !envelope.reads(Slot::Code) && response.header.is_none();
            let is_old = lacks_code && best.0.worth(self.catalog) < CODE;
            let header = response.header.as_deref().filter(|_| !is_current);
            let reading = self.decode_as(&envelope, response, header, operation, is_old);
            // The code in the header belongs to the current envelope if the body has a code or a list there.
            is_current |= at == 0
                && response.header.is_some()
                && (reading == Reading::Validation
                    || envelope
                        .find(response.body.as_bytes())
                        .is_ok_and(|it| it.get(Slot::Code).is_some()));
            let worth = reading.worth(self.catalog);
            if best.0 == Reading::NotAnError || worth > best.0.worth(self.catalog) {
                best = (reading, at);
            }
            if worth == MOST {
                break;
            }
        }
        best
    }

    fn decode_as(
        &self,
        envelope: &Envelope<'_>,
        response: &Response,
        header: Option<&str>,
        operation: Option<&[usize]>,
        is_old: bool,
    ) -> Reading {
        let code = self.catalog.error_code();
        let header = header.map(|it| str::from_utf8(code.code(it.as_bytes())).unwrap_or(it));
        let found = match envelope.find(response.body.as_bytes()) {
            Ok(found) => found,
            Err(reason) => return Reading::Unknown(reason, self.named(header)),
        };
        let read = |header| self.found(response.status, header, operation, is_old, &found);
        match read(header) {
            Reading::Known(mut known) => {
                if let Some(code) = self.named_beside(response, &known) {
                    return read(Some(code));
                }
                known.notes.extend(found.places_differ().then_some(Note::PlacesDiffer));
                known.notes.extend(found.lists_others().then_some(Note::MoreErrors));
                Reading::Known(known)
            }
            reading => reading,
        }
    }

    /// Returns the code of the error that members beside `detail` name, of those with the same message.
    fn named_beside(&self, response: &Response, known: &Known) -> Option<&'c str> {
        let is_open = messages::names_beside(self.catalog) && response.header.is_none();
        let is_open = is_open && !known.alternatives.is_empty();
        let found = Envelope::NAMES.find(response.body.as_bytes()).ok().filter(|_| is_open)?;
        let names = [Slot::DocsUrl, Slot::Code].into_iter().filter_map(|slot| found.get(slot));
        let names: Vec<_> = names.collect();
        let rows = std::iter::once(known).chain(&known.alternatives);
        let mut rows = rows.map(|it| &self.catalog.rows[it.row]);
        let is_named = |row: &&Row| {
            let url = self.catalog.docs_url(row);
            names.iter().any(|it| it.as_str() == row.code || Some(it.as_str()) == url.as_deref())
        };
        rows.find(is_named).map(|row| &*row.code)
    }

    fn named(&self, code: Option<&str>) -> Option<usize> {
        self.codes.get(code?.trim_ascii())?.first().copied()
    }

    fn found(
        &self,
        status: u16,
        header: Option<&str>,
        operation: Option<&[usize]>,
        is_old: bool,
        found: &Found<'_, '_>,
    ) -> Reading {
        let (code, message) = (found.get(Slot::Code), found.get(Slot::Detail));
        let code = code.as_ref().map(Value::code);
        let code = code.as_deref();
        let named = self.named(code.or(header));
        let has_mark = found.has_mark;
        let is_by_detail = self.catalog.identity.is_by_detail();
        let is_old = is_old && !is_by_detail;
        let hints = Hints { status, code, header, has_mark, named, operation, is_old };
        let by_code = match self.catalog.identity {
            Identity::Code => true,
            Identity::CodeOrDetail => hints.spoken().is_some(),
            Identity::Detail | Identity::CodeAndDetail => is_old,
        };
        let reason = match (&message, found.raw(Slot::Detail)) {
            (Some(message), _) if by_code => {
                return self.by_code(&hints, Some(message.as_str()), found);
            }
            (Some(message), _) => return self.by_message(&hints, message.as_str(), found),
            (None, Some(detail))
                if matches!(detail.kind(), Kind::Array | Kind::Object)
                    && !(by_code && named.is_some()) =>
            {
                return Reading::Validation;
            }
            _ if by_code && hints.spoken().is_some() => return self.by_code(&hints, None, found),
            (None, None) if is_by_detail => UnknownReason::NoDetail,
            (None, None) => hints.without_error(),
            (None, Some(detail)) => match detail.string().map(Str::text) {
                None => UnknownReason::OtherKind(detail.kind()),
                Some(Err(_)) => UnknownReason::LoneSurrogate,
                Some(Ok(_)) => UnknownReason::OtherMessage,
            },
        };
        Reading::Unknown(reason, named)
    }

    fn by_message(&self, hints: &Hints<'_>, message: &str, found: &Found<'_, '_>) -> Reading {
        let needs_both = self.catalog.identity == Identity::CodeAndDetail;
        let named_code = hints.named.map(|row| &self.catalog.rows[row].code);
        let (mut candidates, mut lacks_value) = (Vec::new(), false);
        for (it, values) in self.lookup.read(message) {
            let aliases = self.aliases[it.row].iter().copied();
            for row in std::iter::once(it.row).chain(aliases) {
                if !needs_both || named_code == Some(&self.catalog.rows[row].code) {
                    let named = hints.named.filter(|_| !needs_both);
                    let members = Members::of(self.catalog, found, row, false);
                    let read = self.candidate(row, (it, &values), Some(&members), named, hints);
                    lacks_value |= read.is_none();
                    candidates.extend(read);
                }
            }
        }
        match chosen(candidates) {
            Some(mut best) => {
                let mut notes = self.notes(&best.known, best.is_former, hints);
                let members = Members::of(self.catalog, found, best.known.row, true);
                // Compares messages, not values: a value that was sanitized in the message is not a difference.
                let other = members.put_into(&best.known);
                if self.is_whole(&other) && self.message(&other) != self.message(&best.known) {
                    notes.push(Note::ValuesDiffer);
                }
                best.known.notes = notes;
                Reading::Known(best.known)
            }
            None if lacks_value => Reading::Unknown(UnknownReason::MissingValue, hints.named),
            None if needs_both => Reading::Unknown(hints.without_error(), hints.named),
            None => Reading::Unknown(UnknownReason::OtherMessage, hints.named),
        }
    }

    fn by_code(&self, hints: &Hints<'_>, message: Option<&str>, found: &Found<'_, '_>) -> Reading {
        let named = match message.filter(|_| hints.is_old) {
            Some(message) => self.only_one_with(message, hints),
            None => self.named_under(hints),
        };
        let Some(row) = named else {
            return Reading::Unknown(hints.without_error(), hints.named);
        };
        let members = Members::of(self.catalog, found, row, true);
        let members = Some(members).filter(|members| !members.are_missing());
        let (error, mut candidates) = (&self.catalog.rows[row], Vec::new());
        if let Some(message) = message {
            let owners = std::iter::once(row).chain(error.same_as);
            let read = owners.flat_map(|owner| self.lookup.read_of(owner, message));
            for (it, values) in read {
                let members = members.as_ref();
                candidates.extend(self.candidate(row, (it, &values), members, Some(row), hints));
            }
        }
        if let Some(mut best) = chosen(candidates) {
            let mut notes = self.notes(&best.known, best.is_former, hints);
            let written = || self.message(&best.known);
            if members.is_some() && !best.is_former && message.is_some_and(|it| it != written()) {
                notes.push(Note::ValuesDiffer);
            }
            best.known.notes = notes;
            return Reading::Known(best.known);
        }
        let members = members.unwrap_or_default();
        let free = (error.detail.source == FREE_TEXT).then_some(message.unwrap_or_default());
        let unknown = Reading::Unknown(UnknownReason::OtherMessage, hints.named);
        let values = members.own(&error.params, free);
        let mut known = Known { row, values, context: members.context(), ..Known::default() };
        if !self.is_whole(&known) {
            return unknown;
        }
        known.notes = self.notes(&known, false, hints);
        let at = known.notes.len() - usize::from(hints.has_mark);
        // A message from which values are not read is not in the index, so compare it with the rendered message.
        let other = message.filter(|it| free.is_none() && self.message(&known) != *it);
        known.notes.splice(at..at, other.map(|_| Note::OtherMessage));
        Reading::Known(known)
    }

    /// Returns the error with the code of the response. If several share it, the status selects one.
    fn named_under(&self, hints: &Hints<'_>) -> Option<usize> {
        let rows = self.codes.get(hints.spoken()?.trim_ascii())?;
        match rows.as_slice() {
            [row] => Some(*row),
            rows => rows.iter().copied().find(|row| self.has_status(*row, hints)),
        }
    }

    /// Returns the error with the message, if it is the only one: among those with the status, if there are any. Free
    /// text is the message of none.
    fn only_one_with(&self, message: &str, hints: &Hints<'_>) -> Option<usize> {
        let mut rows = self.rows_with(message);
        if rows.iter().any(|row| self.has_status(*row, hints)) {
            rows.retain(|row| self.has_status(*row, hints));
        }
        rows.first().copied().filter(|_| rows.len() == 1)
    }

    fn has_status(&self, row: usize, hints: &Hints<'_>) -> bool {
        messages::has_status(self.catalog, &self.catalog.rows[row], hints.status)
    }

    fn notes(&self, known: &Known, is_former: bool, hints: &Hints<'_>) -> Vec<Note> {
        let mut notes = Vec::new();
        let row = &self.catalog.rows[known.row];
        let mut add = |is_so: bool, note: Note| notes.extend(is_so.then_some(note));
        add(!self.has_status(known.row, hints), Note::StatusDiffers);
        add(is_former, Note::FormerMessage);
        add(row.retired.is_some(), Note::Retired);
        let needs_code = self.catalog.identity != Identity::Detail;
        add(needs_code && hints.spoken().is_none() && !row.without_code, Note::NoCode);
        let header = hints.header.map(str::trim_ascii).filter(|it| hints.code != Some(*it));
        for code in hints.code.into_iter().chain(header).map(str::trim_ascii) {
            match self.named(Some(code)) {
                Some(_) => add(code != row.code, Note::CodeContradicts(code.to_owned())),
                None => add(true, Note::CodeUnknown),
            }
        }
        add(hints.has_mark, Note::ByteOrderMark);
        notes
    }
}

#[cfg(test)]
mod tests;
