//! The proof that a catalog is uniquely decodable: no sentence comes from two of its texts, and none can
//! be read with two sets of values.
//!
//! # Sentences
//!
//! A text with placeholders has the sentences that come of it when each placeholder is replaced by a
//! value of its parameter:
//!
//! | type | values |
//! |---|---|
//! | `u64` | decimal numbers from 0 to 18446744073709551615, without sign and leading zeros |
//! | `i64` | decimal numbers from -9223372036854775808 to 9223372036854775807, without leading zeros, `+` and `-0` |
//! | `word` | one or more characters, none of them white space or a control character |
//! | `text` | any characters but control characters and its end; none is a value too |
//! | `one_of` | its choices |
//!
//! The end of a `text` is the character that stands behind its placeholder. At the end of a detail that
//! can have a context it is the full stop of the separator `. `; at the end of any other text there is
//! none. In a former wording a value has to fit the type of today as well, so there it can hold neither
//! the end that it has in the former wording nor the one in the detail.
//!
//! A row has the sentences of its detail and of its former wordings; with a context, those of detail,
//! separator and context too, but former wordings are without. A row with `same_as` has only its own
//! former wordings, with the parameters of the row that it names. Retired rows count like others.
//!
//! # What is refused
//!
//! - A sentence of two rows. Under one status that is an error, under two a warning: there the status
//!   tells them apart. Two details of the same shape have their own rules, see `homonyms`.
//! - A sentence of two wordings of one row, if the two say different things of it: other values, or a
//!   context here and none there.
//! - A sentence of one wording that can be read with two sets of values.
//!
//! # How it is decided
//!
//! All wordings become one automaton ([`tree`]) in which each way along a sentence is one reading of it.
//! Sentences with two readings are pairs of ways; a breadth-first search through the pairs of states
//! ([`search`]) finds a shortest one for each pair of ends, or shows that there is none. Nothing is
//! estimated: a finding has a sentence to show, and where there is none there is no such sentence.
//! Pairs that can come to no common end are dropped early ([`outlook`]), which is what makes ten thousand
//! rows a matter of a second. Only two wordings of one row need a second look ([`values`]).
//!
//! Where thousands of sentences overlap there are too many pairs of states to hold in memory; then the
//! wordings are compared half by half ([`overlaps`]). And where that would take minutes it is stopped: a
//! finding of its own says how many pairs have not been compared, so what is accepted is always proved.
//! Not all clashes that are found are shown ([`report`]): nobody reads thousands. But none is dropped, each
//! that is not shown is in the list of a finding.

mod advice;
#[cfg(test)]
mod brute_force;
mod characters;
mod clashes;
#[cfg(test)]
mod differential;
mod hole;
mod numbers;
mod outlook;
mod overlaps;
mod pairs;
mod readings;
mod report;
mod reserved;
mod search;
mod steps;
mod tree;
mod values;
mod wordings;

use std::collections::{HashMap, HashSet};

use self::clashes::Judge;
use self::overlaps::{Limits, Overlaps, ambiguous_sentence};
use self::wordings::Wording;
use super::{Checker, homonyms};
use crate::finding::Finding;

impl Checker<'_> {
    pub(super) fn decodability(&mut self) {
        let mut wordings = wordings::wordings(self);
        wordings.sort_by_key(|wording| (wording.text.span, wording.row));
        let shapes = self.shapes();
        leave_out_duplicates(&mut wordings, &shapes);
        let patterns = wordings.iter().map(|wording| &wording.pattern);
        let overlaps = Overlaps::of(patterns, Limits::OF_A_CATALOG);
        let ambiguous_contexts = self.ambiguous_contexts();
        let judge = Judge::new(&wordings, &shapes, &overlaps);
        let ambiguities = judge.ambiguities(&overlaps, |name| ambiguous_contexts.contains(name));
        let (clashes, open) = judge.clashes(&overlaps);
        let of_one = ambiguities
            .iter()
            .map(|ambiguity| report::ambiguity(ambiguity, &wordings[ambiguity.wording]));
        self.findings.extend(of_one);
        self.findings.extend(report::clashes(&wordings, &clashes));
        let first_open =
            overlaps.first_open.into_iter().chain(open.iter().map(|pair| pair.1)).min();
        if let Some(first) = first_open {
            let has_clashes = !clashes.is_empty();
            let (count, all) = (overlaps.open + open.len() as u64, wordings.len());
            let finding = report::unfinished(count, all, &wordings[first], has_clashes);
            self.findings.push(finding);
        }
    }

    /// What the sentence of each row looks like that has one of its own.
    fn shapes(&self) -> HashMap<usize, String> {
        let rows = self.all_rows().enumerate().filter(|(_, row)| row.same_as.is_none());
        rows.filter_map(|(index, row)| {
            Some((index, homonyms::shape(row.detail.as_ref()?, &row.params)))
        })
        .collect()
    }

    /// Reports the contexts that are ambiguous in themselves, and gives their names.
    fn ambiguous_contexts(&mut self) -> HashSet<String> {
        let mut names = HashSet::new();
        let mut findings: Vec<Finding> = Vec::new();
        for context in &self.document.contexts {
            let pattern = wordings::context_pattern(context);
            let (Some(pattern), Some(text)) = (pattern, &context.text) else { continue };
            let name = &context.name.value;
            // One that is too long to look at is part of a wording that is too.
            if let Ok(Some(sentence)) = ambiguous_sentence(&pattern) {
                let owner = format!("the context `{name}`");
                findings.push(report::ambiguous_text(&sentence, text, &pattern, &owner));
                names.insert(name.clone());
            }
        }
        self.findings.extend(findings);
        names
    }
}

/// Leaves out the sentence of a row that an earlier one has under the same status: that has been reported,
/// and all that the sentence clashes with is reported for the earlier row. A row with a context or with
/// former wordings has more than that one sentence, and may clash with itself.
fn leave_out_duplicates(wordings: &mut Vec<Wording<'_>>, shapes: &HashMap<usize, String>) {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for wording in wordings.iter() {
        *counts.entry(wording.row).or_default() += 1;
    }
    let mut owners: HashMap<(&str, u16), usize> = HashMap::new();
    wordings.retain(|wording| {
        let Some(shape) = shapes.get(&wording.row).filter(|_| !wording.is_former()) else {
            return true;
        };
        let owner = *owners.entry((shape, wording.status)).or_insert(wording.row);
        owner == wording.row || counts.get(&wording.row) != Some(&1)
    });
}
