//! Templates of envelopes, and the [`Envelope`](kate_errors_model::envelope::Envelope)s that [`Parts`] creates from them.
//!
//! A template is JSON with placeholders at its leaves:
//!
//! ```json
//! { "error": { "code": "{code}", "message": "{detail}", "docs": "{docs_url?}" } }
//! ```
//!
//! | placeholder | value |
//! |---|---|
//! | `{code}`, `{detail}`, `{status}`, `{title}`, `{docs_url}`, `{cause}`, `{fix}` | of the error |
//! | `{retry_after}`, `{retry_after:ms}` | when to retry, in seconds or milliseconds |
//! | `{params}`, `{params:string}` | an object of all values; the same with all of them as strings |
//! | `{name}`, `{params.name}` | the value of one parameter; the longer form if a slot has the same name |
//! | `{request.name}`, `{wire.name}` | a value that only the server has; a constant of the error |
//! | `{with.name}` | a constant of the catalog, see [`expand`] |
//! | `{field.path}`, `{field.pointer}`, `{field.fragment}`, `{field.loc}`, `{field.code}`, `{field.message}` | of an invalid field of the request |
//! | `{any}` | neither written nor read |
//!
//! A leaf that consists of one placeholder has the JSON type of its value, and `{status:string}` makes it a
//! string. Text around a placeholder is an affix (`https://kate.example/errors#{code}`), which is removed when
//! the value is read. An affix that begins or ends with `{any}` is not written, and only removed if it is there
//! (`{any}#{code}`). A text can have several placeholders (`[{code}] {detail}`): each value ends at the first
//! occurrence of the text after it, and `{any}` before a code at the last one. `{docs_url?}` is left out if it
//! has no value, and so are containers that end up empty. Everything else is constant. Constants are written, but
//! only compared in elements of arrays, where they select the element that is read; null selects nothing.
//!
//! An element of an array that contains `{field.…}` is written once for each invalid field. An object with the
//! one member `{field.path}` contains the messages by field: `{ "{field.path}": "{field.message}" }`, or lists of
//! messages. Both are left out if there is no invalid field, and so is everything that contains only constants
//! besides them. An element that also contains the error is then written once.

mod expand;
mod parts;
mod placeholder;
mod tree;

pub use expand::expand;
pub use parts::Parts;
pub use placeholder::{SLOTS, leaf};

/// A mistake in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The place as a JSON Pointer (RFC 6901): `/errors/0/code`, empty for the whole template.
    pub place: String,
    /// What is wrong.
    pub message: String,
}
