//! What is read beside the envelope that servers write, under a status of an error: older envelopes, and the status of a
//! success under which errors travel too.

use super::decoder::Decoder;
use crate::{CatalogCode, CatalogError, Outcome};

impl<E: CatalogError> Decoder<'_, E> {
    /// What the body says in an older envelope if it says no error in that of the catalog, and the number of the envelope that
    /// says it, which is 0 for that of the catalog.
    pub(super) fn or_older(
        &self,
        status: Option<u16>,
        body: &[u8],
        outcome: Outcome<E>,
    ) -> (Outcome<E>, u8) {
        if matches!(outcome, Outcome::Known { .. }) {
            return (outcome, 0);
        }
        let older = (1..).zip(E::Code::ENVELOPE.older);
        let older = older.map(|(number, it)| (self.places(it, status, body), number));
        // The first with an error, else the first with a code, else the first with anything in the place of a message.
        let worth = |(outcome, _): &(Outcome<E>, u8)| match outcome {
            Outcome::Known { .. } => 3,
            Outcome::Unknown(unknown) if unknown.has_code() => 2,
            Outcome::Unknown(unknown) => u8::from(unknown.reason().is_of_an_error()),
            Outcome::Validation(_) => 1,
            Outcome::NotAnError => 0,
        };
        older.fold((outcome, 0), |best, it| if worth(&it) > worth(&best) { it } else { best })
    }
}

/// What a body under the status of a success says, which is no error unless it has the place of what tells errors apart.
pub(super) fn of_success<E: CatalogError>(outcome: Outcome<E>) -> Outcome<E> {
    match &outcome {
        Outcome::Known { .. } => outcome,
        Outcome::Unknown(unknown) if unknown.reason().is_of_an_error() => outcome,
        _ => Outcome::NotAnError,
    }
}
