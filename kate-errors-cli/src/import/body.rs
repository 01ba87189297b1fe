//! Analyses a body: where it has the message and the code, and what surrounds them.

use kate_errors_codegen::envelope::{Parts, leaf};
use kate_errors_model::envelope::{Slot, Value as Found};
use serde_json::{Value, json};

use super::leaves::{Leaves, escaped as pointer_part, leaves};
use super::message::escaped;

/// What was found in an example of a body.
#[derive(Debug)]
pub(super) struct Body {
    /// `None` if the body has only a code.
    pub(super) message: Option<String>,
    pub(super) code: Option<Value>,
    /// The body with `{detail}` and `{code}` in place of these.
    pub(super) template: Value,
    /// The values of its other members, by JSON pointer.
    pub(super) members: Vec<(String, Value)>,
}

impl Body {
    /// Returns the message or, if there is none, the code.
    pub(super) fn text(&self) -> &str {
        let code = || self.code.as_ref().and_then(Value::as_str);
        self.message.as_deref().or_else(code).unwrap_or_default()
    }
}

/// Members that can have the message, the most likely first.
pub(super) const MESSAGES: &[&str] = &[
    "detail",
    "message",
    "error_description",
    "errorMessage",
    "error_message",
    "msg",
    "detailMessage",
    "userMessage",
    "user_message",
    "errorSummary",
    "error_summary",
    "errmsg",
    "description",
    "error",
    "reason",
    "title",
    "messages",
    "errors",
];

/// Members that can have the code, the most likely first.
pub(super) const CODES: &[&str] =
    &["code", "error_code", "errorCode", "errcode", "error", "type", "reason", "name"];

/// The maximum depth of a list of errors in a body.
const DEEPEST_LIST: usize = 3;

/// Splits a body that lists several errors into one body for each. Each of them must have a message, and there must be no
/// message next to the list.
pub(super) fn each(body: Value) -> Vec<Value> {
    let Some(place) = list_of_errors(&body, DEEPEST_LIST) else { return vec![body] };
    let items = body.pointer(&place).and_then(Value::as_array).cloned().unwrap_or_default();
    let alone = |item| {
        let mut body = body.clone();
        if let Some(list) = body.pointer_mut(&place) {
            *list = json!([item]);
        }
        body
    };
    items.into_iter().map(alone).collect()
}

/// Where a body has a list of several errors, as a JSON pointer.
fn list_of_errors(body: &Value, depth: usize) -> Option<String> {
    let is_error = |item: &Value| {
        item.is_object()
            && read(item, None, |_| false, |_| false).is_some_and(|it| it.message.is_some())
    };
    if let Some(items) = body.as_array() {
        return (items.len() > 1 && items.iter().all(is_error)).then(String::new);
    }
    let members = body.as_object().filter(|_| depth > 0)?;
    if MESSAGES.iter().any(|name| members.get(*name).is_some_and(Value::is_string)) {
        return None;
    }
    members.iter().find_map(|(name, below)| {
        let rest = list_of_errors(below, depth - 1)?;
        Some(format!("/{}{rest}", pointer_part(name)))
    })
}

/// Reads a body. Any text that `is_known` is the message, and a value equal to `code` is the code. A text that
/// `is_code_of` a known error is not its message.
pub(super) fn read(
    body: &Value,
    code: Option<&str>,
    is_known: impl Fn(&str) -> bool,
    is_code_of: impl Fn(&str) -> bool,
) -> Option<Body> {
    if let Some(text) = body.as_str() {
        let message = Some(text.to_owned());
        return Some(Body { message, code: None, template: Value::Null, members: Vec::new() });
    }
    let leaves = Leaves::of(body);
    let of_error = leaves.find(|_, leaf| leaf.text().is_some_and(&is_code_of));
    let message = leaves.message(is_known, of_error);
    let of_error = of_error.filter(|at| Some(*at) != message);
    message.or(of_error)?;
    let code = leaves.code(code, message, of_error);
    let uri = if code.is_none() { leaves.uri() } else { None };
    let (mut template, mut members) = (constants(body), Vec::new());
    for (at, leaf) in leaves.all.iter().enumerate() {
        let slot = match () {
            () if Some(at) == message => "{detail}".to_owned(),
            () if Some(at) == code => "{code}".to_owned(),
            () => match (leaves.slot(leaf), uri) {
                (Some(slot), _) => slot.to_owned(),
                (None, found) => {
                    members.push((leaf.pointer.clone(), leaf.value.clone()));
                    let Some((_, before, _)) = found.filter(|(of, ..)| *of == at) else { continue };
                    format!("{}{{code}}", escaped(before))
                }
            },
        };
        if let Some(place) = template.pointer_mut(&leaf.pointer) {
            *place = slot.into();
        }
    }
    let uri_code = uri.map(|(.., code)| code.into());
    Some(Body {
        message: message.and_then(|at| leaves.all[at].text()).map(str::to_owned),
        code: code.map(|at| leaves.all[at].value.clone()).or(uri_code),
        template,
        members,
    })
}

/// Reads a body whose format is known. Its members are the values that errors provide.
pub(super) fn read_as(format: &Value, body: &Value) -> Option<Body> {
    let [template, bytes] = [format, body].map(Value::to_string);
    let parts = Parts::new(&template).ok()?;
    let envelope = parts.envelope();
    let found = envelope.find(bytes.as_bytes()).ok()?;
    let value = |slot: Slot<'_>| match found.get(slot)? {
        Found::Text(text) => Some(Value::from(text)),
        Found::Json(json) => serde_json::from_str(json.as_str()).ok(),
    };
    let mut members = Vec::new();
    for place in leaves(format) {
        let Some((leaf, _)) = place.text().and_then(leaf) else { continue };
        let value = match leaf.slot {
            // It is written, but never read.
            Slot::Wire(_) => body.pointer(&place.pointer).and_then(|value| match value.as_str() {
                Some(text) => leaf.strip(text).map(Value::from),
                None => Some(value.clone()),
            }),
            slot @ (Slot::Param(_) | Slot::Params | Slot::ParamsAsStrings) => value(slot),
            _ => None,
        };
        members.extend(value.map(|value| (place.pointer, value)));
    }
    let message = value(Slot::Detail).and_then(|it| it.as_str().map(str::to_owned));
    let code = value(Slot::Code);
    let is_error = message.is_some() || code.is_some();
    is_error.then(|| Body { message, code, template: format.clone(), members })
}

/// Returns the body as a template without placeholders.
fn constants(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.iter().filter(|(name, _)| may_be_member(name));
            members.map(|(name, value)| (name.clone(), constants(value))).collect()
        }
        Value::Array(items) => items.iter().map(constants).collect(),
        Value::String(text) => escaped(text).into(),
        // Numbers belong to a single response.
        Value::Number(_) => any(),
        other => other.clone(),
    }
}

/// Whether a template can have a member with this name.
fn may_be_member(name: &str) -> bool {
    !name.contains(|c: char| matches!(c, '{' | '}' | '"' | '\\') || c.is_control())
}

/// The maximum number of members of an object in a template.
const MOST_MEMBERS: usize = 256;

/// Returns what two templates have in common. What differs becomes `{any}`, which is neither written nor read.
pub(super) fn merged(one: Value, other: &Value) -> Value {
    if one == *other {
        return one;
    }
    match (one, other) {
        (Value::Object(mut members), Value::Object(others)) => {
            for (name, value) in &mut members {
                let other = others.get(name);
                *value = other.map_or_else(|| in_one(value), |it| merged(value.clone(), it));
            }
            for (name, value) in others {
                if members.len() < MOST_MEMBERS {
                    members.entry(name.clone()).or_insert_with(|| in_one(value));
                }
            }
            members.into()
        }
        (Value::Array(items), Value::Array(others)) if items.len() == others.len() => {
            items.into_iter().zip(others).map(|(item, other)| merged(item, other)).collect()
        }
        (one, _) if one == "{detail}" || is_value(&one) => one,
        (_, other) if *other == "{detail}" || is_value(other) => other.clone(),
        _ => any(),
    }
}

/// Returns a part of a template that only some bodies have.
fn in_one(part: &Value) -> Value {
    match part {
        Value::Object(members) if !members.is_empty() => {
            members.iter().map(|(name, below)| (name.clone(), in_one(below))).collect()
        }
        part if is_value(part) => part.clone(),
        _ => any(),
    }
}

/// Whether a part of a template is the place of the code or of values.
fn is_value(part: &Value) -> bool {
    let is_optional = |it: &str| it.starts_with('{') && it.ends_with("?}");
    part.as_str().is_some_and(|it| it == "{code}" || it == PARAMS || is_optional(it))
}

/// The place of all values.
pub(super) const PARAMS: &str = "{params}";

pub(super) fn any() -> Value {
    "{any}".into()
}

/// Whether bodies have the default format.
pub(super) fn is_usual(template: &Value) -> bool {
    *template == json!({ "detail": "{detail}" })
}
