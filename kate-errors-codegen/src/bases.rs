//! Chains of `same_as`, each followed once: to the row whose detail a row has, or round a circle.

use std::collections::{HashMap, HashSet};
use std::ptr;

use crate::syntax::document::Row;
use crate::work;

/// Where the chain of `same_as` of each row ends.
#[derive(Default)]
pub(crate) struct Bases<'d> {
    ends: HashMap<*const Row, Option<&'d Row>>,
    /// Of each circle the row that stands first in the file.
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

    /// The row whose detail `row` has: itself, or the one at the end of its chain. `None` where the chain
    /// leads to nothing or in a circle.
    pub(crate) fn of(&self, row: &Row) -> Option<&'d Row> {
        self.ends.get(&ptr::from_ref(row)).copied().flatten()
    }

    /// Whether the chain of `row` comes back to it, and no row of the circle stands above it.
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
            // A chain that leads back here has no end.
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

    /// Notes the circle that a path closes which has come to `at` again, if it has.
    fn note_circle(&mut self, path: &[&Row], at: &Row) {
        if let Some(start) = path.iter().position(|row| ptr::eq(*row, at)) {
            let first = path[start..].iter().min_by_key(|row| row.span.start);
            self.circles.extend(first.map(|row| ptr::from_ref(*row)));
        }
    }
}
