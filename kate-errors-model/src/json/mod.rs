//! JSON (RFC 8259): validating and reading a text without recursion, and writing strings.

mod scan;
mod skip;
mod string;
mod value;

pub use scan::{Fault, MAX_DEPTH, Scanner};
pub(crate) use skip::is_too_deep;
pub(crate) use string::run_before_quote;
pub use string::{LoneSurrogate, Str, escape_from, is_plain, is_plain_text, push_escaped};
pub use value::{Kind, Raw};
