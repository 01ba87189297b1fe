//! The body of a problem (RFC 9457): `{"detail":"…"}` with more beside it.

use alloc::string::String;
use core::fmt::Write as _;

use crate::json::Escaped;

/// A type that says no more than the status does (RFC 9457, section 4.2.1).
const NO_TYPE: &str = "about:blank";

/// The body of a problem. `link` is the place where the error is documented, `title` the name of the
/// status.
pub(crate) fn body(link: Option<&str>, title: &str, status: u16, detail: &str) -> String {
    /// The members and what stands around them.
    const AROUND: usize = 64;
    let link = link.unwrap_or(NO_TYPE);
    let mut body = String::with_capacity(AROUND + link.len() + title.len() + detail.len());
    body.push_str("{\"type\":\"");
    // Writing to a string does not fail.
    let _ = Escaped(&mut body).write_str(link);
    body.push_str("\",\"title\":\"");
    let _ = Escaped(&mut body).write_str(title);
    let _ = write!(body, "\",\"status\":{status},\"detail\":\"");
    let _ = Escaped(&mut body).write_str(detail);
    body.push_str("\"}");
    body
}
