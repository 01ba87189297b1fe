//! Finds errors that clients do not know in older bodies without a place for the code, although codes are the
//! identity.

use std::collections::{BTreeSet, HashMap};

use kate_errors_model::template::FREE_TEXT;

use super::leave_out_duplicates;
use super::message::{Message, Role};
use super::report::MAX_NAMES;
use crate::check::Checker;
use crate::check::aliases::{shape, shared_status};
use crate::clash::{self, clashes};
use crate::diagnostic::few;
use crate::rule;
use crate::syntax::document::Row;

impl<'d> Checker<'d> {
    /// Warns about errors whose messages identify nothing, if a body in `reads` has only the message.
    pub(super) fn older_bodies(&mut self, mut messages: Vec<Message<'d>>) {
        let Some(place) = self.envelopes.older_without_code() else { return };
        let rows: Vec<&Row> = self.document.rows().collect();
        let is_own = |it: &Message<'_>| it.is_former() || rows[it.row].same_as.is_none();
        messages.retain(|message| message.text.value != FREE_TEXT && is_own(message));
        let mut unread = without_message(rows.len(), &messages);
        unread.extend(self.with_same_message(&rows));
        leave_out_duplicates(&mut messages);
        let templates: Vec<_> = messages.iter().map(|message| &message.template).collect();
        let found = clashes(&templates, clash::LIMIT);
        let pairs = found.pairs.into_iter().map(|(a, b)| [&messages[a], &messages[b]]);
        let clash =
            |[a, b]: &[&Message<'_>; 2]| a.row != b.row && shared_status(a.base, b.base).is_some();
        let pairs = pairs.filter(clash).map(|pair| pair.map(|message| message.row));
        unread.extend(pairs.flatten());
        unread.extend(found.open.into_iter().map(|at| messages[at].row));
        let names: Vec<&str> = unread
            .into_iter()
            .filter_map(|at| Some(rows[at].key.as_ref()?.value.as_str()))
            .collect();
        if !names.is_empty() {
            let names = few(names.iter().map(|name| format!("`{name}`")), MAX_NAMES);
            let message =
                format!("this older body has no code, so errors are not read from it: {names}");
            self.report(&rule::UNREAD_WITHOUT_CODE, message, (place, "no `{code}` here"));
        }
    }

    /// Returns the errors whose message another one with the same status has, aliases included.
    fn with_same_message(&self, rows: &[&'d Row]) -> Vec<usize> {
        let mut owners: HashMap<(String, u16), Vec<usize>> = HashMap::new();
        for (at, row) in rows.iter().enumerate() {
            let Some(base) = self.bases.of(row) else { continue };
            let Some(detail) = base.detail.as_ref().filter(|it| it.value != FREE_TEXT) else {
                continue;
            };
            let shape = shape(&detail.value, &base.params);
            for status in &base.status {
                owners.entry((shape.clone(), status.value)).or_default().push(at);
            }
        }
        owners.into_values().filter(|rows| rows.len() > 1).flatten().collect()
    }
}

/// Returns the errors without a message, or with values that are not in it.
fn without_message(rows: usize, messages: &[Message<'_>]) -> BTreeSet<usize> {
    let is_whole = |message: &&Message<'_>| {
        let has = |at| message.template.segments.iter().any(|segment| segment.param == at);
        let mut params = message.params.iter().enumerate();
        matches!(message.role, Role::Detail) && params.all(|(at, param)| param.optional || has(at))
    };
    let read: BTreeSet<usize> = messages.iter().filter(is_whole).map(|it| it.row).collect();
    (0..rows).filter(|row| !read.contains(row)).collect()
}
