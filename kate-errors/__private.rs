//! What generated code calls. Nothing here is part of the public interface: it changes with the
//! compiler, `kate-errors-codegen`, whose version must be the same.

use core::fmt;
use core::hash::{Hash, Hasher};

pub use alloc::borrow::Cow;
pub use alloc::string::String;
pub use alloc::vec::Vec;
pub use serde;

#[cfg(feature = "actix-web")]
pub use actix_web;
#[cfg(feature = "axum")]
pub use axum_core;
#[cfg(feature = "http")]
pub use http;
#[cfg(feature = "utoipa")]
pub use utoipa;
#[cfg(feature = "utoipa-6")]
pub use utoipa_6;

#[cfg(feature = "actix-web")]
pub use crate::server::actix::{error_response, status_code};
#[cfg(feature = "axum")]
pub use crate::server::axum::into_response;
#[cfg(feature = "http")]
pub use crate::server::http::into_http;
#[cfg(feature = "utoipa")]
pub use crate::server::utoipa::version_5;
#[cfg(feature = "utoipa-6")]
pub use crate::server::utoipa::version_6;

use serde::de::Deserializer;
use serde::ser::{SerializeStruct, Serializer};

pub use crate::constants::Constants;
use crate::json::is_plain;
use crate::lookup::{AtOnce, templated_at_once};
pub use crate::parameter::Parameter;
pub use crate::parameter_from::{Generated, ParameterFrom};
pub use crate::server::api_error::Transparent;
pub use crate::table::{More, Record, Row, StatusRow, Table};
pub use crate::template::{Kind, Param, Piece, Template, Value};
use crate::trie::Sentence;
pub use crate::trie::{Fork, Hole, Leaf, Node, Trie};
use crate::{ApiError, CatalogCode, CatalogError, Retired, Scope, UnknownCode};

/// `Display` of an error: its sentence.
pub fn display<E: CatalogError>(error: &E, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    crate::catalog_error::write_detail(error, f)
}

/// `ToApiError::to_api_error` of an error of a catalog: itself.
pub fn answer<E: CatalogError>(error: &E) -> ApiError<E> {
    ApiError::Catalog(error.clone())
}

/// `Debug` of an error.
pub fn debug<E: CatalogError>(error: &E, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    crate::fmt::debug(error, f)
}

/// `PartialEq` of errors: the same row with the same values.
pub fn eq<E: CatalogError>(left: &E, right: &E) -> bool {
    let mut equal = left.code() == right.code();
    if equal {
        left.__with_values(&mut |left| right.__with_values(&mut |right| equal = left == right));
    }
    equal
}

/// `Hash` of an error.
pub fn hash<E: CatalogError, H: Hasher>(error: &E, state: &mut H) {
    error.code().hash(state);
    error.__with_values(&mut |values| values.hash(state));
}

/// `Serialize` of an error: `{"detail": "…"}`.
///
/// # Errors
///
/// Those of the serializer.
pub fn serialize<E: CatalogError, S: Serializer>(
    error: &E,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut body = serializer.serialize_struct(E::Code::TABLE.enum_name, 1)?;
    body.serialize_field("detail", &*error.detail())?;
    body.end()
}

/// `Deserialize` of an error.
///
/// # Errors
///
/// Those of the deserializer, and one for a body whose sentence is not in the catalog.
pub fn deserialize<'de, E: CatalogError, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<E, D::Error> {
    crate::deserialize::deserialize(None, deserializer)
}

/// `DeserializeSeed` of a scope: the errors of the scope are preferred.
///
/// # Errors
///
/// Those of `deserialize`.
pub fn deserialize_within<'de, E: CatalogError, D: Deserializer<'de>>(
    scope: impl Into<Scope<E::Code>>,
    deserializer: D,
) -> Result<E, D::Error> {
    crate::deserialize::deserialize(Some(scope.into()), deserializer)
}

/// The scope of a section.
#[must_use]
pub fn section<C: CatalogCode>(section: u16, name: &'static str) -> Scope<C> {
    Scope::of_section(section, name)
}

/// Calls `found` with each row that has a sentence: its index, whether it is one that it had before, and the
/// values. Tests hold the trees and indices of the compiler against it.
pub fn each_row(
    table: &'static Table,
    sentence: &str,
    found: &mut dyn FnMut(usize, bool, &[Value<'_>]),
) {
    crate::lookup::each(table, sentence, &mut |row| found(row.row, row.is_former, row.values));
}

/// What a look at the tree alone says of a sentence under a status, where JSON escapes nothing in it and that
/// is certain: the row that it means and the values, or that it means none. For tests too.
#[must_use]
pub fn row_at_once<'s>(
    table: &'static Table,
    status: u16,
    sentence: &'s str,
) -> Option<Option<(usize, Vec<Value<'s>>)>> {
    let sentence = Sentence { bytes: sentence.as_bytes(), text: None, is_in_json: true };
    let mut walk = table.trie.walk(sentence);
    match templated_at_once(&mut walk, status) {
        AtOnce::Row(row) => Some(Some((row, walk.values().to_vec()))),
        AtOnce::Nowhere if is_plain(sentence.bytes) => Some(None),
        _ => None,
    }
}

/// The mark of a retired error that was read.
#[must_use]
pub const fn retired() -> Retired {
    Retired::READ_FROM_THE_WIRE
}

/// `FromStr` of a code.
///
/// # Errors
///
/// If no row has the code.
pub fn parse_code<C: CatalogCode>(code: &str) -> Result<C, UnknownCode> {
    crate::catalog_error::parse_code(code)
}

/// The choice of a `one_of` that has this value.
pub fn parse_choice<C: Copy>(
    all: &[C],
    as_str: fn(C) -> &'static str,
    value: Value<'_>,
) -> Option<C> {
    match value {
        Value::OneOf(text) => all.iter().copied().find(|choice| as_str(*choice) == text),
        _ => None,
    }
}
