//! The field of a request that an extractor could not read.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::error::Error;
use core::iter;

use kate_errors_model::json::{Scanner, Str, push_escaped};
use serde::de::{self, Deserialize, Deserializer};
use serde_path_to_error::{Path, Segment};

use crate::{FieldError, PathItem};

/// What can be wrong with an unreadable field: the code, the message, and how serde's message begins. The rest of
/// serde's message must not be sent: it may contain a secret.
const MISTAKES: [(&str, &str, &str); 5] = [
    ("missing", "is missing", "missing field `"),
    ("unknown", "is not known", "unknown field `"),
    ("duplicate", "is there more than once", "duplicate field `"),
    ("wrong_type", "has the wrong type", "invalid type: "),
    ("invalid", "is not valid", ""),
];

/// The beginning of a message that names a field.
const MARK: &str = "unreadable field ";

/// A value in an extractor, such as `Json<Located<Order>>`, whose rejection names the field that cannot be read;
/// see [`FieldError::of`]. Needs the feature `axum` or `actix-web`.
///
/// The extractors of actix-web need it, and so does axum's `Path`; axum's `Json`, `Query` and `Form` report the
/// field without it. It deserializes like its content, in any format of serde. Its errors do not show the value of
/// the field.
///
/// ```
/// use kate_errors::{FieldError, Located};
///
/// #[derive(serde::Deserialize)]
/// struct Order {
///     name: String,
/// }
///
/// let Located(order): Located<Order> = serde_json::from_str(r#"{"name":"Mug"}"#)?;
/// assert_eq!(order.name, "Mug");
///
/// let error = serde_json::from_str::<Located<Order>>(r#"{"name":["hunter2"]}"#).err().unwrap();
/// let expected = FieldError::new("name", "has the wrong type").with_code("wrong_type");
/// assert_eq!(FieldError::of(&error), Some(expected));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Located<T>(
    /// The value.
    pub T,
);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Located<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = serde_path_to_error::deserialize(deserializer);
        read.map(Self).map_err(|error| {
            let field = FieldError::unreadable(error.path(), &error.inner().to_string());
            let mut pointer = Vec::new();
            push_escaped(&field.pointer(), &mut pointer);
            let pointer = String::from_utf8_lossy(&pointer);
            de::Error::custom(format_args!("{MARK}\"{pointer}\": {}", field.code()))
        })
    }
}

impl FieldError {
    /// The field that an extractor could not read, from its rejection: `JsonRejection` and others of axum,
    /// `JsonPayloadError` and others of actix-web with [`Located`]. `None` if the error is not about a field. Needs
    /// the feature `axum` or `actix-web`.
    ///
    /// The codes are `missing`, `unknown`, `duplicate`, `wrong_type` and `invalid`. The message does not contain
    /// the value of the field.
    ///
    /// ```
    /// # #[cfg(feature = "axum")] {
    /// use axum::Json;
    /// use kate_errors::FieldError;
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Order {
    ///     sizes: Vec<u8>,
    /// }
    ///
    /// let rejection = Json::<Order>::from_bytes(br#"{"sizes":[1,"hunter2"]}"#).err().unwrap();
    /// let field = FieldError::of(&rejection).unwrap();
    /// assert_eq!(field.to_string(), "sizes[1]: has the wrong type");
    /// # }
    /// ```
    #[must_use]
    pub fn of(error: &(dyn Error + 'static)) -> Option<Self> {
        let errors = || iter::successors(Some(error), |&error| error.source());
        let located = |error: &(dyn Error + 'static)| Self::of_text(&error.to_string());
        errors().find_map(Self::of_axum).or_else(|| errors().find_map(located))
    }

    #[cfg(feature = "axum")]
    fn of_axum(error: &(dyn Error + 'static)) -> Option<Self> {
        use serde_path_to_error::Error;

        fn unreadable<E: core::fmt::Display>(error: &Error<E>) -> FieldError {
            let message = error.inner().to_string();
            FieldError::of_text(&message)
                .unwrap_or_else(|| FieldError::unreadable(error.path(), &message))
        }

        let in_json = error.downcast_ref::<Error<serde_json::Error>>().map(unreadable);
        in_json.or_else(|| error.downcast_ref::<Error<de::value::Error>>().map(unreadable))
    }

    #[cfg(not(feature = "axum"))]
    fn of_axum(_: &(dyn Error + 'static)) -> Option<Self> {
        None
    }

    /// Reads the field that [`Located`] has written into a message.
    fn of_text(text: &str) -> Option<Self> {
        let (_, text) = text.split_once(MARK)?;
        let pointer = Scanner::new(text).value(0).ok()?;
        let code = text.get(pointer.as_str().len()..)?.strip_prefix(": ")?;
        let mistake = MISTAKES.iter().find(|mistake| code.starts_with(mistake.0))?;
        let pointer = pointer.string().map(Str::text_lossy)?;
        Some(Self::new(&pointer, mistake.1).with_code(mistake.0))
    }

    /// The field at the end of a path, with the mistake that serde's message describes.
    fn unreadable(path: &Path, message: &str) -> Self {
        let mistake = MISTAKES.iter().find(|mistake| message.starts_with(mistake.2));
        let (code, own_message, start) = mistake.copied().unwrap_or_default();
        let step = |segment: &Segment| match segment {
            Segment::Seq { index } => i64::try_from(*index).ok().map(PathItem::Int),
            Segment::Map { key: name } | Segment::Enum { variant: name } => {
                Some(PathItem::Str(name.clone()))
            }
            Segment::Unknown => None,
        };
        let mut loc: Vec<_> = path.iter().filter_map(step).collect();
        // The path of a missing field ends at its parent, that of any other field usually at the field itself.
        let named = message.strip_prefix(start).filter(|_| start.ends_with('`'));
        let named = named.and_then(|rest| Some(PathItem::Str(rest.split_once('`')?.0.to_owned())));
        loc.extend(named.filter(|named| code == "missing" || loc.last() != Some(named)));
        Self::at(loc, own_message).with_code(code)
    }
}
