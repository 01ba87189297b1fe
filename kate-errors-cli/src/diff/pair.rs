//! Matches the errors of two catalogs.

use std::collections::HashMap;
use std::hash::Hash;

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
    /// Matches errors by name, then by code, then by text, types and status, and finally by text and types alone.
    pub(crate) fn of(old: &Catalog, new: &Catalog) -> Self {
        let mut pairs =
            Self { new_of: vec![None; old.rows.len()], old_of: vec![None; new.rows.len()] };
        pairs.join(old, new, |_, row| Some(row.name.clone()));
        pairs.join(old, new, |_, row| Some(row.code.clone()));
        pairs.join(old, new, |catalog, row| {
            Some((message(catalog, row)?, catalog.statuses[row.status].code))
        });
        pairs.join(old, new, |catalog, row| {
            // A text without words does not identify an error, and retired errors are no longer sent.
            let is_word = |literal: &String| literal.chars().any(char::is_alphanumeric);
            let is_telling = |literals: &[String]| literals.iter().any(is_word);
            message(catalog, row)
                .filter(|(literals, _)| row.retired.is_none() && is_telling(literals))
        });
        pairs
    }

    /// Matches errors with equal keys, if each catalog has exactly one unmatched error with the key.
    fn join<K: Eq + Hash>(
        &mut self,
        old: &Catalog,
        new: &Catalog,
        key: impl Fn(&Catalog, &Row) -> Option<K>,
    ) {
        let mut by_key: HashMap<K, [Vec<usize>; 2]> = HashMap::new();
        for (side, (catalog, pairs)) in
            [(old, &self.new_of), (new, &self.old_of)].iter().enumerate()
        {
            for (at, row) in catalog.rows.iter().enumerate().filter(|(at, _)| pairs[*at].is_none())
            {
                if let Some(key) = key(catalog, row) {
                    by_key.entry(key).or_default()[side].push(at);
                }
            }
        }
        for [olds, news] in by_key.values() {
            if let ([old], [new]) = (&olds[..], &news[..]) {
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

/// Returns the literals of an error's message and the types of its values. `None` for aliases, whose message is that
/// of another error.
fn message(catalog: &Catalog, row: &Row) -> Option<(Vec<String>, Vec<String>)> {
    let form = MessageForm::of(catalog, row);
    let types = form.types.iter().map(|ty| format!("{ty:?}")).collect();
    let literals = form.literals.iter().map(|it| (*it).to_owned()).collect();
    row.same_as.is_none().then_some((literals, types))
}
