//! Which wordings have a sentence that is reserved.

use std::collections::HashSet;

use super::readings::readings;
use super::tree::{Pattern, Piece};
use super::wordings::{Wording, wordings};
use crate::check::Checker;
use crate::syntax::document::Text;
use crate::template::{self, Part};

impl<'d> Checker<'d> {
    /// Every text with a reserved sentence, with the code of its row and the first of those sentences.
    ///
    /// A sentence without placeholders is one of a wording's if the wording can be read out of it. One
    /// with placeholders has no types, so it is a wording's if all text around the placeholders is the
    /// same.
    pub(in crate::check) fn reserved_sentences(
        &self,
        details: &'d [Text],
    ) -> Vec<(&'d str, &'d Text, &'d Text)> {
        let details: Vec<(&Text, Vec<Part>)> =
            details.iter().map(|detail| (detail, template::parse(&detail.value).parts)).collect();
        let mut seen = HashSet::new();
        let reserved_of = |wording: Wording<'d>| {
            let has = |(_, parts): &&(&Text, Vec<Part>)| has_sentence(&wording.pattern, parts);
            let (detail, _) = details.iter().find(has)?;
            let detail = *detail;
            seen.insert(wording.text.span).then_some((wording.code, wording.text, detail))
        };
        wordings(self).into_iter().filter_map(reserved_of).collect()
    }
}

fn has_sentence(pattern: &Pattern, reserved: &[Part]) -> bool {
    if let [Part::Literal(sentence)] = reserved {
        return begins_and_ends_like(pattern, sentence) && !readings(pattern, sentence).is_empty();
    }
    let same = |(piece, part): (&Piece, &Part)| match (piece, part) {
        (Piece::Literal(one), Part::Literal(other)) => one == other,
        (Piece::Hole(..), Part::Placeholder(_)) => true,
        _ => false,
    };
    pattern.len() == reserved.len() && pattern.iter().zip(reserved).all(same)
}

/// What is needed for a reading, and seen at once.
fn begins_and_ends_like(pattern: &Pattern, sentence: &str) -> bool {
    let literal = |piece: Option<&Piece>| match piece {
        Some(Piece::Literal(literal)) => literal.clone(),
        _ => String::new(),
    };
    sentence.starts_with(&literal(pattern.first())) && sentence.ends_with(&literal(pattern.last()))
}
