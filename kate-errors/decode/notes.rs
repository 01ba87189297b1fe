//! Notes on a known error.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;

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
pub struct Notes<E: CatalogError>(Option<Box<Noted<E>>>);

#[derive(Clone, PartialEq, Eq)]
struct Noted<E: CatalogError> {
    alternatives: Vec<E>,
    notes: Vec<Note<E::Code>>,
}

impl<E: CatalogError> Notes<E> {
    /// No notes.
    pub(crate) const NONE: Self = Self(None);

    pub(crate) fn new(alternatives: Vec<E>, notes: Vec<Note<E::Code>>) -> Self {
        let is_empty = alternatives.is_empty() && notes.is_empty();
        Self((!is_empty).then(|| Box::new(Noted { alternatives, notes })))
    }

    /// Adds a note.
    pub(crate) fn with(self, note: Note<E::Code>) -> Self {
        let Noted { alternatives, mut notes } = match self.0 {
            Some(noted) => *noted,
            None => Noted { alternatives: Vec::new(), notes: Vec::new() },
        };
        notes.push(note);
        Self::new(alternatives, notes)
    }

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
