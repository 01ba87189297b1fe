//! The errors by name, and their chains of `same_as`, each followed once: to the error whose detail they share, or
//! around a circle.

use std::collections::{HashMap, HashSet};
use std::ptr;

use crate::syntax::document::{Document, Row};
use crate::work;

/// The errors by name, and the end of the `same_as` chain of each.
#[derive(Default)]
pub(crate) struct Bases<'d> {
    named: HashMap<&'d str, &'d Row>,
    ends: HashMap<*const Row, Option<&'d Row>>,
    /// For each circle, its first error in the file.
    circles: HashSet<*const Row>,
}

impl<'d> Bases<'d> {
    pub(crate) fn new(document: &'d Document) -> Self {
        let mut bases = Self::default();
        for row in document.rows() {
            if let Some(key) = &row.key {
                bases.named.entry(key.value.as_str()).or_insert(row);
            }
        }
        document.rows().for_each(|row| bases.follow(row));
        bases
    }

    /// Returns the error with this name; the first one if several have it.
    pub(crate) fn named(&self, name: &str) -> Option<&'d Row> {
        self.named.get(name).copied()
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

    fn follow(&mut self, row: &'d Row) {
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
            match self.named(&same_as.value) {
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
