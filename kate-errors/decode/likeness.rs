//! How similar a received message is to a message of an error.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use kate_errors_model::template::Segment;

use super::nearest::Difference;
use crate::catalog::table::Param;

/// The longest message that is compared, in characters.
const MAX_CHARACTERS: usize = 256;

/// The cost of a changed letter, if a character taken in by a placeholder costs 1.
const LETTER: usize = 4;

/// A message of an error: its first literal, and its values with the literals after them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text {
    pub(crate) first: &'static str,
    pub(crate) segments: &'static [Segment<'static>],
}

/// The differences that are ignored when messages are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Aside {
    case: bool,
    white_space: bool,
    full_stop: bool,
}

const ALL: Aside = Aside { case: true, white_space: true, full_stop: true };

/// A message that is similar to the received one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Likeness {
    text: Text,
    /// How many letters must change.
    letters: usize,
    /// The cost of turning one into the other.
    pub(crate) cost: usize,
}

/// A symbol of a message: a character, or a placeholder that takes in any number of characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Character(char),
    Placeholder,
}

impl Likeness {
    /// Compares a message of an error with `message`. Returns `None` if they are not similar, or if the cost is
    /// not below `limit`.
    pub(crate) fn of(text: Text, message: &str, limit: Option<usize>) -> Option<Self> {
        let signs = text.signs(ALL);
        let literals = signs.iter().filter(|sign| **sign != Sign::Placeholder).count();
        let characters = ALL.characters(message);
        let may_differ = (literals / 3).max(1);
        let has_placeholders = literals < signs.len();
        let is_too_long = characters.len() > MAX_CHARACTERS;
        let too_many = characters.len() > literals + may_differ && !has_placeholders;
        if is_too_long || too_many || literals > characters.len() + may_differ {
            return None;
        }
        let (letters, taken_in) = distance(&signs, &characters);
        let cost = letters * LETTER + taken_in;
        let is_like = letters <= may_differ && letters < literals;
        let is_less = limit.is_none_or(|limit| cost < limit);
        (is_like && is_less).then_some(Self { text, letters, cost })
    }

    /// The differences between the messages.
    pub(crate) fn differences(&self, message: &str, params: &[Param]) -> Vec<Difference> {
        if self.letters > 0 {
            return vec![Difference::Letters { count: self.letters }];
        }
        let without = [
            (Difference::Case, Aside { case: false, ..ALL }),
            (Difference::WhiteSpace, Aside { white_space: false, ..ALL }),
            (Difference::FullStop, Aside { full_stop: false, ..ALL }),
        ];
        let differs =
            |aside: Aside| distance(&self.text.signs(aside), &aside.characters(message)).0 > 0;
        let needed = without.into_iter().filter(|(_, aside)| differs(*aside));
        let mut differences: Vec<Difference> = needed.map(|(difference, _)| difference).collect();
        differences.extend(self.text.misfits(message, params));
        differences
    }
}

impl Aside {
    /// The characters of a message, normalized for comparison: at most one more than the limit.
    fn characters(self, message: &str) -> Vec<char> {
        let mut characters: Vec<char> = self.form(message, ' ').take(MAX_CHARACTERS + 1).collect();
        if self.white_space && characters.last() == Some(&' ') {
            characters.pop();
        }
        if self.full_stop && characters.last() == Some(&'.') {
            characters.pop();
        }
        characters
    }

    /// Normalizes the characters of a text that follows `before`.
    fn form(self, text: &str, before: char) -> impl Iterator<Item = char> {
        let mut before = before;
        text.chars().filter_map(move |character| {
            let is_blank = self.white_space && character.is_whitespace();
            let blank_again = is_blank && before == ' ';
            let character = if is_blank { ' ' } else { character };
            before = character;
            let lower = || character.to_lowercase().next().unwrap_or(character);
            (!blank_again).then(|| if self.case { lower() } else { character })
        })
    }
}

impl Text {
    fn signs(self, aside: Aside) -> Vec<Sign> {
        let mut signs: Vec<Sign> = aside.form(self.first, ' ').map(Sign::Character).collect();
        for segment in self.segments {
            signs.push(Sign::Placeholder);
            signs.extend(aside.form(&segment.literal, 'x').map(Sign::Character));
        }
        if aside.full_stop && signs.last() == Some(&Sign::Character('.')) {
            signs.pop();
        }
        signs
    }

    /// The parameters that cannot hold the text that the message has in their place.
    fn misfits(self, message: &str, params: &[Param]) -> Vec<Difference> {
        let aside = Aside { case: false, ..ALL };
        let message: String = aside.characters(message).into_iter().collect();
        let mut misfits = Vec::new();
        let Some((_, mut rest)) = split_ignoring_case(&message, self.first) else {
            return misfits;
        };
        for segment in self.segments {
            let (value, behind) = match &*segment.literal {
                "" => (rest, ""),
                literal => match split_ignoring_case(rest, literal) {
                    Some(split) => split,
                    None => break,
                },
            };
            misfits.extend(misfit(segment, value, params));
            rest = behind;
        }
        misfits
    }
}

/// Splits `rest` around the first occurrence of `literal`, ignoring case.
fn split_ignoring_case<'r>(rest: &'r str, literal: &str) -> Option<(&'r str, &'r str)> {
    let is_same = |left: char, right: char| left.to_lowercase().eq(right.to_lowercase());
    let split = |at: usize| {
        let (before, here) = rest.split_at_checked(at)?;
        let mut characters = here.chars();
        let mut literal = literal.chars();
        let stands = literal.all(|sign| characters.next().is_some_and(|it| is_same(sign, it)));
        stands.then_some((before, characters.as_str()))
    };
    rest.char_indices().map(|(at, _)| at).chain([rest.len()]).find_map(split)
}

fn misfit(segment: &Segment<'_>, value: &str, params: &[Param]) -> Option<Difference> {
    let name = params.get(segment.param)?.name;
    let expected = segment.ty.info().name;
    let misfit = Difference::Parameter { name, expected };
    (!segment.can_hold(value)).then_some(misfit)
}

/// Returns how many letters of `characters` must change to match the signs, and how many characters the placeholders
/// then take in. This is the Levenshtein distance, except that placeholders take in characters for free.
fn distance(signs: &[Sign], characters: &[char]) -> (usize, usize) {
    const EDIT: usize = MAX_CHARACTERS * 4;
    // The cost for each number of characters, after the signs so far.
    let mut costs: Vec<usize> = (0..=characters.len()).map(|count| count * EDIT).collect();
    for sign in signs {
        let mut diagonal = costs.first().copied().unwrap_or_default();
        let mut left = diagonal + if *sign == Sign::Placeholder { 0 } else { EDIT };
        if let Some(first) = costs.first_mut() {
            *first = left;
        }
        for (character, cost) in characters.iter().zip(costs.iter_mut().skip(1)) {
            let above = *cost;
            *cost = match sign {
                Sign::Placeholder => above.min(left + 1),
                Sign::Character(sign) => {
                    let change = if sign == character { 0 } else { EDIT };
                    (diagonal + change).min(left + EDIT).min(above + EDIT)
                }
            };
            diagonal = above;
            left = *cost;
        }
    }
    let cost = costs.last().copied().unwrap_or_default();
    (cost / EDIT, cost % EDIT)
}

#[cfg(test)]
mod tests {
    use kate_errors_model::template::{Piece, Template};
    use kate_errors_model::types::Type;

    use super::*;

    /// Returns how many letters must change, and how many characters placeholders take in.
    fn likeness(text: &'static str, message: &str) -> Option<(usize, usize)> {
        let literals = text.split("{}").map(|it| Piece::Literal(it.into()));
        let value = || Piece::Placeholder(0, Type::Text);
        let pieces = literals.flat_map(|literal| [value(), literal]).skip(1);
        let segments = Template::new(pieces).segments.into_owned().leak();
        let first = text.split("{}").next()?;
        let found = Likeness::of(Text { first, segments }, message, None)?;
        Some((found.letters, found.cost - found.letters * LETTER))
    }

    #[test]
    fn a_third_of_the_letters_may_differ_but_not_all() {
        for (text, message, expected) in [
            ("No", "Na", Some((1, 0))),
            ("No", "Ja", None),
            ("{}!", "a", None),
            ("Job {} is gone", "Job 7a is gonx", Some((1, 2))),
            ("Gone.", "gone", Some((0, 0))),
            ("Gone", "Gone. ", Some((0, 0))),
        ] {
            assert_eq!(likeness(text, message), expected, "{text}: {message}");
        }
    }
}
