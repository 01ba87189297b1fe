//! Rules about retired errors and former messages.

use super::{Checker, row_name};
use crate::rule;
use crate::source::Span;
use crate::syntax::document::{Row, Text};

impl<'d> Checker<'d> {
    pub(super) fn retirement(&mut self) {
        for row in self.document.rows() {
            let replaced_by = row.retired.as_ref().and_then(|retired| retired.replaced_by.as_ref());
            if let Some(replaced_by) = replaced_by {
                self.replacement(row, replaced_by);
            }
            self.former(row);
        }
    }

    fn replacement(&mut self, row: &'d Row, replaced_by: &'d Text) {
        let replacement = self.row_called(replaced_by, &rule::UNKNOWN_REPLACEMENT);
        let Some(replacement) = replacement else { return };
        let Some(retired) = &replacement.retired else { return };
        let message = if std::ptr::eq(replacement, row) {
            format!("{} is replaced by itself", row_name(row).0)
        } else {
            format!("`{replaced_by}` is retired itself")
        };
        let head = Span::new(retired.span.start, retired.span.start);
        self.report(&rule::UNKNOWN_REPLACEMENT, message, (replaced_by.span, "retired"))
            .also((head, "retired here"));
    }

    fn former(&mut self, row: &'d Row) {
        let detail = self.bases.of(row).and_then(|base| base.detail.as_ref());
        let texts = detail.into_iter().chain(&row.former);
        let texts = texts.map(|text| (text.value.as_str(), text.span));
        self.repeated(&rule::FORMER_IS_CURRENT, texts, |text, first| {
            let is_current = detail.is_some_and(|detail| detail.span == first);
            let place = if is_current { "the current one" } else { "listed twice" };
            format!("the former message “{text}” is {place}")
        });
    }
}
