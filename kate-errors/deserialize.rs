//! `Deserialize` of errors: from `{"detail": "…"}` to an error.

use alloc::borrow::Cow;
use core::fmt;
use core::marker::PhantomData;

use serde::de::{Deserializer, Error as _, IgnoredAny, MapAccess, Unexpected, Visitor};

use crate::choose::{Wanted, choose};
use crate::{CatalogCode, CatalogError, Scope};

/// Reads `{"detail": "…"}`, objects only, into an error.
pub(crate) fn deserialize<'de, E, D>(
    scope: Option<Scope<E::Code>>,
    deserializer: D,
) -> Result<E, D::Error>
where
    E: CatalogError,
    D: Deserializer<'de>,
{
    let wanted = Wanted { scope, ..Wanted::NOTHING };
    deserializer.deserialize_map(BodyVisitor(Detail { wanted, error: PhantomData }))
}

struct BodyVisitor<E: CatalogError>(Detail<E>);

impl<'de, E: CatalogError> Visitor<'de> for BodyVisitor<E> {
    type Value = E;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with the `detail` of a {}", E::Code::TABLE.enum_name)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<E, A::Error> {
        let mut error = None;
        while let Some(member) = map.next_key_seed(Member)? {
            match member {
                MemberName::Detail if error.is_some() => {
                    return Err(A::Error::duplicate_field("detail"));
                }
                MemberName::Detail => error = Some(map.next_value_seed(self.0.clone())?),
                MemberName::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        error.ok_or_else(|| A::Error::missing_field("detail"))
    }
}

/// The name of a member of the body.
enum MemberName {
    Detail,
    Other,
}

struct Member;

impl<'de> serde::de::DeserializeSeed<'de> for Member {
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
        Ok(if name == "detail" { MemberName::Detail } else { MemberName::Other })
    }
}

#[derive(Clone)]
struct Detail<E: CatalogError> {
    wanted: Wanted<E::Code>,
    error: PhantomData<E>,
}

impl<'de, E: CatalogError> serde::de::DeserializeSeed<'de> for Detail<E> {
    type Value = E;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<E, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<E: CatalogError> Visitor<'_> for Detail<E> {
    type Value = E;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the detail of a {}", E::Code::TABLE.enum_name)
    }

    fn visit_str<F: serde::de::Error>(self, detail: &str) -> Result<E, F> {
        choose(&self.wanted, detail).map(|choice| choice.error).ok_or_else(|| {
            let shown: Cow<'_, str> = shorten(detail);
            F::invalid_value(Unexpected::Str(&shown), &self)
        })
    }
}

/// What an error message shows of a sentence that is not in the catalog.
fn shorten(detail: &str) -> Cow<'_, str> {
    const MAX_CHARACTERS: usize = 200;
    match detail.char_indices().nth(MAX_CHARACTERS) {
        Some((end, _)) => Cow::Owned(alloc::format!("{}…", &detail[..end])),
        None => Cow::Borrowed(detail),
    }
}
