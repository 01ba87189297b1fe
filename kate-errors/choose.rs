//! Which of the rows that have a sentence is meant.

use alloc::vec::Vec;

use crate::lookup::{self, Match};
use crate::{CatalogCode, CatalogError, Scope};

/// What is known about the row beside its sentence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<C: 'static> {
    pub(crate) status: Option<u16>,
    pub(crate) scope: Option<Scope<C>>,
    pub(crate) named: Option<C>,
}

impl<C: CatalogCode> Wanted<C> {
    /// Nothing but the sentence.
    pub(crate) const NOTHING: Self = Self { status: None, scope: None, named: None };

    /// How much speaks for a row: first that the server names it, then its status, then where the
    /// response comes from, then that the sentence is the one it has now.
    fn rank(&self, code: C, is_former: bool) -> u8 {
        let named = self.named == Some(code);
        let status = self.status.is_some_and(|status| status == code.status());
        let scope = self.scope.is_some_and(|scope| scope.holds(code));
        [named, status, scope, !is_former]
            .into_iter()
            .fold(0, |rank, says| rank << 1 | u8::from(says))
    }
}

/// The row that is meant.
pub(crate) struct Choice<E> {
    pub(crate) error: E,
    pub(crate) is_former: bool,
    /// The rows for which as much speaks.
    pub(crate) alternatives: Vec<E>,
    rank: u8,
}

impl<E: CatalogError> Choice<E> {
    /// Whether no row with another sentence can be meant instead.
    fn is_meant(&self, wanted: &Wanted<E::Code>) -> bool {
        let has_status = wanted.status == Some(self.error.code().status());
        has_status && !self.is_former && wanted.named.is_none()
    }

    fn holds(&self, code: E::Code) -> bool {
        let mut errors = core::iter::once(&self.error).chain(&self.alternatives);
        errors.any(|error| error.code() == code)
    }
}

/// The row that is meant by a sentence; `None` if `E` has no row with it.
pub(crate) fn choose<E: CatalogError>(
    wanted: &Wanted<E::Code>,
    sentence: &str,
) -> Option<Choice<E>> {
    let mut choice = None;
    lookup::each(E::Code::TABLE, sentence, &mut |found| weigh(wanted, found, &mut choice));
    choice
}

/// What the rows without holes say about a sentence.
pub(crate) enum Constant<E> {
    /// None of them has it.
    None,
    /// One of them has it, and the status that is wanted: then it is the one that is meant.
    Meant(Choice<E>),
    /// Some of them have it, and other rows may have it too.
    Some,
}

/// Looks for a sentence among the rows without holes. It stands as in a body of ours.
pub(crate) fn choose_constant<E: CatalogError>(
    wanted: &Wanted<E::Code>,
    escaped: &[u8],
) -> Constant<E> {
    let mut choice = None;
    lookup::constant(E::Code::TABLE, escaped, &mut |found| weigh(wanted, found, &mut choice));
    match choice {
        None => Constant::None,
        Some(choice) if choice.is_meant(wanted) => Constant::Meant(choice),
        Some(_) => Constant::Some,
    }
}

/// The row that is meant by a sentence in which JSON has nothing to escape; not `constant` if it is known
/// that no row without holes has it.
pub(crate) fn choose_plain<E: CatalogError>(
    wanted: &Wanted<E::Code>,
    sentence: &str,
    constant: bool,
) -> Option<Choice<E>> {
    let mut choice = None;
    let found = &mut |found: &Match<'_, '_>| weigh(wanted, found, &mut choice);
    if constant {
        lookup::constant(E::Code::TABLE, sentence.as_bytes(), found);
    }
    lookup::templated(E::Code::TABLE, sentence, found);
    choice
}

fn weigh<E: CatalogError>(
    wanted: &Wanted<E::Code>,
    found: &Match<'_, '_>,
    choice: &mut Option<Choice<E>>,
) {
    let Some(code) = E::Code::ALL.get(found.row).copied() else { return };
    let rank = wanted.rank(code, found.is_former);
    match choice {
        Some(choice) if choice.rank > rank => {}
        Some(choice) if choice.rank == rank => {
            if !choice.holds(code) {
                choice.alternatives.extend(E::__from_values(code, found.values));
            }
        }
        _ => {
            if let Some(error) = E::__from_values(code, found.values) {
                let is_former = found.is_former;
                *choice = Some(Choice { error, is_former, alternatives: Vec::new(), rank });
            }
        }
    }
}
