//! Rules about operations.

use super::Checker;
use crate::rule;
use crate::syntax::document::Operation;

impl<'d> Checker<'d> {
    pub(super) fn operations(&mut self) {
        for operation in &self.document.operations {
            if let Some(route) = &operation.route {
                self.route(route);
            }
            self.listed_errors(operation);
        }
    }

    fn listed_errors(&mut self, operation: &'d Operation) {
        let codes = operation.errors.iter().map(|code| (code.value.as_str(), code.span));
        self.repeated(&rule::REPEATED_ERROR, codes, |code, _| {
            format!("the operation lists `{code}` twice")
        });
        for code in &operation.errors {
            let row = self.row_called(code, &rule::UNKNOWN_ERROR);
            if row.is_some_and(|row| row.retired.is_some()) {
                let message = format!("the error `{code}` is retired");
                self.report(&rule::RETIRED_ERROR, message, (code.span, "retired"));
            }
        }
    }
}
