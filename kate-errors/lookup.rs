//! From a sentence to the rows that have it.

use crate::table::{Row, Table};
use crate::template::{Template, UNREAD, Value};

/// A row that has a sentence.
pub(crate) struct Match<'m, 's> {
    /// Its index.
    pub(crate) row: usize,
    /// Whether the sentence is one that it had before.
    pub(crate) is_former: bool,
    /// The values in the sentence.
    pub(crate) values: &'m [Value<'s>],
}

/// Calls `found` with each row that has the sentence, homonyms behind the row that they name.
pub(crate) fn each(table: &'static Table, sentence: &str, found: &mut dyn FnMut(&Match<'_, '_>)) {
    let by_detail = table.by_detail;
    let detail = |row: &u32| table.rows.get(*row as usize).map_or("", |row| row.detail);
    let start = by_detail.partition_point(|row| detail(row) < sentence);
    let equal = by_detail.iter().skip(start).take_while(|row| detail(row) == sentence);
    for row in equal {
        with_homonyms(table, *row, false, &[], found);
    }
    for row in table.templated {
        templated(table, *row, sentence, found);
    }
}

fn templated(
    table: &'static Table,
    index: u32,
    sentence: &str,
    found: &mut dyn FnMut(&Match<'_, '_>),
) {
    let Some(row) = table.rows.get(index as usize) else { return };
    let Some(more) = row.more else { return };
    if more.same_as.is_none() {
        let wordings = [(row.template(false), true), (row.template(true), !more.full.is_empty())];
        for (template, exists) in wordings {
            if exists && has_holes(&template) {
                read(&template, sentence, &mut |values| {
                    with_homonyms(table, index, false, values, found);
                });
            }
        }
    }
    for pieces in more.former {
        let template = Template { pieces, params: more.params };
        read(&template, sentence, &mut |values| with_homonyms(table, index, true, values, found));
    }
}

fn has_holes(template: &Template<'_>) -> bool {
    !template.params.is_empty()
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
    found: &mut dyn FnMut(&Match<'_, '_>),
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
