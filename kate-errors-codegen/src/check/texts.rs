//! Rules about cause and fix: they must be informative.

use std::collections::BTreeMap;

use super::{Checker, row_name};
use crate::rule;
use crate::syntax::document::{Row, Text};

/// The name of a field, and its text.
type Field<'t> = (&'t str, Option<&'t Text>);

impl<'d> Checker<'d> {
    pub(super) fn texts(&mut self) {
        for row in self.document.rows() {
            self.restatements(row);
        }
        self.unexplained();
        self.reference();
    }

    fn restatements(&mut self, row: &'d Row) {
        let detail = self.bases.of(row).and_then(|base| base.detail.as_ref());
        // Inherited texts describe many errors, so they are not compared with the message of one.
        let own = |name, text: Option<&'d Text>| {
            text.filter(|text| row.field(name).is_some() && !text.value.is_empty())
        };
        let cause = ("cause", own("cause", row.cause.as_ref()));
        let fix = ("fix", own("fix", row.fix.as_ref()));
        let restated = [cause, fix].map(|text| self.restates(row, text, ("detail", detail)));
        if !restated.contains(&true) {
            self.restates(row, fix, cause);
        }
    }

    /// Reports errors without cause or fix, once for all of a catalog that lack the same: each catalog that is
    /// imported allows warnings about its own errors.
    fn unexplained(&mut self) {
        let mut lacking: BTreeMap<(Option<&str>, &str), Vec<&Row>> = BTreeMap::new();
        for row in self.document.rows() {
            let lacks = match (row.cause.is_some(), row.fix.is_some()) {
                (true, true) => continue,
                _ if !self.document.lists_status(row, &self.bases) => continue,
                (false, true) => "no cause",
                (true, false) => "no fix",
                (false, false) => "no cause and no fix",
            };
            lacking.entry((row.origin.as_deref(), lacks)).or_default().push(row);
        }
        for ((_, lacks), rows) in lacking {
            let Some((first, others)) = rows.split_first() else { continue };
            let (name, place) = row_name(first);
            let message = match others.len() {
                0 => format!("{name} has {lacks}"),
                _ => format!("{} errors have {lacks}", rows.len()),
            };
            let others = others.iter().map(|other| (row_name(other).1, lacks));
            self.report(&rule::UNEXPLAINED_ERROR, message, (place, lacks)).also_at(others);
        }
    }

    /// Whether both texts, each with the name of its field, say the same. Reports it.
    fn restates(
        &mut self,
        row: &Row,
        (field, text): Field<'_>,
        (other_field, other): Field<'_>,
    ) -> bool {
        let (Some(text), Some(other)) = (text, other) else { return false };
        let (mut left, right) = (words(&text.value), words(&other.value));
        let same = text.value == other.value || left.clone().eq(right) && left.next().is_some();
        if same {
            let message =
                format!("the {field} of {} only repeats the {other_field}", row_name(row).0);
            let second = (text.span, "says the same");
            let first = (other.span, format!("the {other_field}"));
            self.report(&rule::RESTATES_DETAIL, message, second).also(first);
        }
        same
    }

    fn reference(&mut self) {
        let Some(reference) = &self.document.reference else { return };
        let rest =
            ["https://", "http://"].iter().find_map(|scheme| reference.value.strip_prefix(scheme));
        let address = |rest: &str| {
            !rest.is_empty()
                && !rest.starts_with('/')
                && rest.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>\\^`{|}#".contains(&b))
        };
        if !rest.is_some_and(address) {
            let message = format!("`{reference}` is not the address of a page");
            let label = (reference.span, "not a whole https address without `#`");
            self.report(&rule::INVALID_REFERENCE, message, label);
        }
    }
}

/// Returns the letters of the words of a text, without case and punctuation, with a space after each word.
fn words(text: &str) -> impl Iterator<Item = char> + Clone {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.flat_map(|word| word.chars().flat_map(char::to_lowercase).chain([' ']))
}
