//! Matches the errors, sections and operations of two catalogs.

use std::collections::BTreeMap;

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::Row;

use super::message::MessageForm;
use super::side::Which;

/// What both catalogs have: errors, sections or operations.
pub(crate) struct Pairs {
    /// For each old item, the matching new one.
    pub(crate) new_of: Vec<Option<usize>>,
    /// For each new item, the matching old one.
    pub(crate) old_of: Vec<Option<usize>>,
}

impl Pairs {
    /// Matches errors by name, then by code, then by text, types and status, then by text and types alone, then by
    /// former texts. Finally, matches aliases of the same error, by status or alone.
    pub(crate) fn of(old: &Catalog, new: &Catalog) -> Self {
        let rows = [old.rows.as_slice(), new.rows.as_slice()];
        let catalog_of = |which| if which == Which::Old { old } else { new };
        let message = |which, row: &Row| message(catalog_of(which), row);
        let status = |which, row: &Row| catalog_of(which).statuses[row.status].code;
        let mut pairs = Self::by(rows, |_, _, row| Some(row.name.clone()));
        pairs.join(rows, |_, _, row| row.sent_code());
        pairs.join(rows, |which, _, row| Some((message(which, row)?, status(which, row))));
        // A text without words does not identify an error, and retired errors are no longer sent.
        let is_telling = |(literals, _): &Key| {
            literals.iter().any(|literal| literal.chars().any(char::is_alphanumeric))
        };
        pairs.join(rows, |which, _, row| {
            message(which, row).filter(|key| row.retired.is_none() && is_telling(key))
        });
        pairs.join(rows, |which, _, row| {
            let former = move |it| key(&MessageForm::new(catalog_of(which).params(row), it));
            let formers = row.former.iter().map(move |it| former(&it.parsed));
            let all = message(which, row).into_iter().chain(formers);
            all.filter(move |key| row.retired.is_none() && is_telling(key))
        });
        let new_of = pairs.new_of.clone();
        for by_status in [true, false] {
            pairs.join(rows, |which, _, row| {
                let is_old = which == Which::Old;
                let base =
                    row.same_as.and_then(|base| if is_old { new_of[base] } else { Some(base) });
                base.map(|base| (base, by_status.then(|| status(which, row))))
            });
        }
        pairs
    }

    /// Matches items with equal keys.
    pub(super) fn by<'i, T, K: Ord, Keys: IntoIterator<Item = K>>(
        items: [&'i [T]; 2],
        keys: impl Fn(Which, usize, &'i T) -> Keys,
    ) -> Self {
        let [new_of, old_of] = items.map(|items| vec![None; items.len()]);
        let mut pairs = Self { new_of, old_of };
        pairs.join(items, keys);
        pairs
    }

    /// Matches further items with equal keys, if each catalog has exactly one unmatched item with the key.
    pub(super) fn join<'i, T, K: Ord, Keys: IntoIterator<Item = K>>(
        &mut self,
        [old, new]: [&'i [T]; 2],
        keys: impl Fn(Which, usize, &'i T) -> Keys,
    ) {
        let mut by_key: BTreeMap<K, [Vec<usize>; 2]> = BTreeMap::new();
        let sides = [(Which::Old, old, &self.new_of), (Which::New, new, &self.old_of)];
        for (side, (which, items, pairs)) in sides.into_iter().enumerate() {
            for (at, item) in items.iter().enumerate().filter(|(at, _)| pairs[*at].is_none()) {
                for key in keys(which, at, item) {
                    by_key.entry(key).or_default()[side].push(at);
                }
            }
        }
        for [olds, news] in by_key.values() {
            if let ([old], [new]) = (&olds[..], &news[..])
                && self.new_of[*old].is_none()
                && self.old_of[*new].is_none()
            {
                self.new_of[*old] = Some(*new);
                self.old_of[*new] = Some(*old);
            }
        }
    }

    /// Returns the pairs of old and new items, in the order of the new catalog.
    pub(crate) fn both(&self) -> Vec<(usize, usize)> {
        let pairs = self.old_of.iter().enumerate();
        pairs.filter_map(|(new, old)| Some(((*old)?, new))).collect()
    }
}

/// Returns what identifies the message of an error. `None` for aliases, whose message is that of another error.
fn message(catalog: &Catalog, row: &Row) -> Option<Key> {
    row.same_as.is_none().then(|| key(&MessageForm::of(catalog, row)))
}

/// The literals of a message and the types of its values.
type Key = (Vec<String>, Vec<String>);

fn key(form: &MessageForm<'_>) -> Key {
    let types = form.types.iter().map(|ty| format!("{ty:?}")).collect();
    (form.literals.iter().map(|it| (*it).to_owned()).collect(), types)
}
