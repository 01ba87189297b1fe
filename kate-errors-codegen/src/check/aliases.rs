//! Rules about messages that several errors share: `same_as`, and unintended duplicates.

use std::collections::HashMap;

use super::{Checker, row_name};
use crate::messages;
use crate::order::sorted_places;
use crate::rule;
use crate::source::Span;
use crate::syntax::document::{Param, Row, Text};

/// The fields that an error with `same_as` inherits from the error it names.
const INHERITED: &[&str] = &["status", "status_basis", "detail", "context", "params"];

impl<'d> Checker<'d> {
    pub(super) fn aliases(&mut self) {
        for row in self.document.rows() {
            if let Some(same_as) = &row.same_as {
                self.same_as(row, same_as);
            }
        }
        if self.document.identity().is_by_detail() {
            self.duplicate_details();
        }
    }

    fn same_as(&mut self, row: &'d Row, same_as: &'d Text) {
        self.inherited_fields(row, same_as);
        let is_known = self.row_called(same_as, &rule::UNKNOWN_SAME_AS).is_some();
        if is_known && self.bases.of(row).is_none() && self.bases.begins_circle(row) {
            let (name, span) = row_name(row);
            let message = format!("`same_as` leads from {name} back to it");
            self.report(&rule::CIRCULAR_SAME_AS, message, (same_as.span, "a circle"))
                .also((span, "begins and ends here"));
        }
    }

    fn inherited_fields(&mut self, row: &'d Row, same_as: &'d Text) {
        let inherited = INHERITED.iter().filter_map(|field| Some((row.field(field)?, *field)));
        let mut set: Vec<(Span, &str)> = inherited.collect();
        set.sort_unstable();
        let Some((first, others)) = set.split_first() else { return };
        let names: Vec<String> = set.iter().map(|(_, field)| format!("`{field}`")).collect();
        let (verb, object) = if others.is_empty() { ("is", "it is") } else { ("are", "they are") };
        let message = format!("{} {verb} set although `same_as` is", names.join(" and "));
        let label = "inherited, so not set here";
        let help = format!(
            "delete {}: {object} inherited from the error that `same_as` names",
            names.join(" and ")
        );
        let diagnostic =
            self.report(&rule::INHERITED_FIELD, message, (first.0, label)).set_help(help);
        for (span, _) in others {
            diagnostic.also((*span, label));
        }
        diagnostic.also((same_as.span, "inherited from this error"));
    }

    fn duplicate_details(&mut self) {
        let mut seen: HashMap<String, Vec<&'d Row>> = HashMap::new();
        for row in self.document.rows() {
            let (Some(detail), None) = (&row.detail, &row.same_as) else { continue };
            let same = seen.entry(shape(&detail.value, &row.params)).or_default();
            let twin = same
                .iter()
                .find(|other| shared_status(other, row).is_some())
                .or(same.first())
                .copied();
            if let Some(first) = twin {
                self.duplicate(row, detail, first);
            }
            // Reusing the message of a retired error is reported separately from sharing one with another
            // error.
            let is_reuse = |other: &&&'d Row| {
                twin.is_some_and(|twin| !std::ptr::eq(twin, **other) && !reuses(row, twin))
                    && reuses(row, other)
            };
            if let Some(other) = same.iter().find(is_reuse).copied() {
                self.duplicate(row, detail, other);
            }
            // Errors with the same statuses are equivalent here, unless only one of them is retired.
            let statuses = |row: &Row| row.status.iter().map(|it| it.value).collect::<Vec<_>>();
            let is_alike = |other: &&&Row| {
                statuses(other) == statuses(row) && other.retired.is_some() == row.retired.is_some()
            };
            if !same.iter().any(|other| is_alike(&other)) {
                same.push(row);
            }
        }
    }

    fn duplicate(&mut self, row: &'d Row, detail: &Text, first: &'d Row) {
        let Some(first_detail) = &first.detail else { return };
        let statuses = [row, first].map(|row| row.status.first().map_or(0, |status| status.value));
        let [here, there] = shared_status(row, first).map_or(statuses, |status| [status; 2]);
        let (rule, message, help) = if reuses(row, first) {
            let message = format!("the message “{detail}” of a retired error is used again");
            let help = "reword the error that is not retired: old servers still send its message; or \
                 change the status of that error instead of retiring it";
            (&rule::DUPLICATE_DETAIL, message, Some(help.to_owned()))
        } else if here == there {
            let message = format!("two errors have the message “{detail}” under {here}");
            // An imported error cannot refer to one of the importing catalog, which comes first.
            let base = if row.origin == first.origin { first } else { row };
            let same_as = base.key.as_ref().map_or("…", |key| &key.value);
            let help = format!(
                "reword one of the two; or, if one message for both is meant, replace the status and \
                 detail of one by `same_as: {same_as}`"
            );
            (&rule::DUPLICATE_DETAIL, message, Some(help))
        } else {
            let message = format!("the message “{detail}” is used under {here} and under {there}");
            (&rule::DETAIL_UNDER_TWO_STATUSES, message, None)
        };
        self.report(rule, message, (detail.span, format!("under {here}")))
            .also((first_detail.span, format!("the same message, under {there}")))
            .help_if(help);
    }
}

/// Whether one of two errors with the same message is retired, and the other one has no status in common with
/// it.
fn reuses(one: &Row, other: &Row) -> bool {
    shared_status(one, other).is_none() && (one.retired.is_some() || other.retired.is_some())
}

/// Returns a status that both errors have.
pub(super) fn shared_status(one: &Row, other: &Row) -> Option<u16> {
    let has = |status: &u16| other.status.iter().any(|it| it.value == *status);
    one.status.iter().map(|it| it.value).find(has)
}

/// Returns a message with the types of its parameters instead of their names. Errors with the same shape have
/// the same messages.
pub(super) fn shape(text: &str, params: &[Param]) -> String {
    let template = messages::template(text, params);
    // Templates do not contain these control characters, so they cannot be mistaken for text.
    let mut shape = template.first.to_string();
    for segment in &*template.segments {
        let choices: Vec<&str> = segment.choices().collect();
        shape.push('\u{1}');
        shape.push_str(segment.ty.info().name);
        for at in sorted_places(choices.len(), &|a, b| choices[a].cmp(choices[b])) {
            shape.push('\u{2}');
            shape.push_str(choices[at]);
        }
        shape.push('\u{1}');
        shape.push_str(&segment.literal);
    }
    shape
}
