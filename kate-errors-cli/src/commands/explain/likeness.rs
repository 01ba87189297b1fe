//! "Did you mean" for messages: finds those that share most pairs of letters with the question.
//!
//! For names, edit distance works because both have about the same length. A message with values is
//! longer than its template, so this comparison ignores the order of the pairs.

use std::collections::HashSet;

/// The minimum share of common pairs of a suggestion.
const NEAR: f64 = 0.5;

/// Returns the `count` messages that are most similar to one of `passages`, the most similar first.
pub(super) fn nearest<'p, 's>(
    passages: impl IntoIterator<Item = &'p str>,
    messages: impl IntoIterator<Item = &'s str>,
    count: usize,
) -> impl Iterator<Item = &'s str> {
    let passages: Vec<_> = passages.into_iter().map(pairs).collect();
    let likeness = |message: &'s str| {
        let message = pairs(message);
        passages.iter().map(|passage| share(passage, &message)).fold(0.0, f64::max)
    };
    let mut seen = HashSet::new();
    let messages = messages.into_iter().filter(|message| seen.insert(*message));
    let mut near: Vec<(f64, &str)> =
        messages.map(|text| (likeness(text), text)).filter(|(share, _)| *share >= NEAR).collect();
    near.sort_by(|(left, _), (right, _)| right.total_cmp(left));
    near.into_iter().map(|(_, message)| message).take(count)
}

type Pairs = HashSet<(char, char)>;

/// Returns the pairs of adjacent letters in the words of a text, in lower case.
fn pairs(text: &str) -> Pairs {
    let text = text.to_lowercase();
    let words = text.split(|character: char| !character.is_alphabetic());
    words.flat_map(|word| word.chars().zip(word.chars().skip(1))).collect()
}

/// Returns the similarity of two sets from 0 to 1 (Dice's coefficient).
fn share(left: &Pairs, right: &Pairs) -> f64 {
    let common = left.intersection(right).count();
    let all = (left.len() + right.len()).max(1);
    // The sizes of sets are far below the limit of exact integers in a float.
    #[allow(clippy::cast_precision_loss)]
    let share = 2.0 * common as f64 / all as f64;
    share
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_mistakes_and_values_do_not_hide_a_message() {
        let messages = ["Artifact not found", "Run not found", "Insufficient token balance"];
        let near = |text| nearest([text], messages, 2).collect::<Vec<_>>();
        assert_eq!(near("artefact not found")[0], "Artifact not found");
        assert_eq!(near("Insuficient token balence. Required: 1"), ["Insufficient token balance"]);
        assert_eq!(near("<html>"), [""; 0]);
        assert_eq!(near(""), [""; 0]);
    }
}
