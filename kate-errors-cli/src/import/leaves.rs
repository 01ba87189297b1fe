//! The values of a body, and which of them are its message, its code and its status.

use kate_errors_model::status;
use serde_json::Value;

use super::bodies::MARKS;
use super::body::{CODES, MESSAGES};
use super::codes::{is_code, is_code_with_spaces};

/// Members that can have the number of the status.
const STATUSES: &[&str] = &["status", "statusCode", "status_code", "code", "httpStatus"];

/// A value without members or items.
#[derive(Debug)]
pub(super) struct Leaf<'v> {
    /// Where it is, as a JSON pointer (RFC 6901).
    pub(super) pointer: String,
    /// The name of the member that it is, or that has it in a list.
    name: &'v str,
    pub(super) value: &'v Value,
}

impl<'v> Leaf<'v> {
    pub(super) fn text(&self) -> Option<&'v str> {
        self.value.as_str()
    }

    /// Returns the place of the status if this is one, as a number or a text.
    fn slot_of_status(&self) -> Option<&'static str> {
        let is_error = |number: u64| number.try_into().is_ok_and(status::is_error);
        match self.value {
            Value::Number(number) if STATUSES.contains(&self.name) => {
                number.as_u64().filter(|it| is_error(*it)).map(|_| "{status}")
            }
            Value::String(text) if self.name == "status" => {
                text.parse().ok().filter(|it| is_error(*it)).map(|_| "{status:string}")
            }
            _ => None,
        }
    }

    /// Whether the value, as text, is this code.
    fn is(&self, code: &str) -> bool {
        match self.value {
            Value::String(text) => text == code,
            Value::Number(number) => number.to_string() == code,
            _ => false,
        }
    }
}

/// The values of a body.
pub(super) struct Leaves<'v> {
    pub(super) all: Vec<Leaf<'v>>,
    /// The name of the status that the body has.
    title: Option<&'static str>,
}

/// The maximum number of values in a body that are looked at.
const MOST: usize = 257;

/// The depth below which values are not looked at. Messages are never deeper.
const DEEPEST: usize = 8;

impl<'v> Leaves<'v> {
    pub(super) fn of(body: &'v Value) -> Self {
        let is_near = |leaf: &Leaf<'_>| leaf.pointer.matches('/').count() <= DEEPEST;
        let all: Vec<_> = leaves(body).into_iter().filter(is_near).take(MOST).collect();
        let number = all.iter().find(|leaf| leaf.slot_of_status().is_some());
        let number = number.and_then(|leaf| leaf.value.to_string().trim_matches('"').parse().ok());
        Self { all, title: number.map(status::name) }
    }

    /// Returns the index of the first value that passes a test.
    pub(super) fn find(&self, is_it: impl Fn(usize, &Leaf<'v>) -> bool) -> Option<usize> {
        self.all.iter().enumerate().position(|(at, leaf)| is_it(at, leaf))
    }

    /// Returns the first value that passes a test in the first of several members that has one.
    fn find_in(&self, names: &[&str], is_it: impl Fn(usize, &Leaf<'v>) -> bool) -> Option<usize> {
        let found = |name: &&str| self.find(|at, leaf| leaf.name == *name && is_it(at, leaf));
        names.iter().find_map(found)
    }

    /// Returns the message: a known text, or that of the member that most likely has it. It is not `of_error`, the code
    /// of a known error.
    pub(super) fn message(
        &self,
        is_known: impl Fn(&str) -> bool,
        of_error: Option<usize>,
    ) -> Option<usize> {
        let is_known = |_, leaf: &Leaf<'_>| leaf.text().is_some_and(&is_known);
        // The name of a status can also be a message, so the most likely member is preferred.
        self.find_in(MESSAGES, is_known).or_else(|| self.find(is_known)).or_else(|| {
            let is_text = |leaf: &Leaf<'_>| leaf.text().is_some_and(|it| !it.is_empty());
            self.find_in(MESSAGES, |at, leaf| is_text(leaf) && Some(at) != of_error)
        })
    }

    /// Returns the code: a value equal to `hint`, that of a known error, or what looks like one.
    pub(super) fn code(
        &self,
        hint: Option<&str>,
        message: Option<usize>,
        of_error: Option<usize>,
    ) -> Option<usize> {
        let hinted =
            hint.and_then(|hint| self.find(|at, leaf| Some(at) != message && leaf.is(hint)));
        let likely = |at, leaf: &Leaf<'_>| Some(at) != message && self.may_be_code(leaf);
        hinted.or(of_error).or_else(|| self.find_in(CODES, likely))
    }

    fn may_be_code(&self, leaf: &Leaf<'_>) -> bool {
        match leaf.value {
            Value::String(text) => {
                let is_named = leaf.name.to_lowercase().contains("code") || is_name(text);
                let is_code = if is_named { is_code_with_spaces(text) } else { is_code(text) };
                let is_other = self.is_title(leaf) || MARKS.contains(&text.as_str());
                is_code && !is_other && !text.contains("://")
            }
            Value::Number(number) => number.is_u64() && leaf.slot_of_status().is_none(),
            _ => false,
        }
    }

    fn is_title(&self, leaf: &Leaf<'_>) -> bool {
        self.title.is_some() && leaf.text() == self.title
    }

    /// Returns the URI of a kind of problem (RFC 9457, section 3.1.1): its index, the text before the code, and the code.
    pub(super) fn uri(&self) -> Option<(usize, &'v str, &'v str)> {
        self.all.iter().enumerate().find_map(|(at, leaf)| {
            let uri = leaf.text().filter(|_| leaf.name == "type")?;
            let (before, code) = code_in_uri(uri)?;
            Some((at, before, code))
        })
    }

    /// Returns the place of the status or its name, if the value is one.
    pub(super) fn slot(&self, leaf: &Leaf<'_>) -> Option<&'static str> {
        leaf.slot_of_status().or_else(|| self.is_title(leaf).then_some("{title}"))
    }
}

/// Websites whose pages describe statuses, not errors of an API.
const OF_STATUSES: &[&str] = &["ietf.org", "mozilla.org", "/rfc", "w3.org"];

/// Splits the URI of a kind of problem into the text before the code, and the code.
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

/// Returns the parts of a value that are no containers.
pub(super) fn leaves(value: &Value) -> Vec<Leaf<'_>> {
    let mut leaves = Vec::new();
    collect(value, "", String::new(), &mut leaves);
    leaves
}

fn collect<'v>(value: &'v Value, name: &'v str, pointer: String, leaves: &mut Vec<Leaf<'v>>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                collect(value, name, format!("{pointer}/{}", escaped(name)), leaves);
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                collect(item, name, format!("{pointer}/{at}"), leaves);
            }
        }
        value => leaves.push(Leaf { pointer, name, value }),
    }
}

/// Calls `visit` for each part that is no container, with its JSON pointer.
pub(super) fn each_leaf(template: &mut Value, mut visit: impl FnMut(&str, &mut Value)) {
    let pointers: Vec<String> = leaves(template).into_iter().map(|leaf| leaf.pointer).collect();
    for pointer in pointers {
        if let Some(leaf) = template.pointer_mut(&pointer) {
            visit(&pointer, leaf);
        }
    }
}

/// Escapes a name for a JSON pointer.
pub(super) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
