//! From a sentence to an error.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use serde::de::{Deserializer, Error as _, IgnoredAny, MapAccess, Unexpected, Visitor};

use crate::table::{Row, Table};
use crate::template::{Template, Value};
use crate::{CatalogCode, CatalogError};

/// The error whose sentence is `sentence`: the row that its homonyms name with `same_as`, or the first
/// of them that `E` has.
pub(crate) fn from_detail<E: CatalogError>(sentence: &str) -> Option<E> {
    let table = E::Code::TABLE;
    let (row, values) = find(table, sentence)?;
    let homonyms = table.rows[row].more.map_or(&[] as &[u32], |more| more.homonyms);
    core::iter::once(row)
        .chain(homonyms.iter().map(|homonym| *homonym as usize))
        .find_map(|row| E::__from_values(E::Code::ALL[row], &values))
}

fn find<'s>(table: &'static Table, sentence: &'s str) -> Option<(usize, Vec<Value<'s>>)> {
    let by_detail = table.by_detail;
    let constant = by_detail.binary_search_by(|row| table.rows[*row as usize].detail.cmp(sentence));
    if let Ok(at) = constant {
        return Some((by_detail[at] as usize, Vec::new()));
    }
    let mut rows = table.templated.iter().map(|row| *row as usize);
    rows.find_map(|row| Some((row, read(&table.rows[row], sentence)?)))
}

fn read<'s>(row: &'static Row, sentence: &'s str) -> Option<Vec<Value<'s>>> {
    let more = row.more?;
    let former = || {
        let mut wordings = more.former.iter();
        wordings.find_map(|pieces| Template { pieces, params: more.params }.read(sentence))
    };
    let current = (!more.detail.is_empty()).then(|| row.template(false).read(sentence)).flatten();
    let full = || (!more.full.is_empty()).then(|| row.template(true).read(sentence)).flatten();
    current.or_else(full).or_else(former)
}

/// Reads `{"detail": "…"}`, objects only, into an error.
pub(crate) fn deserialize<'de, E, D>(deserializer: D) -> Result<E, D::Error>
where
    E: CatalogError,
    D: Deserializer<'de>,
{
    deserializer.deserialize_map(BodyVisitor(PhantomData))
}

struct BodyVisitor<E>(PhantomData<E>);

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
                MemberName::Detail => error = Some(map.next_value_seed(Detail(PhantomData))?),
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

struct Detail<E>(PhantomData<E>);

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
        from_detail(detail).ok_or_else(|| {
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
