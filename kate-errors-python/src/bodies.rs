//! The bodies in which errors are sent, and the messages in them.

use std::cell::Cell;
use std::rc::Rc;

use crate::syntax::UNPACKED;
use crate::values::{Case, Cases, Choice, Value, both, only, plain_text, shown};
use crate::{Json, Reason};

/// The maximum number of members of a body that are read, since constants can contain each other.
const MAX_MEMBERS: usize = 256;

/// How what is given as the detail of an error is sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sent {
    /// As `{"detail": …}`, also if it is an object.
    Detail,
    /// As `{"detail": "…"}`; never an object.
    DetailText,
    /// As `{"detail": "…"}`, or as the body if it is an object.
    DetailOrBody,
    /// As the body.
    Body,
    /// As `{"message": …}`.
    Message,
    /// In a page.
    Page,
}

/// A message, and its body.
pub(crate) type Sending<'a> = (Value<'a>, Option<Json>);

impl Sent {
    /// Returns the messages that are sent with a detail. `members` are the names of members that can have them, the
    /// most likely first.
    pub(crate) fn messages<'a>(self, detail: &Case<'a>, members: &[&str]) -> Vec<Sending<'a>> {
        let Value::Dict(entries) = &detail.value else {
            return vec![(detail.value.clone(), self.around(Json::Message))];
        };
        let are_sent = !matches!(self, Self::DetailText | Self::Page);
        let left = Cell::new(MAX_MEMBERS);
        let Some(message) = message_of(entries, members, &left).filter(|_| are_sent) else {
            return vec![(Value::Unknown(self.no_message(entries), None), None)];
        };
        let sending = |case: &Case<'a>| {
            let when = both(&detail.when, &case.when)?;
            let object = Object { message: &message, when: &when, left: Cell::new(MAX_MEMBERS) };
            Some((case.value.clone(), self.around(object.json(entries))))
        };
        message.iter().filter_map(sending).collect()
    }

    pub(crate) fn around(self, detail: Json) -> Option<Json> {
        let member = |name: &str, detail| Json::Object(vec![(name.to_owned(), detail)]);
        Some(match (self, detail) {
            (Self::Page, _) => return None,
            (Self::Body | Self::DetailOrBody, body @ Json::Object(_)) => body,
            (Self::Message, detail) => member("message", detail),
            (_, detail) => member("detail", detail),
        })
    }

    fn no_message(self, entries: &[(String, Cases<'_>)]) -> Reason {
        if matches!(self, Self::Body | Self::DetailOrBody) {
            return Reason::OtherBody;
        }
        let names: Vec<_> = entries.iter().map(|(name, _)| name.as_str()).collect();
        Reason::DetailIsObject(shown(&names.join(", ")))
    }
}

/// Returns the member with the message: one with such a name, or the only one. If names of members are not in the
/// source, any of them can have it.
fn message_of<'a>(
    entries: &[(String, Cases<'a>)],
    members: &[&str],
    left: &Cell<usize>,
) -> Option<Cases<'a>> {
    left.set(left.get().checked_sub(entries.len())?);
    if entries.iter().any(|(name, _)| name == UNPACKED || name.starts_with('[')) {
        return None;
    }
    let can_be = |case: &Case<'a>| match &case.value {
        Value::Text(_) => true,
        Value::Unknown(Reason::Expression(text), _) => !matches!(text.as_str(), "True" | "False"),
        Value::Unknown(reason, _) => *reason != Reason::DetailIsList,
        _ => false,
    };
    let named = |name: &&str| {
        let member = entries.iter().rfind(|(other, _)| other == name);
        member.map(|(_, cases)| cases).filter(|cases| cases.iter().any(can_be)).cloned()
    };
    let inside = |(_, cases): &(String, Cases<'a>)| match only(cases) {
        Some(Value::Dict(entries)) => message_of(entries, members, left),
        _ => None,
    };
    let only = || match entries {
        [(_, cases)] if cases.iter().any(can_be) => Some(cases.clone()),
        _ => None,
    };
    members.iter().find_map(named).or_else(only).or_else(|| entries.iter().find_map(inside))
}

/// An object that is sent with a message, on these branches.
struct Object<'o, 'a> {
    message: &'o Cases<'a>,
    when: &'o [Choice<'a>],
    /// The number of members that are still read.
    left: Cell<usize>,
}

impl<'a> Object<'_, 'a> {
    fn json(&self, entries: &[(String, Cases<'a>)]) -> Json {
        let Some(left) = self.left.get().checked_sub(entries.len()) else { return Json::Any };
        self.left.set(left);
        let member = |(name, cases): &(String, Cases<'a>)| (name.clone(), self.content(cases));
        Json::Object(entries.iter().map(member).collect())
    }

    fn content(&self, cases: &Cases<'a>) -> Json {
        if Rc::ptr_eq(cases, self.message) {
            return Json::Message;
        }
        let mut possible = cases.iter().filter(|case| both(&case.when, self.when).is_some());
        let (Some(case), None) = (possible.next(), possible.next()) else { return Json::Any };
        match &case.value {
            Value::Number(number) => Json::Number(*number),
            Value::Nothing => Json::Null,
            Value::Dict(entries) => self.json(entries),
            Value::Unknown(Reason::Expression(text), _) if text == "True" => Json::Bool(true),
            Value::Unknown(Reason::Expression(text), _) if text == "False" => Json::Bool(false),
            value => plain_text(value).map_or(Json::Any, Json::Text),
        }
    }
}
