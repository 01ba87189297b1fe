//! The body of a problem (RFC 9457): `{"detail":"…"}` with more beside it.

use alloc::string::ToString;
use alloc::vec::Vec;

use crate::json::push_escaped;

/// A type that says no more than the status does (RFC 9457, section 4.2.1).
const NO_TYPE: &str = "about:blank";

/// The body of a problem. `link` is the place where the error is documented, `title` the name of the
/// status.
pub(crate) fn body(link: Option<&str>, title: &str, status: u16, detail: &str) -> Vec<u8> {
    /// The members and what stands around them.
    const AROUND: usize = 64;
    let link = link.unwrap_or(NO_TYPE);
    let mut body = Vec::with_capacity(AROUND + link.len() + title.len() + detail.len());
    body.extend_from_slice(b"{\"type\":\"");
    push_escaped(link, &mut body);
    body.extend_from_slice(b"\",\"title\":\"");
    push_escaped(title, &mut body);
    body.extend_from_slice(b"\",\"status\":");
    body.extend_from_slice(status.to_string().as_bytes());
    body.extend_from_slice(b",\"detail\":\"");
    push_escaped(detail, &mut body);
    body.extend_from_slice(b"\"}");
    body
}
