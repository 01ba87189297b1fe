//! Decoding a response whose code identifies the error.

use alloc::vec::Vec;

use kate_errors_model::envelope::{Found, Identity};
use kate_errors_model::{MAX_PARAMS, UnknownReason};

use super::candidates::{Candidates, Choice, Hints};
use super::members::{self, Members};
use super::reader::Reader;
use super::reading::{Noted, Reading, Remark};
use super::source::{Message, Row, Source};

impl<'t, S: Source<'t>> Reader<'_, S> {
    /// Whether the code of the response identifies the error, or would if the response had one.
    pub(super) fn identifies_by_code(&self) -> bool {
        match self.source.format().identity {
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
    pub(super) fn lacks_code(&self, row: &Row<'_>) -> bool {
        self.source.format().identity != Identity::Detail
            && !self.has_code()
            && row.sent_code.is_some()
    }

    /// Decodes the error whose code the response has.
    pub(super) fn by_code(
        &self,
        status: Option<u16>,
        message: Option<&str>,
        found: Option<&Found<'_, '_>>,
    ) -> Reading<S::Error> {
        match self.named_under(status) {
            Some(error) => self.of_error(error, status, message, found),
            None => self.unknown(status, self.without_error()),
        }
    }

    /// Decodes a body of an older server, which sends no code, although nothing proves that messages differ.
    pub(super) fn by_message_alone(
        &self,
        status: Option<u16>,
        message: &str,
        found: &Found<'_, '_>,
    ) -> Reading<S::Error> {
        match self.only_one_with(message, status) {
            Some(error) => self.of_error(error, status, Some(message), Some(found)),
            None => self.unknown(status, self.without_error()),
        }
    }

    /// Decodes this error. Values are read from their own members, otherwise from the message.
    fn of_error(
        &self,
        error: u32,
        status: Option<u16>,
        message: Option<&str>,
        found: Option<&Found<'_, '_>>,
    ) -> Reading<S::Error> {
        let source = self.source;
        let unknown = || self.unknown(status, UnknownReason::OtherMessage);
        let Some(row) = source.row(error) else { return unknown() };
        let hints = Hints { named: Some(error), ..self.hints(status) };
        let has_mark = found.is_some_and(|found| found.has_mark);
        let found = found.filter(|_| source.format().has_members);
        let members = found.map(|found| Members::of(found, &row));
        let members = members.as_ref().filter(|members| !members.are_missing());
        let mut candidates = Candidates::with(source, &hints, members);
        if let Some(message) = message {
            candidates.add_those_of(error, message);
        }
        // The code takes precedence over everything else, so this error is the only candidate.
        if let Some(choice) = candidates.choice {
            let differ = members.is_some()
                && !choice.is_former
                && message.is_some_and(|message| source.detail(&choice.error) != message);
            let known = self.known(status, choice, has_mark);
            return known.with(differ.then_some(Remark::ValuesDiffer));
        }
        // An error without values is identified by its code alone, whatever its message, and so is an error whose
        // values are all in members. A free-text message may contain what a value cannot, and may also be missing.
        let free = row.is_free_text().then_some(message.unwrap_or_default());
        let values = members::own(members, &row, free);
        let context = members.and_then(Members::context);
        let choice = Choice::of_values(source, error, &values, context.as_deref());
        let Some(choice) = choice else { return unknown() };
        let mut remarks = self.remarks(status, &choice);
        // A message from which no values are read can still be the current one, which needs no note.
        let is_other = |it: &str| free.is_none() && source.detail(&choice.error) != it;
        remarks.extend(message.is_some_and(is_other).then_some(Remark::OtherMessage));
        remarks.extend(has_mark.then_some(Remark::ByteOrderMark));
        Reading::Known(choice.error, Noted::of(Vec::new(), remarks))
    }

    /// Whether the response has a code, in the catalog or not.
    pub(super) fn has_code(&self) -> bool {
        self.code.or(self.header).is_some()
    }

    /// Returns the error whose code the response has. If several share the code, it is the one with the status of
    /// the response. Returns `None` if there is no such error.
    fn named_under(&self, status: Option<u16>) -> Option<u32> {
        let error = self.named(status)?;
        let row = self.source.row(error)?;
        let is_shared = || self.source.sent_with(row.code).nth(1).is_some();
        (row.has_status(status) || !is_shared()).then_some(error)
    }

    /// Why there is no error, if errors are identified by code, with or without the message.
    pub(super) fn without_error(&self) -> UnknownReason {
        match self.named(None) {
            Some(_) => UnknownReason::OtherMessage,
            None if self.has_code() => UnknownReason::OtherCode,
            None => UnknownReason::NoCode,
        }
    }

    /// Returns the error with the message, if it is the only one: among those with the status, if there are any. Free
    /// text is the message of none.
    fn only_one_with(&self, message: &str, status: Option<u16>) -> Option<u32> {
        let mut errors = self.errors_with(message);
        let has_status = |error: &u32| self.row_has_status(*error, status);
        if errors.iter().any(has_status) {
            errors.retain(has_status);
        }
        let [error] = errors[..] else { return None };
        Some(error)
    }

    /// Returns all errors that a text is a message of, aliases included, each once. Free text is the message of none.
    pub fn errors_with(&self, text: &str) -> Vec<u32> {
        let (source, text) = (self.source, text.as_bytes());
        let constants = source.index().constants(&source, text);
        let constants = constants.filter_map(|number| Some(source.constant_of(number)?.0));
        let mut errors: Vec<u32> = constants.collect();
        source.index().templates(&source, text, &mut |number| {
            let message = source.message(number);
            let is_read = |it: &Message<'_>| it.template.read(text, &mut [None; MAX_PARAMS]);
            errors.extend(message.filter(is_read).map(|it| it.error));
        });
        let row = |error: &u32| source.row(*error);
        let aliases = errors.iter().filter_map(row).flat_map(|row| row.aliases).copied();
        errors.extend(aliases.collect::<Vec<_>>());
        errors.retain(|error| row(error).is_some_and(|row| !row.is_free_text()));
        errors.sort_unstable();
        errors.dedup();
        errors
    }
}
