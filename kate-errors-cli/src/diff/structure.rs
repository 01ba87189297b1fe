//! Names beside those of errors: of the catalog, its sections and its operations.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use kate_errors_codegen::catalog::Operation;
use kate_errors_codegen::places::Place;

use super::finding::{At, Comparison, is, names, now_and_before, was};
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
        match (old.non_exhaustive, new.non_exhaustive) {
            (false, true) => {
                let text = format!("`{}` is non-exhaustive now", new.enum_name());
                self.find(&rule::NON_EXHAUSTIVE_ADDED, text, &places);
            }
            (true, false) => {
                let text = format!("`{}` is no longer non-exhaustive", new.enum_name());
                self.find(&rule::NON_EXHAUSTIVE_REMOVED, text, &places);
            }
            _ => {}
        }
        self.sections();
        self.operations();
    }

    fn sections(&mut self) {
        let (old, new) = (self.both.old.catalog, self.both.new.catalog);
        let known: HashMap<&str, usize> =
            new.sections.iter().enumerate().map(|(at, it)| (it.name.as_str(), at)).collect();
        let mut after: Vec<Option<usize>> =
            old.sections.iter().map(|it| known.get(it.name.as_str()).copied()).collect();
        let mut is_old: Vec<bool> = vec![false; new.sections.len()];
        after.iter().flatten().for_each(|at| is_old[*at] = true);
        // Where the errors of a section that is gone went: into one new section alone, it has another name.
        let mut went: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        let mut came: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (before, now) in self.both.pairs.both() {
            let (from, to) = (old.rows[before].section, new.rows[now].section);
            went.entry(from).or_default().insert(to);
            came.entry(to).or_default().insert(from);
        }
        for (from, to) in &went {
            let target = to.first().copied().filter(|to_one| {
                after[*from].is_none()
                    && to.len() == 1
                    && !is_old[*to_one]
                    && came[to_one].len() == 1
            });
            if let Some(target) = target {
                after[*from] = Some(target);
                is_old[target] = true;
                let text = format!(
                    "the section `{}` is called `{}` now",
                    old.sections[*from].name, new.sections[target].name
                );
                let places = now_and_before(Place::Section(target), Place::Section(*from));
                self.find(&rule::SECTION_RENAMED, text, &places);
            }
        }
        for (at, section) in old.sections.iter().enumerate().filter(|(at, _)| after[*at].is_none())
        {
            let text = format!("the section `{}` was removed", section.name);
            self.find(&rule::SECTION_REMOVED, text, &[(Which::Old, Place::Section(at), "before")]);
        }
        for (at, section) in new.sections.iter().enumerate().filter(|(at, _)| !is_old[*at]) {
            let text = format!("the section `{}` is new", section.name);
            self.find(&rule::SECTION_ADDED, text, &[(Which::New, Place::Section(at), "here")]);
        }
        let pairs: Vec<_> = self.both.pairs.both().collect();
        for (before, now) in pairs {
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
        let index = |operations: &[Operation]| -> HashMap<String, usize> {
            operations.iter().enumerate().map(|(at, it)| (it.name.clone(), at)).collect()
        };
        let (olds, news) = (index(&old.operations), index(&new.operations));
        for (at, operation) in new.operations.iter().enumerate() {
            let here: At<'_> = (Which::New, Place::Operation(at), "now");
            let Some(&before) = olds.get(&operation.name) else {
                let text = format!("the operation `{}` is new", operation.name);
                self.find(&rule::OPERATION_ADDED, text, &[here]);
                continue;
            };
            let places = [here, (Which::Old, Place::Operation(before), "before")];
            let known = &old.operations[before];
            let route = |it: &Operation| format!("{} {}", it.method, it.path);
            if route(known) != route(operation) {
                let text = format!(
                    "the operation `{}` was `{}` and is `{}`",
                    operation.name,
                    route(known),
                    route(operation)
                );
                self.find(&rule::ROUTE_CHANGED, text, &places);
            }
            let pairs = &self.both.pairs;
            let listed: BTreeSet<Option<usize>> =
                known.rows.iter().map(|row| pairs.new_of[*row]).collect();
            let added = operation.rows.iter().filter(|row| !listed.contains(&Some(**row)));
            let added: Vec<&str> = added.map(|row| new.rows[*row].name.as_str()).collect();
            let is_gone =
                |row: &&usize| pairs.new_of[**row].is_none_or(|row| !operation.rows.contains(&row));
            let is_retired =
                |row: &usize| pairs.new_of[*row].is_some_and(|row| new.rows[row].retired.is_some());
            let (retired, removed): (Vec<usize>, Vec<usize>) =
                known.rows.iter().filter(is_gone).copied().partition(is_retired);
            let named =
                |rows: Vec<usize>| names(rows.into_iter().map(|row| old.rows[row].name.as_str()));
            if !added.is_empty() {
                let text = format!("`{}` can also respond with {}", operation.name, names(added));
                self.find(&rule::OPERATION_ERROR_ADDED, text, &places);
            }
            let gone = [
                (&rule::OPERATION_ERROR_RETIRED, retired),
                (&rule::OPERATION_ERROR_REMOVED, removed),
            ];
            for (rule, rows) in gone.into_iter().filter(|(_, rows)| !rows.is_empty()) {
                let text = format!("`{}` no longer responds with {}", operation.name, named(rows));
                self.find(rule, text, &places);
            }
        }
        for (at, operation) in old.operations.iter().enumerate() {
            if !news.contains_key(&operation.name) {
                let text = format!("the operation `{}` was removed", operation.name);
                let place = (Which::Old, Place::Operation(at), "before");
                self.find(&rule::OPERATION_REMOVED, text, &[place]);
            }
        }
    }
}
