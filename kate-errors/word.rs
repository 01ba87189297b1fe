//! Values of parameters of type `word`.

use alloc::string::String;
use core::error::Error;
use core::fmt;
use core::ops::Deref;
use core::str::FromStr;

use crate::contents::Contents;

/// A value of a `word` parameter: one or more characters, none of them white space or a control
/// character. Identifiers are words.
///
/// ```
/// use kate_errors::Word;
///
/// assert_eq!(Word::try_from("job-7").unwrap(), "job-7");
/// assert!(Word::try_from("job 7").is_err());
/// assert_eq!(Word::from_lossy("job 7"), "job\u{FFFD}7");
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Word(Contents);

impl Word {
    /// The word of any string: each character that cannot stand in it is replaced by U+FFFD, and so is
    /// the string if it is empty.
    ///
    /// ```
    /// # use kate_errors::Word;
    /// assert_eq!(Word::from_lossy("No. 7"), "No.\u{FFFD}7");
    /// assert_eq!(Word::from_lossy(""), "\u{FFFD}");
    /// ```
    #[must_use]
    pub fn from_lossy(word: impl AsRef<str>) -> Self {
        let replace = |c| if Self::allows(c) { c } else { char::REPLACEMENT_CHARACTER };
        let mut word: String = word.as_ref().chars().map(replace).collect();
        if word.is_empty() {
            word.push(char::REPLACEMENT_CHARACTER);
        }
        Self(word.into())
    }

    /// Whether `character` can stand in a word.
    pub(crate) fn allows(character: char) -> bool {
        !character.is_whitespace() && !character.is_control()
    }

    /// The word that a sentence holds: it has been checked.
    pub(crate) fn read(word: &str) -> Self {
        Self(word.into())
    }

    fn check(word: &str) -> Result<(), InvalidWord> {
        match word.chars().find(|c| !Self::allows(*c)) {
            Some(character) => Err(InvalidWord { character: Some(character) }),
            None if word.is_empty() => Err(InvalidWord { character: None }),
            None => Ok(()),
        }
    }

    /// The word as a string slice.
    ///
    /// ```
    /// # use kate_errors::Word;
    /// let word: Word = Word::from_lossy("job-7");
    /// assert_eq!(word.as_str(), "job-7");
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The string itself.
    ///
    /// ```
    /// # use kate_errors::Word;
    /// let word: Word = Word::from_lossy("job-7");
    /// let string: String = word.into_string();
    /// assert_eq!(string, "job-7");
    /// ```
    #[must_use]
    pub fn into_string(self) -> String {
        self.0.into_string()
    }
}

impl TryFrom<&str> for Word {
    type Error = InvalidWord;

    fn try_from(word: &str) -> Result<Self, InvalidWord> {
        Self::check(word)?;
        Ok(Self(word.into()))
    }
}

impl TryFrom<String> for Word {
    type Error = InvalidWord;

    fn try_from(word: String) -> Result<Self, InvalidWord> {
        Self::check(&word)?;
        Ok(Self(word.into()))
    }
}

impl FromStr for Word {
    type Err = InvalidWord;

    fn from_str(word: &str) -> Result<Self, InvalidWord> {
        Self::try_from(word)
    }
}

impl Deref for Word {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Word {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Word {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other
    }
}

impl PartialEq<&str> for Word {
    fn eq(&self, other: &&str) -> bool {
        *self.0 == **other
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

/// A string that is no [`Word`].
///
/// ```
/// use kate_errors::{InvalidWord, Word};
///
/// let invalid: InvalidWord = Word::try_from("job 7").unwrap_err();
/// assert_eq!(invalid.to_string(), "a word cannot hold the character ' '");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidWord {
    character: Option<char>,
}

impl InvalidWord {
    /// The first character that cannot stand in a word; `None` if the string is empty.
    ///
    /// ```
    /// # use kate_errors::Word;
    /// assert_eq!(Word::try_from("job 7").unwrap_err().character(), Some(' '));
    /// assert_eq!(Word::try_from("").unwrap_err().character(), None);
    /// ```
    #[must_use]
    pub fn character(&self) -> Option<char> {
        self.character
    }
}

impl fmt::Display for InvalidWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.character {
            Some(character) => write!(f, "a word cannot hold the character {character:?}"),
            None => f.write_str("a word cannot be empty"),
        }
    }
}

impl Error for InvalidWord {}
