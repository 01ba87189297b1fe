//! Edits members of a JSON text and keeps every other byte: layout, order, and the spelling of numbers and strings.
//!
//! New lines are formatted like the lines around them. An object on one line stays on one line.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use serde::de::{Deserializer as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize as _, Serialize as _};
use serde_json::ser::{PrettyFormatter, Serializer};
use serde_json::value::RawValue;
use serde_json::{Deserializer, Map, Value};

use super::document::changed_within;
use crate::edit::applied;

/// Changes `text`, which means the JSON object `old`, so that it means `new`. Returns `None` if that is not possible.
pub(super) fn splice(text: &str, old: &Value, new: &Value) -> Option<String> {
    let root = &text[text.find('{')?..];
    let root = <&RawValue>::deserialize(&mut Deserializer::from_str(root)).ok()?;
    let root = place(text, root);
    let members = members(text, &root)?;
    let first = members.first()?;
    let mut splice = Splice {
        text,
        unit: indent(text, first.name.start).unwrap_or("  "),
        colon: text.get(first.name.end..first.value.start)?,
        changes: Vec::new(),
    };
    splice.object(&root, old, new.as_object()?)?;
    Some(applied(text, splice.changes))
}

struct Splice<'t> {
    text: &'t str,
    /// The indentation of each level.
    unit: &'t str,
    /// The text between a name and its value.
    colon: &'t str,
    /// The replacements, which do not overlap.
    changes: Vec<(Range<usize>, String)>,
}

impl Splice<'_> {
    /// Edits the object at `place`, which includes its braces.
    fn object(
        &mut self,
        place: &Range<usize>,
        old: &Value,
        new: &Map<String, Value>,
    ) -> Option<()> {
        let members = members(self.text, place)?;
        let added = new.iter().filter(|(name, _)| old.get(name.as_str()).is_none());
        let Some(last) = members.iter().rposition(|it| new.contains_key(&it.decoded)) else {
            self.changes.push((place.clone(), self.filled(place.start, added)));
            return Some(());
        };
        let mut seen = BTreeSet::new();
        // Of several members with the same name, parsers take the last one.
        for (at, member) in members.iter().enumerate().take(last + 1).rev() {
            let Some(new) = new.get(&member.decoded) else {
                let place = member.name.start..members.get(at + 1)?.name.start;
                self.changes.push((place, String::new()));
                continue;
            };
            let old = old.get(&member.decoded)?;
            if !seen.insert(&member.decoded) || old == new {
                continue;
            }
            let is_object = self.text.get(member.value.clone())?.starts_with('{');
            if let Some(new) = changed_within(old, new).filter(|_| is_object) {
                self.object(&member.value, old, new)?;
            } else {
                let text = self.rendered(new, indent(self.text, member.name.start));
                self.changes.push((member.value.clone(), text));
            }
        }
        let indent = indent(self.text, members[last].name.start);
        let between = match indent {
            Some(indent) => format!(",\n{indent}"),
            None => self.comma().to_owned(),
        };
        let added = added.map(|member| format!("{between}{}", self.member(member, indent)));
        let text = added.collect::<String>();
        self.changes.push((members[last].value.end..members.last()?.value.end, text));
        Some(())
    }

    /// Renders an object that keeps none of its members. It has several lines if the document has.
    fn filled<'v>(
        &self,
        start: usize,
        added: impl Iterator<Item = (&'v String, &'v Value)>,
    ) -> String {
        let outer = self.text[..start].rsplit_once('\n').map(|(_, line)| {
            &line[..line.len() - line.trim_start_matches(|it: char| it.is_ascii_whitespace()).len()]
        });
        let inner = outer.map(|outer| format!("{outer}{}", self.unit));
        let members: Vec<String> =
            added.map(|member| self.member(member, inner.as_deref())).collect();
        match (outer, inner) {
            _ if members.is_empty() => "{}".to_owned(),
            (Some(outer), Some(inner)) => {
                let members = members.join(&format!(",\n{inner}"));
                format!("{{\n{inner}{members}\n{outer}}}")
            }
            _ => format!("{{{}}}", members.join(self.comma())),
        }
    }

    /// Returns the separator of members on one line.
    fn comma(&self) -> &'static str {
        if self.colon == ":" { "," } else { ", " }
    }

    fn member(&self, (name, value): (&String, &Value), indent: Option<&str>) -> String {
        format!("{}{}{}", Value::from(name.as_str()), self.colon, self.rendered(value, indent))
    }

    /// Renders a value: on one line, or on several lines indented by `indent`.
    fn rendered(&self, value: &Value, indent: Option<&str>) -> String {
        let Some(indent) = indent else { return value.to_string() };
        let mut bytes = Vec::new();
        let formatter = PrettyFormatter::with_indent(self.unit.as_bytes());
        // Writing JSON to memory cannot fail.
        let _ = value.serialize(&mut Serializer::with_formatter(&mut bytes, formatter));
        // Strings in JSON contain no raw line breaks.
        String::from_utf8_lossy(&bytes).replace('\n', &format!("\n{indent}"))
    }
}

/// The place of a member in the text.
struct Member {
    name: Range<usize>,
    value: Range<usize>,
    decoded: String,
}

/// Returns the members of the object at `object`.
fn members(text: &str, object: &Range<usize>) -> Option<Vec<Member>> {
    let member = |(name, value): (Option<&RawValue>, &RawValue)| {
        let decoded = serde_json::from_str(name?.get()).ok()?;
        Some(Member { name: place(text, name?), value: place(text, value), decoded })
    };
    parts(text.get(object.clone())?).ok()?.into_iter().map(member).collect()
}

/// Returns the items of a list, or the members of an object with their names, without decoding them.
pub(crate) fn parts(text: &str) -> Result<Vec<(Option<&RawValue>, &RawValue)>, serde_json::Error> {
    let mut json = Deserializer::from_str(text);
    let parts = json.deserialize_any(Parts)?;
    json.end()?;
    Ok(parts)
}

struct Parts;

impl<'t> Visitor<'t> for Parts {
    type Value = Vec<(Option<&'t RawValue>, &'t RawValue)>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of objects, or an object of them")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let members = std::iter::from_fn(|| map.next_entry().transpose());
        members.map(|member| member.map(|(name, value)| (Some(name), value))).collect()
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let items = std::iter::from_fn(|| list.next_element().transpose());
        items.map(|item| item.map(|item| (None, item))).collect()
    }
}

/// Returns the place of a part of the text.
fn place(text: &str, part: &RawValue) -> Range<usize> {
    let start = part.get().as_ptr().addr() - text.as_ptr().addr();
    start..start + part.get().len()
}

/// Returns the indentation of the line up to `at`, unless other text is before `at` or it is the first line.
fn indent(text: &str, at: usize) -> Option<&str> {
    let (_, line) = text.get(..at)?.rsplit_once('\n')?;
    line.chars().all(|it| it.is_ascii_whitespace()).then_some(line)
}
