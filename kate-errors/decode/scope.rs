//! The origin of a response, which tells errors with the same message apart.

use crate::{CatalogCode, CatalogError};

/// The errors of an operation. Implemented by the enum of each operation of a catalog.
///
/// ```
/// use kate_errors::{CatalogError, CatalogOperation};
///
/// /// What an operation can respond with.
/// fn codes<O: CatalogOperation>() -> Vec<String> {
///     O::CODES.iter().map(ToString::to_string).collect()
/// }
/// ```
pub trait CatalogOperation: CatalogError {
    /// The enum of all errors of the catalog.
    type Catalog: CatalogError<Code = Self::Code> + From<Self>;

    /// The name of the operation, as the catalog spells it.
    const NAME: &'static str;

    /// The errors that it lists, in the order of the catalog.
    const CODES: &'static [Self::Code];
}

/// A section or an operation: the origin of a response. See [`Decoder::within`](crate::Decoder::within).
///
/// ```
/// use kate_errors::{KateErrorCode, Scope, Section};
///
/// let scope: Scope<KateErrorCode> = Section::Queries.into();
/// assert_eq!(scope.name(), "Queries");
/// assert!(scope.holds(KateErrorCode::NoActiveSubscription));
/// assert!(!scope.holds(KateErrorCode::RunNotFound));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Scope<C: 'static> {
    name: &'static str,
    rows: Rows<C>,
}

#[derive(Clone, Copy, Debug)]
enum Rows<C: 'static> {
    OfSection(u16),
    Listed(&'static [C]),
}

impl<C: CatalogCode> Scope<C> {
    /// The scope of an operation.
    ///
    /// ```
    /// # use kate_errors::{CatalogError, CatalogOperation, Scope};
    /// fn name<O: CatalogOperation>() -> &'static str {
    ///     Scope::of_operation::<O>().name()
    /// }
    /// ```
    #[must_use]
    pub fn of_operation<O: CatalogOperation<Code = C>>() -> Self {
        Self { name: O::NAME, rows: Rows::Listed(O::CODES) }
    }

    pub(crate) fn of_section(section: u16, name: &'static str) -> Self {
        Self { name, rows: Rows::OfSection(section) }
    }

    /// The name of the section or operation, as the catalog spells it.
    ///
    /// ```
    /// # use kate_errors::{KateErrorCode, Scope, Section};
    /// assert_eq!(Scope::<KateErrorCode>::from(Section::RateLimits).name(), "Rate Limits");
    /// ```
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Whether the section contains an error, or the operation lists it.
    ///
    /// ```
    /// # use kate_errors::{KateErrorCode, Scope, Section};
    /// let runs = Scope::<KateErrorCode>::from(Section::Runs);
    /// assert!(runs.holds(KateErrorCode::RunNotFound));
    /// ```
    #[must_use]
    pub fn holds(&self, code: C) -> bool {
        match self.rows {
            Rows::OfSection(section) => code.__row().section == section,
            // The list is in the order of the catalog, which is the order of the codes.
            Rows::Listed(codes) => codes.binary_search(&code).is_ok(),
        }
    }
}
