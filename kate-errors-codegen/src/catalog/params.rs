//! Parameters, and what their fields are in Rust.

use kate_errors_model::types::{Field, Type};

/// A parameter: what a placeholder stands for.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Param {
    /// The name in `snake_case`.
    pub name: String,
    /// What it is called in the object of all values in a body: its name, if the file says nothing else.
    pub member: String,
    /// The type.
    pub ty: Type<'static>,
    /// The Rust type of the field.
    pub field: FieldType,
    /// What it is.
    pub description: Option<String>,
    /// A value in its canonical spelling.
    pub example: Option<String>,
    /// Whether it is kept out of logs and `Debug`.
    pub sensitive: bool,
    /// Whether it can be missing: then the field is an `Option`, and the value stands in no text.
    pub optional: bool,
}

/// The Rust type of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// `String`.
    String,
    /// `Box<str>`, for an error of so many texts that it would be too large otherwise.
    BoxedStr,
    /// `u64`.
    U64,
    /// `i64`.
    I64,
    /// `bool`.
    Bool,
    /// An enum that is generated for the choices of a `one_of`.
    Choices(Choices),
    /// A type of the user's: its path, from a crate or from `crate`.
    Custom(String),
}

impl FieldType {
    /// How many bytes the field takes on 64 bits, at most; of a type of the user's that is a guess, which generated code
    /// checks.
    #[must_use]
    pub(crate) fn size(&self, optional: bool) -> usize {
        // Others have bits to spare that say that there is no value.
        let presence = if optional { 8 } else { 0 };
        match self {
            Self::String => 24,
            Self::BoxedStr => 16,
            Self::Custom(_) => 16 + presence,
            Self::U64 | Self::I64 => 8 + presence,
            Self::Choices(_) => 2,
            Self::Bool => 1,
        }
    }
}

impl Param {
    /// The choices of a `one_of`.
    #[must_use]
    pub fn choices(&self) -> Option<&Choices> {
        match &self.field {
            FieldType::Choices(choices) => Some(choices),
            _ => None,
        }
    }

    /// Whether the value stands without quotes in JSON.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.is_integer() || self.is_boolean()
    }

    /// Whether the value is `true` or `false`, in Rust and in JSON.
    #[must_use]
    pub fn is_boolean(&self) -> bool {
        self.ty.info().field == Field::Bool
    }

    /// Whether the value is a number in Rust, and in JSON.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        matches!(self.ty.info().field, Field::U64 | Field::I64)
    }
}

/// The choices of a `one_of`, and the enum that stands for them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Choices {
    /// The name of the enum.
    pub type_name: String,
    /// The texts and their identifiers, in the order of the file.
    pub choices: Vec<Choice>,
}

/// One choice of a `one_of`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Choice {
    /// The text on the wire.
    pub text: String,
    /// Its identifier.
    pub variant: String,
}
