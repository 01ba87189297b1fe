//! What else can be an error: a body in an older envelope, and a response with a success status with which errors
//! are sent.

use kate_errors_model::envelope::Slot;
use kate_errors_model::template::FREE_TEXT;

use super::decoder::Decoder;
use crate::{CatalogCode, CatalogError, Outcome};

impl<E: CatalogError> Decoder<'_, E> {
    /// Tries older envelopes if the body is not a known error in the envelope of the catalog. Returns the best
    /// outcome and the number of its envelope, which is 0 for that of the catalog.
    pub(super) fn or_older(
        &self,
        status: Option<u16>,
        body: &[u8],
        outcome: Outcome<E>,
    ) -> (Outcome<E>, u8) {
        if worth(&outcome) == MOST {
            return (outcome, 0);
        }
        // The code in the header belongs to the current envelope if the body has a code or a list there.
        let envelope = E::Code::ENVELOPE;
        let is_current = self.header.is_some()
            && (matches!(outcome, Outcome::Validation(_))
                || envelope.find(body).is_ok_and(|found| found.get(Slot::Code).is_some()));
        let mut decoder = self.clone();
        decoder.header = self.header.filter(|_| !is_current);
        let older = (1..).zip(envelope.older);
        older.fold((outcome, 0), |best, (number, envelope)| {
            // A body with a code elsewhere is not that of a server without codes.
            let lacks_code = !envelope.reads(Slot::Code) && worth(&best.0) < CODE;
            let is_old = lacks_code && !self.has_code() && !E::Code::IDENTITY.is_by_detail();
            let outcome = decoder.places(envelope, status, body, is_old);
            if worth(&outcome) > worth(&best.0) { (outcome, number) } else { best }
        })
    }
}

/// The rank of a response with a code.
const CODE: u8 = 2;

/// The rank of the best possible outcome.
const MOST: u8 = 4;

/// Ranks an outcome: an error, an error whose free text is missing, a response with a code, a response with
/// anything in place of the message. Of equals, the first envelope counts.
fn worth<E: CatalogError>(outcome: &Outcome<E>) -> u8 {
    match outcome {
        Outcome::Known { error, .. } if lacks_text(error) => 3,
        Outcome::Known { .. } => MOST,
        Outcome::Unknown(unknown) if unknown.has_code() => CODE,
        Outcome::Unknown(unknown) => u8::from(unknown.reason().is_of_an_error()),
        Outcome::Validation(_) => 1,
        Outcome::NotAnError => 0,
    }
}

/// Whether the message is free text, and the envelope contained none.
fn lacks_text<E: CatalogError>(error: &E) -> bool {
    error.code().detail_template() == FREE_TEXT && error.detail().is_empty()
}

/// Converts the outcome of a response with a success status. It is only an error if the body has the place of the
/// message or code that identifies errors.
pub(super) fn of_success<E: CatalogError>(outcome: Outcome<E>) -> Outcome<E> {
    match &outcome {
        Outcome::Known { .. } => outcome,
        Outcome::Unknown(unknown) if unknown.reason().is_of_an_error() => outcome,
        _ => Outcome::NotAnError,
    }
}
