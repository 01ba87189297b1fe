//! Chains of `same_as`, each followed once: to the error whose detail they share, or around a circle.

use std::collections::{HashMap, HashSet};
use std::ptr;

use crate::syntax::document::Row;
use crate::work;

/// The end of the `same_as` chain of each error.
#[derive(Default)]
pub(crate) struct Bases<'d> {
    ends: HashMap<*const Row, Option<&'d Row>>,
    /// For each circle, its first error in the file.
    circles: HashSet<*const Row>,
}

impl<'d> Bases<'d> {
    pub(crate) fn new(all: impl Iterator<Item = &'d Row>, rows: &HashMap<&str, &'d Row>) -> Self {
        let mut bases = Self::default();
        for row in all {
            bases.follow(row, rows);
        }
        bases
    }

    /// Returns the error whose detail `row` has: itself, or the end of its chain. `None` if the chain leads
    /// nowhere or in a circle.
    pub(crate) fn of(&self, row: &Row) -> Option<&'d Row> {
        self.ends.get(&ptr::from_ref(row)).copied().flatten()
    }

    /// Whether the chain of `row` returns to it, and `row` is the first error of that circle in the file.
    pub(crate) fn begins_circle(&self, row: &Row) -> bool {
        self.circles.contains(&ptr::from_ref(row))
    }

    fn follow(&mut self, row: &'d Row, rows: &HashMap<&str, &'d Row>) {
        let mut path = Vec::new();
        let mut at = row;
        let end = loop {
            work::count(1);
            if let Some(end) = self.ends.get(&ptr::from_ref(at)).copied() {
                self.note_circle(&path, at);
                break end;
            }
            // A chain that returns here has no end.
            self.ends.insert(ptr::from_ref(at), None);
            path.push(at);
            let Some(same_as) = &at.same_as else { break Some(at) };
            match rows.get(same_as.value.as_str()) {
                Some(next) => at = next,
                None => break None,
            }
        };
        self.ends.extend(path.into_iter().map(|row| (ptr::from_ref(row), end)));
    }

    /// Records a circle if the path returns to `at`.
    fn note_circle(&mut self, path: &[&Row], at: &Row) {
        if let Some(start) = path.iter().position(|row| ptr::eq(*row, at)) {
            let first = path[start..].iter().min_by_key(|row| row.span.start);
            self.circles.extend(first.map(|row| ptr::from_ref(*row)));
        }
    }
}
