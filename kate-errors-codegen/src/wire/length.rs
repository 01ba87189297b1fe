//! Bodies that are longer than clients read, whatever values they have.

use kate_errors_model::envelope::{Envelope, Slot};
use kate_errors_model::{MAX_BODY, MAX_LITERALS};

use super::mistake;
use crate::bases::Bases;
use crate::diagnostic::Diagnostic;
use crate::syntax::document::{Document, Row};

/// What the texts of an error can take in a body. The rest is left for a context, and for values, causes and fixes, which
/// servers cut.
const MOST: usize = MAX_BODY - 2 * MAX_LITERALS;

impl Document {
    /// Returns the mistake of the first error whose bodies have more text than clients read.
    pub(super) fn too_long(&self, envelope: &Envelope<'_>) -> Option<Diagnostic> {
        let bases = Bases::new(self);
        let is_too_long =
            |row: &&Row| bases.of(row).is_some_and(|base| self.length(row, base, envelope) > MOST);
        let row = self.rows().find(is_too_long)?;
        let span = row.key.as_ref().map_or(row.span, |key| key.span);
        let message = format!("the texts of a body have more than {MOST} bytes");
        let label = format!("clients read at most {MAX_BODY} bytes of a body, with its values");
        Some(mistake(message, label, span))
    }

    /// Returns the length of the body of an error without its context, values, cause and fix.
    fn length(&self, row: &Row, base: &Row, envelope: &Envelope<'_>) -> usize {
        let message = base.detail.as_ref().map_or("", |detail| &detail.value);
        let status = base.status.first().map(|status| status.value);
        let mut body = Vec::new();
        envelope.write(&mut body, |slot, form, out| {
            if slot == Slot::DocsUrl {
                out.extend(self.reference.iter().flat_map(|url| url.value.bytes()));
            }
            let is_cut = matches!(slot, Slot::Cause | Slot::Fix);
            !is_cut && self.write(slot, form, (Some(row), status, message), out)
        });
        body.len()
    }
}
