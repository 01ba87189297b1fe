//! Rules about the envelope.

use super::Checker;
use crate::rule;

impl Checker<'_> {
    pub(super) fn wire(&mut self) {
        for mistake in self.document.envelope().err().unwrap_or_default() {
            self.report(&rule::INVALID_ENVELOPE, mistake.message, (mistake.span, mistake.label));
        }
    }
}
