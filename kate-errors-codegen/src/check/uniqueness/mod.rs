//! The proof that no text is the message of two errors.
//!
//! An error has its detail, its detail with the context if it can have one, and what it had before (`former`). A retired
//! error counts like any other; one with `same_as` has only former messages of its own. What is refused:
//!
//! - A text that two errors claim. Under one status that is an error, under two a warning: there the status tells them
//!   apart. Two details of the same shape have their own rules, see `aliases`.
//! - A text that two messages of one error claim: with a context and without it are two errors to a reader, and nobody
//!   has shown that a former message has the same values as the one of today.
//!
//! Where the code tells errors apart, only the messages of one error are compared: its values are read from them. Where
//! both do, those of errors with one code and status are.
//!
//! [`clash`](crate::clash) finds the pairs; each is shown with a shortest text that both claim. A search that would take
//! minutes is stopped, and the catalog refused, so that what is accepted is always proved.

mod advice;
mod message;
mod report;
mod reserved;

use std::collections::{HashMap, HashSet};

use self::message::{Message, Role};
use super::{Checker, aliases};
use crate::clash::{self, clashes};
use crate::syntax::document::Identity;

impl Checker<'_> {
    pub(super) fn uniqueness(&mut self) {
        let mut messages = message::messages(self);
        messages.sort_by_key(|message| (message.text.span, message.row));
        match self.document.identity() {
            Identity::Code => {
                for messages in messages.chunk_by(|a, b| a.row == b.row) {
                    self.compare(messages);
                }
            }
            Identity::CodeAndDetail => {
                messages.sort_by_key(|message| (message.sent_code, message.status));
                for messages in
                    messages.chunk_by(|a, b| (a.sent_code, a.status) == (b.sent_code, b.status))
                {
                    self.compare(messages);
                }
            }
            Identity::Detail | Identity::CodeOrDetail => {
                leave_out_duplicates(&mut messages);
                self.compare(&messages);
            }
        }
    }

    /// Compares all of these messages with each other.
    fn compare(&mut self, messages: &[Message<'_>]) {
        let templates: Vec<_> = messages.iter().map(|message| &message.template).collect();
        let found = clashes(&templates, clash::LIMIT);
        let mut reported = HashSet::new();
        let pairs = found.pairs.iter().map(|(a, b)| (&messages[*a], &messages[*b]));
        let by_detail = self.document.identity().is_by_detail();
        let is_known = |a: &Message<'_>, b: &Message<'_>| by_detail && are_duplicates(a, b);
        let pairs: Vec<_> = pairs
            .filter(|(a, b)| !is_known(a, b) && reported.insert((a.place(), b.place())))
            .collect();
        self.diagnostics.extend(report::clashes(&pairs));
        if let Some(first) = found.open.first() {
            let counts = (found.open.len(), messages.len());
            let has_clashes = !pairs.is_empty();
            self.diagnostics.push(report::unfinished(counts, &messages[*first], has_clashes));
        }
    }
}

/// Whether two errors have details of the same shape, which has been reported.
fn are_duplicates(a: &Message<'_>, b: &Message<'_>) -> bool {
    let are_current = !matches!(a.role, Role::Former) && !matches!(b.role, Role::Former);
    a.row != b.row && are_current && a.shape == b.shape
}

/// Leaves out the detail of an error that an earlier one has under the same status: that has been reported, and all
/// that it clashes with is reported for the earlier one. An error with a context or with former messages has more than
/// that, and may clash with itself.
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

/// What the template of a detail looks like: errors with one shape have the same messages.
fn shape(text: &str, params: &[crate::syntax::document::Param]) -> String {
    aliases::shape(&crate::messages::template(text, params))
}
