//! Rules about the envelope.

use super::Checker;
use crate::rule;

impl Checker<'_> {
    pub(super) fn wire(&mut self) {
        let of_older = self.document.older_envelopes().err();
        for mistake in self.document.envelope().err().into_iter().chain(of_older).flatten() {
            self.report(&rule::INVALID_ENVELOPE, mistake.message, (mistake.span, mistake.label));
        }
    }
}
