//! Guesses what the values of a member mean from its name and its values: constants of errors, values of single
//! responses, or what only a server knows.

use std::collections::BTreeSet;

use kate_errors_codegen::envelope::SLOTS;
use kate_errors_model::types::{I64, U64};
use serde_json::Value;

use super::complete::singular;
use super::draft::ErrorDraft;
use super::message::{escaped, param_name, snake_case};
use super::names::name_of;
use crate::messages::text_of;
use crate::visible::visible;

/// Words in names of members that only a server knows, for each response.
const OF_REQUESTS: &[&str] = &[
    "correlation_id",
    "instance",
    "request_id",
    "span_id",
    "timestamp",
    "trace_id",
    "transaction_id",
];

/// Words in names of members whose values belong to a single response, in the singular.
const OF_ONE_RESPONSE: &[&str] = &[
    "account",
    "attribute",
    "column",
    "date",
    "doc",
    "documentation",
    "field",
    "guid",
    "help",
    "host",
    "href",
    "id",
    "instance",
    "line",
    "link",
    "location",
    "param",
    "parameter",
    "path",
    "pointer",
    "property",
    "request",
    "resource",
    "span",
    "target",
    "time",
    "timestamp",
    "trace",
    "uri",
    "url",
    "user",
    "uuid",
    "value",
];

/// A member of bodies with the values that errors have there.
pub(super) struct Member<'e> {
    /// The name in `snake_case`.
    name: String,
    cells: Vec<(&'e ErrorDraft, &'e [Value])>,
    /// The type of the values.
    kind: &'static str,
    /// `?` if some bodies do not have the member.
    mark: &'static str,
}

impl<'e> Member<'e> {
    /// Returns the member at a JSON pointer; `None` if it has no name, or if no type has all of its values.
    pub(super) fn at(pointer: &str, errors: &[&'e ErrorDraft]) -> Option<Self> {
        let name = pointer.rsplit('/').next().map(snake_case).filter(|name| !name.is_empty())?;
        let cell = |error: &&'e ErrorDraft| {
            Some((*error, error.members.values.get(pointer)?.0.as_slice()))
        };
        let cells: Vec<_> = errors.iter().filter_map(cell).collect();
        let kind = kind_of(cells.iter().flat_map(|(_, values)| *values))?;
        let is_everywhere = errors.iter().all(|error| {
            let count = error.members.values.get(pointer).map_or(0, |(_, count)| *count);
            count > 0 && count == error.members.bodies
        });
        Some(Self { name, cells, kind, mark: if is_everywhere { "" } else { "?" } })
    }

    /// Returns what stands for the values in the format of bodies; `None` if their meaning is unclear.
    pub(super) fn place(&self) -> Option<Value> {
        if let Some(slot) = self.slot() {
            return Some(slot.into());
        }
        if self
            .texts()
            .any(|text| text.is_empty() || text.contains("://") || visible(text) != *text)
        {
            return None;
        }
        let is_single = self.cells.iter().all(|(error, values)| {
            values.len() == 1 && !error.message.has_value(&text_of(&values[0]))
        });
        if !(is_single && self.looks_constant()) {
            return Some(self.param().into());
        }
        let first = self.values().next().filter(|it| it.is_number() && self.mark.is_empty());
        let is_common = first.is_some_and(|first| self.values().skip(1).all(|it| it == first));
        if is_common && self.cells.len() > 1 {
            return first.cloned();
        }
        Some(format!("{{wire.{}{}}}", self.name, self.mark).into())
    }

    /// Returns the placeholder for what the values have in common with the errors or, by their name, with others.
    fn slot(&self) -> Option<String> {
        let (name, mark) = (&self.name, self.mark);
        if self.is_of_request() {
            return Some(format!("{{request.{name}?}}"));
        }
        if name == "retry_after" && self.kind == U64.info.name {
            return Some("{retry_after?}".to_owned());
        }
        let code = |error: &ErrorDraft| Some(error.code_text()?.into_owned());
        if let Some([before, after]) = self.around(|error| code(error).filter(|_| error.has_code()))
        {
            return Some(format!("{before}{{code{mark}}}{after}"));
        }
        if self.reference().is_some() {
            return Some(format!("{{docs_url{mark}}}"));
        }
        let is_all = |text: fn(&ErrorDraft) -> Option<&String>| {
            let is_it = |(error, values): &(&ErrorDraft, &[Value])| matches!(values, [value] if text(error).is_some_and(|text| *value == **text));
            self.cells.iter().all(is_it)
        };
        let slot = is_all(|error| error.cause.as_ref()).then_some("cause");
        let slot = slot.or_else(|| is_all(|error| error.fix.as_ref()).then_some("fix"));
        slot.map(|slot| format!("{{{slot}{mark}}}"))
    }

    /// Returns the placeholder for a parameter.
    fn param(&self) -> String {
        let name = param_name(&self.name);
        let is_taken = name == "any" || SLOTS.iter().any(|(slot, ..)| *slot == name);
        let prefix = if is_taken { "params." } else { "" };
        let is_bare = |text: &str| serde_json::from_str(text).is_ok_and(|it: Value| !it.is_null());
        let form = if self.texts().any(is_bare) { ":string" } else { "" };
        format!("{{{prefix}{name}{form}?}}")
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &'e Value> {
        self.cells.iter().flat_map(|(_, values)| *values)
    }

    fn texts(&self) -> impl Iterator<Item = &'e str> {
        self.values().filter_map(Value::as_str)
    }

    /// Whether only a server knows the values.
    pub(super) fn is_of_request(&self) -> bool {
        let is_path = |text: &str| text.starts_with('/');
        OF_REQUESTS.contains(&self.name.as_str())
            || self.name == "path" && self.texts().all(is_path)
    }

    /// Whether errors probably determine the values.
    fn looks_constant(&self) -> bool {
        match self.kind {
            "text" => !self.texts().any(|text| is_of_one_response(&self.name, text)),
            "bool" => true,
            // A catalog has no larger constants.
            _ => {
                let is_exact =
                    |it: &Value| it.as_i64().is_some_and(|it| it.unsigned_abs() < 1 << 53);
                let is_code = |word| ["code", "errno", "number", "version"].contains(&word);
                self.name.split('_').any(is_code) && self.values().all(is_exact)
            }
        }
    }

    /// Returns the URL of the reference page, if the values are those of the errors on it.
    pub(super) fn reference(&self) -> Option<String> {
        let [before, after] = self.around(|error| Some(name_of(error)))?;
        let page = before.strip_suffix('#').filter(|page| page.contains("://") && after.is_empty());
        page.map(str::to_owned)
    }

    /// Returns the texts around a text of each error, if all values consist of these.
    fn around(&self, text_of: impl Fn(&ErrorDraft) -> Option<String>) -> Option<[String; 2]> {
        let (mut around, mut texts) = (None, BTreeSet::new());
        for (error, values) in &self.cells {
            let [Value::String(value)] = values else { return None };
            let text = text_of(error)?;
            let (before, after) = value.rsplit_once(&text)?;
            let this = [before, after].map(escaped);
            if *around.get_or_insert_with(|| this.clone()) != this {
                return None;
            }
            texts.insert(text);
        }
        around.filter(|_| texts.len() > 1)
    }
}

/// Whether a text looks like an ID.
fn is_id(text: &str) -> bool {
    text.len() >= 8 && text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether a text looks like an ID, a link, or the name of a field.
pub(super) fn is_of_one_response(name: &str, text: &str) -> bool {
    let is_link = text.contains("://") || text.starts_with('/');
    let name = snake_case(name);
    let is_such = |word| OF_ONE_RESPONSE.contains(&singular(word).as_str());
    is_link || is_id(text) || name.split('_').any(is_such)
}

/// Returns the name of the type that has these values; `None` if there is none.
pub(super) fn kind_of<'v>(values: impl Iterator<Item = &'v Value>) -> Option<&'static str> {
    let [unsigned, signed] = [&U64, &I64].map(|scalar| scalar.info.name);
    let of = |value: &Value| match value {
        Value::String(_) => Some("text"),
        Value::Bool(_) => Some("bool"),
        Value::Number(number) if number.is_u64() => Some(unsigned),
        Value::Number(number) if number.is_i64() => Some(signed),
        _ => None,
    };
    let is_integer = |kind: &str| kind == unsigned || kind == signed;
    values.map(of).reduce(|one, other| match (one?, other?) {
        (one, other) if one == other => Some(one),
        (one, other) => (is_integer(one) && is_integer(other)).then_some(signed),
    })?
}
