//! From an error to what is sent: messages, bodies, header fields.

pub(crate) mod fallback;
mod format;
mod given;
pub(crate) mod message;
mod response;
pub(crate) mod transcode;

pub use fallback::Fallback;
pub use format::Format;
pub(crate) use given::Given;
pub use given::RequestValue;
pub use response::CatalogResponse;
pub(crate) use response::OTHER;
