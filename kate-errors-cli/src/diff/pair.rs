//! Matches the errors of two catalogs.

use std::collections::BTreeMap;

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::Row;

use super::message::MessageForm;

/// The errors that both catalogs have.
pub(crate) struct Pairs {
    /// For each old error, the matching new one.
    pub(crate) new_of: Vec<Option<usize>>,
    /// For each new error, the matching old one.
    pub(crate) old_of: Vec<Option<usize>>,
}

impl Pairs {
    /// Matches errors by name, then by code, then by text, types and status, then by text and types alone, then by
    /// former texts. Finally, matches aliases of the same error, by status or alone.
    pub(crate) fn of(old: &Catalog, new: &Catalog) -> Self {
        let mut pairs =
            Self { new_of: vec![None; old.rows.len()], old_of: vec![None; new.rows.len()] };
        pairs.join(old, new, |_, row| Some(row.name.clone()));
        pairs.join(old, new, |_, row| row.sent_code().map(str::to_owned));
        pairs.join(old, new, |catalog, row| {
            Some((message(catalog, row)?, catalog.statuses[row.status].code))
        });
        // A text without words does not identify an error, and retired errors are no longer sent.
        let is_telling = |(literals, _): &Key| {
            literals.iter().any(|literal| literal.chars().any(char::is_alphanumeric))
        };
        pairs.join(old, new, |catalog, row| {
            message(catalog, row).filter(|key| row.retired.is_none() && is_telling(key))
        });
        pairs.join(old, new, |catalog, row| {
            let former = |it| key(&MessageForm::new(catalog.params(row), it));
            let formers = row.former.iter().map(move |it| former(&it.parsed));
            let all = message(catalog, row).into_iter().chain(formers);
            all.filter(move |key| row.retired.is_none() && is_telling(key))
        });
        let new_of = pairs.new_of.clone();
        for by_status in [true, false] {
            pairs.join(old, new, |catalog, row| {
                let is_old = std::ptr::eq(catalog, old);
                let base =
                    row.same_as.and_then(|base| if is_old { new_of[base] } else { Some(base) });
                base.map(|base| (base, by_status.then(|| catalog.statuses[row.status].code)))
            });
        }
        pairs
    }

    /// Matches errors with equal keys, if each catalog has exactly one unmatched error with the key.
    fn join<'c, K: Ord, Keys: IntoIterator<Item = K>>(
        &mut self,
        old: &'c Catalog,
        new: &'c Catalog,
        keys: impl Fn(&'c Catalog, &'c Row) -> Keys,
    ) {
        let mut by_key: BTreeMap<K, [Vec<usize>; 2]> = BTreeMap::new();
        for (side, (catalog, pairs)) in
            [(old, &self.new_of), (new, &self.old_of)].iter().enumerate()
        {
            for (at, row) in catalog.rows.iter().enumerate().filter(|(at, _)| pairs[*at].is_none())
            {
                for key in keys(catalog, row) {
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

    /// Returns the pairs of old and new errors, in the order of the new catalog.
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
