//! From a response to an error: envelope, message, candidates, outcome.

mod by_code;
mod candidates;
mod decoded;
mod decoder;
mod deserialize;
mod fast_path;
mod generated;
mod likeness;
mod members;
mod nearest;
mod note;
mod notes;
mod older;
mod outcome;
mod reader;
mod reading;
mod scope;
mod source;
mod validation;

pub use decoded::Decoded;
pub use decoder::Decoder;
pub use nearest::{Difference, Nearest};
pub use note::Note;
pub use notes::Notes;
pub use outcome::{Outcome, Unknown};
pub use reader::Reader;
pub use reading::{Noted, Reading, Remark};
pub use scope::{CatalogOperation, Scope};
pub use source::{BodyFormat, Message, Row, Source};
pub use validation::Validation;
