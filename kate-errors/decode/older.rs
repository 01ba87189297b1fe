//! What is read beside the envelope that servers write, under a status of an error: older envelopes, and the status of a
//! success under which errors travel too.

use kate_errors_model::template::FREE_TEXT;

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
        if worth(&outcome) == MOST {
            return (outcome, 0);
        }
        let older = (1..).zip(E::Code::ENVELOPE.older);
        let older = older.map(|(number, it)| (self.places(it, status, body), number));
        let is_better = |it: &Outcome<E>, best: &Outcome<E>| worth(it) > worth(best);
        older.fold((outcome, 0), |best, it| if is_better(&it.0, &best.0) { it } else { best })
    }
}

/// What an outcome is worth beyond which there is nothing.
const MOST: u8 = 4;

/// The first with an error counts, else the first with an error whose free text is missing, else the first with a code, else
/// the first with anything in the place of a message.
fn worth<E: CatalogError>(outcome: &Outcome<E>) -> u8 {
    match outcome {
        Outcome::Known { error, .. } if lacks_text(error) => 3,
        Outcome::Known { .. } => MOST,
        Outcome::Unknown(unknown) if unknown.has_code() => 2,
        Outcome::Unknown(unknown) => u8::from(unknown.reason().is_of_an_error()),
        Outcome::Validation(_) => 1,
        Outcome::NotAnError => 0,
    }
}

/// Whether the message may be any text, and there was none in the place where the envelope has it.
fn lacks_text<E: CatalogError>(error: &E) -> bool {
    error.code().detail_template() == FREE_TEXT && error.detail().is_empty()
}

/// What a body under the status of a success says, which is no error unless it has the place of what tells errors apart.
pub(super) fn of_success<E: CatalogError>(outcome: Outcome<E>) -> Outcome<E> {
    match &outcome {
        Outcome::Known { .. } => outcome,
        Outcome::Unknown(unknown) if unknown.reason().is_of_an_error() => outcome,
        _ => Outcome::NotAnError,
    }
}
