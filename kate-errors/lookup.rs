//! From a sentence to the rows that have it.

use alloc::borrow::Cow;
use alloc::vec;
use alloc::vec::Vec;

use crate::json::{is_plain, push_escaped};
use crate::table::{Row, Table};
use crate::template::{Piece, Template, UNREAD, Value};
use crate::trie::{Leaf, Walk};

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
pub(crate) type Outcome<'f> = dyn FnMut(&Match<'_, '_>) + 'f;

/// Calls `found` with each row that has the sentence, homonyms behind the row that they name.
pub(crate) fn each(table: &'static Table, sentence: &str, found: &mut Outcome<'_>) {
    // Escaped, a sentence is no shorter.
    if sentence.len() <= table.constants.longest as usize {
        constant(table, &escape(sentence), found);
    }
    templated(table, sentence, found);
}

/// A sentence as it stands in a body of ours.
fn escape(sentence: &str) -> Cow<'_, [u8]> {
    if is_plain(sentence.as_bytes()) {
        return Cow::Borrowed(sentence.as_bytes());
    }
    let mut escaped = Vec::with_capacity(sentence.len() + 8);
    push_escaped(sentence, &mut escaped);
    Cow::Owned(escaped)
}

/// The rows whose sentence has no holes; it stands as in a body of ours.
pub(crate) fn constant(table: &'static Table, escaped: &[u8], found: &mut Outcome<'_>) {
    for entry in table.constants.find(escaped) {
        with_homonyms(table, entry.row(), entry.is_former(), &[], found);
    }
}

/// The rows whose sentence has holes.
pub(crate) fn templated(table: &'static Table, sentence: &str, found: &mut Outcome<'_>) {
    let mut walk = table.trie.walk(sentence.into());
    while let Some(leaves) = walk.next() {
        for leaf in leaves {
            let template = template(table, leaf);
            if let Some(values) = template.and_then(|it| by_parameter(&it, walk.values())) {
                with_homonyms(table, leaf.row, leaf.wording > 1, &values, found);
            }
        }
    }
}

/// The values in the holes of a template, in the order of its parameters.
fn by_parameter<'v, 's>(
    template: &Template<'_>,
    values: &'v [Value<'s>],
) -> Option<Cow<'v, [Value<'s>]>> {
    let holes = template.pieces.iter().filter_map(|piece| match piece {
        Piece::Literal(_) => None,
        Piece::Hole(param) => Some(*param),
    });
    if holes.clone().eq(0..values.len()) {
        return Some(Cow::Borrowed(values));
    }
    let mut ordered = vec![UNREAD; values.len()];
    for (param, value) in holes.zip(values) {
        *ordered.get_mut(param)? = *value;
    }
    Some(Cow::Owned(ordered))
}

/// What a look at the tree alone says about a sentence.
pub(crate) enum AtOnce {
    /// The index of the row that is meant. The walk has its values.
    Row(usize),
    /// No row has it, if it is UTF-8 in which JSON has nothing to escape.
    Nowhere,
    /// There may be more to say about it.
    Unsure,
}

/// Looks for a sentence that no row without holes has. A row is meant if it has the status and this wording
/// now, and there is nothing more to say about it.
#[inline]
pub(crate) fn templated_at_once(walk: &mut Walk<'_>, status: u16) -> AtOnce {
    match walk.next() {
        None => AtOnce::Nowhere,
        Some([leaf]) if leaf.only_status == u32::from(status) => AtOnce::Row(leaf.row as usize),
        Some(_) => AtOnce::Unsure,
    }
}

fn template(table: &'static Table, leaf: &Leaf) -> Option<Template<'static>> {
    let row = table.row(leaf.row as usize)?;
    match leaf.wording {
        0 => Some(row.template(false)),
        1 => Some(row.template(true)),
        former => {
            let more = row.more()?;
            let pieces = more.former.get(former as usize - 2)?;
            Some(Template { pieces, params: more.own_params() })
        }
    }
}

fn with_homonyms(
    table: &'static Table,
    row: u32,
    is_former: bool,
    values: &[Value<'_>],
    found: &mut Outcome<'_>,
) {
    found(&Match { row: row as usize, is_former, values });
    let homonyms = table.row(row as usize).and_then(homonyms);
    for homonym in homonyms.unwrap_or_default() {
        found(&Match { row: *homonym as usize, is_former, values });
    }
}

fn homonyms(row: Row) -> Option<&'static [u32]> {
    row.more().map(|more| more.homonyms)
}
