//! Reads the header fields of a status or an error.

use super::document::{Spanned, Text};
use super::fields::{Fields, Reader, shorten};
use super::tree::{Kind, Style};
use crate::rule;

/// The maximum time that a catalog can ask clients to wait: a year, in seconds.
const MAX_SECONDS: u32 = 365 * 24 * 60 * 60;

impl Reader<'_> {
    pub(super) fn methods(
        &mut self,
        fields: &Fields<'_>,
        name: &str,
    ) -> Option<Spanned<Vec<Text>>> {
        let node = fields.get(name)?;
        let items = self.sequence(node, "`allow`")?;
        let value = items.iter().filter_map(|node| self.text(node, "a method")).collect();
        Some(Spanned { value, span: self.first_line(node.span) })
    }

    pub(super) fn seconds(&mut self, fields: &Fields<'_>, name: &str) -> Option<u32> {
        let node = fields.get(name)?;
        let written = match &node.kind {
            Kind::Rejected => return None,
            Kind::Scalar(scalar) if scalar.style == Style::Plain => scalar.value.as_str(),
            _ => "",
        };
        let digits = !written.is_empty() && written.bytes().all(|byte| byte.is_ascii_digit());
        let seconds = written.parse().ok().filter(|seconds| digits && *seconds <= MAX_SECONDS);
        if seconds.is_some() {
            return seconds;
        }
        let place = self.first_line(node.span);
        let (message, label) = if node.is_absent() {
            ("`retry_after` is empty".to_owned(), "empty")
        } else if digits {
            (
                format!("`retry_after` asks clients to wait for {} seconds", shorten(written)),
                "more than a year",
            )
        } else {
            let shown = shorten(self.source.slice(node.span));
            (format!("`retry_after` is a number of seconds, not `{shown}`"), "not plain digits")
        };
        self.report(&rule::INVALID_SECONDS, message, (place, label));
        None
    }
}
