//! Values in separate members of the body.

use std::borrow::Cow;

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{FieldType, Param, Row};
use kate_errors_model::envelope::{Found, Slot, Value};
use kate_errors_model::json::{Kind, Raw};

use super::Known;

/// The values of an error that are in separate members.
#[derive(Default)]
pub(super) struct Members {
    /// Whether they take precedence over values in the message.
    pub(super) decide: bool,
    pub(super) values: Vec<Option<String>>,
    own: usize,
    /// Whether each value of the context is optional.
    of_context: Vec<bool>,
}

impl Members {
    pub(super) fn of(catalog: &Catalog, found: &Found<'_, '_>, row: usize, decide: bool) -> Self {
        let row: &Row = &catalog.rows[row];
        let slots = [Slot::Params, Slot::ParamsAsStrings];
        let object = slots.into_iter().find_map(|slot| found.get(slot));
        let value = |param: &Param| {
            let alone = found.get(Slot::Param(&param.name)).and_then(|it| text(param, it));
            alone.or_else(|| text(param, member(object.as_ref()?, &param.member)?))
        };
        let (values, own) = (catalog.params(row).map(value).collect(), row.params.len());
        let of_context = catalog.params(row).skip(own).map(|param| param.optional).collect();
        Self { decide, values, own, of_context }
    }

    pub(super) fn are_missing(&self) -> bool {
        self.values.iter().all(Option::is_none)
    }

    /// Returns the values of the error's own parameters. A free-text message is the value of `detail`.
    pub(super) fn own(&self, params: &[Param], message: Option<&str>) -> Vec<Option<String>> {
        let value = |(at, param): (usize, &Param)| {
            let member = self.values.get(at).cloned().flatten();
            member.or_else(|| message.filter(|_| param.name == "detail").map(str::to_owned))
        };
        params.iter().enumerate().map(value).collect()
    }

    /// Returns the values of the context, if any is present and no required one is missing.
    pub(super) fn context(&self) -> Option<Vec<Option<String>>> {
        let values = self.values.get(self.own..)?;
        let is_there = |(value, optional): (&Option<_>, &bool)| value.is_some() || *optional;
        let are_there =
            values.iter().any(Option::is_some) && values.iter().zip(&self.of_context).all(is_there);
        are_there.then(|| values.to_vec())
    }

    /// Returns a copy of `known` in which these values replace those from the message.
    pub(super) fn put_into(&self, known: &Known) -> Known {
        let mut other = known.clone();
        let places = other.values.iter_mut().chain(other.context.iter_mut().flatten());
        for (place, member) in places.zip(&self.values) {
            if let Some(member) = member {
                *place = Some(member.clone());
            }
        }
        other
    }
}

fn text(param: &Param, value: Value<'_>) -> Option<String> {
    let text = text_of_kind(param, value)?;
    // Normalizes the spelling of numbers, such as leading zeros.
    let spelled = match param.field {
        FieldType::U64 => text.parse().map(|number: u64| number.to_string()),
        FieldType::I64 => text.parse().map(|number: i64| number.to_string()),
        _ => return Some(text),
    };
    Some(spelled.unwrap_or(text))
}

fn text_of_kind(param: &Param, value: Value<'_>) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.into_owned()),
        Value::Json(json) => {
            let is_of_kind = match json.kind() {
                Kind::Number => param.is_integer(),
                Kind::Boolean => param.is_boolean(),
                _ => false,
            };
            is_of_kind.then(|| Value::Json(json).code().into_owned())
        }
    }
}

/// Returns the member with this name; the last one, if there are several.
fn member<'b>(object: &Value<'b>, name: &str) -> Option<Value<'b>> {
    let Value::Json(object) = object else { return None };
    let raw: Raw<'b> = object.members().filter(|(member, _)| member.is(name)).last()?.1;
    match raw.string() {
        Some(string) => string.text().ok().map(|text: Cow<'_, str>| Value::Text(text)),
        None => Some(Value::Json(raw)),
    }
}

/// Whether the field of a parameter can hold `value`, or can be missing if it is `None`.
pub(super) fn field_holds(param: &Param, value: Option<&str>) -> bool {
    let Some(value) = value else { return param.optional };
    match &param.field {
        FieldType::Choices(all) => all.choices.iter().any(|choice| choice.text == value),
        FieldType::Custom(_) => true,
        _ => param.ty.info().field.holds(value),
    }
}
