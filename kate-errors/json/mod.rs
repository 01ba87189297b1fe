//! JSON (RFC 8259): reading a body without recursion, and writing strings.

mod escape;
mod number;
mod scan;
mod string;
mod walk;

pub(crate) use escape::push_escaped;
pub(crate) use scan::{Fault, Scanner};
pub(crate) use string::{Str, is_plain, is_usual};
pub(crate) use walk::{Kind, Raw};
