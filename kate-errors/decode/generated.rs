//! Generated enums as the source of decoding.

use alloc::borrow::Cow;
use alloc::string::String;
use core::marker::PhantomData;
use core::ops::Range;

use kate_errors_model::index::{Index, Messages};
use kate_errors_model::template::{Template, Values};

use super::source::{BodyFormat, Message, Row, Source};
use crate::catalog::sent_with;
use crate::catalog::values::Texts;
use crate::{CatalogCode, CatalogError, Scope};

/// A generated enum, and the section or operation whose errors are preferred.
pub(crate) struct Generated<E: CatalogError> {
    pub(super) scope: Option<Scope<E::Code>>,
    error: PhantomData<fn() -> E>,
}

impl<E: CatalogError> Generated<E> {
    pub(super) fn within(scope: Option<Scope<E::Code>>) -> Self {
        Self { scope, error: PhantomData }
    }

    /// The code of an error.
    #[inline]
    pub(super) fn code(error: u32) -> Option<E::Code> {
        E::Code::ALL.get(error as usize).copied()
    }
}

#[expect(clippy::expl_impl_clone_on_copy, reason = "a derive would need an error that is `Copy`")]
impl<E: CatalogError> Clone for Generated<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E: CatalogError> Copy for Generated<E> {}

impl<E: CatalogError> Messages<'static> for Generated<E> {
    #[inline]
    fn constant(&self, message: u32) -> &'static [u8] {
        E::Code::TABLE.constant(message)
    }

    #[inline]
    fn template(&self, message: u32) -> &'static Template<'static> {
        E::Code::TABLE.template(message)
    }
}

impl<E: CatalogError> Source<'static> for Generated<E> {
    type Error = E;

    #[inline]
    fn format(self) -> BodyFormat<'static> {
        const { BodyFormat::of(&E::Code::ENVELOPE, E::Code::IDENTITY) }
    }

    #[inline]
    fn index(self) -> &'static Index<'static> {
        &E::Code::TABLE.index
    }

    #[inline]
    fn row(self, error: u32) -> Option<Row<'static>> {
        let row = E::Code::TABLE.error(error)?;
        let extras = row.extras();
        Some(Row {
            code: row.code_bytes(),
            sent_code: (!extras.without_code).then(|| row.code_bytes()),
            detail: row.detail_bytes(),
            has_values: extras.detail.is_some(),
            status: row.status,
            other_statuses: extras.statuses,
            is_retired: extras.retired.is_some(),
            same_as: extras.same_as,
            aliases: extras.aliases,
            params: extras.params,
            own: extras.own.into(),
            is_alone: row.extras.is_none(),
        })
    }

    fn sent_with(self, code: &[u8]) -> impl Iterator<Item = u32> {
        sent_with::<E::Code>(code).map(number)
    }

    #[inline]
    fn constant_of(self, message: u32) -> Option<(u32, bool)> {
        E::Code::TABLE.constant_of(message)
    }

    #[inline]
    fn message(self, message: u32) -> Option<Message<'static>> {
        let message = E::Code::TABLE.messages.get(message as usize)?;
        Some(Message { error: message.error, role: message.role, template: &message.template })
    }

    fn messages_of(self, error: u32) -> Range<u32> {
        of_error(E::Code::TABLE.messages, error, |it| it.error)
    }

    fn former_of(self, error: u32) -> impl Iterator<Item = &'static str> {
        let former = E::Code::TABLE.former;
        let numbers = of_error(former, error, |(error, _)| *error);
        numbers.filter_map(|number| Some(former.get(number as usize)?.1))
    }

    fn docs_url(self, error: u32) -> Option<String> {
        Self::code(error)?.docs_url()
    }

    #[inline]
    fn has_in_scope(self, error: u32) -> Option<bool> {
        let scope = self.scope?;
        Some(Self::code(error).is_some_and(|code| scope.holds(code)))
    }

    #[inline]
    fn create(self, error: u32, own: &Texts<'_>, context: Option<&Texts<'_>>) -> Option<E> {
        E::__from_values(Self::code(error)?, own, context)
    }

    #[inline]
    fn number(self, error: &E) -> u32 {
        number(error.code())
    }

    fn detail(self, error: &E) -> Cow<'static, str> {
        error.detail()
    }

    fn with_values(self, error: &E, with: &mut dyn FnMut(Values<'_>)) {
        error.__with_values(with);
    }

    #[inline]
    fn has_body(self, error: u32, body: &[u8]) -> bool {
        E::Code::TABLE.error(error).is_some_and(|row| row.has_body(body))
    }
}

/// The number of an error.
#[inline]
fn number<C: CatalogCode>(code: C) -> u32 {
    // A table has fewer rows than 2³².
    u32::try_from(code.__index()).unwrap_or(u32::MAX)
}

/// The indices of an error's rows in a table that is sorted by error.
fn of_error<T>(rows: &[T], error: u32, key: fn(&T) -> u32) -> Range<u32> {
    let number = |at| u32::try_from(at).unwrap_or(u32::MAX);
    let from = rows.partition_point(|row| key(row) < error);
    number(from)..number(rows.partition_point(|row| key(row) <= error))
}
