//! Finds messages that are reserved.

use std::collections::{HashMap, HashSet};

use kate_errors_model::template::{Template, literals, parse};

use super::message::messages;
use crate::check::Checker;
use crate::order::sorted_places;
use crate::syntax::document::Text;

impl<'d> Checker<'d> {
    /// Returns each text with a reserved message: the code of its error, the text, and the first such reserved
    /// message.
    ///
    /// A reserved message without placeholders matches a template that can read it. One with placeholders has
    /// no types, so it matches a template with the same text around the placeholders.
    pub(in crate::check) fn reserved_messages(
        &self,
        details: &'d [Text],
    ) -> Vec<(&'d str, &'d Text, &'d Text)> {
        let mut constants: Vec<(String, &Text)> = Vec::new();
        let mut shapes: HashMap<String, &Text> = HashMap::new();
        for detail in details {
            let message = literals(&detail.value);
            if parse(&detail.value).placeholders().next().is_some() {
                shapes.entry(message).or_insert(detail);
            } else {
                constants.push((message, detail));
            }
        }
        constants.sort_by(|a, b| a.0.cmp(&b.0));
        let by_end = sorted_places(constants.len(), &|a, b| {
            from_end(&constants[a].0).cmp(from_end(&constants[b].0))
        });
        let reserved = |template: &Template<'_>, text: &Text| {
            let (first, last) = (&*template.first, template.last_literal());
            let from = constants.partition_point(|(message, _)| message.as_str() < first);
            let begin_alike =
                constants[from..].partition_point(|(message, _)| message.starts_with(first));
            let is_before = |at: &usize| from_end(&constants[*at].0).lt(from_end(last));
            let end_alike = &by_end[by_end.partition_point(is_before)..];
            let end_alike =
                &end_alike[..end_alike.partition_point(|at| constants[*at].0.ends_with(last))];
            let is_read = |at: &usize| template.read(&constants[*at].0, &mut [""; 0]);
            let read = if begin_alike <= end_alike.len() {
                (from..from + begin_alike).find(is_read)
            } else {
                end_alike.iter().copied().filter(is_read).min()
            };
            read.map(|at| constants[at].1).or_else(|| shapes.get(&literals(&text.value)).copied())
        };
        let mut seen = HashSet::new();
        let mut found = Vec::new();
        for message in messages(self) {
            if let Some(detail) = reserved(&message.template, message.text) {
                if seen.insert(message.text.span) {
                    found.push((message.code, message.text, detail));
                }
            }
        }
        found
    }
}

/// Returns the bytes of a text from its end.
fn from_end(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().rev()
}
