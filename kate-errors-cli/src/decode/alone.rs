//! Decodes messages without a body, as logs and clients print them.

use std::collections::BTreeSet;

use kate_errors_model::envelope::Slot;
use kate_errors_model::template::FREE_TEXT;

use super::{Decoder, Hints, Known, Response, chosen};

impl Decoder<'_> {
    /// Decodes a message that is not in a body, with the status and the code header of its response. Errors whose
    /// message is free text are ignored, because they match everything.
    pub(crate) fn alone(
        &self,
        response: &Response,
        operation: Option<&[usize]>,
        message: &str,
    ) -> Option<Known> {
        let header = response.header.as_deref();
        let named = self.named(header);
        let status = response.status;
        let hints =
            Hints { status, code: None, header, has_mark: false, named, operation, is_old: false };
        let mut candidates = Vec::new();
        for (it, values) in self.lookup.read(message) {
            if self.catalog.rows[it.row].detail.source != FREE_TEXT {
                for row in std::iter::once(it.row).chain(self.aliases[it.row].iter().copied()) {
                    let code = self.catalog.rows[row].code.as_str();
                    let named = (header.map(str::trim_ascii) == Some(code)).then_some(row);
                    candidates.extend(self.candidate(row, (it, &values), None, named, &hints));
                }
            }
        }
        let mut best = chosen(candidates)?;
        best.known.notes = self.notes(&best.known, best.is_former, &hints);
        Some(best.known)
    }

    /// Returns the errors with a message, also if they have values that it does not contain.
    pub(crate) fn rows_with(&self, message: &str) -> Vec<usize> {
        let owners = self.lookup.read(message).into_iter().map(|(it, _)| it.row);
        let has_text = |row: &usize| self.catalog.rows[*row].detail.source != FREE_TEXT;
        let all = owners.filter(has_text).flat_map(|row| [&[row], &*self.aliases[row]].concat());
        all.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Whether the body has a message, whatever it says.
    pub(crate) fn has_message(&self, body: &str) -> bool {
        let envelope = self.parts.first().map(|parts| parts.envelope());
        let found = envelope.as_ref().and_then(|envelope| envelope.find(body.as_bytes()).ok());
        found.is_some_and(|found| found.get(Slot::Detail).is_some())
    }
}
