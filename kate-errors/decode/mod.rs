//! From a response to an error: envelope, message, candidates, outcome.

mod by_code;
mod candidates;
mod decoded;
mod decoder;
mod deserialize;
mod fast_path;
mod likeness;
mod members;
mod nearest;
mod note;
mod notes;
mod older;
mod outcome;
mod scope;
mod validation;

pub use decoded::Decoded;
pub use decoder::Decoder;
pub use nearest::{Difference, Nearest};
pub use note::Note;
pub use notes::Notes;
pub use outcome::{Outcome, Unknown};
pub use scope::{CatalogOperation, Scope};
pub use validation::Validation;
