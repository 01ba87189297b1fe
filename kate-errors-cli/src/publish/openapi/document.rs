//! Reads an existing document, and replaces its content.

use regex::Regex;
use serde_json::{Map, Value};

use super::merge::is_ours;
use super::{json_splice, yaml_splice};
use crate::publish::{json_text, yaml_text};

pub(super) struct Document<'t> {
    text: &'t str,
    pub(super) value: Value,
    is_json: bool,
}

impl<'t> Document<'t> {
    pub(super) fn read(text: &'t str) -> Result<Self, String> {
        if let Some(value) = read_json(text) {
            return Ok(Self { text, value, is_json: true });
        }
        // The YAML crate takes what follows a byte order mark for another document. It is written again with the file.
        let text = text.trim_start_matches('\u{FEFF}');
        let value =
            read_yaml(text).map_err(|error| format!("it is neither YAML nor JSON: {error}"))?;
        Ok(Self { text, value, is_json: false })
    }

    /// Returns the text changed to mean `new`, and whether everything else in the text was kept.
    pub(super) fn changed(&self, new: &Value) -> (String, bool) {
        if *new == self.value {
            return (self.text.to_owned(), true);
        }
        let spliced = if self.is_json {
            let spliced = json_splice::splice(self.text, &self.value, new);
            spliced.filter(|text| read_json(text).as_ref() == Some(new))
        } else {
            let is_right = |text: &String| read_yaml(text).ok().as_ref() == Some(new);
            let spliced = |expands| yaml_splice::splice(self.text, &self.value, new, expands);
            spliced(false).filter(is_right).or_else(|| spliced(true).filter(is_right))
        };
        match spliced {
            Some(text) => (text, true),
            None if self.is_json => (json_text(new), false),
            None => (yaml_text::block(new, 0), false),
        }
    }
}

/// Returns the members of `new` if a mapping is to be edited member by member. Generated mappings are replaced instead.
pub(super) fn changed_within<'v>(old: &Value, new: &'v Value) -> Option<&'v Map<String, Value>> {
    let is_mapping = old.is_object() || old.is_null();
    new.as_object().filter(|_| is_mapping && !is_ours(old) && !is_ours(new))
}

/// Whether a character can precede a document.
pub(super) fn is_blank(character: char) -> bool {
    matches!(character, '\u{FEFF}' | ' ' | '\t' | '\r' | '\n')
}

fn read_json(text: &str) -> Option<Value> {
    let text = text.trim_start_matches(is_blank);
    if text.starts_with('{') { serde_json::from_str(text).ok() } else { None }
}

/// The maximum number of open brackets in a YAML document.
const MOST_OPEN: usize = 1000;

/// Parses a document in JSON or YAML.
pub(crate) fn read_document(text: &str) -> Result<Value, String> {
    if let Some(value) = read_json(text) {
        return Ok(value);
    }
    // The time of the parser is quadratic in the number of open brackets.
    let mut open: usize = 0;
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        if open > MOST_OPEN {
            return Err("brackets are nested too deeply".to_owned());
        }
    }
    read_yaml(text)
}

/// Parses YAML as JSON: keys such as `404` become strings.
fn read_yaml(text: &str) -> Result<Value, String> {
    let parse = |text: &str| serde_yaml::from_str::<serde_yaml::Value>(text);
    // The parser refuses integers beyond 64 bits, such as a `minimum` that was a float.
    let large = Regex::new(r"(?m)([:-] +-?[0-9]{19,})[ \r]*$");
    let with_floats = || Some(parse(&large.ok()?.replace_all(text, "${1}.0")));
    let value = parse(text).or_else(|error| with_floats().and_then(Result::ok).ok_or(error));
    let mut value = value.map_err(|error| error.to_string())?;
    // What a mapping has from others by `<<`, as tools for OpenAPI read it.
    value.apply_merge().map_err(|error| error.to_string())?;
    serde_json::to_value(value).map_err(|error| error.to_string())
}
