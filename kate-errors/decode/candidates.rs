//! Which of the errors that a message may be of is meant.

use alloc::vec::Vec;

use crate::catalog::table::{Role, Table};
use crate::encode::message::MAX_PARAMS;
use crate::{CatalogCode, CatalogError, Scope};

/// What is known about an error beside its message.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hints<C: 'static> {
    /// The status of the response.
    pub(crate) status: Option<u16>,
    /// Where the response comes from.
    pub(crate) scope: Option<Scope<C>>,
    /// The error that the server names.
    pub(crate) named: Option<C>,
}

impl<C: CatalogCode> Hints<C> {
    /// How much speaks for an error: first that the server names it, then its status, then where the response comes from,
    /// then that the message is the one it has now.
    fn rank(&self, code: C, is_former: bool) -> u8 {
        let named = self.named == Some(code);
        let status = self.status.is_some_and(|status| status == code.status());
        let scope = self.scope.is_some_and(|scope| scope.holds(code));
        let says = [named, status, scope, !is_former];
        says.into_iter().fold(0, |rank, says| rank << 1 | u8::from(says))
    }
}

/// The error that is meant by a message.
#[derive(Clone, Debug)]
pub(crate) struct Choice<E> {
    pub(crate) error: E,
    pub(crate) is_former: bool,
    /// The errors for which as much speaks.
    pub(crate) alternatives: Vec<E>,
    rank: u8,
}

/// The errors that have a message, of which the likeliest are kept.
pub(crate) struct Candidates<'h, E: CatalogError> {
    hints: &'h Hints<E::Code>,
    pub(crate) choice: Option<Choice<E>>,
}

impl<'h, E: CatalogError> Candidates<'h, E> {
    /// The errors that have the message.
    pub(crate) fn of(hints: &'h Hints<E::Code>, message: &str) -> Self {
        let mut candidates = Self::without_values(hints, message.as_bytes(), |_| true);
        if !candidates.are_settled() {
            candidates.add_with_values(message);
        }
        candidates
    }

    /// Adds the errors that have the message with values.
    pub(crate) fn add_with_values(&mut self, message: &str) {
        let table = E::Code::TABLE;
        table.index.templates(table, message, &mut |number| self.read(table, number, message));
    }

    /// Whether no other message can speak for an error more than what has been found: errors that share a text with one
    /// of another form have other statuses.
    pub(crate) fn are_settled(&self) -> bool {
        self.choice.as_ref().is_some_and(|choice| {
            let code = choice.error.code();
            let status = self.hints.status == Some(code.status());
            status && self.hints.named.is_none_or(|named| named == code)
        })
    }

    /// The errors that have the message without values, as far as `counts` lets them.
    pub(crate) fn without_values(
        hints: &'h Hints<E::Code>,
        message: &[u8],
        counts: impl Fn(u32) -> bool,
    ) -> Self {
        let table = E::Code::TABLE;
        let mut candidates = Self { hints, choice: None };
        for number in table.index.constants(table, message) {
            if let Some((error, is_former)) = table.constant_of(number).filter(|_| counts(number)) {
                candidates.add(error, is_former, &[], None);
            }
        }
        candidates
    }

    /// Reads a message with values, and adds its error if it is one.
    fn read(&mut self, table: &'static Table, number: u32, message: &str) {
        let Some(candidate) = table.messages.get(number as usize) else { return };
        let mut values = [""; MAX_PARAMS];
        if !candidate.template.read(message, &mut values) {
            return;
        }
        let extras =
            table.error(candidate.error).map(super::super::catalog::table::ErrorRow::extras);
        let own = extras.map_or(0, |extras| usize::from(extras.own)).min(MAX_PARAMS);
        let all = extras.map_or(0, |extras| extras.params.len()).min(MAX_PARAMS);
        let context = (candidate.role == Role::WithContext).then_some(&values[own..all.max(own)]);
        self.add(candidate.error, candidate.role == Role::Former, &values[..own], context);
    }

    /// Adds an error with these values, and the errors that share its message.
    fn add(&mut self, error: u32, is_former: bool, own: &[&str], context: Option<&[&str]>) {
        self.weigh(error, is_former, own, context);
        let extras = E::Code::TABLE.error(error).and_then(|error| error.extras);
        for alias in extras.map_or(&[][..], |extras| extras.aliases) {
            self.weigh(*alias, is_former, own, context);
        }
    }

    fn weigh(&mut self, error: u32, is_former: bool, own: &[&str], context: Option<&[&str]>) {
        let Some(code) = E::Code::ALL.get(error as usize).copied() else { return };
        let rank = self.hints.rank(code, is_former);
        let error = || E::__from_values(code, own, context);
        match &mut self.choice {
            Some(choice) if choice.rank > rank => {}
            Some(choice) if choice.rank == rank => {
                if !choice.holds(code) {
                    choice.alternatives.extend(error());
                }
            }
            choice => {
                if let Some(error) = error() {
                    *choice = Some(Choice { error, is_former, alternatives: Vec::new(), rank });
                }
            }
        }
    }
}

impl<E: CatalogError> Choice<E> {
    fn holds(&self, code: E::Code) -> bool {
        let mut errors = core::iter::once(&self.error).chain(&self.alternatives);
        errors.any(|error| error.code() == code)
    }
}
