//! Values of a text that has been validated.

use alloc::borrow::Cow;
use core::fmt;

use super::{Fault, Scanner, Str};

/// A value as it is in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Raw<'t> {
    /// Its JSON text.
    pub(super) text: &'t str,
    /// Whether it is a string with escapes.
    pub(super) has_escapes: bool,
}

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        })
    }
}

impl<'t> Raw<'t> {
    /// `null`.
    pub(crate) const NULL: Self = Self { text: "null", has_escapes: false };

    /// Parses a text that is one value.
    ///
    /// ```
    /// use kate_errors_model::json::{Kind, Raw};
    ///
    /// assert_eq!(Raw::parse(" [7] ").unwrap().kind(), Kind::Array);
    /// assert!(Raw::parse("[7] 8").is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// If the text is not JSON.
    pub fn parse(text: &'t str) -> Result<Self, Fault> {
        let mut scanner = Scanner::new(text);
        let value = scanner.value(0)?;
        scanner.skip_space();
        match scanner.peek() {
            None => Ok(value),
            Some(_) => Err(scanner.fault()),
        }
    }

    /// Whether it is equal to the value of `json`: a string with the same text, an equal number, or the same literal.
    pub(crate) fn is(self, json: &str) -> bool {
        if self.text == json {
            return true;
        }
        let Ok(other) = Scanner::new(json).value(0) else { return false };
        let (text, number) = (self.text(), self.number());
        // Other languages cannot distinguish spellings of the same number.
        text.is_some() && text == other.text() || number.is_some() && number == other.number()
    }

    fn number(self) -> Option<f64> {
        if self.kind() == Kind::Number { self.text.parse().ok() } else { None }
    }

    /// The text of a string.
    fn text(self) -> Option<Cow<'t, str>> {
        self.string()?.text().ok()
    }

    /// The type of the value.
    #[must_use]
    #[inline]
    pub fn kind(self) -> Kind {
        match self.text.as_bytes().first() {
            Some(b'"') => Kind::String,
            Some(b'[') => Kind::Array,
            Some(b'{') => Kind::Object,
            Some(b't' | b'f') => Kind::Boolean,
            Some(b'n') => Kind::Null,
            _ => Kind::Number,
        }
    }

    /// Its JSON text.
    #[must_use]
    pub fn as_str(self) -> &'t str {
        self.text
    }

    /// The string, if the value is one.
    #[must_use]
    #[inline]
    pub fn string(self) -> Option<Str<'t>> {
        let inside = self.text.strip_prefix('"')?.strip_suffix('"')?;
        Some(Str { inside, has_escapes: self.has_escapes })
    }

    /// The elements of an array; none for other values.
    pub fn elements(self) -> impl Iterator<Item = Raw<'t>> {
        self.parts(b'[', |scanner| scanner.value(0))
    }

    /// The members of an object; none for other values.
    pub fn members(self) -> impl Iterator<Item = (Str<'t>, Raw<'t>)> {
        self.parts(b'{', |scanner| Ok((scanner.name()?, scanner.value(0)?)))
    }

    /// What is between the commas of a container that begins with `open`; nothing for other values.
    fn parts<P>(
        self,
        open: u8,
        part: impl Fn(&mut Scanner<'t>) -> Result<P, Fault>,
    ) -> impl Iterator<Item = P> {
        let mut scanner = Scanner::new(self.text);
        let mut more = scanner.eat(open);
        core::iter::from_fn(move || {
            // In ASCII, the closing bracket is two characters after the opening one.
            if !more || scanner.skip_space() == Some(open + 2) {
                return None;
            }
            let part = part(&mut scanner).ok();
            scanner.skip_space();
            more = part.is_some() && scanner.eat(b',');
            part
        })
    }
}
