//! Which meetings are clashes: sentences of which nobody can say where they come from.

use std::collections::{HashMap, HashSet};

use super::overlaps::Overlaps;
use super::values::different_values;
use super::wordings::{Role, Wording};

/// Two wordings with a sentence of which nobody can say which of them it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clash {
    /// The number of the wording that stands first in the file.
    pub(super) first: usize,
    pub(super) second: usize,
    pub(super) sentence: Sentence,
    /// How many characters a shortest sentence of both has.
    pub(super) length: u32,
}

/// Which sentence shows a clash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sentence {
    /// Any that both have. There may be millions of clashes, so it is looked for when it is shown.
    Shared,
    /// This one, which both have with different values.
    OfDifferentValues(String),
}

/// A shortest sentence that can be read as a wording's in two ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ambiguity {
    /// The number of the wording.
    pub(super) wording: usize,
    pub(super) sentence: String,
}

/// What is wrong with the wordings of a catalog.
pub(super) struct Judge<'w, 'd> {
    wordings: &'w [Wording<'d>],
    /// For each row that has a sentence of its own, what it looks like: rows with one shape have been
    /// reported as duplicates.
    shapes: &'w HashMap<usize, String>,
    ambiguous: HashSet<usize>,
    /// For each wording, whether its row has a context.
    has_context: Vec<bool>,
    reported: HashSet<(Text, Text)>,
    /// The pairs of which it would take too much memory to say whether they clash.
    open: Vec<(usize, usize)>,
}

/// A text that somebody would mend: a current sentence, with or without its context, or a former one.
type Text = (usize, usize);

impl<'w, 'd> Judge<'w, 'd> {
    pub(super) fn new(
        wordings: &'w [Wording<'d>],
        shapes: &'w HashMap<usize, String>,
        overlaps: &Overlaps,
    ) -> Self {
        let ambiguous = overlaps.ambiguities.iter().map(|(wording, _)| *wording).collect();
        let with_context = |w: &&Wording<'_>| matches!(w.role, Role::WithContext(_));
        let rows: HashSet<usize> = wordings.iter().filter(with_context).map(|w| w.row).collect();
        let has_context = wordings.iter().map(|wording| rows.contains(&wording.row)).collect();
        Self {
            wordings,
            shapes,
            ambiguous,
            has_context,
            reported: HashSet::new(),
            open: Vec::new(),
        }
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
        let ambiguities = overlaps.ambiguities.iter();
        ambiguities
            .filter(|(wording, _)| is_own(&self.wordings[*wording]))
            .map(|(wording, sentence)| Ambiguity { wording: *wording, sentence: sentence.clone() })
            .collect()
    }

    /// The pairs of wordings that clash, one for each pair of texts; and those of which it has not been found
    /// out.
    pub(super) fn clashes(mut self, overlaps: &Overlaps) -> (Vec<Clash>, Vec<(usize, usize)>) {
        let clashes = overlaps.pairs.iter().filter_map(|overlap| {
            let (first, second) = (overlap.first as usize, overlap.second as usize);
            let sentence = self.clash(first, second)?;
            self.is_new(first, second).then_some(Clash {
                first,
                second,
                sentence,
                length: overlap.length,
            })
        });
        (clashes.collect(), self.open)
    }

    /// Whether none has been reported for these two texts. Only a sentence with a context has a text that
    /// is also another's.
    fn is_new(&mut self, first: usize, second: usize) -> bool {
        let can_repeat = self.has_context[first] || self.has_context[second];
        !can_repeat || self.reported.insert((self.text(first), self.text(second)))
    }

    fn text(&self, wording: usize) -> Text {
        let wording = &self.wordings[wording];
        let former = if wording.is_former() { wording.text.span.start } else { 0 };
        (wording.row, former)
    }

    /// A sentence of which nobody can say which of the two it comes from.
    fn clash(&mut self, first: usize, second: usize) -> Option<Sentence> {
        let (one, other) = (&self.wordings[first], &self.wordings[second]);
        let with_context = |wording: &Wording<'_>| matches!(wording.role, Role::WithContext(_));
        if one.row != other.row {
            return (!self.are_duplicates(one, other)).then_some(Sentence::Shared);
        }
        // One row: with a context and without it are two errors, and so are two sets of values.
        if with_context(one) != with_context(other) {
            return Some(Sentence::Shared);
        }
        if self.ambiguous.contains(&first) || self.ambiguous.contains(&second) {
            return None;
        }
        if let Ok(sentence) = different_values(&one.pattern, &other.pattern) {
            sentence.map(Sentence::OfDifferentValues)
        } else {
            self.open.push((first, second));
            None
        }
    }

    fn are_duplicates(&self, one: &Wording<'_>, other: &Wording<'_>) -> bool {
        let shape = |wording: &Wording<'_>| self.shapes.get(&wording.row);
        let both_current = !one.is_former() && !other.is_former();
        both_current && shape(one).is_some() && shape(one) == shape(other)
    }
}
