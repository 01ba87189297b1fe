//! Changing members of a JSON text, so that every other byte stays: layout, order, how numbers and texts are
//! spelled.
//!
//! New lines follow the layout around them. An object that stands on one line stays there.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::Serialize as _;
use serde_json::Value;
use serde_json::ser::{PrettyFormatter, Serializer};

use super::edits::{Edit, Edits};

/// `text`, which is JSON, with `edits` made; `None` where it is no object.
pub(super) fn splice(text: &str, edits: &Edits) -> Option<String> {
    let style = Style::of(text)?;
    let mut changes = Vec::new();
    Object::at(text, text.find('{')?)?.changes(text, edits, &style, &mut changes)?;
    changes.sort_by_key(|change| change.place.start);
    let mut new = String::with_capacity(text.len());
    let mut at = 0;
    for Change { place, text: changed } in changes {
        new.push_str(text.get(at..place.start)?);
        new.push_str(&changed);
        at = place.end;
    }
    new.push_str(text.get(at..)?);
    Some(new)
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

    /// What comes behind the last member.
    fn continued(&self, text: &str, last: &Member, new: &[(&str, Value)]) -> String {
        let indent = indent(text, last.name.start);
        let between = match indent {
            Some(indent) => format!(",{}{indent}", self.line_break),
            None if self.colon == ":" => ",".to_owned(),
            None => ", ".to_owned(),
        };
        let member = |(name, value): &(&str, Value)| {
            format!("{between}{}", self.member(name, value, indent))
        };
        new.iter().map(member).collect()
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

    /// Collects what changes. No two places overlap.
    fn changes(
        &self,
        text: &str,
        edits: &Edits,
        style: &Style,
        changes: &mut Vec<Change>,
    ) -> Option<()> {
        let names: BTreeSet<&str> = self.members.iter().map(|it| it.decoded.as_str()).collect();
        let new = edits.new_members(|name| names.contains(name));
        let is_kept = |it: &Member| !matches!(edits.get(&it.decoded), Some(Edit::Remove));
        let Some(last) = self.members.iter().rposition(is_kept) else {
            let text = self.filled(text, &new, style);
            changes.push(Change { place: self.place.clone(), text });
            return Some(());
        };
        let mut seen = BTreeSet::new();
        // Readers take the last of several members of one name.
        for (at, member) in self.members.iter().enumerate().take(last + 1).rev() {
            match edits.get(&member.decoded) {
                Some(Edit::Remove) => {
                    let place = member.name.start..self.members.get(at + 1)?.name.start;
                    changes.push(Change { place, text: String::new() });
                }
                Some(edit) if seen.insert(&member.decoded) => {
                    member.change(text, edit, style, changes)?;
                }
                _ => {}
            }
        }
        let place = self.members[last].value.end..self.members.last()?.value.end;
        let text = style.continued(text, &self.members[last], &new);
        if !place.is_empty() || !text.is_empty() {
            changes.push(Change { place, text });
        }
        Some(())
    }

    /// The object with other members than it had. Where the document has lines, it takes some.
    fn filled(&self, text: &str, new: &[(&str, Value)], style: &Style) -> String {
        let before = text.get(..self.place.start).unwrap_or_default();
        let line = before.rsplit('\n').next().filter(|line| line.len() < before.len());
        let blanks = |line: &str| line.chars().take_while(char::is_ascii_whitespace).collect();
        let outer: Option<String> = line.map(blanks);
        let inner = outer.as_ref().map(|outer| format!("{outer}{}", style.unit));
        let member = |(name, value): &(&str, Value)| style.member(name, value, inner.as_deref());
        let members: Vec<String> = new.iter().map(member).collect();
        match (&outer, &inner) {
            _ if members.is_empty() => "{}".to_owned(),
            (Some(outer), Some(inner)) => {
                let line_break = style.line_break;
                let members = members.join(&format!(",{line_break}{inner}"));
                format!("{{{line_break}{inner}{members}{line_break}{outer}}}")
            }
            _ => format!("{{{}}}", members.join(if style.colon == ":" { "," } else { ", " })),
        }
    }
}

impl Member {
    fn change(
        &self,
        text: &str,
        edit: &Edit,
        style: &Style,
        changes: &mut Vec<Change>,
    ) -> Option<()> {
        let is_object = text.get(self.value.clone())?.starts_with('{');
        match edit {
            Edit::Within(edits) if is_object => {
                return Object::at(text, self.value.start)?.changes(text, edits, style, changes);
            }
            _ => {
                if let Some(value) = edit.value() {
                    let text = style.rendered(&value, indent(text, self.name.start));
                    changes.push(Change { place: self.value.clone(), text });
                }
            }
        }
        Some(())
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
