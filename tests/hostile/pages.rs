//! Pages with hostile text in each field.

use super::hostile::{self, FIELDS, HOSTILE, Texts};

/// Returns the texts of one page, a different one for each field.
pub(crate) fn texts(case: usize) -> Texts<'static> {
    let text = |at: usize| HOSTILE[(case + 7 * at) % HOSTILE.len()];
    let accepts = |field: &'static str, text: &'static str| {
        let catalog = hostile::catalog("Case", &Texts::from([(field, text)]));
        kate_errors_codegen::compile("errors.yaml", catalog.as_bytes()).catalog().is_some()
    };
    let fields = FIELDS.iter().enumerate().map(|(at, field)| (*field, text(at)));
    fields.filter(|(field, text)| accepts(field, text)).collect()
}
