//! The proof that no text is the message of two errors.
//!
//! The messages of an error are its detail, its detail followed by its context if it has one, and its former
//! messages. Retired errors count like any other; an error with `same_as` only has its own former messages, unless the
//! code is needed and is another one. These are rejected:
//!
//! - A text that is a message of two errors. This is an error under one status, and a warning under two, since
//!   the status distinguishes them. Two details of the same shape have their own rules, see `aliases`.
//! - A text that is two messages of one error: a message with context and one without it are different to a
//!   client, and nothing proves that a former message has the same values as the current one.
//!
//! If the code is the identity, only the messages of one error are compared, since values are read from them.
//! If code and message are the identity together, messages of errors with the same code and status are
//! compared. If they are compared in this way, but older bodies have no code, a warning names the errors that are
//! not read from these bodies (`older`).
//!
//! [`clash`](crate::clash) finds the pairs; each is reported with a shortest text that is both messages. A
//! search that would take minutes is stopped and the catalog is rejected, so that every accepted catalog is
//! proved.

mod advice;
mod message;
mod older;
mod report;
mod reserved;

use std::collections::{HashMap, HashSet};

use self::message::{Message, Role};
use super::Checker;
use crate::clash::{self, clashes};
use crate::source::Span;
use crate::syntax::document::Identity;

impl Checker<'_> {
    pub(super) fn uniqueness(&mut self) {
        let mut messages = message::messages(self);
        messages.sort_by_key(|message| (message.text.span, message.row));
        let mut reported = HashSet::new();
        let identity = self.document.identity();
        if identity.is_by_detail() {
            leave_out_duplicates(&mut messages);
            return self.compare(&messages, &mut reported);
        }
        let needs_both = identity == Identity::CodeAndDetail;
        messages.sort_by_key(|message| group(message, needs_both));
        for messages in messages.chunk_by(|a, b| group(a, needs_both) == group(b, needs_both)) {
            self.compare(messages, &mut reported);
        }
        self.older_bodies(messages);
    }

    /// Compares these messages with each other. Two texts of the file are reported once, also if a detail is that of
    /// aliases too, or is compared with and without its context.
    fn compare(&mut self, messages: &[Message<'_>], reported: &mut HashSet<[Span; 2]>) {
        let templates: Vec<_> = messages.iter().map(|message| &message.template).collect();
        let found = clashes(&templates, clash::LIMIT);
        let pairs = found.pairs.iter().map(|(a, b)| (&messages[*a], &messages[*b]));
        let by_detail = self.document.identity().is_by_detail();
        let is_known = |a: &Message<'_>, b: &Message<'_>| by_detail && are_duplicates(a, b);
        let pairs: Vec<_> = pairs
            .filter(|(a, b)| !is_known(a, b) && reported.insert([a.text.span, b.text.span]))
            .collect();
        self.diagnostics.extend(report::clashes(&pairs));
        if let Some(first) = found.open.first() {
            let counts = (found.open.len(), messages.len());
            let has_clashes = !pairs.is_empty();
            self.diagnostics.push(report::unfinished(counts, &messages[*first], has_clashes));
        }
    }
}

/// Returns what messages have in common that are compared with each other: the code and the status if both code and
/// message identify errors, or else the error.
fn group<'d>(message: &Message<'d>, needs_both: bool) -> (usize, &'d str, u16) {
    if needs_both { (0, message.sent_code, message.status) } else { (message.row, "", 0) }
}

/// Whether two errors have details of the same shape, which `aliases` reports.
fn are_duplicates(a: &Message<'_>, b: &Message<'_>) -> bool {
    let are_current = !matches!(a.role, Role::Former) && !matches!(b.role, Role::Former);
    a.row != b.row && are_current && a.shape == b.shape
}

/// Removes details that an earlier error has under the same status. The duplicate is already reported, and the
/// clashes of the detail are reported for the earlier error. Errors with a context or former messages are kept,
/// since their messages may clash with each other.
fn leave_out_duplicates(messages: &mut Vec<Message<'_>>) {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for message in messages.iter() {
        *counts.entry(message.row).or_default() += 1;
    }
    let mut owners: HashMap<(String, u16), usize> = HashMap::new();
    messages.retain(|message| {
        if matches!(message.role, Role::Former) {
            return true;
        }
        let key = (message.shape.clone(), message.status);
        let owner = *owners.entry(key).or_insert(message.row);
        owner == message.row || counts.get(&message.row) != Some(&1)
    });
}
