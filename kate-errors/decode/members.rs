//! Values that stand in members of their own.

use alloc::borrow::Cow;
use alloc::string::ToString;
use alloc::vec::Vec;

use kate_errors_model::envelope::{Found, Slot, Value};
use kate_errors_model::json::{Kind, Raw};

use crate::catalog::table::{ErrorRow, Param};

/// The values of an error that a body has in members of their own, in the order of its parameters and of those of its
/// context.
#[derive(Clone, Debug, Default)]
pub(crate) struct Members<'b> {
    values: Vec<Option<Cow<'b, str>>>,
    own: usize,
}

impl<'b> Members<'b> {
    pub(crate) fn of(found: &Found<'_, 'b>, row: &ErrorRow) -> Self {
        let extras = row.extras();
        let object =
            [Slot::Params, Slot::ParamsAsStrings].into_iter().find_map(|slot| found.get(slot));
        let value = |param: &Param| {
            let alone = found.get(Slot::Param(param.name)).and_then(|value| text(param, value));
            alone.or_else(|| text(param, member(object.as_ref()?, param.name)?))
        };
        let values = extras.params.iter().map(value).collect();
        Self { values, own: extras.own.into() }
    }

    /// Whether there is none.
    pub(crate) fn are_missing(&self) -> bool {
        self.values.iter().all(Option::is_none)
    }

    /// Puts the values in the places of others.
    pub(crate) fn fill<'v>(&'v self, values: &mut [&'v str]) {
        for (place, value) in values.iter_mut().zip(&self.values) {
            if let Some(value) = value {
                *place = value;
            }
        }
    }

    /// The values of the error itself, if all of them are there.
    pub(crate) fn own(&self) -> Option<Vec<&str>> {
        self.values.get(..self.own)?.iter().map(Option::as_deref).collect()
    }

    /// Those of its context, if it has one and all of them are there.
    pub(crate) fn context(&self) -> Option<Vec<&str>> {
        let values = self.values.get(self.own..).filter(|values| !values.is_empty())?;
        values.iter().map(Option::as_deref).collect()
    }
}

/// A value as the text that it is in a message. What is of another kind is missing.
fn text<'b>(param: &Param, value: Value<'b>) -> Option<Cow<'b, str>> {
    match value {
        Value::Text(text) => Some(text),
        Value::Json(json) if param.is_number && json.kind() == Kind::Number => {
            Some(Cow::Owned(Value::Json(json).code().to_string()))
        }
        Value::Json(_) => None,
    }
}

/// The member of an object. Where it stands twice, the last one counts, as for most readers of JSON.
fn member<'b>(object: &Value<'b>, name: &str) -> Option<Value<'b>> {
    let Value::Json(object) = object else { return None };
    let value = object.members().filter(|(member, _)| member.is(name)).last()?.1;
    of_raw(value)
}

fn of_raw(raw: Raw<'_>) -> Option<Value<'_>> {
    match raw.string() {
        Some(string) => string.text().ok().map(Value::Text),
        None => Some(Value::Json(raw)),
    }
}
