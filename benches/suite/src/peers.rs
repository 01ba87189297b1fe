//! What users write without the library.

use std::borrow::Cow;
use std::collections::HashMap;

use regex::{Regex, RegexSet, RegexSetBuilder};
use serde::{Deserialize, Serialize};

use crate::inputs::Response;

/// The body as serde reads it.
#[derive(Deserialize)]
pub(crate) struct Borrowed<'b> {
    #[serde(borrow)]
    pub(crate) detail: Cow<'b, str>,
}

/// The body as serde writes it.
#[derive(Serialize)]
pub(crate) struct Body {
    pub(crate) detail: String,
}

/// A table of sentences and a list of patterns.
pub(crate) struct Patterns {
    constants: HashMap<String, usize>,
    patterns: Vec<(Regex, usize)>,
}

impl Patterns {
    pub(crate) fn new(rows: &[Response]) -> Self {
        let mut patterns = Self { constants: HashMap::new(), patterns: Vec::new() };
        for (index, row) in rows.iter().enumerate() {
            if row.template.contains('{') {
                let pattern = Regex::new(&pattern(row)).expect("a pattern");
                patterns.patterns.push((pattern, index));
            } else {
                patterns.constants.insert(row.sentence.clone(), index);
            }
        }
        patterns
    }

    /// The row of a body, and a value of it.
    pub(crate) fn read(&self, body: &[u8]) -> Option<(usize, u64)> {
        let body: Borrowed<'_> = serde_json::from_slice(body).ok()?;
        if let Some(row) = self.constants.get(&*body.detail) {
            return Some((*row, 0));
        }
        self.patterns.iter().find_map(|(pattern, row)| value(pattern, *row, &body.detail))
    }
}

/// A pattern of text that is escaped, and two groups: always a valid one.
fn pattern(row: &Response) -> String {
    let pattern =
        regex::escape(&row.template).replace(r"\{id\}", r"(\S+)").replace(r"\{count\}", r"(\d+)");
    format!("^{pattern}$")
}

fn value(pattern: &Regex, row: usize, detail: &str) -> Option<(usize, u64)> {
    let found = pattern.captures(detail)?;
    Some((row, found.get(2)?.as_str().parse().ok()?))
}

/// The same, with a set that names the pattern to read the values with.
pub(crate) struct Set {
    patterns: Patterns,
    set: RegexSet,
}

impl Set {
    pub(crate) fn new(rows: &[Response]) -> Self {
        let with_values = rows.iter().filter(|row| row.template.contains('{'));
        let set = RegexSetBuilder::new(with_values.map(pattern)).size_limit(1 << 30).build();
        Self { patterns: Patterns::new(rows), set: set.expect("a set of patterns") }
    }

    /// The row of a body, and a value of it.
    pub(crate) fn read(&self, body: &[u8]) -> Option<(usize, u64)> {
        let body: Borrowed<'_> = serde_json::from_slice(body).ok()?;
        if let Some(row) = self.patterns.constants.get(&*body.detail) {
            return Some((*row, 0));
        }
        let which = self.set.matches(&body.detail).iter().next()?;
        let (pattern, row) = self.patterns.patterns.get(which)?;
        value(pattern, *row, &body.detail)
    }
}

/// The rows of the small catalog on thiserror.
pub(crate) mod thiserror_rows {
    include!(concat!(env!("OUT_DIR"), "/peer_15.rs"));
}
