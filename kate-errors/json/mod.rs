//! JSON (RFC 8259): reading a body without recursion, and writing strings.

mod escape;
mod number;
mod scan;
mod string;
mod walk;

pub(crate) use escape::{Escaped, escaped_is};
pub(crate) use scan::{Fault, Scanner};
pub(crate) use string::{Str, plain_run};
pub(crate) use walk::{Kind, Raw};
