//! The types of parameters.
//!
//! A type is a row of [`TYPES`]: its name in a catalog, its Rust type, and what users and editors are told about
//! it. A type that is neither text nor a list of choices also has a grammar, a [`Scalar`]. Reading, the proof,
//! the JSON Schema and the decoders in other languages all follow from it.

mod calendar;
mod scalars;

use alloc::borrow::Cow;

use crate::bytes::any;

/// The type of a parameter, as a template needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type<'t> {
    /// Any characters except control characters. The empty text is a value, too.
    Text,
    /// Any characters except control characters, but including line breaks and tabs.
    Lines,
    /// One or more characters, without white space and control characters.
    Word,
    /// A type with a grammar, such as `u64` or `date`.
    Scalar(&'static Scalar),
    /// One of these texts.
    OneOf(Cow<'t, [Cow<'t, str>]>),
}

/// The Rust type of a field for values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// `String`.
    String,
    /// `u64`.
    U64,
    /// `i64`.
    I64,
    /// `bool`.
    Bool,
    /// An enum that is generated from the choices.
    Enum,
}

impl Field {
    /// The smallest and the greatest number that a numeric field can hold; `None` for other fields.
    #[must_use]
    pub const fn range(self) -> Option<(i128, i128)> {
        match self {
            Self::U64 => Some((0, u64::MAX as i128)),
            Self::I64 => Some((i64::MIN as i128, i64::MAX as i128)),
            Self::String | Self::Bool | Self::Enum => None,
        }
    }

    /// Whether the field can hold the value of a text, as Rust parses it. For an enum, this does not check the choices.
    #[must_use]
    pub fn holds(self, text: &str) -> bool {
        match self {
            Self::U64 => text.parse::<u64>().is_ok(),
            Self::I64 => text.parse::<i64>().is_ok(),
            Self::Bool => text.parse::<bool>().is_ok(),
            Self::String | Self::Enum => true,
        }
    }
}

/// The description of a type for users.
#[derive(Clone, Copy, Debug)]
pub struct TypeInfo {
    /// The name in a catalog, such as `u64`.
    pub name: &'static str,
    /// A description of its values.
    pub description: &'static str,
    /// The type of the field in generated code.
    pub field: Field,
    /// A value, for documentation, mock servers and test vectors.
    pub example: &'static str,
    /// A regular expression for its values, in the syntax that ECMAScript and Python share. That of a type with a
    /// grammar is a group, so that `import` finds it in longer ones.
    pub pattern: &'static str,
}

/// A type with a grammar. Its values end where the grammar ends, so what follows them does not matter.
pub struct Scalar {
    /// The description for users.
    pub info: TypeInfo,
    /// A step of the automaton that accepts its values: from a state, with a byte. The first state is 0.
    pub step: fn(u8, u8) -> Option<u8>,
    /// Whether a state is accepting.
    pub accepts: fn(u8) -> bool,
    /// The length of the longest prefix that the automaton accepts, in range or not.
    pub claims: fn(&[u8]) -> Option<usize>,
    /// A state in which the value may already have ended before the last byte, and that byte: after `1.`, a
    /// decimal may continue, or the message may end.
    pub lookahead: Option<(u8, u8)>,
    /// Whether a text that the automaton accepts is in range.
    pub in_range: fn(&str) -> bool,
    /// The value that is sent in place of an invalid one.
    pub stand_in: &'static str,
}

static TEXT: TypeInfo = TypeInfo {
    name: "text",
    description: "any characters but control characters",
    field: Field::String,
    example: "some text",
    pattern: r"[^\u0000-\u001f\u007f-\u009f]*",
};

static LINES: TypeInfo = TypeInfo {
    name: "lines",
    description: "any characters, no control characters but line breaks and tabs",
    field: Field::String,
    example: "some text",
    pattern: r"[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*",
};

static WORD: TypeInfo = TypeInfo {
    name: "word",
    description: "one or more characters, no white space, no control characters",
    field: Field::String,
    example: "abc-123",
    pattern: r"[^ \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\u0000-\u001f\u007f-\u009f]+",
};

static ONE_OF: TypeInfo = TypeInfo {
    name: "one_of",
    description: "one of the texts in a list: `one_of: [queued, running]`",
    field: Field::Enum,
    example: "",
    pattern: "",
};

/// Lists the types that have a grammar.
macro_rules! scalars {
    ($($scalar:ident),*) => {
        pub use scalars::{$($scalar),*};

        /// The types that have a grammar.
        pub static SCALARS: &[&Scalar] = &[$(&$scalar),*];

        /// All types, in the order of the documentation.
        pub static TYPES: &[&TypeInfo] =
            &[&TEXT, &LINES, &WORD, $(&$scalar.info,)* &ONE_OF];
    };
}

scalars!(U64, I64, DECIMAL, BOOL, UUID, DATE, TIMESTAMP);

impl Type<'_> {
    /// Returns the type with this name in a catalog. `one_of` is not written as a name.
    ///
    /// ```
    /// use kate_errors_model::types::{Type, U64};
    ///
    /// assert_eq!(Type::named("u64"), Some(Type::Scalar(&U64)));
    /// assert_eq!(Type::named("float"), None);
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "text" => Some(Self::Text),
            "lines" => Some(Self::Lines),
            "word" => Some(Self::Word),
            _ => SCALARS.iter().find(|it| it.info.name == name).copied().map(Self::Scalar),
        }
    }

    /// The description of the type for users.
    #[must_use]
    pub fn info(&self) -> &'static TypeInfo {
        match self {
            Self::Text => &TEXT,
            Self::Lines => &LINES,
            Self::Word => &WORD,
            Self::Scalar(scalar) => &scalar.info,
            Self::OneOf(_) => &ONE_OF,
        }
    }

    /// Whether `text` is a value of the type, whatever surrounds it.
    ///
    /// ```
    /// use kate_errors_model::types::{Type, DATE};
    ///
    /// assert!(Type::Scalar(&DATE).holds("2024-02-29"));
    /// assert!(!Type::Scalar(&DATE).holds("2023-02-29"));
    /// assert!(!Type::Word.holds("two words"));
    /// ```
    #[must_use]
    pub fn holds(&self, text: &str) -> bool {
        match self {
            Self::Text | Self::Lines | Self::Word => self.is_clean(text),
            Self::Scalar(scalar) => {
                (scalar.claims)(text.as_bytes()) == Some(text.len()) && (scalar.in_range)(text)
            }
            Self::OneOf(choices) => choices.iter().any(|choice| choice == text),
        }
    }

    /// Whether every character is allowed in a text or word, and a word is not empty.
    pub(crate) fn is_clean(&self, text: &str) -> bool {
        if matches!(self, Self::Word) && text.is_empty() {
            return false;
        }
        !any(text.as_bytes(), |byte| self.is_unclear(byte))
            || text.chars().all(|character| self.allows(character))
    }

    /// Whether a byte of a text or word is not printable ASCII, which nearly every value is, so that the characters
    /// must be checked.
    #[expect(
        clippy::needless_bitwise_bool,
        reason = "a branch for each byte would prevent vectorization"
    )]
    pub(crate) fn is_unclear(&self, byte: u8) -> bool {
        let least = if matches!(self, Self::Word) { b'!' } else { b' ' };
        (byte < least) | (byte > b'~')
    }

    /// Whether a text or word may contain the character.
    #[must_use]
    pub fn allows(&self, character: char) -> bool {
        match (self, character) {
            (Self::Lines, '\n' | '\r' | '\t') => true,
            (Self::Word, _) if character.is_whitespace() => false,
            _ => !character.is_control(),
        }
    }
}

impl Scalar {
    /// The states in which a value may end.
    pub fn ends(&self) -> impl Iterator<Item = u8> + use<'_> {
        (0..u8::MAX).filter(|state| (self.accepts)(*state))
    }
}

impl PartialEq for Scalar {
    fn eq(&self, other: &Self) -> bool {
        self.info.name == other.info.name
    }
}

impl Eq for Scalar {}

impl core::fmt::Debug for Scalar {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.info.name)
    }
}
