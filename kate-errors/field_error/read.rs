//! Reading the invalid fields of a request from a body.

use alloc::string::String;
use alloc::vec::Vec;

use kate_errors_model::envelope::{Envelope, FieldPart, Found, Slot, Value};
use kate_errors_model::json::{Kind, Raw, Str};

use super::{FieldError, PathItem};
use crate::Validation;

impl FieldError {
    /// Reads the fields that a body lists, beside a message or in place of it.
    pub(crate) fn read_all(envelope: &Envelope<'_>, body: &[u8]) -> Vec<Self> {
        let beside = Self::read_beside(envelope, body);
        if !beside.is_empty() {
            return beside;
        }
        let found = envelope.find(body).ok().filter(|found| found.get(Slot::Detail).is_none());
        let list = found.and_then(|found| found.raw(Slot::Detail));
        let list = list.filter(|it| matches!(it.kind(), Kind::Array | Kind::Object));
        list.map(|list| Validation::read(list).items().to_vec()).unwrap_or_default()
    }

    /// Reads the fields that a body lists in the place for them, or in an object with a list of messages for each
    /// field, which is in that place or is the whole body.
    fn read_beside(envelope: &Envelope<'_>, body: &[u8]) -> Vec<Self> {
        let Ok(found) = envelope.find_fields(body) else { return Vec::new() };
        let slots = [Slot::MessageByField, Slot::MessagesByField];
        if let Some(by_field) = slots.into_iter().find_map(|slot| found.raw(slot)) {
            return by_field.members().flat_map(Self::of_member).collect();
        }
        match found.list_of_fields() {
            Some(list) if list.kind() == Kind::Object => Self::by_name(list),
            Some(_) => found.each_field().filter_map(|field| Self::of_element(&field)).collect(),
            None => envelope.body_of_no_error(body).map(Self::by_name).unwrap_or_default(),
        }
    }

    /// Those of an object that has a list of messages for each field, and nothing else.
    pub(crate) fn by_name(object: Raw<'_>) -> Vec<Self> {
        let is_text = |value: Raw<'_>| value.kind() == Kind::String;
        let is_list =
            |value: Raw<'_>| value.elements().next().is_some() && value.elements().all(is_text);
        let are_lists = object.members().all(|(_, value)| is_list(value));
        let members = object.members().filter(|_| are_lists);
        members.flat_map(Self::of_member).collect()
    }

    /// Reads the field in an element of an array. If the element has no code or message of a field, its error
    /// code or message is used.
    fn of_element(found: &Found<'_, '_>) -> Option<Self> {
        use FieldPart::{Code, Fragment, Loc, Message, Path, Pointer};
        let part = |part| found.get(Slot::Field(part));
        let place = [Pointer, Fragment, Path, Loc].into_iter().find_map(part);
        let [code, message] = [Code, Message].map(part);
        if [&place, &code, &message].iter().all(|part| part.is_none()) {
            return None;
        }
        let text = |value: Option<Value<'_>>, slot| {
            let value = value.or_else(|| found.get(slot));
            value.map(|value| value.code().into_owned()).unwrap_or_default()
        };
        let loc = match place {
            Some(Value::Text(place)) => PathItem::all(&place),
            Some(Value::Json(loc)) => loc.elements().map(PathItem::read).collect(),
            None => Vec::new(),
        };
        Some(Self { loc, code: text(code, Slot::Code), message: text(message, Slot::Detail) })
    }

    /// Reads a member that is named after a field, and contains a message or a list of messages.
    fn of_member((name, value): (Str<'_>, Raw<'_>)) -> Vec<Self> {
        let place = name.text_lossy();
        let error = |value| Self::new(&place, text(value));
        if value.kind() == Kind::Array {
            value.elements().map(error).collect()
        } else {
            Vec::from([error(value)])
        }
    }

    /// Reads an item of `FastAPI`'s list.
    pub(crate) fn of_item(value: Raw<'_>) -> Self {
        let mut item = Self::default();
        match value.kind() {
            Kind::String => item.message = text(value),
            Kind::Object => {
                for (name, value) in value.members() {
                    item.member(name.text().as_deref().unwrap_or_default(), value);
                }
            }
            _ => {}
        }
        item
    }

    fn member(&mut self, name: &str, value: Raw<'_>) {
        match name {
            "loc" if value.kind() == Kind::String => self.loc = Vec::from([PathItem::read(value)]),
            "loc" => self.loc = value.elements().map(PathItem::read).collect(),
            "msg" => self.message = text(value),
            "type" => self.code = text(value),
            _ => {}
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.loc.is_empty() && self.message.is_empty() && self.code.is_empty()
    }
}

impl PathItem {
    fn read(value: Raw<'_>) -> Self {
        match value.kind() {
            Kind::Number => Self::of(&Value::Json(value).code()),
            Kind::String => Self::Str(text(value)),
            // Not a valid step. It might be a value of the request, so it is not kept.
            Kind::Array | Kind::Object => Self::Str("…".into()),
            _ => Self::Str(value.as_str().into()),
        }
    }
}

/// The text of a string, or an empty text for any other value.
fn text(value: Raw<'_>) -> String {
    value.string().map(Str::text_lossy).unwrap_or_default()
}
