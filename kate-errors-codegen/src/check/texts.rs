//! Rules about cause and fix: they must be informative.

use std::collections::BTreeMap;

use super::{Checker, row_name};
use crate::rule;
use crate::syntax::document::{Row, Text};

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
        let own = |name, text| if row.field(name).is_some() { text } else { None };
        let texts = [("cause", row.cause.as_ref()), ("fix", row.fix.as_ref())];
        let texts = texts.map(|(name, text)| (name, own(name, text)));
        let mut restated = false;
        for (field, text) in texts {
            if let (Some(text), Some(detail)) = (text, detail) {
                restated |= self.restates(row, field, text, "detail", detail);
            }
        }
        if let ([(_, Some(cause)), (_, Some(fix))], false) = (texts, restated) {
            self.restates(row, "fix", fix, "cause", cause);
        }
    }

    /// Reports errors without cause or fix, once for all of a catalog that lack the same: each catalog that is
    /// imported allows warnings about its own errors.
    fn unexplained(&mut self) {
        let mut lacking: BTreeMap<(Option<&str>, &str), Vec<&Row>> = BTreeMap::new();
        for row in self.document.rows() {
            let has = |name, text: &Option<Text>| text.is_some() || row.field(name).is_some();
            let lacks = match (has("cause", &row.cause), has("fix", &row.fix)) {
                (true, true) => continue,
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

    fn restates(
        &mut self,
        row: &Row,
        field: &str,
        text: &Text,
        other_field: &str,
        other: &Text,
    ) -> bool {
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
