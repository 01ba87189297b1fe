//! Reading the header fields that stand beside a status or a row.

use super::document::{Headers, Spanned, Text};
use super::fields::{Fields, Reader, shorten};
use super::tree::{Kind, Node, Style};
use crate::rule;

/// The longest time that a catalog can ask clients to wait: a year, in seconds.
const MAX_SECONDS: u32 = 365 * 24 * 60 * 60;

/// The names of the header fields that a catalog can have, as it spells them.
const FIELDS: &[&str] = &["www_authenticate", "proxy_authenticate", "allow", "retry_after"];

impl Reader<'_> {
    pub(super) fn headers(&mut self, fields: &Fields<'_>) -> Headers {
        let present = fields.present().into_iter();
        Headers {
            www_authenticate: self.text_field(fields, "www_authenticate"),
            proxy_authenticate: self.text_field(fields, "proxy_authenticate"),
            allow: fields.get("allow").and_then(|node| self.methods(node)),
            retry_after: fields.get("retry_after").and_then(|node| self.seconds(node)),
            fields: present.filter(|(name, _)| FIELDS.contains(name)).collect(),
        }
    }

    fn methods(&mut self, node: &Node) -> Option<Spanned<Vec<Text>>> {
        let items = self.sequence(node, "`allow`")?;
        let methods = items.iter().filter_map(|node| self.text(node, "a method")).collect();
        Some(Spanned { value: methods, span: self.first_line(node.span) })
    }

    fn seconds(&mut self, node: &Node) -> Option<u32> {
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
