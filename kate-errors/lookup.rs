//! From a sentence to the rows that have it.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt::Write as _;

use crate::json::Escaped;
use crate::table::{Row, Table};
use crate::template::{Template, UNREAD, Value};
use crate::wordings::Wording;

/// A row that has a sentence.
pub(crate) struct Match<'m, 's> {
    /// Its index.
    pub(crate) row: usize,
    /// Whether the sentence is one that it had before.
    pub(crate) is_former: bool,
    /// The values in the sentence.
    pub(crate) values: &'m [Value<'s>],
}

/// Takes each row that has a sentence.
pub(crate) type Found<'f> = dyn FnMut(&Match<'_, '_>) + 'f;

/// Calls `found` with each row that has the sentence, homonyms behind the row that they name.
pub(crate) fn each(table: &'static Table, sentence: &str, found: &mut Found<'_>) {
    constant(table, escape(sentence).as_bytes(), found);
    templated(table, sentence, found);
}

/// A sentence as it stands in a body of ours.
fn escape(sentence: &str) -> Cow<'_, str> {
    if !sentence.contains(['"', '\\']) {
        return Cow::Borrowed(sentence);
    }
    let mut escaped = String::with_capacity(sentence.len() + 8);
    // Writing to a string does not fail.
    let _ = Escaped(&mut escaped).write_str(sentence);
    Cow::Owned(escaped)
}

/// The rows whose sentence has no holes; it stands as in a body of ours.
pub(crate) fn constant(table: &'static Table, escaped: &[u8], found: &mut Found<'_>) {
    for entry in table.constants.find(table, escaped) {
        with_homonyms(table, entry.row, entry.wording > 0, &[], found);
    }
}

/// The rows whose sentence has holes.
fn templated(table: &'static Table, sentence: &str, found: &mut Found<'_>) {
    table.wordings.each(sentence, &mut |wording| {
        let Some(template) = template(table, wording) else { return };
        read(&template, sentence, &mut |values| {
            with_homonyms(table, wording.row, wording.wording > 1, values, found);
        });
    });
}

fn template(table: &'static Table, wording: &Wording) -> Option<Template<'static>> {
    let row = table.rows.get(wording.row as usize)?;
    match wording.wording {
        0 => Some(row.template(false)),
        1 => Some(row.template(true)),
        former => {
            let more = row.more?;
            let pieces = more.former.get(former as usize - 2)?;
            Some(Template { pieces, params: more.params })
        }
    }
}

/// Calls `found` with the values of the sentence, if it is one of the template's.
fn read<'s>(template: &Template<'_>, sentence: &'s str, found: &mut dyn FnMut(&[Value<'s>])) {
    const FEW: usize = 8;
    if template.params.len() > FEW {
        if let Some(values) = template.read(sentence) {
            found(&values);
        }
        return;
    }
    let mut few = [UNREAD; FEW];
    let values = few.get_mut(..template.params.len()).unwrap_or_default();
    if template.read_into(sentence, values) {
        found(values);
    }
}

fn with_homonyms(
    table: &'static Table,
    row: u32,
    is_former: bool,
    values: &[Value<'_>],
    found: &mut Found<'_>,
) {
    found(&Match { row: row as usize, is_former, values });
    let homonyms = table.rows.get(row as usize).and_then(homonyms);
    for homonym in homonyms.unwrap_or_default() {
        found(&Match { row: *homonym as usize, is_former, values });
    }
}

fn homonyms(row: &'static Row) -> Option<&'static [u32]> {
    row.more.map(|more| more.homonyms)
}
