//! The string in a word or a text. Most values are short, and a short one needs no allocation.

use alloc::string::String;
use core::cmp::Ordering;
use core::hash::{Hash, Hasher};
use core::ops::Deref;

use arrayvec::ArrayString;

/// The length up to which a string is short, in bytes: with it, the contents take the room of four pointers.
const SHORT: usize = 24;

/// A string.
#[derive(Clone)]
pub(crate) enum Contents {
    Short(ArrayString<SHORT>),
    Long(String),
}

impl Contents {
    pub(crate) fn into_string(self) -> String {
        match self {
            Self::Short(text) => text.as_str().into(),
            Self::Long(text) => text,
        }
    }
}

impl Default for Contents {
    fn default() -> Self {
        Self::Short(ArrayString::new())
    }
}

impl From<&str> for Contents {
    #[inline]
    fn from(text: &str) -> Self {
        ArrayString::from(text).map_or_else(|_| Self::Long(text.into()), Self::Short)
    }
}

impl From<String> for Contents {
    fn from(text: String) -> Self {
        Self::Long(text)
    }
}

impl FromIterator<char> for Contents {
    fn from_iter<I: IntoIterator<Item = char>>(characters: I) -> Self {
        Self::Long(characters.into_iter().collect())
    }
}

impl Deref for Contents {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        match self {
            Self::Short(text) => text,
            Self::Long(text) => text,
        }
    }
}

impl PartialEq for Contents {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Contents {}

impl Hash for Contents {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl PartialOrd for Contents {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Contents {
    fn cmp(&self, other: &Self) -> Ordering {
        (**self).cmp(&**other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn short_and_long_ones_are_the_same_to_whoever_looks() {
        let long = "a string that is longer than the shorter ones are";
        let texts = ["", "a", "job-7", &long[..SHORT], &long[..=SHORT], long, "\u{E9}\u{FFFD}"];
        for text in texts {
            let [borrowed, owned] = [Contents::from(text), Contents::from(String::from(text))];
            assert!(matches!(borrowed, Contents::Short(_)) == (text.len() <= SHORT), "{text}");
            assert!(borrowed == owned && *borrowed == *text, "{text}");
            assert_eq!(borrowed.cmp(&owned), Ordering::Equal, "{text}");
            assert_eq!(borrowed.into_string(), owned.into_string(), "{text}");
        }
        let mut sorted: Vec<Contents> = texts.map(Contents::from).into();
        sorted.sort();
        assert!(sorted.is_sorted_by_key(|contents| (**contents).as_bytes().to_vec()));
        assert_eq!(size_of::<Contents>(), 4 * size_of::<usize>());
    }
}
