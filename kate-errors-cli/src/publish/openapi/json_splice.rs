//! Changing members of a JSON text, so that every other byte stays: layout, order, how numbers and texts are
//! spelled.
//!
//! New lines follow the layout around them. An object that stands on one line stays there.

use std::ops::Range;

use serde::Serialize as _;
use serde_json::Value;
use serde_json::ser::{PrettyFormatter, Serializer};

use super::merge::Edit;

/// `text`, which is JSON, with `edits` made; `None` where it is no object.
pub(super) fn splice(text: &str, edits: &[Edit]) -> Option<String> {
    let mut text = text.to_owned();
    let style = Style::of(&text)?;
    for edit in edits {
        let change = change(&text, edit, &style)?;
        text.replace_range(change.place, &change.text);
    }
    Some(text)
}

/// How the document is laid out.
struct Style {
    /// What each level is indented by.
    unit: String,
    line_break: &'static str,
    /// What stands between a name and its value.
    colon: String,
}

impl Style {
    fn of(text: &str) -> Option<Self> {
        let root = Object::at(text, text.find('{')?)?;
        let first = root.members.first()?;
        Some(Self {
            unit: indent(text, first.name.start).unwrap_or("  ").to_owned(),
            line_break: if text.contains("\r\n") { "\r\n" } else { "\n" },
            colon: text.get(first.name.end..first.value.start)?.to_owned(),
        })
    }

    /// A value, on one line or on lines that stand `indent` deep.
    fn rendered(&self, value: &Value, indent: Option<&str>) -> String {
        let Some(indent) = indent else { return value.to_string() };
        let mut bytes = Vec::new();
        let formatter = PrettyFormatter::with_indent(self.unit.as_bytes());
        // Writing JSON to memory does not fail.
        let _ = value.serialize(&mut Serializer::with_formatter(&mut bytes, formatter));
        // No text of JSON has a line break in it.
        String::from_utf8_lossy(&bytes).replace('\n', &format!("{}{indent}", self.line_break))
    }

    fn member(&self, name: &str, value: &Value, indent: Option<&str>) -> String {
        format!("{}{}{}", Value::from(name), self.colon, self.rendered(value, indent))
    }
}

/// What is put in which place.
struct Change {
    place: Range<usize>,
    text: String,
}

fn change(text: &str, edit: &Edit, style: &Style) -> Option<Change> {
    let mut object = Object::at(text, text.find('{')?)?;
    for (depth, step) in edit.path.iter().enumerate() {
        let nested = edit.nested(depth + 1);
        let Some(at) = object.position(step) else {
            return Some(match nested {
                Some(value) => object.insert(text, step, &value, style),
                None => Change { place: 0..0, text: String::new() },
            });
        };
        let member = object.members.get(at)?;
        let is_last = depth + 1 == edit.path.len();
        let is_object = text.get(member.value.clone())?.starts_with('{');
        if is_object && !is_last {
            object = Object::at(text, member.value.start)?;
            continue;
        }
        return Some(match nested {
            Some(value) => {
                let text = style.rendered(&value, indent(text, member.name.start));
                Change { place: member.value.clone(), text }
            }
            None => object.remove(at),
        });
    }
    None
}

/// Where an object stands in the text, its braces included, and its members in it.
struct Object {
    place: Range<usize>,
    members: Vec<Member>,
}

struct Member {
    name: Range<usize>,
    value: Range<usize>,
    decoded: String,
}

impl Object {
    /// The object whose brace is at `start`.
    fn at(text: &str, start: usize) -> Option<Self> {
        let mut members = Vec::new();
        let mut at = start;
        loop {
            // Behind a brace or a comma.
            let name = next_token(text, at + 1)?;
            if text[name..].starts_with('}') {
                return Some(Self { place: start..name + 1, members });
            }
            let name = name..end_of_value(text, name);
            let value = next_token(text, next_token(text, name.end)? + 1)?;
            let value = value..end_of_value(text, value);
            let decoded = serde_json::from_str(text.get(name.clone())?).ok()?;
            at = next_token(text, value.end)?;
            members.push(Member { name, value, decoded });
            if text[at..].starts_with('}') {
                return Some(Self { place: start..at + 1, members });
            }
        }
    }

    /// Readers take the last of several members of one name.
    fn position(&self, name: &str) -> Option<usize> {
        self.members.iter().rposition(|member| member.decoded == name)
    }

    /// Puts a member behind the others.
    fn insert(&self, text: &str, name: &str, value: &Value, style: &Style) -> Change {
        let Some(last) = self.members.last() else { return self.fill(text, name, value, style) };
        let indent = indent(text, last.name.start);
        let member = style.member(name, value, indent);
        let text = match indent {
            Some(indent) => format!(",{}{indent}{member}", style.line_break),
            None => format!(",{}{member}", if style.colon == ":" { "" } else { " " }),
        };
        Change { place: last.value.end..last.value.end, text }
    }

    /// Puts a member into an empty object, which then takes lines where the document does.
    fn fill(&self, text: &str, name: &str, value: &Value, style: &Style) -> Change {
        let before = text.get(..self.place.start).unwrap_or_default();
        let line = before.rsplit('\n').next().filter(|line| line.len() < before.len());
        let outer: Option<String> =
            line.map(|line| line.chars().take_while(char::is_ascii_whitespace).collect());
        let text = match outer {
            Some(outer) => {
                let inner = format!("{outer}{}", style.unit);
                let member = style.member(name, value, Some(&inner));
                let line_break = style.line_break;
                format!("{{{line_break}{inner}{member}{line_break}{outer}}}")
            }
            None => format!("{{{}}}", style.member(name, value, None)),
        };
        Change { place: self.place.clone(), text }
    }

    fn remove(&self, at: usize) -> Change {
        let member = &self.members[at];
        let next = self.members.get(at + 1).map(|next| member.name.start..next.name.start);
        let previous = at.checked_sub(1).and_then(|at| self.members.get(at));
        let behind = previous.map(|previous| previous.value.end..member.value.end);
        let all = self.place.start + 1..self.place.end - 1;
        Change { place: next.or(behind).unwrap_or(all), text: String::new() }
    }
}

/// The blanks before `at`, if it is the first in its line and not in the first line.
fn indent(text: &str, at: usize) -> Option<&str> {
    let (_, line) = text.get(..at)?.rsplit_once('\n')?;
    line.chars().all(|it| it.is_ascii_whitespace()).then_some(line)
}

/// Where the next token begins, from `at` on.
fn next_token(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    Some(at + rest.find(|it: char| !it.is_ascii_whitespace())?)
}

/// Where the value ends that begins at `start`.
fn end_of_value(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes().iter().enumerate().skip(start);
    let (mut depth, mut is_text, mut is_escaped) = (0_usize, false, false);
    for (at, byte) in bytes {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => is_text = !is_text,
            _ if is_text => continue,
            b'{' | b'[' => depth += 1,
            // The end of what a number stands in.
            b',' | b'}' | b']' | b' ' | b'\t' | b'\r' | b'\n' if depth == 0 => return at,
            b'}' | b']' => depth -= 1,
            _ => continue,
        }
        if depth == 0 && !is_text && matches!(byte, b'"' | b'}' | b']') {
            return at + 1;
        }
    }
    text.len()
}
