//! From a sentence to the rows that have it.

use alloc::borrow::Cow;
use alloc::vec;
use alloc::vec::Vec;

use crate::json::{is_plain, push_escaped};
use crate::table::{Row, Table};
use crate::template::{Kind, Piece, Template, UNREAD, Value, bytes};
use crate::trie::{Held, Leaf};

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
    // Escaped, a sentence is no shorter.
    if sentence.len() <= table.constants.longest as usize {
        constant(table, &escape(sentence), found);
    }
    templated(table, sentence.as_bytes(), found);
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
pub(crate) fn constant(table: &'static Table, escaped: &[u8], found: &mut Found<'_>) {
    for entry in table.constants.find(escaped) {
        with_homonyms(table, entry.row, entry.wording > 0, &[], found);
    }
}

/// The rows whose sentence has holes.
pub(crate) fn templated(table: &'static Table, sentence: &[u8], found: &mut Found<'_>) {
    table.trie.each(sentence, &mut |leaf, held| {
        let Some(template) = template(table, leaf) else { return };
        with_values(&template, held, &mut |values| {
            with_homonyms(table, leaf.row, leaf.wording > 1, values, found);
        });
    });
}

fn template(table: &'static Table, leaf: &Leaf) -> Option<Template<'static>> {
    let row = table.rows.get(leaf.row as usize)?;
    match leaf.wording {
        0 => Some(row.template(false)),
        1 => Some(row.template(true)),
        former => {
            let more = row.more?;
            let pieces = more.former.get(former as usize - 2)?;
            Some(Template { pieces, params: more.params })
        }
    }
}

/// Calls `then` with the values that a sentence of the template holds, one for each parameter.
fn with_values(
    template: &Template<'_>,
    held: Option<&Held<'_, '_>>,
    then: &mut dyn FnMut(&[Value<'_>]),
) {
    const FEW: usize = 8;
    let count = template.params.len();
    let mut few = [UNREAD; FEW];
    let mut many = vec![];
    let values = match few.get_mut(..count) {
        Some(values) => values,
        None => {
            many.resize(count, UNREAD);
            many.as_mut_slice()
        }
    };
    if fill(values, template, held).is_some() {
        then(values);
    }
}

/// Puts what is held into the places of the parameters. It is held from the last hole to the first.
fn fill<'s>(
    values: &mut [Value<'s>],
    template: &Template<'_>,
    mut held: Option<&Held<'_, 's>>,
) -> Option<()> {
    let mut count = 0;
    for piece in template.pieces.iter().rev() {
        let Piece::Hole(param) = piece else { continue };
        let Held { value, before } = held?;
        *values.get_mut(*param)? = self::value(template.params.get(*param)?.kind, value)?;
        held = *before;
        count += 1;
    }
    // No template names a parameter twice.
    (count == values.len()).then_some(())
}

/// The value that stands in a hole of this kind; `None` if it is not UTF-8.
fn value<'s>(kind: Kind<'_>, held: &'s [u8]) -> Option<Value<'s>> {
    let text = || core::str::from_utf8(held).ok();
    match kind {
        Kind::U64 => bytes::u64(held).map(Value::U64),
        Kind::I64 => bytes::i64(held).map(Value::I64),
        Kind::Word => text().map(Value::Word),
        Kind::Text(_) => text().map(Value::Text),
        Kind::OneOf(_) => text().map(Value::OneOf),
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
