//! `errors.lock`: what was ever released, so that no later error takes a code or a message that clients know.
//!
//! ```text
//! # What was ever released. `kate-errors lock` writes this file.
//! @release 1.0 4 …
//! @release 1.1 1 …
//!
//! job_not_found code "job_not_found" 1.0.. …
//! job_not_found message "Job {id} is gone" 1.1.. …
//! job_not_found message "No job {id}" 1.0..1.0 …
//! job_not_found parameter id u64 1.0.. …
//! job_not_found status 404 1.0.. …
//! ```
//!
//! A line is a fact: the name of an error, what was released of it, and the first and the last release that had it; where
//! there is no last one, the newest release still has it. The lines are sorted, and none is ever deleted. Each stands for
//! itself, so that the union of two locks is a lock, which is what a merge should give. A line ends with its checksum, and
//! that of a release says how many lines came with it: what was changed or lost is noticed.

mod damage;
mod facts;
mod reuse;
pub(crate) mod rule;
#[cfg(test)]
mod tests;
mod text;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use damage::{Damage, damaged};
pub(crate) use facts::of_catalog;
pub(crate) use reuse::reuse;
pub(crate) use text::MARK;

/// Something that was released of an error.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Fact {
    /// The name of the error.
    pub(crate) error: String,
    pub(crate) kind: Kind,
    /// The value, as it stands in the lock.
    pub(crate) value: String,
}

/// What a fact is about, in the order of its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    /// A code, as a string in JSON.
    Code,
    /// The name of a parameter, and as a string in JSON the member that its value has in the object of all values.
    Member,
    /// A message with its placeholders, of today or of before, as a string in JSON.
    Message,
    /// The name of a parameter, its type or, as a list in JSON, its choices, and whether it can be missing.
    Parameter,
    /// A status.
    Status,
}

/// The first and the last release that had a fact, by their places in the list. The newest release has what has no last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Time {
    pub(crate) first: usize,
    pub(crate) last: Option<usize>,
}

/// What was ever released.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lock {
    /// The names of all releases, in their order.
    pub(crate) releases: Vec<String>,
    pub(crate) facts: BTreeMap<Fact, Time>,
    /// Where the file's merge is not done: the number of the first such line.
    pub(crate) conflict: Option<usize>,
}

impl Lock {
    /// What was released of an error.
    pub(crate) fn facts_of(&self, error: &str) -> impl Iterator<Item = (&Fact, &Time)> {
        let first = Fact { error: error.to_owned(), kind: Kind::Code, value: String::new() };
        self.facts.range(first.clone()..).take_while(move |(fact, _)| fact.error == first.error)
    }

    /// What the newest release lacks of a state, and what it has beyond it.
    pub(crate) fn changes<'f>(&'f self, now: &'f BTreeSet<Fact>) -> [Vec<&'f Fact>; 2] {
        let is_open = |fact: &&Fact| self.facts.get(*fact).is_some_and(|time| time.last.is_none());
        let open = self.facts.keys().filter(is_open);
        [
            now.iter().filter(|fact| !is_open(fact)).collect(),
            open.filter(|fact| !now.contains(*fact)).collect(),
        ]
    }

    /// Adds a state as the newest release.
    pub(crate) fn record(&mut self, release: &str, now: &BTreeSet<Fact>) {
        let newest = self.releases.len();
        for (fact, time) in &mut self.facts {
            if now.contains(fact) {
                time.last = None;
            } else if time.last.is_none() {
                time.last = newest.checked_sub(1);
            }
        }
        for fact in now {
            let time = Time { first: newest, last: None };
            self.facts.entry(fact.clone()).or_insert(time);
        }
        self.releases.push(release.to_owned());
    }

    /// When something was released, in words.
    pub(crate) fn when(&self, time: Time) -> String {
        let first = &self.releases[time.first];
        match time.last.map(|last| &self.releases[last]) {
            None => format!("since {first}"),
            Some(last) if last == first => format!("in {first}"),
            Some(last) => format!("from {first} to {last}"),
        }
    }
}
