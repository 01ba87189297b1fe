//! Rules about retired rows and former messages.

use std::collections::HashMap;

use super::{Checker, row_name};
use crate::diagnostic::{Diagnostic, Label};
use crate::rule;
use crate::source::Span;
use crate::syntax::document::{Row, Text};

impl<'d> Checker<'d> {
    pub(super) fn retirement(&mut self) {
        for row in self.all_rows() {
            let replaced_by = row.retired.as_ref().and_then(|retired| retired.replaced_by.as_ref());
            if let Some(replaced_by) = replaced_by {
                self.replacement(row, replaced_by);
            }
            self.former(row);
        }
    }

    fn replacement(&mut self, row: &'d Row, replaced_by: &'d Text) {
        let Some(replacement) = self.rows.get(replaced_by.value.as_str()).copied() else {
            let message = format!("there is no error `{}`", replaced_by.value);
            let codes = self.codes();
            return self.report_unknown(&rule::UNKNOWN_REPLACEMENT, message, replaced_by, codes);
        };
        let Some(retired) = &replacement.retired else { return };
        let itself = std::ptr::eq(replacement, row);
        let message = if itself {
            format!("{} is replaced by itself", row_name(row).0)
        } else {
            format!("`{}` is retired itself", replaced_by.value)
        };
        let diagnostic = Diagnostic::new(
            &rule::UNKNOWN_REPLACEMENT,
            message,
            Label::new(replaced_by.span, "retired"),
        );
        let head = Span::new(retired.span.start, retired.span.start);
        self.diagnostics.push(diagnostic.related(Label::new(head, "retired here")));
    }

    fn former(&mut self, row: &'d Row) {
        let detail = self.base(row).and_then(|base| base.detail.as_ref());
        let mut seen: HashMap<&str, Span> = HashMap::new();
        seen.extend(detail.map(|detail| (detail.value.as_str(), detail.span)));
        for former in &row.former {
            if let Some(first) = seen.get(former.value.as_str()) {
                let is_current = detail.is_some_and(|detail| detail.span == *first);
                let place = if is_current { "the current one" } else { "listed twice" };
                let message = format!("the former message “{}” is {place}", former.value);
                let second = Label::new(former.span, "again here");
                self.report_clash(
                    &rule::FORMER_IS_CURRENT,
                    message,
                    second,
                    Label::new(*first, "first here"),
                );
            } else {
                seen.insert(&former.value, former.span);
            }
        }
    }
}
