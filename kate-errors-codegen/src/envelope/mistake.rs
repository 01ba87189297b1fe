//! Mistakes in a template.

use std::fmt;

use kate_errors_model::json::Fault;

/// A mistake in a template, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The place as a JSON Pointer (RFC 6901): `/errors/0/code`, empty for the whole template.
    pub place: String,
    /// What is wrong.
    pub kind: MistakeKind,
}

/// What can be wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MistakeKind {
    /// The template is not JSON.
    NotJson(Fault),
    /// The template is neither an object nor an array.
    NoContainer,
    /// A name is empty, or contains a character that JSON escapes, or a brace.
    Name,
    /// A member is duplicated.
    Duplicate,
    /// A brace that is not part of a placeholder.
    Brace,
    /// A text has two placeholders, one of which is a part of a field.
    TwoPlaceholders,
    /// There is no text between two placeholders.
    SideBySide,
    /// The text between two braces is not a placeholder.
    Placeholder(String),
    /// The text around a placeholder contains a character that JSON escapes.
    Escape,
    /// `{any}` is next to a placeholder, or in a text without one.
    Any,
    /// An object is part of a text.
    ObjectInText,
    /// `{with.…}` names a constant that the catalog does not have.
    With(String),
    /// A constant of the catalog is not a string, a number or a boolean, or contains a brace.
    WithValue(String),
    /// An earlier element of the array is already read.
    SecondElement,
    /// An array whose elements are read is directly inside an array.
    NestedArray,
    /// A part of a field is outside of a list of fields, or beside one.
    Fields,
    /// An object has another member besides `{field.path}`, or something other than messages there.
    ByField,
}

impl fmt::Display for MistakeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson(Fault::Truncated) => f.write_str("the template ends too early"),
            Self::NotJson(Fault::Syntax(at)) => {
                write!(f, "the template is not JSON, see byte {at}")
            }
            Self::NotJson(Fault::TooDeep) => f.write_str("the template has too many levels"),
            Self::NoContainer => f.write_str("the template is neither an object nor an array"),
            Self::Name => {
                f.write_str("the name is empty, or contains a brace or a character that JSON escapes")
            },
            Self::Duplicate => f.write_str("the object already has this member"),
            Self::Brace => f.write_str("a brace that is not part of a placeholder"),
            Self::TwoPlaceholders => {
                f.write_str("a text with a part of a field can have only one placeholder")
            },
            Self::SideBySide => f.write_str("two placeholders need text between them"),
            Self::Placeholder(name) => write!(f, "there is no placeholder `{{{name}}}`"),
            Self::Escape => {
                f.write_str("the text around a placeholder must not contain a character that JSON escapes")
            }
            Self::Any => f.write_str("`{any}` needs text between it and another placeholder"),
            Self::ObjectInText => f.write_str("an object cannot be part of a text"),
            Self::With(name) => write!(f, "`with` has no `{name}`"),
            Self::WithValue(name) => write!(
                f,
                "`{name}` of `with` is not a string, a number or a boolean, or holds a brace"
            ),
            Self::SecondElement => {
                f.write_str("only one element of an array is read, and this is the second one")
            }
            Self::Fields => f.write_str(
                "parts of a field must be in an element of an array, which is repeated for each field",
            ),
            Self::ByField => f.write_str(
                "messages by field must be `{ \"{field.path}\": \"{field.message}\" }`, or a list for each",
            ),
            Self::NestedArray => f.write_str("an array directly inside an array cannot be read"),
        }
    }
}
