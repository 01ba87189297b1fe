//! What else can be an error: a body in an older envelope, and a response with a success status with which errors
//! are sent.

use kate_errors_model::UnknownReason;
use kate_errors_model::envelope::Slot;

use super::reader::Reader;
use super::reading::Reading;
use super::source::Source;

impl<'t, S: Source<'t>> Reader<'_, S> {
    /// What else the reading of a response can be: that of an older envelope, and of a success. Returns the best
    /// reading, and the number of its envelope, which is 0 for that of the catalog.
    #[inline]
    pub(super) fn or_older(
        &self,
        status: u16,
        body: &[u8],
        reading: Reading<S::Error>,
    ) -> (Reading<S::Error>, u8) {
        let envelope = self.source.format().envelope;
        if envelope.older.is_empty() && envelope.success.is_none() {
            return (reading, 0);
        }
        let (reading, older) = self.in_older(Some(status), body, reading);
        if !envelope.is_success(status) {
            return (reading, older);
        }
        match reading.of_success() {
            Reading::NotAnError => (Reading::NotAnError, 0),
            error => (error, older),
        }
    }

    /// Tries older envelopes if the body is not a known error in the envelope of the catalog.
    pub(super) fn in_older(
        &self,
        status: Option<u16>,
        body: &[u8],
        reading: Reading<S::Error>,
    ) -> (Reading<S::Error>, u8) {
        if self.worth(&reading) == MOST {
            return (reading, 0);
        }
        // The code in the header belongs to the current envelope if the body has a code or a list there.
        let envelope = self.source.format().envelope;
        let is_current = self.header.is_some()
            && (matches!(reading, Reading::Validation(_))
                || envelope.find(body).is_ok_and(|found| found.get(Slot::Code).is_some()));
        let reader = Reader { header: self.header.filter(|_| !is_current), ..*self };
        let older = (1..).zip(envelope.older);
        older.fold((reading, 0), |best, (number, envelope)| {
            // A body with a code elsewhere is not that of a server without codes.
            let lacks_code = !envelope.reads(Slot::Code) && self.worth(&best.0) < CODE;
            let is_by_detail = self.source.format().identity.is_by_detail();
            let is_old = lacks_code && !self.has_code() && !is_by_detail;
            let reading = reader.places(envelope, status, body, is_old);
            if self.worth(&reading) > self.worth(&best.0) { (reading, number) } else { best }
        })
    }

    /// Ranks a reading: an error, an error whose free text is missing, a response with a code, a response with
    /// anything in place of the message. Of equals, the first envelope counts.
    fn worth(&self, reading: &Reading<S::Error>) -> u8 {
        match reading {
            Reading::Known(error, _) if self.lacks_text(error) => 3,
            Reading::Known(..) => MOST,
            Reading::Unknown(UnknownReason::OtherCode, _) | Reading::Unknown(_, Some(_)) => CODE,
            Reading::Unknown(reason, None) => u8::from(reason.is_of_an_error()),
            Reading::Validation(_) => 1,
            Reading::NotAnError => 0,
        }
    }

    /// Whether the message is free text, and the envelope contained none.
    fn lacks_text(&self, error: &S::Error) -> bool {
        let row = self.source.row(self.source.number(error));
        row.is_some_and(|row| row.is_free_text()) && self.source.detail(error).is_empty()
    }
}

/// The rank of a response with a code.
const CODE: u8 = 2;

/// The rank of the best possible reading.
const MOST: u8 = 4;

impl<T> Reading<T> {
    /// Converts the reading of a response with a success status. It is only an error if the body has the place of the
    /// message or code that identifies errors.
    pub(super) fn of_success(self) -> Self {
        match &self {
            Self::Known(..) => self,
            Self::Unknown(reason, _) if reason.is_of_an_error() => self,
            _ => Self::NotAnError,
        }
    }
}
