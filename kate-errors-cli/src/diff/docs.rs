//! Changes of documentation, and changes that many errors share.

use std::collections::BTreeMap;

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::Row;
use kate_errors_codegen::places::Place;

use super::finding::{Comparison, is, now_and_before, was};
use super::rule::{self, Rule};
use crate::messages;

impl Comparison<'_> {
    pub(super) fn docs(&mut self) {
        self.grouped(&rule::ADVICE_CHANGED, "cause", "the cause", |_, row| row.cause.clone());
        self.grouped(&rule::ADVICE_CHANGED, "fix", "the fix", |_, row| row.fix.clone());
        self.grouped(&rule::EXPLANATION_CHANGED, "explanation", "the explanation", |_, row| {
            row.explanation.clone().unwrap_or_default()
        });
        for (field, _, value) in messages::REMARKS {
            self.grouped(&rule::DESCRIPTION_CHANGED, field, &format!("`{field}`"), |_, row| {
                value(row).to_string()
            });
        }
        self.grouped(&rule::DESCRIPTION_CHANGED, "status_basis", "`status_basis`", |_, row| {
            row.status_basis.as_str().to_owned()
        });
        self.grouped(
            &rule::DESCRIPTION_CHANGED,
            "params",
            "the descriptions of parameters",
            |catalog, row| {
                let params =
                    catalog.params(row).map(|it| format!("{:?} {:?}", it.description, it.example));
                params.collect::<Vec<_>>().join("\n")
            },
        );
        self.grouped(&rule::EXTENSION_CHANGED, "code", "the custom fields", |_, row| {
            row.extensions
                .iter()
                .map(|it| format!("{}: {}", it.name, it.json))
                .collect::<Vec<_>>()
                .join("\n")
        });
        let places = now_and_before(Place::Catalog, Place::Catalog);
        let (old, new) = (self.both.old.catalog, self.both.new.catalog);
        if old.reference != new.reference {
            self.find(&rule::REFERENCE_CHANGED, "the reference page has another URL", &places);
        }
        if (&old.title, &old.summary) != (&new.title, &new.summary) {
            self.find(&rule::DESCRIPTION_CHANGED, "the title or the summary has changed", &places);
        }
        if old.extensions != new.extensions {
            self.find(
                &rule::EXTENSION_CHANGED,
                "custom fields of the catalog have changed",
                &places,
            );
        }
        for (status, before, after) in self.both_statuses() {
            let (was, is) = (&old.statuses[before], &new.statuses[after]);
            // A changed variant name is found by `listed_statuses`.
            let is_renamed = was.variant != is.variant;
            if was.description != is.description || was.name != is.name && !is_renamed {
                let text = format!("the name or the description of {status} has changed");
                let places = now_and_before(Place::Status(after), Place::Status(before));
                self.find(&rule::STATUS_TEXT_CHANGED, text, &places);
            }
        }
        let summaries = |catalog: &Catalog| -> BTreeMap<String, (usize, Option<String>)> {
            let all = catalog.operations.iter().enumerate();
            all.map(|(at, it)| (it.name.clone(), (at, it.summary.clone()))).collect()
        };
        let before = summaries(old);
        for (name, (at, summary)) in summaries(new) {
            let Some((was_at, was_summary)) = before.get(&name) else { continue };
            if *was_summary != summary {
                let text = format!("the summary of `{name}` has changed");
                let places = now_and_before(Place::Operation(at), Place::Operation(*was_at));
                self.find(&rule::DESCRIPTION_CHANGED, text, &places);
            }
        }
    }

    /// Reports a change of the value that `value` returns. Errors with the same change are reported together, because
    /// such a value is often written once for a section, a status, or an error with aliases.
    pub(super) fn grouped(
        &mut self,
        rule: &'static Rule,
        field: &str,
        what: &str,
        value: impl Fn(&Catalog, &Row) -> String,
    ) {
        let mut groups: BTreeMap<(String, String), Vec<(usize, usize)>> = BTreeMap::new();
        for (old, new) in self.both.pairs.both() {
            let (was, is) = self.both.rows(old, new);
            let (was_catalog, is_catalog) = (self.both.old.catalog, self.both.new.catalog);
            let (before, after) = (value(was_catalog, was), value(is_catalog, is));
            // Added and removed parameters are already reported, and their descriptions with them.
            let is_other = field == "params"
                && was_catalog.params(was).count() != is_catalog.params(is).count();
            if before != after && !is_other {
                groups.entry((before, after)).or_default().push((old, new));
            }
        }
        let mut groups: Vec<_> = groups.into_values().collect();
        groups.sort_by_key(|pairs| pairs.first().map(|(_, new)| *new));
        for pairs in groups {
            let Some((old, new)) = pairs.first().copied() else { continue };
            let rows = self.both.new.names(pairs.iter().map(|(_, new)| *new));
            let text = format!("{what} of {rows} changed");
            self.find(rule, text, &[is(new, field, "now"), was(old, field, "before")]);
        }
    }
}
