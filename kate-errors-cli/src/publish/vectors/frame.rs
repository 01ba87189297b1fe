//! The body of an error, with other JSON in place of its message or its code.

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::Row;

/// The text that is replaced.
const MARK: &str = "zq_mark";

/// An error as it is sent.
#[derive(Clone, Copy)]
pub(super) struct Made<'m> {
    pub(super) catalog: &'m Catalog,
    pub(super) at: usize,
    pub(super) row: &'m Row,
    pub(super) is_former: bool,
    pub(super) message: &'m str,
    /// The values of the error and, if the message has it, of its context.
    pub(super) values: &'m [String],
}

impl<'m> Made<'m> {
    /// Returns an error with one of its current messages.
    pub(super) fn of(
        catalog: &'m Catalog,
        at: usize,
        message: &'m str,
        values: &'m [String],
    ) -> Self {
        Self { catalog, at, row: &catalog.rows[at], is_former: false, message, values }
    }

    pub(super) fn body(&self) -> String {
        self.catalog.body(self.row, self.message, self.values)
    }

    /// Returns the body with this JSON in place of the message, unless the message is part of a longer string.
    pub(super) fn with_message(&self, json: &str) -> Option<String> {
        with_json(&self.catalog.body(self.row, MARK, self.values), json)
    }

    /// Returns the body with this JSON in place of the code, unless the code is part of a longer string.
    pub(super) fn with_code(&self, json: &str) -> Option<String> {
        let mut row = self.row.clone();
        MARK.clone_into(&mut row.code);
        row.without_code = false;
        with_json(&self.catalog.body(&row, self.message, self.values), json)
    }
}

fn with_json(body: &str, json: &str) -> Option<String> {
    let replaced = body.replace(&format!("\"{MARK}\""), json);
    (replaced != body && !replaced.contains(MARK)).then_some(replaced)
}
