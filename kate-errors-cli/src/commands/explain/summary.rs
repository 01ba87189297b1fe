//! Counts the occurrences of each error, with the first and the last one.

use std::collections::HashMap;

use kate_errors_codegen::Catalog;
use serde_json::{Value, json};

use super::text;
use crate::output::{ASIDE, HEADING};
use crate::pasted::{Finding, Kind};
use crate::table::{self, Cell};

/// A summary of a text of any length. Its size depends only on the number of different findings.
pub(super) struct Summary<'c> {
    catalog: &'c Catalog,
    entries: Vec<Entry>,
    places: HashMap<Key, usize>,
}

/// What occurrences of an error have in common: the kind, the errors, a status and an operation.
type Key = (Kind, Vec<usize>, Option<u16>, Option<usize>);

/// An error, with its first and last occurrence.
struct Entry {
    first: Finding,
    last: (usize, Option<String>),
    count: usize,
}

impl<'c> Summary<'c> {
    pub(super) fn of(catalog: &'c Catalog) -> Self {
        Self { catalog, entries: Vec::new(), places: HashMap::new() }
    }

    pub(super) fn add(&mut self, finding: Finding) {
        let is_by_status = !matches!(finding.kind, Kind::Error | Kind::Code | Kind::Cut);
        let status = finding.status.filter(|_| is_by_status);
        // Occurrences with and without a message count as the same error.
        let kind = if finding.kind == Kind::Code { Kind::Error } else { finding.kind };
        let operation = finding.operation.filter(|_| finding.kind == Kind::Operation);
        let key = (kind, finding.rows.clone(), status, operation);
        let at = *self.places.entry(key).or_insert(self.entries.len());
        let last = (finding.line, finding.time.clone());
        match self.entries.get_mut(at) {
            Some(entry) => {
                entry.count += 1;
                entry.last = last;
                if entry.first.kind == Kind::Code && finding.kind == Kind::Error {
                    let (line, time) = (entry.first.line, entry.first.time.take());
                    entry.first = Finding { line, time, ..finding };
                }
            }
            None => self.entries.push(Entry { first: finding, last, count: 1 }),
        }
    }

    /// Returns the number of findings.
    pub(super) fn count(&self) -> usize {
        self.entries.iter().map(|entry| entry.count).sum()
    }

    /// Returns the summary if it is worth showing.
    pub(super) fn if_several(&self) -> Option<&Self> {
        (self.count() > 1).then_some(self)
    }

    /// Returns the first finding of each entry.
    pub(super) fn firsts(&self) -> impl ExactSizeIterator<Item = &Finding> {
        self.entries.iter().map(|entry| &entry.first)
    }

    /// Returns the entries, the most frequent first.
    fn sorted(&self) -> Vec<&Entry> {
        let mut entries: Vec<&Entry> = self.entries.iter().collect();
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.count));
        entries
    }

    fn codes(&self, finding: &Finding) -> Vec<&str> {
        let mut codes: Vec<&str> =
            finding.rows.iter().map(|row| self.catalog.rows[*row].code.as_str()).collect();
        codes.dedup();
        codes
    }

    fn label(&self, finding: &Finding) -> String {
        let status = text::named(finding.status.unwrap_or_default());
        let beside = finding.status.map_or_else(String::new, |_| format!("{status}, "));
        match finding.kind {
            Kind::Error | Kind::Code => self.codes(finding).join(" or "),
            Kind::Cut => format!("{}, cut off", self.codes(finding).join(" or ")),
            Kind::Status => format!("{status} without a message"),
            Kind::Page => format!("{status}, an HTML page"),
            Kind::Operation => {
                text::route(&self.catalog.operations[finding.operation.unwrap_or_default()])
            }
            Kind::Validation => format!("{beside}invalid fields"),
            Kind::Unknown if finding.rows.is_empty() => format!("{beside}not in the catalog"),
            Kind::Unknown => {
                format!("{}, with another message", self.codes(finding).join(" or "))
            }
            Kind::Success => format!("{status}, not an error"),
        }
    }

    /// Renders one line for each error.
    pub(super) fn text(&self) -> String {
        let place = |(line, time): (usize, Option<&String>)| {
            let time = time.map_or_else(String::new, |time| format!(" ({time})"));
            format!("line {line}{time}")
        };
        let heading = |text| Cell::new(text, ASIDE);
        let head = ["COUNT", "ERROR", "FIRST", "LAST"].map(heading).into();
        let lines = self.sorted().into_iter().map(|entry| {
            let Entry { first, last, count } = entry;
            vec![
                Cell::plain(&count.to_string()),
                Cell::new(&self.label(first), HEADING),
                Cell::plain(&place((first.line, first.time.as_ref()))),
                Cell::plain(&place((last.0, last.1.as_ref()))),
            ]
        });
        table::render(&std::iter::once(head).chain(lines).collect::<Vec<_>>())
    }

    pub(super) fn json(&self) -> Value {
        let place = |line: usize, time: &Option<String>| json!({ "line": line, "time": time });
        let entry = |entry: &&Entry| {
            let Entry { first, last, count } = entry;
            json!({
                "kind": first.kind,
                "codes": self.codes(first),
                "status": first.status,
                "count": count,
                "first": place(first.line, &first.time),
                "last": place(last.0, &last.1),
            })
        };
        self.sorted().iter().map(entry).collect()
    }
}
