//! Chooses among the errors that a message may belong to.

use alloc::vec::Vec;

use kate_errors_model::MAX_PARAMS;
use kate_errors_model::envelope::{Found, Identity};

use super::members::{self, Members};
use crate::catalog::table::{ErrorRow, Extras, Role, Table};
use crate::catalog::values::Texts;
use crate::{CatalogCode, CatalogError, Scope};

/// What is known about an error besides its message.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hints<C: 'static> {
    /// The status of the response.
    pub(crate) status: Option<u16>,
    /// Where the response comes from.
    pub(crate) scope: Option<Scope<C>>,
    /// The error whose code the response has.
    pub(crate) named: Option<C>,
}

impl<C: CatalogCode> Hints<C> {
    /// Whether the response has the code of the error.
    fn names(&self, row: &ErrorRow) -> bool {
        self.named.is_some_and(|named| named.as_str() == row.code())
    }

    /// Ranks an error: by the code of the response, then its status, then its origin, then whether the message is
    /// the current one.
    #[inline]
    fn rank(&self, code: C, row: &ErrorRow, is_former: bool) -> u8 {
        // If code and message identify errors together, only errors with the code are weighed.
        let named = C::IDENTITY != Identity::CodeAndDetail && self.named == Some(code);
        let status = row.has_status(self.status);
        let scope = self.scope.is_some_and(|scope| scope.holds(code));
        u8::from(named) << 3 | u8::from(status) << 2 | u8::from(scope) << 1 | u8::from(!is_former)
    }
}

/// The error chosen for a message.
#[derive(Clone, Debug)]
pub(crate) struct Choice<E> {
    pub(crate) error: E,
    pub(crate) row: &'static ErrorRow,
    pub(crate) is_former: bool,
    /// The errors with the same rank.
    pub(crate) alternatives: Vec<E>,
    rank: u8,
}

/// The errors that have a message. Only those with the highest rank are kept.
pub(crate) struct Candidates<'h, E: CatalogError> {
    hints: &'h Hints<E::Code>,
    /// Values that take precedence over those in the message.
    members: Option<&'h Members<'h>>,
    /// The body, if members have values that are not in the message.
    found: Option<&'h Found<'h, 'h>>,
    pub(crate) choice: Option<Choice<E>>,
    /// Whether an error was left out because the body lacks one of its values.
    pub(crate) lacks_value: bool,
}

impl<'h, E: CatalogError> Candidates<'h, E> {
    /// Creates an empty set of candidates.
    pub(crate) fn new(hints: &'h Hints<E::Code>) -> Self {
        Self { hints, members: None, found: None, choice: None, lacks_value: false }
    }

    /// Creates an empty set of candidates, for which members of the body contain some values.
    pub(crate) fn with(hints: &'h Hints<E::Code>, members: Option<&'h Members<'h>>) -> Self {
        Self { members, ..Self::new(hints) }
    }

    /// Finds the errors that have the message. Values that it does not contain are read from members of the body.
    pub(crate) fn of(
        hints: &'h Hints<E::Code>,
        message: &str,
        found: Option<&'h Found<'h, 'h>>,
    ) -> Self {
        let table = E::Code::TABLE;
        let mut candidates = Self { found, ..Self::new(hints) };
        candidates.add_without_values(table.index.constants(table, message.as_bytes()));
        if !candidates.are_settled() {
            candidates.add_with_values(message.as_bytes());
        }
        candidates
    }

    /// Adds the errors whose message with values matches. They are found in any order.
    pub(crate) fn add_with_values(&mut self, message: &[u8]) {
        let table = E::Code::TABLE;
        table.index.templates(table, message, &mut |number| self.read(table, number, message));
        if let Some(choice) = self.choice.as_mut().filter(|it| !it.alternatives.is_empty()) {
            choice.sort();
        }
    }

    /// Whether no further message can rank an error higher than the choice. If messages with and without values
    /// can be the same text, their errors have different statuses.
    #[inline]
    pub(crate) fn are_settled(&self) -> bool {
        self.choice.as_ref().is_some_and(|choice| {
            let is_alone = choice.row.extras.is_none() && !choice.is_former;
            let status = choice.row.has_status(self.hints.status);
            is_alone || status && self.hints.named.is_none_or(|named| named == choice.error.code())
        })
    }

    /// Adds the errors of messages without values.
    pub(crate) fn add_without_values(&mut self, messages: impl Iterator<Item = u32>) {
        for number in messages {
            if let Some((error, is_former)) = E::Code::TABLE.constant_of(number) {
                self.add(error, is_former, &[], None);
            }
        }
    }

    /// Adds the error with this code if the message is one of its messages, in any form.
    pub(crate) fn add_those_of(&mut self, code: E::Code, message: &str) {
        let (table, row) = (E::Code::TABLE, code.__row());
        let Ok(error) = u32::try_from(code.__index()) else { return };
        let has_values = row.extras().detail.is_some();
        let own = members::own(self.members, row, None);
        let context = self.members.and_then(Members::context);
        let context = context.as_deref();
        if !has_values && row.detail() == message {
            self.weigh(error, row, false, &own, context);
        }
        for owner in [Some(error), row.extras().same_as].into_iter().flatten() {
            for number in of_error(table.messages, owner, |it| it.error) {
                self.read(table, number, message.as_bytes());
            }
            for number in of_error(table.former, owner, |(error, _)| *error) {
                if table.former.get(number as usize).is_some_and(|(_, text)| *text == message) {
                    self.weigh(error, row, true, &own, context);
                }
            }
        }
    }

    /// Reads a message with values, and adds its error if it matches.
    fn read(&mut self, table: &'static Table, number: u32, message: &[u8]) {
        let Some(candidate) = table.messages.get(number as usize) else { return };
        let extras = table.error(candidate.error).map_or(&Extras::NONE, ErrorRow::extras);
        // Most messages have few values: initializing a large array costs more than reading them.
        let (mut few, mut many);
        let values: &mut Texts<'_> = if extras.params.len() > 4 {
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
        let all = values.get(..extras.params.len()).unwrap_or_default();
        let (own, context) = all.split_at(usize::from(extras.own).min(all.len()));
        let has_context =
            candidate.role == Role::WithContext || self.members.is_some_and(Members::have_context);
        let context = has_context.then_some(context);
        self.add(candidate.error, candidate.role == Role::Former, own, context);
    }

    /// Adds an error with these values, and the errors that share its message.
    #[inline]
    fn add(&mut self, error: u32, is_former: bool, own: &Texts<'_>, context: Option<&Texts<'_>>) {
        let Some(row) = E::Code::TABLE.error(error) else { return };
        self.weigh(error, row, is_former, own, context);
        for alias in row.extras.map_or(&[][..], |extras| extras.aliases) {
            if let Some(row) = E::Code::TABLE.error(*alias) {
                self.weigh(*alias, row, is_former, own, context);
            }
        }
    }

    #[inline]
    fn weigh(
        &mut self,
        error: u32,
        row: &'static ErrorRow,
        is_former: bool,
        own: &Texts<'_>,
        context: Option<&Texts<'_>>,
    ) {
        let Some(code) = E::Code::ALL.get(error as usize).copied() else { return };
        if E::Code::IDENTITY == Identity::CodeAndDetail && !self.hints.names(row) {
            return;
        }
        let rank = self.hints.rank(code, row, is_former);
        let is_behind =
            |choice: &Choice<E>| choice.rank > rank || choice.rank == rank && choice.holds(code);
        if self.choice.as_ref().is_some_and(is_behind) {
            return;
        }
        let found = if E::Code::HAS_MEMBERS { self.found } else { None };
        let error = match found.filter(|_| row.extras.is_some()) {
            Some(found) => {
                let members = Members::of(found, row);
                let (own, context) = members.beside(own, context);
                E::__from_values(code, &own, context.as_deref())
            }
            None => E::__from_values(code, own, context),
        };
        match (&mut self.choice, error) {
            (_, None) => self.lacks_value = found.is_some(),
            (Some(choice), Some(error)) if choice.rank == rank => choice.alternatives.push(error),
            (choice, Some(error)) => {
                *choice = Some(Choice { error, row, is_former, alternatives: Vec::new(), rank });
            }
        }
    }
}

/// The indices of an error's rows in a table that is sorted by error.
fn of_error<T>(rows: &[T], error: u32, key: fn(&T) -> u32) -> core::ops::Range<u32> {
    let number = |at| u32::try_from(at).unwrap_or(u32::MAX);
    let from = rows.partition_point(|row| key(row) < error);
    number(from)..number(rows.partition_point(|row| key(row) <= error))
}

impl<E: CatalogError> Choice<E> {
    /// Creates a choice from a code and values, or returns `None` if a value is invalid.
    pub(crate) fn of_values(
        code: E::Code,
        values: &Texts<'_>,
        context: Option<&Texts<'_>>,
    ) -> Option<Self> {
        let row = code.__row();
        let error = E::__from_values(code, values, context)?;
        Some(Self { error, row, is_former: false, alternatives: Vec::new(), rank: 0 })
    }

    /// Puts errors of the same rank in the order of the catalog, each before its aliases.
    #[cold]
    fn sort(&mut self) {
        let place = |error: &E| {
            let (row, at) = (error.code().__row(), error.code().__index());
            (row.extras().same_as.map_or(at, |owner| owner as usize), at)
        };
        self.alternatives.sort_by_key(place);
        if place(&self.alternatives[0]) < place(&self.error) {
            core::mem::swap(&mut self.error, &mut self.alternatives[0]);
            self.alternatives.sort_by_key(place);
            self.row = self.error.code().__row();
        }
    }

    fn holds(&self, code: E::Code) -> bool {
        let mut errors = core::iter::once(&self.error).chain(&self.alternatives);
        errors.any(|error| error.code() == code)
    }
}
