//! The meaning of templates, implemented differently from the library: on trees that `serde_json` has parsed.

use std::fmt;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The members of an object in their order, including duplicates.
pub(crate) type Members<'b> = Vec<(String, &'b RawValue)>;

/// Why a body is rejected.
#[derive(Debug)]
pub(crate) enum Refusal {
    Json(serde_json::Error),
    NotAnObject,
    Duplicate,
}

/// A value that was read: the text of a string, or JSON.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) is_text: bool,
    pub(crate) value: String,
}

/// The value at each leaf that is read, in the order of the template.
pub(crate) type Answers = Vec<(Leaf, Option<Answer>)>;

#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub(crate) answers: Answers,
    pub(crate) others: Vec<Answers>,
    is_duplicate: bool,
    constants_differ: bool,
    has_array: bool,
}

/// A placeholder and the text around it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Leaf {
    pub(crate) name: String,
    pub(crate) form: Option<String>,
    pub(crate) is_optional: bool,
    pub(crate) before: String,
    pub(crate) after: String,
}

impl Leaf {
    /// Parses a string of a template; returns `None` if it has no placeholder.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let unmarked = text.replace("{any}", "\u{1}");
        let (before, rest) = unmarked.split_once('{')?;
        let (inside, after) = rest.split_once('}')?;
        let required = inside.trim_end_matches('?');
        let (name, form) = match required.split_once(':') {
            Some((name, form)) => (name, Some(form.to_owned())),
            None => (required, None),
        };
        let (name, before, after) = (name.to_owned(), before.to_owned(), after.to_owned());
        Some(Self { name, form, is_optional: inside.ends_with('?'), before, after })
    }

    pub(crate) fn is_read(&self) -> bool {
        let written = ["status", "title", "docs_url", "cause", "fix"].contains(&&*self.name);
        let is_read = |kind: &str| self.name.starts_with(kind);
        !written && (!self.name.contains('.') || is_read("params.") || is_read("request."))
    }

    /// Returns the name of the value.
    pub(crate) fn key(&self) -> &str {
        self.name.strip_prefix("params.").unwrap_or(&self.name)
    }

    /// Whether the value is the inside of a string.
    pub(crate) fn is_inside(&self) -> bool {
        let is_text = ["detail", "title", "docs_url", "cause", "fix"].contains(&&*self.name);
        let is_object = self.name == "params";
        let is_forced = self.form.as_deref() == Some("string") && !is_object;
        is_text || is_forced || !self.before.is_empty() || !self.after.is_empty()
    }

    fn answer(&self, json: &str) -> Option<Answer> {
        let is_text = json.starts_with('"');
        let is_number = json.starts_with(|first: char| first == '-' || first.is_ascii_digit());
        let fits = match &*self.name {
            _ if self.is_inside() => is_text,
            "code" => is_text || is_number,
            "params" => json.starts_with('{'),
            "retry_after" => is_number,
            _ => is_text || is_number || json.starts_with(['t', 'f']),
        };
        if !fits {
            return None;
        }
        if !is_text {
            return Some(Answer { is_text, value: json.to_owned() });
        }
        let mut value: String = serde_json::from_str(json).ok()?;
        if let Some(after) = self.after.strip_suffix('\u{1}') {
            value.truncate(value.find(after).unwrap_or(value.len()));
        } else {
            value = value.strip_suffix(&*self.after)?.to_owned();
        }
        if let Some(before) = self.before.strip_prefix('\u{1}') {
            let is_code = self.name == "code";
            let at = if is_code { value.rfind(before) } else { value.find(before) };
            let start = at.map_or(0, |at| at + before.len());
            value.drain(..start);
        } else {
            value = value.strip_prefix(&*self.before)?.to_owned();
        }
        Some(Answer { is_text, value })
    }
}

/// Reads a body.
pub(crate) fn read(template: &RawValue, body: &str) -> Result<Reading, Refusal> {
    let body: &RawValue = serde_json::from_str(body).map_err(Refusal::Json)?;
    let is_array = template.get().starts_with('[') && body.get().starts_with('[');
    if !is_array && !body.get().starts_with('{') {
        return Err(Refusal::NotAnObject);
    }
    let mut reading = Reading::default();
    walk(template.get(), Some(body.get()), false, &mut reading)?;
    if reading.is_duplicate { Err(Refusal::Duplicate) } else { Ok(reading) }
}

fn walk(
    template: &str,
    json: Option<&str>,
    in_element: bool,
    reading: &mut Reading,
) -> Result<(), Refusal> {
    if template.starts_with('{') {
        let found = match json {
            Some(json) if json.starts_with('{') => members(json)?,
            _ => Vec::new(),
        };
        for (name, template) in members(template)? {
            if !matters(template.get(), in_element) {
                continue;
            }
            let mut values = found.iter().filter(|member| member.0 == name);
            let value = values.next().map(|member| member.1.get());
            reading.is_duplicate |= values.next().is_some();
            walk(template.get(), value, in_element, reading)?;
        }
    } else if template.starts_with('[') {
        walk_array(template, json, reading)?;
    } else if let Some(leaf) = leaf(template) {
        if leaf.is_read() {
            reading.answers.push((leaf.clone(), json.and_then(|json| leaf.answer(json))));
        }
    } else if in_element {
        let text = |json: &str| serde_json::from_str::<String>(json).ok();
        let number = |json: &str| serde_json::from_str::<f64>(json).ok();
        let same = json.is_some_and(|json| {
            json == template
                || text(json).is_some() && text(json) == text(template)
                || number(json).is_some() && number(json) == number(template)
        });
        reading.constants_differ |= !same;
    }
    Ok(())
}

fn walk_array(template: &str, json: Option<&str>, reading: &mut Reading) -> Result<(), Refusal> {
    let templates: Vec<&RawValue> = serde_json::from_str(template).map_err(Refusal::Json)?;
    let Some(template) = templates.iter().find(|template| matters(template.get(), false)) else {
        return Ok(());
    };
    let elements: Vec<&RawValue> = match json {
        Some(json) if json.starts_with('[') => serde_json::from_str(json).map_err(Refusal::Json)?,
        _ => Vec::new(),
    };
    let is_first_array = !std::mem::replace(&mut reading.has_array, true);
    let mut chosen = None;
    for element in elements {
        let mut one = Reading { has_array: true, ..Reading::default() };
        if template.get().starts_with('{') != element.get().starts_with('{') {
            continue;
        }
        walk(template.get(), Some(element.get()), true, &mut one)?;
        let has_leaf = template.get().starts_with('{') || one.answers[0].1.is_some();
        let fits = has_leaf && !one.constants_differ;
        if chosen.is_none() {
            reading.is_duplicate |= one.is_duplicate;
            if fits {
                chosen = Some(one.answers);
            }
        } else if fits && is_first_array && !one.is_duplicate {
            reading.others.push(one.answers);
        }
    }
    match chosen {
        Some(answers) => reading.answers.extend(answers),
        None => walk(template.get(), None, false, reading)?,
    }
    Ok(())
}

fn leaf(template: &str) -> Option<Leaf> {
    Leaf::of(&serde_json::from_str::<String>(template).ok()?)
}

/// Whether anything in a template is read or compared.
fn matters(template: &str, in_element: bool) -> bool {
    match template.as_bytes() {
        [b'{', ..] => {
            members(template).unwrap().iter().any(|member| matters(member.1.get(), in_element))
        }
        [b'[', ..] => {
            let elements: Vec<&RawValue> = serde_json::from_str(template).unwrap();
            elements.iter().any(|element| matters(element.get(), false))
        }
        b"null" | b"\"{any}\"" => false,
        _ => leaf(template).map_or(in_element, |leaf| leaf.is_read()),
    }
}

/// Writes a body; `value` returns the JSON of a leaf, which is a string if the leaf is the inside of one.
pub(crate) fn write(
    template: &str,
    value: &mut dyn FnMut(&Leaf) -> Option<String>,
) -> Option<String> {
    let list = |parts: Vec<Option<String>>, [open, close]: [char; 2]| {
        let is_left_out = !parts.is_empty() && parts.iter().all(Option::is_none);
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!is_left_out).then(|| format!("{open}{}{close}", parts.join(",")))
    };
    // There are no fields here, and parts that only describe fields are omitted without any.
    let others = template.replace("\"{field.", "");
    if others != template && !template.starts_with('"') && !others.contains("\"{") {
        return None;
    }
    if template.starts_with('{') {
        let parts = members(template).unwrap().into_iter().map(|(name, template)| {
            let value = write(template.get(), value)?;
            Some(format!("{}:{value}", serde_json::to_string(&name).unwrap()))
        });
        return list(parts.collect(), ['{', '}']);
    }
    if template.starts_with('[') {
        let elements: Vec<&RawValue> = serde_json::from_str(template).unwrap();
        let parts = elements.iter().map(|template| write(template.get(), value));
        return list(parts.collect(), ['[', ']']);
    }
    if template == "\"{any}\"" {
        return None;
    }
    let Some(leaf) = leaf(template) else { return Some(template.to_owned()) };
    let json = match value(&leaf) {
        None if leaf.is_optional => return None,
        None if leaf.is_inside() => "\"\"".to_owned(),
        None => "null".to_owned(),
        Some(json) => json,
    };
    if !leaf.is_inside() {
        return Some(json);
    }
    let text: String = serde_json::from_str(&json).unwrap();
    let [before, after] = [&leaf.before, &leaf.after]
        .map(|affix| if affix.contains('\u{1}') { "" } else { affix.as_str() });
    Some(serde_json::to_string(&format!("{before}{text}{after}")).unwrap())
}

/// Returns the members of an object.
pub(crate) fn members(json: &str) -> Result<Members<'_>, Refusal> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    deserializer.deserialize_map(MembersVisitor).map_err(Refusal::Json)
}

struct MembersVisitor;

impl<'b> Visitor<'b> for MembersVisitor {
    type Value = Members<'b>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'b>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(name) = map.next_key()? {
            members.push((name, map.next_value()?));
        }
        Ok(members)
    }
}
