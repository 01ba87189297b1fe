//! Writes YAML that all parsers read in the same way.
//!
//! Strings are in double quotes as in JSON, unless they are plain words in all versions of YAML. Common serializers
//! do not quote `no` and `2026-03-01`, which YAML 1.1 reads as a boolean and a date. Invisible characters are escaped,
//! since YAML does not allow all of them.

use serde_json::Value;

use crate::visible::{is_invisible, visible_json};

/// Words that YAML 1.1 or 1.2 reads as a boolean or null, in lower case.
const WORDS: &[&str] = &["true", "false", "yes", "no", "on", "off", "y", "n", "null"];

/// Renders `value` in block style, indented by `indent` spaces.
pub(super) fn block(value: &Value, indent: usize) -> String {
    let blanks = " ".repeat(indent);
    match value {
        Value::Object(members) if !members.is_empty() => {
            let member = |(name, value): (&String, &Value)| {
                let is_line = match value {
                    Value::Object(members) => members.is_empty(),
                    Value::Array(items) => items.is_empty(),
                    _ => true,
                };
                let behind = if is_line { ' ' } else { '\n' };
                format!("{blanks}{}:{behind}{}", quoted_scalar(name), block(value, indent + 2))
            };
            members.iter().map(member).collect()
        }
        Value::Array(items) if !items.is_empty() => {
            let item = |it| format!("{blanks}- {}", block(it, indent + 2).trim_start_matches(' '));
            items.iter().map(item).collect()
        }
        Value::String(text) => quoted_scalar(text) + "\n",
        other => format!("{other}\n"),
    }
}

/// Writes a string as people do: plain if all parsers read it as the same string, otherwise in double quotes.
/// `in_flow` is for strings in brackets. `none` has quotes: as the code of an error, it is no string without them.
pub(crate) fn scalar(text: &str, in_flow: bool) -> String {
    let ends = |c: char| c.is_alphanumeric() || ".!?)%\"'".contains(c);
    let cuts = |c: char| c.is_control() || is_invisible(c) || in_flow && ",[]{}".contains(c);
    let is_plain = text.starts_with(char::is_alphabetic)
        && text.ends_with(ends)
        && !text.contains(cuts)
        && ![": ", " #"].iter().any(|mark| text.contains(mark))
        && text != "none"
        && !WORDS.contains(&text.to_ascii_lowercase().as_str());
    if is_plain { text.to_owned() } else { visible_json(&Value::from(text).to_string()) }
}

/// Writes a value on one line, such as `{ a: 1, b: [x, y] }`. Strings are written by `text`.
pub(crate) fn flow(value: &Value, text: &impl Fn(&str) -> String) -> String {
    match value {
        Value::Object(members) if !members.is_empty() => {
            let members = members.iter();
            let members = members.map(|(name, it)| format!("{}: {}", text(name), flow(it, text)));
            let members: Vec<String> = members.collect();
            format!("{{ {} }}", members.join(", "))
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| flow(item, text)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::String(string) => text(string),
        other => other.to_string(),
    }
}

fn quoted_scalar(text: &str) -> String {
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-./ ".contains(&byte))
        && !text.ends_with(' ')
        && !WORDS.contains(&text.to_ascii_lowercase().as_str());
    if is_plain { text.to_owned() } else { visible_json(&Value::from(text).to_string()) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn blocks() {
        let value = json!({
            "plain": "a word", "404": "no", "list": [{ "a": 1, "b": [] }, "x: y", ["z"]],
            "date": "2026-03-01", "empty": {}, "none": null, "hash": "a #b", "é": "\u{2028}\\\"",
            "bad": "\u{FFFF}\u{7F}",
        });
        let text = block(&value, 0);
        assert_eq!(
            text,
            "plain: a word\n\"404\": \"no\"\nlist:\n  - a: 1\n    b: []\n  - \"x: y\"\n  - - z\n\
             date: \"2026-03-01\"\nempty: {}\nnone: null\nhash: \"a #b\"\n\"é\": \"\\u2028\\\\\\\"\"\n\
             bad: \"\\uffff\\u007f\"\n"
        );
        assert_eq!(serde_yaml::from_str::<Value>(&text).unwrap(), value);
    }
}
