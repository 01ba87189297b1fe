//! Analyses a body: where it has the message and the code, and what surrounds them.

use kate_errors_model::status;
use serde_json::{Map, Value, json};

use super::bodies::MARKS;
use super::codes::{is_code, is_code_with_spaces};
use super::members::escaped as pointer_part;
use super::message::{ParamDraft, escaped};

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

/// Members that can have the number of the status.
const STATUSES: &[&str] = &["status", "statusCode", "status_code", "code", "httpStatus"];

/// A step into a value.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    Member(String),
    Item(usize),
}

/// A value without members or items, and the path to it.
#[derive(Debug)]
struct Leaf<'v> {
    path: Vec<Step>,
    value: &'v Value,
}

impl Leaf<'_> {
    fn name(&self) -> &str {
        let names = self.path.iter().rev().find_map(|step| match step {
            Step::Member(name) => Some(name.as_str()),
            Step::Item(_) => None,
        });
        names.unwrap_or_default()
    }

    /// Returns the path as a JSON pointer.
    fn pointer(&self) -> String {
        let names = self.path.iter().map(|step| match step {
            Step::Member(name) => format!("/{}", pointer_part(name)),
            Step::Item(at) => format!("/{at}"),
        });
        names.collect()
    }
}

/// The maximum number of values in a body that are looked at.
const MOST_LEAVES: usize = 256;

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
        item.is_object() && read(item, None, |_| false).is_some_and(|it| it.message.is_some())
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

/// Reads a body. Any text that `is_known` is the message, and a value equal to `code` is the code.
pub(super) fn read(
    body: &Value,
    code: Option<&str>,
    is_known: impl Fn(&str) -> bool,
) -> Option<Body> {
    read_with_codes(body, code, is_known, |_| false)
}

/// Like [`read`], for known codes: a text that `is_code_of` an error is not its message.
pub(super) fn read_with_codes(
    body: &Value,
    code: Option<&str>,
    is_known: impl Fn(&str) -> bool,
    is_code_of: impl Fn(&str) -> bool,
) -> Option<Body> {
    if let Some(text) = body.as_str() {
        let message = Some(text.to_owned());
        return Some(Body { message, code: None, template: Value::Null, members: Vec::new() });
    }
    let mut leaves = Vec::new();
    collect(body, &mut Vec::new(), &mut leaves);
    let of_error = leaves.iter().position(|leaf| leaf.value.as_str().is_some_and(&is_code_of));
    // The name of a status can also be a message, so prefer the most likely member.
    let rank = |leaf: &Leaf<'_>| {
        MESSAGES.iter().position(|name| *name == leaf.name()).unwrap_or(MESSAGES.len())
    };
    let known =
        leaves.iter().enumerate().filter(|(_, leaf)| leaf.value.as_str().is_some_and(&is_known));
    let known = known.min_by_key(|(_, leaf)| rank(leaf)).map(|(at, _)| at);
    let named = |name: &&str| {
        leaves.iter().enumerate().position(|(at, leaf)| {
            let is_text = leaf.value.as_str().is_some_and(|it| !it.is_empty());
            leaf.name() == *name && is_text && Some(at) != of_error
        })
    };
    let message = known.or_else(|| MESSAGES.iter().find_map(named));
    let of_error = of_error.filter(|at| Some(*at) != message);
    message.or(of_error)?;
    let is_status = |leaf: &Leaf<'_>| {
        STATUSES.contains(&leaf.name())
            && leaf.value.as_u64().and_then(|it| it.try_into().ok()).is_some_and(status::is_error)
    };
    let is_text_of_status = |leaf: &Leaf<'_>| {
        let text = leaf.value.as_str().filter(|_| leaf.name() == "status");
        text.and_then(|it| it.parse().ok()).is_some_and(status::is_error)
    };
    let number = leaves.iter().find(|leaf| is_status(leaf) || is_text_of_status(leaf));
    let number: Option<u16> =
        number.and_then(|leaf| leaf.value.to_string().trim_matches('"').parse().ok());
    let is_title =
        |leaf: &Leaf<'_>| number.is_some_and(|number| *leaf.value == status::name(number));
    let is_code_leaf = |leaf: &Leaf<'_>| match leaf.value {
        Value::String(text) => {
            let is_named = leaf.name().to_lowercase().contains("code") || is_name(text);
            let is_code = if is_named { is_code_with_spaces(text) } else { is_code(text) };
            is_code && !is_title(leaf) && !text.contains("://") && !MARKS.contains(&text.as_str())
        }
        Value::Number(number) => number.is_u64() && !is_status(leaf),
        _ => false,
    };
    let is_hinted = |leaf: &Leaf<'_>| match leaf.value {
        Value::String(text) => code == Some(text),
        Value::Number(number) => code.is_some_and(|code| number.to_string() == code),
        _ => false,
    };
    let hinted =
        leaves.iter().enumerate().position(|(at, leaf)| Some(at) != message && is_hinted(leaf));
    let code = hinted.or(of_error).or_else(|| {
        CODES.iter().find_map(|name| {
            let at = |(at, leaf): (usize, &Leaf<'_>)| {
                (Some(at) != message && leaf.name() == *name && is_code_leaf(leaf)).then_some(at)
            };
            leaves.iter().enumerate().find_map(at)
        })
    });
    let uri = leaves.iter().enumerate().filter(|_| code.is_none()).find_map(|(at, leaf)| {
        let uri: Option<&str> = leaf.value.as_str().filter(|_| leaf.name() == "type");
        Some((at, code_in_uri(uri?)?))
    });
    let (mut template, mut members) = (constants(body), Vec::new());
    for (at, leaf) in leaves.iter().enumerate() {
        let slot = match () {
            () if Some(at) == message => "{detail}",
            () if Some(at) == code => "{code}",
            () if is_status(leaf) => "{status}",
            () if is_text_of_status(leaf) => "{status:string}",
            () if is_title(leaf) => "{title}",
            () => {
                members.push((leaf.pointer(), leaf.value.clone()));
                continue;
            }
        };
        if let Some(place) = at_path(&mut template, &leaf.path) {
            *place = slot.into();
        }
    }
    if let Some((at, (before, _))) = uri
        && let Some(place) = at_path(&mut template, &leaves[at].path)
    {
        *place = format!("{}{{code}}", escaped(before)).into();
    }
    let uri_code = uri.map(|(_, (_, code))| code.into());
    Some(Body {
        message: message.and_then(|at| leaves[at].value.as_str()).map(str::to_owned),
        code: code.map(|at| leaves[at].value.clone()).or(uri_code),
        template,
        members,
    })
}

/// Websites whose pages describe statuses, not errors of an API.
const OF_STATUSES: &[&str] = &["ietf.org", "mozilla.org", "/rfc", "w3.org"];

/// Splits the URI of a kind of problem (RFC 9457, section 3.1.1) into the text before the code, and the code.
fn code_in_uri(uri: &str) -> Option<(&str, &str)> {
    let is_uri = uri.contains("://") || uri.starts_with("urn:") || uri.starts_with('/');
    let (before, code) = uri.split_at(uri.rfind(['/', '#', ':', '='])? + 1);
    let is_own = !OF_STATUSES.iter().any(|site| uri.contains(site));
    let has_letter = code.contains(|c: char| c.is_ascii_alphabetic());
    (is_uri && is_own && has_letter && is_code(code)).then_some((before, code))
}

/// Whether a text looks like the name of an error, such as `Token Expired`.
fn is_name(text: &str) -> bool {
    text.split(' ').all(|word| word.starts_with(|first: char| first.is_ascii_uppercase()))
}

fn collect<'v>(value: &'v Value, path: &mut Vec<Step>, leaves: &mut Vec<Leaf<'v>>) {
    // Messages are never deeper in practice, and each leaf copies its path.
    if path.len() > 8 || leaves.len() > MOST_LEAVES {
        return;
    }
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                path.push(Step::Member(name.clone()));
                collect(value, path, leaves);
                path.pop();
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                path.push(Step::Item(at));
                collect(item, path, leaves);
                path.pop();
            }
        }
        value => leaves.push(Leaf { path: path.clone(), value }),
    }
}

fn at_path<'v>(value: &'v mut Value, path: &[Step]) -> Option<&'v mut Value> {
    path.iter().try_fold(value, |value, step| match step {
        Step::Member(name) => value.get_mut(name),
        Step::Item(at) => value.get_mut(at),
    })
}

/// Returns the body as a template without placeholders.
fn constants(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| (name.clone(), constants(value));
            Value::Object(
                members.iter().filter(|(name, _)| may_be_member(name)).map(member).collect(),
            )
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

/// Returns what two templates have in common. What differs becomes `{any}`, which is neither written nor read.
pub(super) fn merged(one: Value, other: &Value) -> Value {
    if one == *other {
        return one;
    }
    match (one, other) {
        (Value::Object(members), Value::Object(others)) => {
            let mut all = Map::new();
            for (name, value) in members {
                let other = others.get(&name);
                let value = other.map_or_else(|| in_one(&value), |it| merged(value.clone(), it));
                all.insert(name, value);
            }
            for (name, value) in others {
                if all.len() < MOST_LEAVES {
                    all.entry(name.clone()).or_insert_with(|| in_one(value));
                }
            }
            all.into()
        }
        (Value::Array(items), Value::Array(others)) if items.len() == others.len() => {
            items.into_iter().zip(others).map(|(item, other)| merged(item, other)).collect()
        }
        (one, _) if one == "{detail}" || one == "{code}" || is_value(&one) => one,
        (_, other) if *other == "{detail}" || *other == "{code}" || is_value(other) => {
            other.clone()
        }
        _ => any(),
    }
}

/// Returns a part of a template that only some bodies have.
fn in_one(part: &Value) -> Value {
    match part {
        Value::Object(members) if !members.is_empty() => {
            members.iter().map(|(name, below)| (name.clone(), in_one(below))).collect()
        }
        part if is_value(part) || *part == "{code}" => part.clone(),
        _ => any(),
    }
}

/// Whether a part of a template is the place of values.
fn is_value(part: &Value) -> bool {
    part.as_str().is_some_and(|it| it == PARAMS || it.starts_with('{') && it.ends_with("?}"))
}

/// The place of all values.
pub(super) const PARAMS: &str = "{params}";

/// Puts the places of values into a template: of those whose members are called like them, and of all values, where
/// an object has nothing else.
pub(super) fn with_values(template: &mut Value, params: &[ParamDraft]) {
    let is_member =
        |name: &String| params.iter().any(|it| it.member.as_ref().unwrap_or(&it.name) == name);
    match template {
        Value::Object(members) if !members.is_empty() && members.keys().all(is_member) => {
            *template = PARAMS.into();
        }
        Value::Object(members) => {
            for (name, below) in members {
                let is_text = below.as_str().is_none_or(|it| !it.starts_with('{') || *it == any());
                let is_leaf = !below.is_object() && !below.is_array() && is_text;
                if is_leaf && params.iter().any(|it| it.name == *name) {
                    *below = format!("{{{name}?}}").into();
                } else {
                    with_values(below, params);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| with_values(item, params)),
        _ => {}
    }
}

pub(super) fn any() -> Value {
    "{any}".into()
}

/// Whether bodies have the default format.
pub(super) fn is_usual(template: &Value) -> bool {
    *template == json!({ "detail": "{detail}" })
}
