//! Sets of characters: what may stand at one place of a sentence.

use std::ops::RangeInclusive;

/// A set of characters, as holes and literals need them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Characters {
    /// A character of a literal, or of a choice.
    One(char),
    /// ASCII digits, from the first to the last.
    Digits(char, char),
    /// Anything but white space and control characters.
    Word,
    /// Anything but control characters and these.
    Text(Exclusions),
}

/// The characters that a `text` cannot hold: the one behind its placeholder, and in a former wording the
/// one behind its placeholder in the current sentence too. In order, so that equal sets are equal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Exclusions(Option<char>, Option<char>);

impl Exclusions {
    pub(super) fn new(one: Option<char>, other: Option<char>) -> Self {
        if one == other { Self(None, one) } else { Self(one.min(other), one.max(other)) }
    }

    pub(super) fn contains(self, character: char) -> bool {
        self.0 == Some(character) || self.1 == Some(character)
    }
}

/// What stands for a large set. A `text` excludes two characters at most, so of these a handful is in
/// any two large sets: looking among them alone loses nothing.
const SAMPLE: RangeInclusive<char> = 'a'..='z';

impl Characters {
    pub(super) fn contains(self, character: char) -> bool {
        match self {
            Self::One(only) => only == character,
            Self::Digits(first, last) => (first..=last).contains(&character),
            Self::Word => !character.is_whitespace() && !character.is_control(),
            Self::Text(exclusions) => !character.is_control() && !exclusions.contains(character),
        }
    }

    /// A character of both sets, the one that reads best; `None` if they have none in common.
    pub(super) fn shared(self, other: Self) -> Option<char> {
        match (self, other) {
            (Self::One(only), set) | (set, Self::One(only)) => set.contains(only).then_some(only),
            _ => self.shared_members(other).next(),
        }
    }

    /// The characters of both sets; of two large sets, a few of them and more than one.
    pub(super) fn shared_members(self, other: Self) -> impl Iterator<Item = char> {
        let narrower = if self.is_large() { other } else { self };
        narrower.members().filter(move |c| self.contains(*c) && other.contains(*c))
    }

    fn is_large(self) -> bool {
        matches!(self, Self::Word | Self::Text(_))
    }

    fn members(self) -> RangeInclusive<char> {
        match self {
            Self::One(only) => only..=only,
            Self::Digits(first, last) => first..=last,
            Self::Word | Self::Text(_) => SAMPLE,
        }
    }

    /// The set as bits; see [`bit`].
    pub(super) fn bits(self) -> u128 {
        match self {
            Self::One(only) => bit(only),
            Self::Digits(..) => self.members().fold(0, |bits, digit| bits | bit(digit)),
            Self::Word => !bit(' '),
            Self::Text(Exclusions(one, other)) => {
                let excluded = [one, other].into_iter().flatten().filter(char::is_ascii_graphic);
                excluded.fold(u128::MAX, |bits, character| bits & !bit(character))
            }
        }
    }
}

/// The bit that stands for a character in a coarse set: one of its own for each ASCII character that
/// shows, and for the blank; those of the control characters are shared by all others.
pub(super) fn bit(character: char) -> u128 {
    let code = u32::from(character);
    1 << if character.is_ascii() && !character.is_ascii_control() { code } else { code % 32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(excluded: &str) -> Characters {
        let mut excluded = excluded.chars();
        Characters::Text(Exclusions::new(excluded.next(), excluded.next()))
    }

    #[test]
    fn sets_hold_what_they_say() {
        assert!(Characters::Word.contains('é') && Characters::Word.contains('-'));
        for outside in [' ', '\t', '\u{A0}', '\u{2028}', '\u{7F}', '\u{85}'] {
            assert!(!Characters::Word.contains(outside), "{outside:?}");
        }
        assert!(text(".").contains('\u{2028}') && text("").contains('.'));
        assert!(!text(".").contains('.') && !text(".:").contains(':') && !text("").contains('\n'));
        assert!(Characters::Digits('2', '4').contains('4'));
        assert!(!Characters::Digits('2', '4').contains('5'));
    }

    #[test]
    fn shared_characters_read_well() {
        let digits = Characters::Digits('1', '9');
        assert_eq!(Characters::Word.shared(text("a")), Some('b'));
        assert_eq!(text("ab").shared(text("cd")), Some('e'));
        assert_eq!(Characters::Word.shared(digits), Some('1'));
        assert_eq!(text("1").shared(digits), Some('2'));
        assert_eq!(Characters::One(' ').shared(Characters::Word), None);
        assert_eq!(Characters::One('\u{2028}').shared(text("")), Some('\u{2028}'));
        assert_eq!(Characters::Digits('1', '2').shared_members(digits).count(), 2);
    }

    #[test]
    fn bits_miss_no_member() {
        let sets =
            [Characters::Word, text(""), text(".é"), text(" ?"), Characters::Digits('3', '7')];
        for set in sets {
            for character in (0..0x3000).filter_map(char::from_u32).filter(|c| set.contains(*c)) {
                assert_ne!(set.bits() & bit(character), 0, "{set:?} {character:?}");
            }
        }
    }

    #[test]
    fn exclusions_are_sets() {
        assert_eq!(Exclusions::new(Some('a'), Some('b')), Exclusions::new(Some('b'), Some('a')));
        assert_eq!(Exclusions::new(Some('a'), Some('a')), Exclusions::new(None, Some('a')));
        assert_eq!(Exclusions::new(Some('a'), None), Exclusions::new(None, Some('a')));
    }
}
