//! A catalog at run time: its traits, its tables, and the values of its errors.

mod code;
mod error;
mod macros;
mod retired;
pub(crate) mod table;
pub(crate) mod values;
mod visible;

pub(crate) use code::sent_with;
pub use code::{CatalogCode, UnknownCode, parse_code};
pub use error::CatalogError;
pub use retired::Retired;
pub use values::UnknownChoice;
pub(crate) use visible::Visible;
