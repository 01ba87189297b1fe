//! Chooses among the errors that a message may belong to.

use alloc::vec::Vec;

use kate_errors_model::MAX_PARAMS;
use kate_errors_model::envelope::{Found, Identity};

use super::members::{self, Members};
use super::source::{Row, Source};
use crate::catalog::table::Role;
use crate::catalog::values::Texts;

/// What is known about an error besides its message.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hints {
    /// The status of the response.
    pub(crate) status: Option<u16>,
    /// The error whose code the response has.
    pub(crate) named: Option<u32>,
}

/// The error chosen for a message.
pub(crate) struct Choice<'t, S: Source<'t>> {
    pub(crate) error: S::Error,
    pub(crate) number: u32,
    pub(crate) is_former: bool,
    /// The errors with the same rank.
    pub(crate) alternatives: Vec<S::Error>,
    rank: u8,
}

/// The errors that have a message. Only those with the highest rank are kept.
pub(crate) struct Candidates<'h, 't, S: Source<'t>> {
    source: S,
    hints: &'h Hints,
    /// Values that take precedence over those in the message.
    members: Option<&'h Members<'h, 't>>,
    /// The body, if members have values that are not in the message.
    found: Option<&'h Found<'h, 'h>>,
    pub(crate) choice: Option<Choice<'t, S>>,
    /// Whether an error was left out because the body lacks one of its values.
    pub(crate) lacks_value: bool,
}

impl<'h, 't, S: Source<'t>> Candidates<'h, 't, S> {
    /// Creates an empty set of candidates.
    pub(crate) fn new(source: S, hints: &'h Hints) -> Self {
        Self { source, hints, members: None, found: None, choice: None, lacks_value: false }
    }

    /// Creates an empty set of candidates, for which members of the body contain some values.
    pub(crate) fn with(source: S, hints: &'h Hints, members: Option<&'h Members<'h, 't>>) -> Self {
        Self { members, ..Self::new(source, hints) }
    }

    /// Finds the errors that have the message. Values that it does not contain are read from members of the body.
    pub(crate) fn of(
        source: S,
        hints: &'h Hints,
        message: &str,
        found: Option<&'h Found<'h, 'h>>,
    ) -> Self {
        let mut candidates = Self { found, ..Self::new(source, hints) };
        candidates.add_without_values(source.index().constants(&source, message.as_bytes()));
        if !candidates.are_settled() {
            candidates.add_with_values(message.as_bytes());
        }
        candidates
    }

    /// Adds the errors whose message with values matches. They are found in any order.
    pub(crate) fn add_with_values(&mut self, message: &[u8]) {
        let source = self.source;
        source.index().templates(&source, message, &mut |number| self.read(number, message, None));
        if self.choice.as_ref().is_some_and(|it| !it.alternatives.is_empty()) {
            self.sort();
        }
    }

    /// Whether no further message can rank an error higher than the choice. If messages with and without values
    /// can be the same text, their errors have different statuses.
    #[inline]
    pub(crate) fn are_settled(&self) -> bool {
        self.choice.as_ref().is_some_and(|choice| {
            let Some(row) = self.source.row(choice.number) else { return false };
            let is_alone = row.is_alone && !choice.is_former;
            is_alone
                || row.has_status(self.hints.status)
                    && self.hints.named.is_none_or(|named| named == choice.number)
        })
    }

    /// Adds the errors of messages without values.
    pub(crate) fn add_without_values(&mut self, messages: impl Iterator<Item = u32>) {
        for number in messages {
            let Some((error, is_former)) = self.source.constant_of(number) else { continue };
            if let Some(row) = self.source.row(error) {
                self.add(error, &row, is_former, &[], None);
            }
        }
    }

    /// Adds an error if the message is one of its messages, in any form.
    pub(crate) fn add_those_of(&mut self, error: u32, message: &str) {
        let Some(row) = self.source.row(error) else { return };
        let own = members::own(self.members, &row, None);
        let context = self.members.and_then(Members::context);
        let context = context.as_deref();
        if !row.has_values && row.detail == message.as_bytes() {
            self.weigh(error, &row, false, &own, context);
        }
        for owner in [Some(error), row.same_as].into_iter().flatten() {
            for number in self.source.messages_of(owner) {
                self.read(number, message.as_bytes(), Some(error));
            }
            if self.source.former_of(owner).any(|former| former == message) {
                self.weigh(error, &row, true, &own, context);
            }
        }
    }

    /// Reads a message with values. If it matches, adds the errors that have it, or `only` this one.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "decoding messages with values takes four percent fewer instructions"
    )]
    fn read(&mut self, number: u32, message: &[u8], only: Option<u32>) {
        let Some(candidate) = self.source.message(number) else { return };
        let error = only.unwrap_or(candidate.error);
        let Some(row) = self.source.row(error) else { return };
        let (own, all) = (row.own, row.params.len());
        // Most messages have few values: initializing a large array costs more than reading them.
        let (mut few, mut many);
        let values: &mut Texts<'_> = if all > 4 {
            many = [None; MAX_PARAMS];
            &mut many
        } else {
            few = [None; 4];
            &mut few
        };
        if !candidate.template.read(message, values) {
            return;
        }
        if let Some(members) = self.members {
            members.fill(values);
        }
        let all = values.get(..all).unwrap_or_default();
        let (own, context) = all.split_at(own.min(all.len()));
        let has_context =
            candidate.role == Role::WithContext || self.members.is_some_and(Members::have_context);
        let context = has_context.then_some(context);
        let is_former = candidate.role == Role::Former;
        match only {
            Some(_) => self.weigh(error, &row, is_former, own, context),
            None => self.add(error, &row, is_former, own, context),
        }
    }

    /// Adds an error with these values, and the errors that share its message.
    #[inline]
    fn add(
        &mut self,
        error: u32,
        row: &Row<'t>,
        is_former: bool,
        own: &Texts<'_>,
        context: Option<&Texts<'_>>,
    ) {
        self.weigh(error, row, is_former, own, context);
        for alias in row.aliases {
            if let Some(row) = self.source.row(*alias) {
                self.weigh(*alias, &row, is_former, own, context);
            }
        }
    }

    #[inline]
    fn weigh(
        &mut self,
        number: u32,
        row: &Row<'t>,
        is_former: bool,
        own: &Texts<'_>,
        context: Option<&Texts<'_>>,
    ) {
        let source = self.source;
        if source.format().identity == Identity::CodeAndDetail && !self.is_named(row) {
            return;
        }
        let rank = self.rank(number, row, is_former);
        let is_behind = |choice: &Choice<'t, S>| {
            choice.rank > rank || choice.rank == rank && choice.number == number
        };
        if self.choice.as_ref().is_some_and(is_behind) {
            return;
        }
        let found = if source.format().has_members { self.found } else { None };
        let error = match found.filter(|_| !row.is_alone) {
            Some(found) => {
                let members = Members::of(found, row);
                let (own, context) = members.beside(own, context);
                source.create(number, &own, context.as_deref())
            }
            None => source.create(number, own, context),
        };
        match (&mut self.choice, error) {
            (_, None) => self.lacks_value = found.is_some(),
            (Some(choice), Some(error)) if choice.rank == rank => choice.alternatives.push(error),
            (choice, Some(error)) => {
                let alternatives = Vec::new();
                *choice = Some(Choice { error, number, is_former, alternatives, rank });
            }
        }
    }

    /// Whether the response has the code of the error.
    fn is_named(&self, row: &Row<'_>) -> bool {
        let named = self.hints.named.and_then(|named| self.source.row(named));
        named.is_some_and(|named| named.code == row.code)
    }

    /// Ranks an error: by the code of the response, then its status, then its origin, then whether the message is
    /// the current one.
    #[inline]
    fn rank(&self, number: u32, row: &Row<'_>, is_former: bool) -> u8 {
        // If code and message identify errors together, only errors with the code are weighed.
        let needs_both = self.source.format().identity == Identity::CodeAndDetail;
        let named = !needs_both && self.hints.named == Some(number);
        let status = row.has_status(self.hints.status);
        let scope = self.source.has_in_scope(number) == Some(true);
        u8::from(named) << 3 | u8::from(status) << 2 | u8::from(scope) << 1 | u8::from(!is_former)
    }

    /// Puts errors of the same rank in the order of the catalog, each before its aliases, even those that precede it there. None
    /// of them was found twice: the proof says that a message is read in one way as an error.
    #[cold]
    fn sort(&mut self) {
        let source = self.source;
        let Some(choice) = &mut self.choice else { return };
        let place = |error: &S::Error| {
            let number = source.number(error);
            let owner = source.row(number).and_then(|row| row.same_as);
            (owner.unwrap_or(number), owner.is_some(), number)
        };
        choice.alternatives.sort_by_key(place);
        if place(&choice.alternatives[0]) < place(&choice.error) {
            core::mem::swap(&mut choice.error, &mut choice.alternatives[0]);
            choice.alternatives.sort_by_key(place);
            choice.number = source.number(&choice.error);
        }
    }
}

impl<'t, S: Source<'t>> Choice<'t, S> {
    /// Creates a choice from the values of an error, or returns `None` if one is invalid.
    pub(crate) fn of_values(
        source: S,
        number: u32,
        values: &Texts<'_>,
        context: Option<&Texts<'_>>,
    ) -> Option<Self> {
        let error = source.create(number, values, context)?;
        Some(Self { error, number, is_former: false, alternatives: Vec::new(), rank: 0 })
    }
}
