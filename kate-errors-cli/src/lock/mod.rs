//! `errors.lock` records what was ever released, so that no later error takes a code or a message that clients know.
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
//! A line is a fact: the name of an error, a property that was released, and the first and the last release that had
//! it. Without a last release, the newest release still has it. The lines are sorted and never deleted. They are
//! independent of each other, so the union of two locks is a lock, which is what a merge should give. Each line ends
//! with its checksum, and the line of a release has the number of lines added with it, so changed and missing lines
//! are detected.

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

/// A released property of an error.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Fact {
    /// The name of the error.
    pub(crate) error: String,
    pub(crate) kind: Kind,
    /// The value, as written in the lock.
    pub(crate) value: String,
}

/// The kind of a fact, in the order of its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    /// A code, as a JSON string.
    Code,
    /// The name of a parameter, and the member of the object of all values that has its value, as a JSON string.
    Member,
    /// A current or former message with its placeholders, as a JSON string.
    Message,
    /// The name of a parameter with its type, or with its choices as a JSON list, and whether it is optional.
    Parameter,
    Status,
}

/// The first and the last release that had a fact, as indices. `last` is `None` if the newest release has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Time {
    pub(crate) first: usize,
    pub(crate) last: Option<usize>,
}

/// Everything that was ever released.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lock {
    /// The names of all releases, in order.
    pub(crate) releases: Vec<String>,
    pub(crate) facts: BTreeMap<Fact, Time>,
    /// The line number of the first merge conflict, if there is one.
    pub(crate) conflict: Option<usize>,
    /// The errors that both sides of a merge have added, with other messages.
    pub(crate) added_twice: Vec<String>,
}

impl Lock {
    /// Returns the released properties of an error.
    pub(crate) fn facts_of(&self, error: &str) -> impl Iterator<Item = (&Fact, &Time)> {
        let first = Fact { error: error.to_owned(), kind: Kind::Code, value: String::new() };
        self.facts.range(first.clone()..).take_while(move |(fact, _)| fact.error == first.error)
    }

    /// Returns the facts that `now` has but the newest release does not, and those that it has but `now` does not.
    pub(crate) fn changes<'f>(&'f self, now: &'f BTreeSet<Fact>) -> [Vec<&'f Fact>; 2] {
        let is_open = |fact: &&Fact| self.facts.get(*fact).is_some_and(|time| time.last.is_none());
        let open = self.facts.keys().filter(is_open);
        [
            now.iter().filter(|fact| !is_open(fact)).collect(),
            open.filter(|fact| !now.contains(*fact)).collect(),
        ]
    }

    /// Adds a release with the facts `now`.
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

    /// Describes when something was released, in words.
    pub(crate) fn when(&self, time: Time) -> String {
        let first = &self.releases[time.first];
        match time.last.map(|last| &self.releases[last]) {
            None => format!("since {first}"),
            Some(last) if last == first => format!("in {first}"),
            Some(last) => format!("from {first} to {last}"),
        }
    }
}
