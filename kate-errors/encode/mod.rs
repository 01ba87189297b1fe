//! From an error to what is sent: messages, bodies, header fields.

pub(crate) mod fallback;
mod format;
mod given;
pub(crate) mod message;
mod response;
pub(crate) mod sanitized;
pub(crate) mod shorten;
pub(crate) mod transcode;

pub use fallback::Fallback;
pub use format::Format;
pub use given::RequestValue;
#[cfg(any(feature = "tower", feature = "actix-web"))]
pub(crate) use given::takes_request_values;
pub(crate) use given::{Given, NOTHING};
pub use response::CatalogResponse;
pub(crate) use response::OTHER;
