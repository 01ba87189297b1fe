//! Values of parameters of type `text`.

use alloc::string::String;
use core::error::Error;
use core::fmt;
use core::ops::Deref;
use core::str::FromStr;

use crate::contents::Contents;
use crate::template::bytes::has_control;

/// A value of a `text` parameter: any characters but control characters and `END`, the character that
/// stands behind the parameter in its sentence. It may be empty.
///
/// `END` is what makes a sentence readable again: in `Job {name}: failed` the name ends at the colon, so
/// the type of the field is `Text<':'>`, and no value of it holds one. A parameter at the end of its
/// sentence runs to the end, and its type is `Text`, which is `Text<'\0'>`.
///
/// ```
/// use kate_errors::Text;
///
/// let name: Text<':'> = Text::from_lossy("a:b");
/// assert_eq!(name, "a\u{FFFD}b");
/// assert!(Text::<':'>::try_from("a:b").is_err());
/// assert_eq!(Text::<'\0'>::try_from("a:b").unwrap(), "a:b");
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Text<const END: char = '\0'>(Contents);

impl<const END: char> Text<END> {
    /// What stands for a character that a text cannot hold.
    const REPLACEMENT: char =
        if END == char::REPLACEMENT_CHARACTER { '?' } else { char::REPLACEMENT_CHARACTER };

    /// The text of any string: each character that cannot stand in it is replaced by U+FFFD, or by `?`
    /// where U+FFFD is the `END` itself.
    ///
    /// ```
    /// # use kate_errors::Text;
    /// assert_eq!(Text::<'.'>::from_lossy("No. 7\n"), "No\u{FFFD} 7\u{FFFD}");
    /// ```
    #[must_use]
    pub fn from_lossy(text: impl AsRef<str>) -> Self {
        let replace = |c| if Self::allows(c) { c } else { Self::REPLACEMENT };
        Self(text.as_ref().chars().map(replace).collect())
    }

    /// Whether `character` can stand in the text.
    fn allows(character: char) -> bool {
        character != END && !character.is_control()
    }

    /// The text that a sentence holds: it has been checked.
    pub(crate) fn read(text: &str) -> Self {
        Self(text.into())
    }

    fn check(text: &str) -> Result<(), InvalidText> {
        // Most texts are fine, which takes less time to see than which character is not.
        let has_end = END != '\0' && text.contains(END);
        if !has_end && !has_control(text.as_bytes()) {
            return Ok(());
        }
        match text.chars().find(|c| !Self::allows(*c)) {
            Some(character) => Err(InvalidText { character }),
            None => Ok(()),
        }
    }

    /// The text as a string slice.
    ///
    /// ```
    /// # use kate_errors::Text;
    /// let text: Text<'.'> = Text::from_lossy("job-7");
    /// assert_eq!(text.as_str(), "job-7");
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The string itself.
    ///
    /// ```
    /// # use kate_errors::Text;
    /// let text: Text<'.'> = Text::from_lossy("job-7");
    /// let string: String = text.into_string();
    /// assert_eq!(string, "job-7");
    /// ```
    #[must_use]
    pub fn into_string(self) -> String {
        self.0.into_string()
    }
}

impl<const END: char> TryFrom<&str> for Text<END> {
    type Error = InvalidText;

    fn try_from(text: &str) -> Result<Self, InvalidText> {
        Self::check(text)?;
        Ok(Self(text.into()))
    }
}

impl<const END: char> TryFrom<String> for Text<END> {
    type Error = InvalidText;

    fn try_from(text: String) -> Result<Self, InvalidText> {
        Self::check(&text)?;
        Ok(Self(text.into()))
    }
}

impl<const END: char> FromStr for Text<END> {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        Self::try_from(text)
    }
}

impl<const END: char> Deref for Text<END> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<const END: char> AsRef<str> for Text<END> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl<const END: char> PartialEq<str> for Text<END> {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other
    }
}

impl<const END: char> PartialEq<&str> for Text<END> {
    fn eq(&self, other: &&str) -> bool {
        *self.0 == **other
    }
}

impl<const END: char> fmt::Display for Text<END> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl<const END: char> fmt::Debug for Text<END> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

/// A string that holds a character which the [`Text`] cannot hold.
///
/// ```
/// use kate_errors::{InvalidText, Text};
///
/// let invalid: InvalidText = Text::<'.'>::try_from("No. 7").unwrap_err();
/// assert_eq!(invalid.to_string(), "the text cannot hold the character '.'");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidText {
    character: char,
}

impl InvalidText {
    /// The first character that cannot stand in the text.
    ///
    /// ```
    /// # use kate_errors::Text;
    /// assert_eq!(Text::<'.'>::try_from("No. 7").unwrap_err().character(), '.');
    /// ```
    #[must_use]
    pub fn character(&self) -> char {
        self.character
    }
}

impl fmt::Display for InvalidText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the text cannot hold the character {:?}", self.character)
    }
}

impl Error for InvalidText {}
