//! A document of others: reading it, and changing some of its members.

use serde_json::Value;

use super::edits::Edits;
use super::merge::MergeError;
use super::{json_splice, yaml_splice};
use crate::publish::{json_text, yaml_text};

/// A document, as text and as what it says.
pub(super) struct Document<'t> {
    text: &'t str,
    pub(super) value: Value,
    is_json: bool,
}

impl<'t> Document<'t> {
    pub(super) fn read(text: &'t str) -> Result<Self, MergeError> {
        if let Some(value) = read_json(text) {
            return Ok(Self { text, value, is_json: true });
        }
        let value = read_yaml(text).map_err(|error| MergeError::Syntax(error.to_string()))?;
        Ok(Self { text, value, is_json: false })
    }

    /// The text with `edits` made, and whether what they do not touch has stayed as it was.
    pub(super) fn with(&self, edits: &Edits) -> (String, bool) {
        let mut expected = self.value.clone();
        if let Value::Object(members) = &mut expected {
            edits.apply(members);
        }
        if expected == self.value {
            return (self.text.to_owned(), true);
        }
        let spliced = if self.is_json {
            let spliced = json_splice::splice(self.text, edits);
            spliced.filter(|text| read_json(text).as_ref() == Some(&expected))
        } else {
            let spliced = yaml_splice::splice(self.text, &self.value, edits);
            spliced.filter(|text| read_yaml(text).ok().as_ref() == Some(&expected))
        };
        match spliced {
            Some(text) => (text, true),
            None if self.is_json => (json_text(&expected), false),
            None => {
                let mut text = String::new();
                yaml_text::write(&expected, 0, &mut text);
                (text, false)
            }
        }
    }
}

/// What may stand before a document.
pub(super) fn is_blank(character: char) -> bool {
    matches!(character, '\u{FEFF}' | ' ' | '\t' | '\r' | '\n')
}

fn read_json(text: &str) -> Option<Value> {
    let text = text.trim_start_matches(is_blank);
    if text.starts_with('{') { serde_json::from_str(text).ok() } else { None }
}

/// Reads YAML as the JSON that it stands for: keys such as `404` are texts.
fn read_yaml(text: &str) -> Result<Value, serde_yaml::Error> {
    Ok(json_of(serde_yaml::from_str(text)?))
}

fn json_of(value: serde_yaml::Value) -> Value {
    match value {
        serde_yaml::Value::Null => Value::Null,
        serde_yaml::Value::Bool(flag) => flag.into(),
        serde_yaml::Value::Number(number) => number_of(&number),
        serde_yaml::Value::String(text) => text.into(),
        serde_yaml::Value::Sequence(items) => items.into_iter().map(json_of).collect(),
        serde_yaml::Value::Mapping(members) => {
            members.into_iter().map(|(key, value)| (key_of(key), json_of(value))).collect()
        }
        serde_yaml::Value::Tagged(tagged) => json_of(tagged.value),
    }
}

fn number_of(number: &serde_yaml::Number) -> Value {
    match (number.as_u64(), number.as_i64()) {
        (Some(number), _) => number.into(),
        (_, Some(number)) => number.into(),
        _ => number.as_f64().map_or(Value::Null, Value::from),
    }
}

fn key_of(key: serde_yaml::Value) -> String {
    match json_of(key) {
        Value::String(text) => text,
        other => other.to_string(),
    }
}
