//! What generated code uses. It is not public API, and changes with the compiler, `kate-errors-codegen`, whose
//! version must be the same.
//!
//! It includes names of the prelude, so that generated code refers to no other crate, even in crates of the 2015
//! edition.

pub use alloc::borrow::Cow;
pub use alloc::boxed::Box;
pub use alloc::string::String;
pub use alloc::vec::Vec;
pub use core::clone::Clone;
pub use core::cmp::{Ord, PartialOrd};
pub use core::convert::{From, TryFrom};
pub use core::ops::FnMut;
pub use core::option::Option;
pub use core::primitive::{bool, i64, str, u8, u16, u64, usize};
pub use core::result::Result;
pub use serde_core as serde;

#[allow(unused_imports, unreachable_pub, reason = "without features there are no frameworks")]
pub use crate::server::macros::*;

use serde::de::{DeserializeSeed, Deserializer};
use serde::ser::{SerializeStruct, Serializer};

pub use kate_errors_model::Retry;
pub use kate_errors_model::envelope::{self, Envelope, Identity};
pub use kate_errors_model::index::{Edge, Group, Index};
pub use kate_errors_model::template::{End, Segment, Template, Value, Values};
pub use kate_errors_model::types::{self, Type};

pub use crate::catalog::parse_code;
pub use crate::catalog::table::{ErrorRow, Extras, Message, Param, Role, StatusRow, Table};
pub use crate::catalog::values::{
    Context, Texts, context_debug, context_display, context_eq, context_hash, debug, eq, find,
    hash, parse_choice, read, read_boxed, read_context, read_optional, with_context,
};
pub use crate::parameter_from::{Generated, ParameterFrom};
pub use crate::server::api_error::Transparent;
use crate::{CatalogCode, CatalogError, Decoder, FieldError, Retired, Scope};

/// What the command reads bodies with, for catalogs that it has just compiled.
pub mod decode {
    pub use crate::catalog::table::Parameter;
    pub use crate::decode::{BodyFormat, Message, Noted, Reader, Reading, Remark, Row, Source};
}

/// What the command cuts values with, as servers do.
pub mod encode {
    pub use crate::encode::shorten::{SHORT, head};
}

/// The fields of a request that a body lists: the command reads them as clients do.
#[must_use]
pub fn fields_of(envelope: &Envelope<'_>, body: &[u8]) -> Vec<FieldError> {
    FieldError::read_all(envelope, body)
}

/// A closure that takes the values of an error. It has a name because `dyn` before `::` is not a keyword in the
/// 2015 edition.
pub type With<'w> = dyn FnMut(Values<'_>) + 'w;

/// `Display` of an error: its message, with a mark in place of each sensitive value.
pub fn display<E: CatalogError>(error: &E, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
    f.write_str(&crate::encode::message::redacted(error))
}

/// `Serialize` of an error: its body, by default `{"detail": "…"}`.
///
/// # Errors
///
/// Those of the serializer.
pub fn serialize<E: CatalogError, S: Serializer>(
    error: &E,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    if !E::Code::IS_DETAIL {
        return crate::encode::transcode::serialize(&error.body(), serializer);
    }
    let mut body = serializer.serialize_struct(E::Code::TABLE.enum_name, 1)?;
    body.serialize_field("detail", &*error.detail())?;
    body.end()
}

/// `Deserialize` of an error.
///
/// # Errors
///
/// Those of the deserializer, and one for a body whose message is not in the catalog.
pub fn deserialize<'de, E: CatalogError, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<E, D::Error> {
    Decoder::new().deserialize(deserializer)
}

/// The scope of a section.
#[must_use]
pub fn section<C: CatalogCode>(section: u16, name: &'static str) -> Scope<C> {
    Scope::of_section(section, name)
}

/// The field of a retired error that was decoded.
#[must_use]
pub const fn retired() -> Retired {
    Retired::READ_FROM_THE_WIRE
}
