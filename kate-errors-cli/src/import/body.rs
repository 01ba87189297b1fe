//! Bodies of responses: where the message and the code stand in one, and what is around them.

use kate_errors_model::status;
use serde_json::{Map, Value, json};

use super::bodies::MARKS;
use super::message::escaped;
use super::table::is_code;

/// What an example of a body says.
#[derive(Debug)]
pub(super) struct Body {
    /// Nothing where the code is all that a body says.
    pub(super) message: Option<String>,
    pub(super) code: Option<Value>,
    /// The body with `{detail}` and `{code}` in their places.
    pub(super) template: Value,
}

impl Body {
    /// The message; where there is none, the code stands for it.
    pub(super) fn text(&self) -> &str {
        let code = || self.code.as_ref().and_then(Value::as_str);
        self.message.as_deref().or_else(code).unwrap_or_default()
    }
}

/// Members that hold a message, the plainest first.
pub(super) const MESSAGES: &[&str] = &[
    "detail",
    "message",
    "error_description",
    "errorMessage",
    "error_message",
    "msg",
    "detailMessage",
    "description",
    "error",
    "reason",
    "title",
];

/// Members that hold a code, the plainest first.
const CODES: &[&str] = &["code", "error_code", "errorCode", "errcode", "error", "type", "reason"];

/// Members that hold the number of the status.
const STATUSES: &[&str] = &["status", "statusCode", "status_code", "code", "httpStatus"];

/// A step into a value.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    Member(String),
    Item(usize),
}

/// A part of a body that has no parts.
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
}

/// How deep in a body a list of errors stands.
const DEEPEST_LIST: usize = 3;

/// A body for each error that a body lists: those of which each has a message, and which none stands beside.
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
        Some(format!("/{}{rest}", name.replace('~', "~0").replace('/', "~1")))
    })
}

/// Reads a body. A text that `is_known` is the message, wherever it stands, and what is spelled as `code` is the code.
pub(super) fn read(
    body: &Value,
    code: Option<&str>,
    is_known: impl Fn(&str) -> bool,
) -> Option<Body> {
    read_with_codes(body, code, is_known, |_| false)
}

/// The same where the codes are known: a member that `is_code_of` an error is no message.
pub(super) fn read_with_codes(
    body: &Value,
    code: Option<&str>,
    is_known: impl Fn(&str) -> bool,
    is_code_of: impl Fn(&str) -> bool,
) -> Option<Body> {
    if let Some(text) = body.as_str() {
        return Some(Body { message: Some(text.to_owned()), code: None, template: Value::Null });
    }
    let mut leaves = Vec::new();
    collect(body, &mut Vec::new(), &mut leaves);
    let of_error = leaves.iter().position(|leaf| leaf.value.as_str().is_some_and(&is_code_of));
    // The name of a status can be a message too: then the plainest member counts.
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
            && leaf.value.as_u64().is_some_and(|it| (400..600).contains(&it))
    };
    let is_code_leaf = |leaf: &Leaf<'_>| match leaf.value {
        Value::String(text) => {
            is_code(text) && !text.contains("://") && !MARKS.contains(&text.as_str())
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
    let number = leaves
        .iter()
        .find(|leaf| is_status(leaf))
        .and_then(|leaf| u16::try_from(leaf.value.as_u64()?).ok());
    let is_title =
        |leaf: &Leaf<'_>| number.is_some_and(|number| *leaf.value == status::name(number));
    let mut template = constants(body);
    for (at, leaf) in leaves.iter().enumerate() {
        let slot = match () {
            () if Some(at) == message => "{detail}",
            () if Some(at) == code => "{code}",
            () if is_status(leaf) => "{status}",
            () if is_title(leaf) => "{title}",
            () => continue,
        };
        if let Some(place) = at_path(&mut template, &leaf.path) {
            *place = slot.into();
        }
    }
    Some(Body {
        message: message.and_then(|at| leaves[at].value.as_str()).map(str::to_owned),
        code: code.map(|at| leaves[at].value.clone()),
        template,
    })
}

fn collect<'v>(value: &'v Value, path: &mut Vec<Step>, leaves: &mut Vec<Leaf<'v>>) {
    // Nobody writes messages deeper, and paths are copied.
    if path.len() > 8 || leaves.len() > 256 {
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

/// A body in which nothing is a placeholder.
fn constants(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| (name.clone(), constants(value));
            Value::Object(members.iter().map(member).collect())
        }
        Value::Array(items) => items.iter().map(constants).collect(),
        Value::String(text) => escaped(text).into(),
        // A number tells of one response.
        Value::Number(_) => any(),
        other => other.clone(),
    }
}

/// What two templates have in common: what differs is neither written nor read.
pub(super) fn merged(one: Value, other: &Value) -> Value {
    if one == *other {
        return one;
    }
    match (one, other) {
        (Value::Object(members), Value::Object(others)) => {
            let mut all = Map::new();
            for (name, value) in members {
                let value = others.get(&name).map_or_else(any, |other| merged(value, other));
                all.insert(name, value);
            }
            for name in others.keys() {
                if !all.contains_key(name) {
                    all.insert(name.clone(), any());
                }
            }
            all.into()
        }
        (Value::Array(items), Value::Array(others)) if items.len() == others.len() => {
            items.into_iter().zip(others).map(|(item, other)| merged(item, other)).collect()
        }
        (one, _) if one == "{detail}" || one == "{code}" => one,
        (_, other) if *other == "{detail}" || *other == "{code}" => other.clone(),
        _ => any(),
    }
}

pub(super) fn any() -> Value {
    "{any}".into()
}

/// Whether bodies are those of a catalog that says nothing about them.
pub(super) fn is_usual(template: &Value) -> bool {
    *template == json!({ "detail": "{detail}" })
}
