//! Decoding a response whose code identifies the error.

use alloc::vec::Vec;

use kate_errors_model::UnknownReason;
use kate_errors_model::envelope::{Found, Identity};
use kate_errors_model::template::FREE_TEXT;

use super::candidates::{Candidates, Choice, Hints};
use super::members::{self, Members};
use crate::catalog::sent_with;
use crate::catalog::table::ErrorRow;
use crate::{CatalogCode, CatalogError, Decoder, Note, Notes, Outcome};

impl<E: CatalogError> Decoder<'_, E> {
    /// Whether the code of the response identifies the error, or would if the response had one.
    pub(super) fn identifies_by_code(&self) -> bool {
        match E::Code::IDENTITY {
            Identity::Code => true,
            Identity::CodeOrDetail => self.has_code(),
            Identity::Detail | Identity::CodeAndDetail => false,
        }
    }

    /// Whether the response has the code of an error, which identifies it.
    pub(super) fn names_its_error(&self) -> bool {
        self.identifies_by_code() && self.named(None).is_some()
    }

    /// Whether the response lacks the code of this error.
    pub(super) fn lacks_code(&self, row: &ErrorRow) -> bool {
        E::Code::IDENTITY != Identity::Detail && !self.has_code() && row.sent_code().is_some()
    }

    /// Decodes the error whose code the response has.
    pub(super) fn by_code(
        &self,
        status: Option<u16>,
        message: Option<&str>,
        found: Option<&Found<'_, '_>>,
    ) -> Outcome<E> {
        match self.named_under(status) {
            Some(code) => self.of_code(code, status, message, found),
            None => self.unknown(status, self.without_error()),
        }
    }

    /// Decodes a body of an older server, which sends no code, although nothing proves that messages differ.
    pub(super) fn by_message_alone(
        &self,
        status: Option<u16>,
        message: &str,
        found: &Found<'_, '_>,
    ) -> Outcome<E> {
        match only_one_with(message, status) {
            Some(code) => self.of_code(code, status, Some(message), Some(found)),
            None => self.unknown(status, self.without_error()),
        }
    }

    /// Decodes this error. Values are read from their own members, otherwise from the message.
    fn of_code(
        &self,
        code: E::Code,
        status: Option<u16>,
        message: Option<&str>,
        found: Option<&Found<'_, '_>>,
    ) -> Outcome<E> {
        let hints = Hints { named: Some(code), ..self.hints(status) };
        let has_mark = found.is_some_and(|found| found.has_mark);
        let found = found.filter(|_| E::Code::HAS_MEMBERS);
        let members = found.map(|found| Members::of(found, code.__row()));
        let members = members.as_ref().filter(|members| !members.are_missing());
        let mut candidates = Candidates::<E>::with(&hints, members);
        if let Some(message) = message {
            candidates.add_those_of(code, message);
        }
        // The code takes precedence over everything else, so this error is the only candidate.
        if let Some(choice) = candidates.choice {
            let differ = members.is_some()
                && !choice.is_former
                && message.is_some_and(|message| choice.error.detail() != message);
            let known = self.known(status, choice, has_mark);
            return known.with_note(differ.then_some(Note::ValuesDiffer));
        }
        // An error without values is identified by its code alone, whatever its message, and so is an error whose
        // values are all in members. A free-text message may contain what a value cannot, and may also be missing.
        let free = (code.detail_template() == FREE_TEXT).then_some(message.unwrap_or_default());
        let values = members::own(members, code.__row(), free);
        let context = members.and_then(Members::context);
        match Choice::of_values(code, &values, context.as_deref()) {
            Some(choice) => {
                let mut notes = self.notes(status, &choice);
                // A message from which no values are read can still be the current one, which needs no note.
                let is_other = |it: &&str| free.is_none() && choice.error.detail() != **it;
                let other = message.filter(is_other);
                notes.extend(other.map(|_| Note::OtherMessage { current: code.detail_template() }));
                notes.extend(has_mark.then_some(Note::ByteOrderMark));
                Outcome::Known { error: choice.error, notes: Notes::new(Vec::new(), notes) }
            }
            None => self.unknown(status, UnknownReason::OtherMessage),
        }
    }

    /// Whether the response has a code, in the catalog or not.
    pub(super) fn has_code(&self) -> bool {
        self.code.or(self.header).is_some()
    }

    /// Returns the error whose code the response has. If several share the code, it is the one with the status of
    /// the response. Returns `None` if there is no such error.
    fn named_under(&self, status: Option<u16>) -> Option<E::Code> {
        let code = self.named(status)?;
        let is_shared = || sent_with::<E::Code>(code.as_str()).nth(1).is_some();
        (code.__row().has_status(status) || !is_shared()).then_some(code)
    }

    /// Why there is no error, if errors are identified by code, with or without the message.
    pub(super) fn without_error(&self) -> UnknownReason {
        match self.named(None) {
            Some(_) => UnknownReason::OtherMessage,
            None if self.has_code() => UnknownReason::OtherCode,
            None => UnknownReason::NoCode,
        }
    }
}

/// Returns the error with the message, if it is the only one: among those with the status, if there are any. Free text
/// is the message of none.
fn only_one_with<C: CatalogCode>(message: &str, status: Option<u16>) -> Option<C> {
    let mut rows = C::TABLE.errors_with(message.as_bytes());
    let row = |row: &u32| C::TABLE.error(*row);
    rows.retain(|it| row(it).is_some_and(|row| row.detail() != FREE_TEXT));
    let has_status = |it: &u32| row(it).is_some_and(|row| row.has_status(status));
    if rows.iter().any(has_status) {
        rows.retain(has_status);
    }
    let [row] = rows[..] else { return None };
    C::ALL.get(row as usize).copied()
}
