//! Parameter values that have their own members in the body.

use alloc::borrow::Cow;
use alloc::string::ToString;
use alloc::vec::Vec;

use kate_errors_model::envelope::{Found, Slot, Value};
use kate_errors_model::json::Raw;
use kate_errors_model::template;

use super::source::{Row, Source};
use crate::catalog::table::Parameter;
use crate::catalog::values::Texts;

/// The values of an error that have their own members in a body: those of its parameters, then those of its
/// context, in order.
pub(crate) struct Members<'b, 't> {
    values: Vec<Option<Cow<'b, str>>>,
    params: &'t [Parameter<'t>],
    own: usize,
}

impl<'b, 't> Members<'b, 't> {
    pub(crate) fn of(found: &Found<'_, 'b>, row: &Row<'t>) -> Self {
        let (params, own) = (row.params, row.own);
        let object =
            [Slot::Params, Slot::ParamsAsStrings].into_iter().find_map(|slot| found.get(slot));
        let value = |param: &Parameter<'_>| {
            let alone = found.get(Slot::Param(param.name)).and_then(|value| text(param, value));
            alone.or_else(|| text(param, member(object.as_ref()?, param.member)?))
        };
        Self { values: params.iter().map(value).collect(), params, own }
    }

    /// Whether no value has a member.
    pub(crate) fn are_missing(&self) -> bool {
        self.values.iter().all(Option::is_none)
    }

    /// Adds the values of members to those that were read from a message, where the message has none.
    pub(crate) fn beside<'v>(
        &'v self,
        own: &Texts<'v>,
        context: Option<&Texts<'v>>,
    ) -> (Vec<Option<&'v str>>, Option<Vec<Option<&'v str>>>) {
        let (of_own, of_context) = self.values.split_at(self.own.min(self.values.len()));
        let all = |read: &Texts<'v>, members: &'v [Option<Cow<'b, str>>]| {
            let read = read.iter().copied().chain(core::iter::repeat(None));
            read.zip(members).map(|(read, member)| read.or(member.as_deref())).collect()
        };
        (all(own, of_own), context.map(|context| all(context, of_context)))
    }

    /// Replaces the values that have a member.
    pub(crate) fn fill<'v>(&'v self, values: &mut Texts<'v>) {
        for (place, value) in values.iter_mut().zip(&self.values) {
            *place = value.as_deref().or(*place);
        }
    }

    /// Whether the body has the values of the context.
    pub(crate) fn have_context(&self) -> bool {
        let values = self.values.get(self.own..).unwrap_or_default();
        let params = self.params.get(self.own..).unwrap_or_default();
        let is_there =
            |(value, param): (&Option<_>, &Parameter<'_>)| value.is_some() || param.is_optional;
        values.iter().any(Option::is_some) && values.iter().zip(params).all(is_there)
    }

    /// The values of the context, if the body has them.
    pub(crate) fn context(&self) -> Option<Vec<Option<&str>>> {
        let values = self.values.get(self.own..).filter(|_| self.have_context())?;
        Some(values.iter().map(Option::as_deref).collect())
    }
}

/// The error's own values: from members, or `message` for the parameter of a free-text message.
pub(crate) fn own<'v>(
    members: Option<&'v Members<'_, '_>>,
    row: &Row<'_>,
    message: Option<&'v str>,
) -> Vec<Option<&'v str>> {
    let value = |(at, param): (usize, &Parameter<'_>)| {
        let member = members.and_then(|members| members.values.get(at)?.as_deref());
        member.or(message.filter(|_| param.name == "detail"))
    };
    row.params.iter().take(row.own).enumerate().map(value).collect()
}

/// Whether members have other values than the error.
pub(crate) fn differ<'t, S: Source<'t>>(
    found: &Found<'_, '_>,
    source: S,
    error: &S::Error,
) -> bool {
    let (number, mut differ) = (source.number(error), false);
    let Some(row) = source.row(number) else { return false };
    let members = Members::of(found, &row);
    if members.are_missing() {
        return false;
    }
    source.with_values(error, &mut |values| {
        let texts: Vec<_> = values.iter().map(template::Value::text_if_any).collect();
        let mut all: Vec<_> = texts.iter().map(Option::as_deref).collect();
        members.fill(&mut all);
        let (own, context) = all.split_at(values.own.len());
        let other = source.create(number, own, values.context.map(|_| context));
        // A value that was altered in the message is not a different value.
        differ = other.is_some_and(|other| source.detail(&other) != source.detail(error));
    });
    differ
}

/// A value as a message contains it; `None` if it is neither a string nor of the parameter's JSON type.
fn text<'b>(param: &Parameter<'_>, value: Value<'b>) -> Option<Cow<'b, str>> {
    match value {
        Value::Text(text) => Some(text),
        Value::Json(json) if json.kind() == param.kind => {
            Some(Cow::Owned(Value::Json(json).code().to_string()))
        }
        Value::Json(_) => None,
    }
}

/// Returns a member of an object. Of duplicates, the last one counts, as in most JSON parsers.
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
