//! Names other than those of errors: of the catalog, its statuses, sections and operations.

use std::collections::{BTreeSet, HashMap};

use kate_errors_codegen::catalog::Operation;
use kate_errors_codegen::places::Place;

use super::finding::{At, Comparison, is, now_and_before, was};
use super::pair::Pairs;
use super::rule;
use super::witness::Which;

impl Comparison<'_> {
    pub(super) fn structure(&mut self) {
        let (old, new) = (self.both.old.catalog, self.both.new.catalog);
        let places = now_and_before(Place::Catalog, Place::Catalog);
        if old.name != new.name {
            let text = format!("`{}` is called `{}` now", old.enum_name(), new.enum_name());
            self.find(&rule::CATALOG_RENAMED, text, &places);
        }
        if old.non_exhaustive != new.non_exhaustive {
            let (rule, what) = if new.non_exhaustive {
                (&rule::NON_EXHAUSTIVE_ADDED, "non-exhaustive now")
            } else {
                (&rule::NON_EXHAUSTIVE_REMOVED, "no longer non-exhaustive")
            };
            self.find(rule, format!("`{}` is {what}", new.enum_name()), &places);
        }
        self.listed_statuses();
        self.sections();
        self.operations();
    }

    /// Compares the listed statuses, which are variants of an enum.
    fn listed_statuses(&mut self) {
        let (old, new) = (self.both.old.catalog, self.both.new.catalog);
        let both = self.both_statuses();
        for &(code, before, after) in &both {
            let (was, is) = (&old.statuses[before].variant, &new.statuses[after].variant);
            if was != is {
                let text = format!("the variant `{was}` of {code} is called `{is}` now");
                let places = now_and_before(Place::Status(after), Place::Status(before));
                self.find(&rule::STATUS_RENAMED, text, &places);
            }
        }
        for (at, status) in old.statuses.iter().enumerate() {
            if !both.iter().any(|(_, before, _)| *before == at) {
                let text = format!("the status {} is no longer listed", status.code);
                let place = (Which::Old, Place::Status(at), "before");
                self.find(&rule::STATUS_UNLISTED, text, &[place]);
            }
        }
        for (at, status) in new.statuses.iter().enumerate() {
            if !both.iter().any(|(_, _, after)| *after == at) {
                let text = format!("the status {} is listed", status.code);
                self.find(&rule::STATUS_LISTED, text, &[(Which::New, Place::Status(at), "here")]);
            }
        }
    }

    fn sections(&mut self) {
        let (old, new) = (self.both.old.catalog, self.both.new.catalog);
        let all = [old.sections.as_slice(), new.sections.as_slice()];
        let mut pairs = Pairs::by(all, |_, _, section| Some(&section.name));
        // If all errors of a removed section went to one new section, which has no others, the section was renamed.
        let mut moves: HashMap<(Which, usize), BTreeSet<(usize, usize)>> = HashMap::new();
        for (before, now) in self.both.pairs.both() {
            let sections = (old.rows[before].section, new.rows[now].section);
            for place in [(Which::Old, sections.0), (Which::New, sections.1)] {
                moves.entry(place).or_default().insert(sections);
            }
        }
        pairs.join(all, |which, at, _| {
            let moves = moves.get(&(which, at)).filter(|moves| moves.len() == 1);
            moves.into_iter().flatten()
        });
        let Pairs { new_of: after, old_of: before } = pairs;
        for (from, to) in after.iter().enumerate() {
            let Some(to) = *to else { continue };
            let (was, is) = (&old.sections[from].name, &new.sections[to].name);
            if was != is {
                let text = format!("the section `{was}` is called `{is}` now");
                let places = now_and_before(Place::Section(to), Place::Section(from));
                self.find(&rule::SECTION_RENAMED, text, &places);
            }
        }
        for (at, section) in old.sections.iter().enumerate().filter(|(at, _)| after[*at].is_none())
        {
            let text = format!("the section `{}` was removed", section.name);
            self.find(&rule::SECTION_REMOVED, text, &[(Which::Old, Place::Section(at), "before")]);
        }
        for (at, section) in new.sections.iter().enumerate().filter(|(at, _)| before[*at].is_none())
        {
            let text = format!("the section `{}` is new", section.name);
            self.find(&rule::SECTION_ADDED, text, &[(Which::New, Place::Section(at), "here")]);
        }
        for (before, now) in self.both.pairs.both() {
            let (from, to) = (old.rows[before].section, new.rows[now].section);
            if after[from] != Some(to) {
                let text = format!(
                    "the error `{}` moved from the section `{}` to `{}`",
                    new.rows[now].name, old.sections[from].name, new.sections[to].name
                );
                let places = [is(now, "code", "now"), was(before, "code", "before")];
                self.find(&rule::ERROR_MOVED, text, &places);
            }
        }
    }

    fn operations(&mut self) {
        let (old, new) = (self.both.old.catalog, self.both.new.catalog);
        let all = [old.operations.as_slice(), new.operations.as_slice()];
        let mut pairs = Pairs::by(all, |_, _, operation| Some(&operation.name));
        pairs.join(all, |_, _, operation| Some(operation.route()));
        for (at, operation) in new.operations.iter().enumerate() {
            let here: At<'_> = (Which::New, Place::Operation(at), "now");
            let Some(before) = pairs.old_of[at] else {
                let text = format!("the operation `{}` is new", operation.name);
                self.find(&rule::OPERATION_ADDED, text, &[here]);
                continue;
            };
            let places = [here, (Which::Old, Place::Operation(before), "before")];
            let known = &old.operations[before];
            if known.name != operation.name {
                let text =
                    format!("the operation `{}` is called `{}` now", known.name, operation.name);
                self.find(&rule::OPERATION_RENAMED, text, &places);
            }
            if known.route() != operation.route() {
                let text = format!(
                    "the operation `{}` was `{}` and is `{}`",
                    operation.name,
                    known.route(),
                    operation.route()
                );
                self.find(&rule::ROUTE_CHANGED, text, &places);
            }
            self.errors_of_operation(known, operation, &places);
        }
        for (at, operation) in old.operations.iter().enumerate() {
            if pairs.new_of[at].is_none() {
                let text = format!("the operation `{}` was removed", operation.name);
                let place = (Which::Old, Place::Operation(at), "before");
                self.find(&rule::OPERATION_REMOVED, text, &[place]);
            }
        }
    }

    /// Compares the errors that an operation lists.
    fn errors_of_operation(&mut self, known: &Operation, operation: &Operation, places: &[At<'_>]) {
        let new = self.both.new.catalog;
        let pairs = &self.both.pairs;
        let listed: BTreeSet<Option<usize>> =
            known.rows.iter().map(|row| pairs.new_of[*row]).collect();
        let is_added = |row: &usize| !listed.contains(&Some(*row));
        let added: Vec<usize> = operation.rows.iter().copied().filter(is_added).collect();
        let is_gone =
            |row: &&usize| pairs.new_of[**row].is_none_or(|row| !operation.rows.contains(&row));
        let is_retired =
            |row: &usize| pairs.new_of[*row].is_some_and(|row| new.rows[row].retired.is_some());
        let (retired, removed): (Vec<usize>, Vec<usize>) =
            known.rows.iter().filter(is_gone).copied().partition(is_retired);
        if !added.is_empty() {
            let added = self.both.new.names(added);
            let text = format!("`{}` can also respond with {added}", operation.name);
            self.find(&rule::OPERATION_ERROR_ADDED, text, places);
        }
        let gone =
            [(&rule::OPERATION_ERROR_RETIRED, retired), (&rule::OPERATION_ERROR_REMOVED, removed)];
        for (rule, rows) in gone.into_iter().filter(|(_, rows)| !rows.is_empty()) {
            let rows = self.both.old.names(rows);
            let text = format!("`{}` no longer responds with {rows}", operation.name);
            self.find(rule, text, places);
        }
    }
}
