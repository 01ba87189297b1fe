//! Rules about operations, and about the errors common to all of them.

use std::collections::HashMap;

use super::Checker;
use crate::rule;
use crate::source::Span;
use crate::syntax::document::{Operation, Text};

impl<'d> Checker<'d> {
    pub(super) fn operations(&mut self) {
        let document = self.document;
        self.listed_errors(&document.common, "`common`");
        let common = document.common.iter().map(|code| (code.value.as_str(), code.span));
        let common: HashMap<&str, Span> = common.collect();
        for operation in &document.operations {
            if let Some(route) = &operation.route {
                self.route(route);
            }
            self.listed_errors(&operation.errors, "the operation");
            self.common_again(operation, &common);
        }
    }

    fn listed_errors(&mut self, codes: &'d [Text], list: &str) {
        let places = codes.iter().map(|code| (code.value.as_str(), code.span));
        self.repeated(&rule::REPEATED_ERROR, places, |code, _| {
            format!("{list} lists `{code}` twice")
        });
        for code in codes {
            let row = self.row_called(code, &rule::UNKNOWN_ERROR);
            if row.is_some_and(|row| row.retired.is_some()) {
                let message = format!("the error `{code}` is retired");
                self.report(&rule::RETIRED_ERROR, message, (code.span, "retired"));
            }
        }
    }

    fn common_again(&mut self, operation: &'d Operation, common: &HashMap<&str, Span>) {
        for code in &operation.errors {
            let Some(first) = common.get(code.value.as_str()) else { continue };
            let message = format!("the operation lists `{code}`, an error of every operation");
            self.report(&rule::COMMON_ERROR, message, (code.span, "again here"))
                .also((*first, "every operation has it"));
        }
    }
}
