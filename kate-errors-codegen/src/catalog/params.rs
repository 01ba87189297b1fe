//! Parameters, and the Rust types of their fields.

use kate_errors_model::types::{Field, Type};

/// A parameter, whose value replaces a placeholder.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Param {
    /// The name in `snake_case`.
    pub name: String,
    /// The name of its member in the `{params}` object of a body. It is the parameter's name, unless the file
    /// sets another one.
    pub member: String,
    /// The type.
    pub ty: Type<'static>,
    /// The Rust type of the field.
    pub field: FieldType,
    /// What the parameter means.
    pub description: Option<String>,
    /// An example value in its canonical spelling.
    pub example: Option<String>,
    /// Whether the value is kept out of logs, `Debug` and `Display`.
    pub sensitive: bool,
    /// Whether the value can be missing. If so, the field is an `Option`, and no message contains the value.
    pub optional: bool,
}

/// The Rust type of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// `String`.
    String,
    /// `Box<str>`, for an error with so many texts that it would be too large otherwise.
    BoxedStr,
    /// `u64`.
    U64,
    /// `i64`.
    I64,
    /// `bool`.
    Bool,
    /// An enum that is generated for the choices of a `one_of`.
    Choices(Choices),
    /// A user's own type: its path, from a crate or from `crate`.
    Custom(String),
}

impl FieldType {
    /// Returns the size of the field in bytes on 64-bit platforms, at most. For a user's own type it is a
    /// guess, which generated code checks.
    #[must_use]
    pub(crate) fn size(&self, optional: bool) -> usize {
        // Integers and custom types need space for `None`; the other types have a niche.
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
    /// Returns the choices of a `one_of`.
    #[must_use]
    pub fn choices(&self) -> Option<&Choices> {
        match &self.field {
            FieldType::Choices(choices) => Some(choices),
            _ => None,
        }
    }

    /// Whether the value is written without quotes in JSON.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.is_integer() || self.is_boolean()
    }

    /// Whether the value is a boolean, in Rust and in JSON.
    #[must_use]
    pub fn is_boolean(&self) -> bool {
        self.ty.info().field == Field::Bool
    }

    /// Whether the value is a number, in Rust and in JSON.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        matches!(self.ty.info().field, Field::U64 | Field::I64)
    }
}

/// The choices of a `one_of`, and the enum generated for them.
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
    /// The text in the response.
    pub text: String,
    /// The identifier of the variant.
    pub variant: String,
}
