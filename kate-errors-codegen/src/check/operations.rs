//! Rules about operations.

use std::collections::HashMap;

use super::Checker;
use crate::diagnostic::Label;
use crate::rule;
use crate::source::Span;
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
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for code in &operation.errors {
            if let Some(first) = seen.insert(&code.value, code.span) {
                let message = format!("the operation lists `{}` twice", code.value);
                let second = Label::new(code.span, "again here");
                self.report_clash(
                    &rule::REPEATED_ERROR,
                    message,
                    second,
                    Label::new(first, "first here"),
                );
            }
            let Some(row) = self.rows.get(code.value.as_str()).copied() else {
                let message = format!("there is no error `{}`", code.value);
                let codes = self.codes();
                self.report_unknown(&rule::UNKNOWN_ERROR, message, code, codes);
                continue;
            };
            if row.retired.is_some() {
                let message = format!("the error `{}` is retired", code.value);
                self.report(&rule::RETIRED_ERROR, message, Label::new(code.span, "retired"));
            }
        }
    }
}
