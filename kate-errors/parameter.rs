//! The types that fields of generated variants have, and how they become values of a sentence.

use crate::template::Value;
use crate::{Text, Word};

/// A type of parameter. Implemented by the library and by generated code.
pub trait Parameter: Sized {
    /// The value for a sentence.
    fn to_value(&self) -> Value<'_>;

    /// The parameter that has this value, if one can.
    fn from_value(value: Value<'_>) -> Option<Self>;
}

impl Parameter for u64 {
    fn to_value(&self) -> Value<'_> {
        Value::U64(*self)
    }

    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::U64(number) => Some(number),
            _ => None,
        }
    }
}

impl Parameter for i64 {
    fn to_value(&self) -> Value<'_> {
        Value::I64(*self)
    }

    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::I64(number) => Some(number),
            _ => None,
        }
    }
}

impl Parameter for Word {
    fn to_value(&self) -> Value<'_> {
        Value::Word(self)
    }

    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Word(word) => Some(Self::read(word)),
            _ => None,
        }
    }
}

impl<const END: char> Parameter for Text<END> {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self)
    }

    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Text(text) => Some(Self::read(text)),
            _ => None,
        }
    }
}
