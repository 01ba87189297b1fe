//! Serializing and deserializing bodies of any envelope, by way of their JSON.

use alloc::string::ToString;
use alloc::vec::Vec;
use core::fmt;

use kate_errors_model::json::{Kind, Raw, Str, push_escaped};
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Error as _, Serialize, Serializer};

/// Serializes a body, which is a JSON text.
pub(crate) fn serialize<S: Serializer>(body: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    let json = core::str::from_utf8(body).ok().and_then(|body| Raw::parse(body).ok());
    Json(json.ok_or_else(|| S::Error::custom("the body is not JSON"))?).serialize(serializer)
}

struct Json<'j>(Raw<'j>);

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (raw, text) = (self.0, self.0.as_str());
        match raw.kind() {
            Kind::Null => serializer.serialize_unit(),
            Kind::Boolean => serializer.serialize_bool(text == "true"),
            Kind::Number => match (text.parse(), text.parse(), text.parse()) {
                (Ok(number), _, _) => serializer.serialize_u64(number),
                (_, Ok(number), _) => serializer.serialize_i64(number),
                (_, _, number) => serializer.serialize_f64(number.unwrap_or(f64::NAN)),
            },
            Kind::String => {
                let string = raw.string().map(Str::text_lossy);
                serializer.serialize_str(&string.unwrap_or_default())
            }
            Kind::Array => serializer.collect_seq(raw.elements().map(Json)),
            Kind::Object => serializer
                .collect_map(raw.members().map(|(name, value)| (name.text_lossy(), Json(value)))),
        }
    }
}

/// Writes the input of a deserializer as JSON.
pub(crate) struct ToJson<'o>(pub(crate) &'o mut Vec<u8>);

impl ToJson<'_> {
    fn push(self, json: &str) {
        self.0.extend_from_slice(json.as_bytes());
    }
}

impl<'de> DeserializeSeed<'de> for ToJson<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ToJson<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body of a response")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.push("null");
        Ok(())
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.push(if value { "true" } else { "false" });
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.push(&value.to_string());
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.push(&value.to_string());
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        let number = value.to_string();
        self.push(if value.is_finite() { &number } else { "null" });
        Ok(())
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.0.push(b'"');
        push_escaped(value, self.0);
        self.0.push(b'"');
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.0.push(b'[');
        let start = self.0.len();
        while items.next_element_seed(Next(self.0, start))?.is_some() {}
        self.0.push(b']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        self.0.push(b'{');
        let start = self.0.len();
        while members.next_key_seed(Next(self.0, start))?.is_some() {
            self.0.push(b':');
            members.next_value_seed(ToJson(self.0))?;
        }
        self.0.push(b'}');
        Ok(())
    }
}

/// Writes an element of an array or the name of a member, with a comma before it unless it is the first.
struct Next<'o>(&'o mut Vec<u8>, usize);

impl<'de> DeserializeSeed<'de> for Next<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.0.len() > self.1 {
            self.0.push(b',');
        }
        deserializer.deserialize_any(ToJson(self.0))
    }
}
