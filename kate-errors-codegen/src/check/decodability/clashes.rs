//! Which meetings are clashes: sentences of which nobody can say where they come from.

use std::collections::{HashMap, HashSet};

use super::search::{self, Meeting};
use super::tree::{Pattern, Tree};
use super::values::different_values;
use super::wordings::{Role, Wording};

/// A shortest sentence that two wordings have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clash {
    /// The number of the wording that stands first in the file.
    pub(super) first: usize,
    pub(super) second: usize,
    pub(super) sentence: String,
}

/// A shortest sentence that can be read as a wording's in two ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ambiguity {
    /// The number of the wording.
    pub(super) wording: usize,
    pub(super) sentence: String,
}

/// The automaton of some patterns, and where each of them ends.
pub(super) struct Overlaps {
    meetings: Vec<Meeting>,
    /// For each end, the numbers of the patterns that end there.
    ends: HashMap<usize, Vec<usize>>,
}

impl Overlaps {
    pub(super) fn of<'p>(patterns: impl IntoIterator<Item = &'p Pattern>) -> Self {
        let mut tree = Tree::new();
        let mut ends: HashMap<usize, Vec<usize>> = HashMap::new();
        for (number, pattern) in patterns.into_iter().enumerate() {
            ends.entry(tree.insert(pattern)).or_default().push(number);
        }
        Self { meetings: search::meetings(&tree), ends }
    }

    /// The patterns that have a sentence with two readings, with a shortest one each.
    pub(super) fn ambiguities(&self) -> impl Iterator<Item = (usize, &str)> {
        let with_itself = |meeting: &&Meeting| meeting.apart && meeting.ends.0 == meeting.ends.1;
        self.meetings.iter().filter(with_itself).flat_map(|meeting| {
            let patterns = self.at(meeting.ends.0).iter();
            patterns.map(|pattern| (*pattern, meeting.sentence.as_str()))
        })
    }

    /// The pairs of patterns that have a sentence in common, with a shortest one each; the shortest come
    /// first, and the smaller number of each pair.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, usize, &str)> {
        let with_another = |meeting: &&Meeting| !meeting.apart || meeting.ends.0 != meeting.ends.1;
        self.meetings.iter().filter(with_another).flat_map(|meeting| {
            let (left, right) = (self.at(meeting.ends.0), self.at(meeting.ends.1));
            let pairs = left.iter().flat_map(move |one| right.iter().map(move |two| (*one, *two)));
            let in_one_end = meeting.ends.0 == meeting.ends.1;
            pairs
                .filter(move |(one, two)| !in_one_end || one < two)
                .map(|(one, two)| (one.min(two), one.max(two), meeting.sentence.as_str()))
        })
    }

    fn at(&self, end: usize) -> &[usize] {
        self.ends.get(&end).map_or(&[], Vec::as_slice)
    }
}

/// Whether the patterns have a sentence in common.
pub(super) fn have_a_sentence_in_common(one: &Pattern, other: &Pattern) -> bool {
    Overlaps::of([one, other]).pairs().next().is_some()
}

/// Whether a sentence of the pattern has two readings.
pub(super) fn is_ambiguous(pattern: &Pattern) -> bool {
    Overlaps::of([pattern]).ambiguities().next().is_some()
}

/// What is wrong with the wordings of a catalog.
pub(super) struct Judge<'w, 'd> {
    wordings: &'w [Wording<'d>],
    /// For each row that has a sentence of its own, what it looks like: rows with one shape have been
    /// reported as duplicates.
    shapes: &'w HashMap<usize, String>,
    ambiguous: HashSet<usize>,
    reported: HashSet<(Text, Text)>,
}

/// A text that somebody would mend: a current sentence, with or without its context, or a former one.
type Text = (usize, usize);

impl<'w, 'd> Judge<'w, 'd> {
    pub(super) fn new(
        wordings: &'w [Wording<'d>],
        shapes: &'w HashMap<usize, String>,
        overlaps: &Overlaps,
    ) -> Self {
        let ambiguous = overlaps.ambiguities().map(|(wording, _)| wording).collect();
        Self { wordings, shapes, ambiguous, reported: HashSet::new() }
    }

    /// The ambiguities that are worth a finding of their own: where a sentence has two readings without
    /// its context, it has them with it too.
    pub(super) fn ambiguities(
        &self,
        overlaps: &Overlaps,
        is_ambiguous_context: impl Fn(&str) -> bool,
    ) -> Vec<Ambiguity> {
        let details: HashSet<usize> = self
            .ambiguous
            .iter()
            .map(|wording| &self.wordings[*wording])
            .filter(|wording| matches!(wording.role, Role::Detail))
            .map(|wording| wording.row)
            .collect();
        let is_own = |wording: &Wording<'_>| match wording.role {
            Role::Detail | Role::Former => true,
            Role::WithContext(context) => {
                !details.contains(&wording.row) && !is_ambiguous_context(&context.name.value)
            }
        };
        let ambiguities = overlaps.ambiguities();
        ambiguities
            .filter(|(wording, _)| is_own(&self.wordings[*wording]))
            .map(|(wording, sentence)| Ambiguity { wording, sentence: sentence.to_owned() })
            .collect()
    }

    /// The pairs of wordings that clash, one for each pair of texts.
    pub(super) fn clashes(mut self, overlaps: &Overlaps) -> Vec<Clash> {
        let clashes = overlaps.pairs().filter_map(|(first, second, sentence)| {
            let sentence = self.clash(first, second, sentence)?;
            let texts = (self.text(first), self.text(second));
            let is_new = self.reported.insert(texts);
            is_new.then_some(Clash { first, second, sentence })
        });
        clashes.collect()
    }

    fn text(&self, wording: usize) -> Text {
        let wording = &self.wordings[wording];
        let former = if wording.is_former() { wording.text.span.start } else { 0 };
        (wording.row, former)
    }

    /// A shortest sentence of which nobody can say which of the two it comes from.
    fn clash(&self, first: usize, second: usize, sentence: &str) -> Option<String> {
        let (one, other) = (&self.wordings[first], &self.wordings[second]);
        let with_context = |wording: &Wording<'_>| matches!(wording.role, Role::WithContext(_));
        if one.row != other.row {
            return (!self.are_duplicates(one, other)).then(|| sentence.to_owned());
        }
        // One row: with a context and without it are two errors, and so are two sets of values.
        if with_context(one) != with_context(other) {
            return Some(sentence.to_owned());
        }
        if self.ambiguous.contains(&first) || self.ambiguous.contains(&second) {
            return None;
        }
        different_values(&one.pattern, &other.pattern)
    }

    fn are_duplicates(&self, one: &Wording<'_>, other: &Wording<'_>) -> bool {
        let shape = |wording: &Wording<'_>| self.shapes.get(&wording.row);
        let both_current = !one.is_former() && !other.is_former();
        both_current && shape(one).is_some() && shape(one) == shape(other)
    }
}
