//! `Deserialize` of errors: from `{"detail": "…"}` to an error.
//!
//! The errors quote nothing that was received: it may contain values of sensitive parameters, even in a message
//! that differs only slightly from one in the catalog.

use alloc::boxed::Box;
use alloc::format;
use alloc::vec::Vec;
use core::{fmt, iter, str};

use kate_errors_model::json::Raw;
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Unexpected, Visitor,
};

use super::candidates::Candidates;
use super::reader::is_named;
use super::reading::{Noted, Reading};
use super::source::Source;
use crate::encode::transcode::ToJson;
use crate::{CatalogCode, CatalogError, Decoder};

/// Deserializes an error from its body, which must be an object. Unlike `Deserialize`, it can use what is known
/// about the origin, for messages that several errors share.
///
/// ```
/// use kate_errors::{KateError, Section};
/// use serde::de::DeserializeSeed;
///
/// let mut body = serde_json::Deserializer::from_str(r#"{"detail":"Insufficient token balance"}"#);
/// let error = KateError::decoder().within(Section::Queries).deserialize(&mut body)?;
/// assert!(matches!(error, KateError::QueryInsufficientTokenBalance { .. }));
/// # Ok::<(), serde_json::Error>(())
/// ```
impl<'de, E: CatalogError> DeserializeSeed<'de> for Decoder<'_, E> {
    type Value = E;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<E, D::Error> {
        if !E::Code::IS_DETAIL {
            return self.transcoded(deserializer);
        }
        // If asked for a map, a deserializer that finds something else quotes it in its error. If asked for
        // anything, it leaves the error to the visitor, which does not quote.
        deserializer.deserialize_any(BodyVisitor(Detail(&self)))
    }
}

impl<E: CatalogError> Decoder<'_, E> {
    /// Deserializes a body with any envelope, by way of JSON text.
    fn transcoded<'de, D: Deserializer<'de>>(&self, deserializer: D) -> Result<E, D::Error> {
        let mut body = Vec::new();
        ToJson(&mut body).deserialize(deserializer)?;
        let expected = format!("the body of a {}", E::Code::TABLE.enum_name);
        let reading = match self.reader.sent(None, &body) {
            Ok(error) => return Ok(error),
            Err(sent) => self.reader.current(None, &body, sent),
        };
        match self.reader.in_older(None, &body, reading).0 {
            Reading::Known(error, noted) => {
                certain(error, &noted.map(|noted| noted.alternatives).unwrap_or_default())
            }
            Reading::Unknown(reason, named) => Err(self.of_several(named).unwrap_or_else(|| {
                D::Error::custom(format_args!("{reason}, expected {expected}"))
            })),
            Reading::Validation(_) | Reading::NotAnError => {
                Err(D::Error::custom(format_args!("no message, expected {expected}")))
            }
        }
    }

    /// The mistake of a body whose code alone identifies its error, but is that of several.
    fn of_several<F: serde::de::Error>(&self, named: Option<u32>) -> Option<F> {
        let source = self.reader.source;
        let code = source.row(named.filter(|_| E::Code::IDENTITY.is_by_code())?)?.code;
        let mut errors = source.sent_with(code).filter_map(|error| source.row(error));
        let (first, second) = (errors.next()?, errors.next()?);
        Some(needs_status("code", first.status, second.status))
    }
}

/// The methods of a visitor for values of the wrong type. The default methods would quote them.
macro_rules! refuse {
    ($($method:ident($value:ty) = $kind:literal;)*) => {
        $(fn $method<F: serde::de::Error>(self, _: $value) -> Result<Self::Value, F> {
            Err(F::invalid_type(Unexpected::Other($kind), &self))
        })*
    };
}

/// Rejects booleans and numbers, which are neither a body nor a message.
macro_rules! refuse_scalars {
    () => {
        refuse! {
            visit_bool(bool) = "boolean";
            visit_i64(i64) = "number";
            visit_i128(i128) = "number";
            visit_u64(u64) = "number";
            visit_u128(u128) = "number";
            visit_f64(f64) = "number";
        }
    };
}

struct BodyVisitor<'h, E: CatalogError>(Detail<'h, E>);

impl<'de, E: CatalogError> Visitor<'de> for BodyVisitor<'_, E> {
    type Value = E;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with the `detail` of a {}", E::Code::TABLE.enum_name)
    }

    refuse_scalars!();
    refuse! {
        visit_str(&str) = "string";
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<E, A::Error> {
        let (mut found, mut names) = (None, Vec::new());
        while let Some(member) = map.next_key_seed(Member)? {
            match member {
                MemberName::Detail if found.is_some() => {
                    return Err(A::Error::duplicate_field("detail"));
                }
                MemberName::Detail => found = Some(map.next_value_seed(Detail(self.0.0))?),
                MemberName::Name => {
                    let mut json = Vec::new();
                    map.next_value_seed(ToJson(&mut json))?;
                    names.push(json);
                }
                MemberName::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        let (error, noted) = found.ok_or_else(|| A::Error::missing_field("detail"))?;
        let Some(noted) = noted else { return Ok(error) };
        let names = names.iter().filter_map(|json| str::from_utf8(json).ok());
        let names: Vec<_> = names.filter_map(|json| Raw::parse(json).ok()?.string()).collect();
        let reader = self.0.0.reader;
        let is_named = |error: &&E| {
            let error = reader.source.number(error);
            names.iter().any(|it| it.text().is_ok_and(|it| is_named(reader.source, error, &it)))
        };
        let mut all = iter::once(&error).chain(&noted.alternatives);
        match all.find(is_named).filter(|_| reader.header.is_none()) {
            Some(error) => Ok(error.clone()),
            None => certain(error, &noted.alternatives),
        }
    }
}

/// The name of a member of the body.
enum MemberName {
    Detail,
    /// A member that can name the error: the `type` of problem details, or `code`.
    Name,
    Other,
}

struct Member;

impl<'de> DeserializeSeed<'de> for Member {
    type Value = MemberName;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<MemberName, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Member {
    type Value = MemberName;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<MemberName, E> {
        Ok(match name {
            "detail" => MemberName::Detail,
            "type" | "code" => MemberName::Name,
            _ => MemberName::Other,
        })
    }
}

struct Detail<'h, E: CatalogError>(&'h Decoder<'h, E>);

/// An error, and the others that have its message.
type Chosen<E> = (E, Option<Box<Noted<E>>>);

impl<'de, E: CatalogError> DeserializeSeed<'de> for Detail<'_, E> {
    type Value = Chosen<E>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Chosen<E>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<E: CatalogError> Visitor<'_> for Detail<'_, E> {
    type Value = Chosen<E>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the detail of a {}", E::Code::TABLE.enum_name)
    }

    refuse_scalars!();

    fn visit_str<F: serde::de::Error>(self, detail: &str) -> Result<Chosen<E>, F> {
        let reader = self.0.reader;
        if let Some(error) = reader.plain_message(None, detail, None) {
            return Ok((error, None));
        }
        let hints = reader.hints(None);
        if let Some(choice) = Candidates::of(reader.source, &hints, detail, None).choice {
            Ok((choice.error, Noted::of(choice.alternatives, Vec::new())))
        } else {
            let length = detail.chars().count();
            let message = format!("another message, of {length} characters");
            Err(F::invalid_value(Unexpected::Other(&message), &self))
        }
    }
}

/// Returns the error, unless errors with other statuses share its message: the body does not tell them apart.
fn certain<E: CatalogError, F: serde::de::Error>(error: E, alternatives: &[E]) -> Result<E, F> {
    let status = error.status();
    match alternatives.iter().find(|other| other.status() != status) {
        None => Ok(error),
        Some(other) => Err(needs_status("message", status, other.status())),
    }
}

fn needs_status<F: serde::de::Error>(what: &str, one: u16, other: u16) -> F {
    F::custom(format_args!(
        "errors under {one} and under {other} have this {what}: read it with `decode` and the status"
    ))
}
