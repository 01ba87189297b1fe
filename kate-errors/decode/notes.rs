//! Notes on a known error.

use alloc::boxed::Box;
use core::fmt;

use super::reading::Noted;
use crate::{CatalogError, Note};

/// Notes on a known error, and the other errors that it could be. Usually there are none; then it takes one word
/// of memory and no allocation.
///
/// ```
/// use kate_errors::{Outcome, KateError};
///
/// let received = KateError::decode(402, br#"{"detail":"Insufficient token balance"}"#);
/// let Outcome::Known { notes, .. } = received.outcome() else { panic!() };
/// assert_eq!(notes.alternatives().len(), 1);
/// assert!(notes.list().is_empty());
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Notes<E: CatalogError>(pub(super) Option<Box<Noted<E, Note<E::Code>>>>);

impl<E: CatalogError> Notes<E> {
    /// The other errors that the known error could be, because they share its message.
    ///
    /// ```
    /// # use kate_errors::{Outcome, KateError};
    /// let received = KateError::decode(404, br#"{"detail":"Run not found"}"#);
    /// let Outcome::Known { notes, .. } = received.outcome() else { panic!() };
    /// assert!(notes.alternatives().is_empty());
    /// ```
    #[must_use]
    pub fn alternatives(&self) -> &[E] {
        self.0.as_ref().map_or(&[], |noted| &noted.alternatives)
    }

    /// What is unexpected about the response.
    ///
    /// ```
    /// # use kate_errors::{Note, Outcome, KateError};
    /// let received = KateError::decode(410, br#"{"detail":"Run not found"}"#);
    /// let Outcome::Known { notes, .. } = received.outcome() else { panic!() };
    /// assert_eq!(notes.list(), [Note::StatusDiffers { expected: 404, received: 410 }]);
    /// ```
    #[must_use]
    pub fn list(&self) -> &[Note<E::Code>] {
        self.0.as_ref().map_or(&[], |noted| &noted.notes)
    }
}

impl<E: CatalogError> fmt::Debug for Notes<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notes")
            .field("alternatives", &self.alternatives())
            .field("notes", &self.list())
            .finish()
    }
}
