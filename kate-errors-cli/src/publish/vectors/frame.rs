//! The body of an error, with other JSON in place of its message or its code.

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::Row;

/// The text that is replaced.
const MARK: &str = "zq_mark";

/// An error as it is sent.
pub(super) struct Frame<'c> {
    pub(super) catalog: &'c Catalog,
    pub(super) row: &'c Row,
    pub(super) message: &'c str,
    pub(super) values: &'c [String],
}

impl Frame<'_> {
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
