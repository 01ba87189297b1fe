//! Invalid fields of a request.

mod read;

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::{self, Write as _};

use kate_errors_model::envelope::FieldPart;
use kate_errors_model::json::push_escaped;

use crate::catalog::Visible;

/// An invalid field of a request: its path, a message for people, and a code for programs. Parts that a response
/// lacks are empty.
///
/// A server sends them with [`with_fields`](crate::CatalogResponse::with_fields), if `wire` of its catalog has a
/// place for them. A client reads them with [`fields`](crate::Decoded::fields).
///
/// ```
/// use kate_errors::{FieldError, PathItem};
///
/// let error = FieldError::new("items[0].name", "is missing").with_code("missing");
/// assert_eq!(error.loc(), [PathItem::Str("items".into()), PathItem::Int(0), PathItem::Str("name".into())]);
/// assert_eq!((error.pointer(), error.code()), ("/items/0/name".to_owned(), "missing"));
/// assert_eq!(error.to_string(), "items[0].name: is missing");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct FieldError {
    loc: Vec<PathItem>,
    code: String,
    message: String,
}

/// A step of the path to a field.
///
/// ```
/// use kate_errors::PathItem;
///
/// assert_eq!(PathItem::Str("name".into()).to_string(), "name");
/// assert_eq!(PathItem::Int(0).to_string(), "0");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PathItem {
    /// The name of a field.
    Str(String),
    /// The index of an item.
    Int(i64),
}

impl FieldError {
    /// Creates an error for the field at a path such as `items[0].name`, or at a JSON Pointer (RFC 6901), which
    /// also allows names with dots and brackets. An empty path is the whole request.
    ///
    /// The message is sent to clients. The value of the field can be a secret, and must not be part of it.
    ///
    /// ```
    /// # use kate_errors::FieldError;
    /// assert_eq!(FieldError::new("name", "is too long"), FieldError::new("/name", "is too long"));
    /// assert_eq!(FieldError::new("#/a%20b/c~1d", "").pointer(), "/a b/c~1d");
    /// ```
    #[must_use]
    pub fn new(place: &str, message: impl Into<String>) -> Self {
        Self { loc: PathItem::all(place), code: String::new(), message: message.into() }
    }

    /// Creates an error from the steps of the path.
    #[cfg(any(feature = "actix-web", feature = "axum"))]
    pub(crate) fn at(loc: Vec<PathItem>, message: &str) -> Self {
        Self { loc, code: String::new(), message: message.into() }
    }

    /// Adds a code, for programs.
    ///
    /// ```
    /// # use kate_errors::FieldError;
    /// assert_eq!(FieldError::new("name", "is missing").with_code("missing").code(), "missing");
    /// ```
    #[must_use]
    pub fn with_code(self, code: impl Into<String>) -> Self {
        Self { code: code.into(), ..self }
    }

    /// Adds a part of the request, such as `body` or `query`, before the path of the field, as in `FastAPI`.
    ///
    /// ```
    /// # use kate_errors::FieldError;
    /// assert_eq!(FieldError::new("name", "is missing").within("body").path(), "body.name");
    /// ```
    #[must_use]
    pub fn within(mut self, part: &str) -> Self {
        self.loc.insert(0, PathItem::Str(part.into()));
        self
    }

    /// The path of the field: names and indices.
    ///
    /// ```
    /// # use kate_errors::{KateError, PathItem};
    /// let body = br#"{"detail":[{"loc":["body",9],"msg":"Field required","type":"missing"}]}"#;
    /// let received = KateError::decode(422, body);
    /// let field = &received.fields()[0];
    /// assert_eq!(field.loc(), [PathItem::Str("body".into()), PathItem::Int(9)]);
    /// ```
    #[must_use]
    pub fn loc(&self) -> &[PathItem] {
        &self.loc
    }

    /// The path of the field as one text.
    ///
    /// ```
    /// # use kate_errors::FieldError;
    /// assert_eq!(FieldError::new("/items/0/name", "").path(), "items[0].name");
    /// ```
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        for item in &self.loc {
            match item {
                PathItem::Int(index) => {
                    // Writing to a string does not fail.
                    let _ = write!(path, "[{index}]");
                }
                PathItem::Str(name) => {
                    path.push_str(if path.is_empty() { "" } else { "." });
                    path.push_str(name);
                }
            }
        }
        path
    }

    /// The path of the field as a JSON Pointer (RFC 6901).
    ///
    /// ```
    /// # use kate_errors::FieldError;
    /// assert_eq!(FieldError::new("items[0].a/b", "").pointer(), "/items/0/a~1b");
    /// ```
    #[must_use]
    pub fn pointer(&self) -> String {
        let token = |item: &PathItem| match item {
            PathItem::Int(index) => index.to_string(),
            PathItem::Str(name) => name.replace('~', "~0").replace('/', "~1"),
        };
        self.loc.iter().flat_map(|item| ["/".into(), token(item)]).collect()
    }

    /// What is wrong, for programs.
    ///
    /// ```
    /// # use kate_errors::KateError;
    /// let body = br#"{"detail":[{"loc":["body",9],"msg":"Field required","type":"missing"}]}"#;
    /// assert_eq!(KateError::decode(422, body).fields()[0].code(), "missing");
    /// ```
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// What is wrong, for people. In a response it is untrusted text.
    ///
    /// ```
    /// # use kate_errors::KateError;
    /// let body = br#"{"detail":[{"loc":["body",9],"msg":"Field required","type":"missing"}]}"#;
    /// assert_eq!(KateError::decode(422, body).fields()[0].message(), "Field required");
    /// ```
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// A part of the error as a body contains it.
    pub(crate) fn part(&self, part: FieldPart) -> Option<Cow<'_, str>> {
        let given = |text| Some(Cow::Borrowed(text)).filter(|text: &Cow<'_, str>| !text.is_empty());
        match part {
            FieldPart::Path => Some(self.path().into()),
            FieldPart::Pointer => Some(self.pointer().into()),
            FieldPart::Fragment => Some(fragment(&self.pointer()).into()),
            FieldPart::Loc => Some(self.json().into()),
            FieldPart::Code => given(&self.code),
            FieldPart::Message => given(&self.message),
        }
    }

    /// The path of the field as a JSON array.
    fn json(&self) -> String {
        let mut json = Vec::from(*b"[");
        for item in &self.loc {
            json.extend_from_slice(if json.len() > 1 { b"," } else { b"" });
            match item {
                PathItem::Int(index) => json.extend_from_slice(index.to_string().as_bytes()),
                PathItem::Str(name) => {
                    json.push(b'"');
                    push_escaped(name, &mut json);
                    json.push(b'"');
                }
            }
        }
        json.push(b']');
        String::from_utf8_lossy(&json).into_owned()
    }

    /// The approximate size of its texts, in bytes.
    pub(crate) fn size(&self) -> usize {
        let names = self.loc.iter().map(|item| match item {
            PathItem::Str(name) => name.len() + 1,
            PathItem::Int(_) => size_of::<i64>(),
        });
        names.sum::<usize>() + self.code.len() + self.message.len()
    }
}

impl PathItem {
    /// Splits a path or a JSON Pointer into steps.
    fn all(place: &str) -> Vec<Self> {
        let decoded = place.strip_prefix('#').map(decode);
        let place = decoded.as_deref().unwrap_or(place);
        if let Some(pointer) = place.strip_prefix('/') {
            let tokens = pointer.split('/').map(|it| it.replace("~1", "/").replace("~0", "~"));
            return tokens.map(|token| Self::of(&token)).collect();
        }
        if place.is_empty() { Vec::new() } else { place.split('.').flat_map(Self::steps).collect() }
    }

    /// Splits the text between two dots of a path: a name, and the indices after it.
    fn steps(part: &str) -> Vec<Self> {
        let (name, indices) = part.split_at(part.find('[').unwrap_or(part.len()));
        let indices = indices.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
        let indices: Option<Vec<_>> = indices
            .map(|it| it.split("][").map(|it| index(it).map(Self::Int)).collect())
            .unwrap_or_default();
        match indices {
            Some(indices) => {
                let name = (!name.is_empty()).then(|| Self::of(name));
                name.into_iter().chain(indices).collect()
            }
            None => Vec::from([Self::of(part)]),
        }
    }

    /// Returns an index if the token is a number, otherwise a name.
    fn of(token: &str) -> Self {
        index(token).map_or_else(|| Self::Str(token.into()), Self::Int)
    }
}

/// Parses an index in canonical form that every JSON parser represents exactly.
fn index(digits: &str) -> Option<i64> {
    const LARGEST: u64 = 9_007_199_254_740_991;
    let index: i64 = digits.parse().ok()?;
    (index.to_string() == digits && index.unsigned_abs() <= LARGEST).then_some(index)
}

/// A JSON Pointer as a URI fragment (RFC 6901, section 6; RFC 3986, section 3.5).
fn fragment(pointer: &str) -> String {
    let mut fragment = String::from("#");
    for byte in pointer.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(&byte) {
            fragment.push(byte.into());
        } else {
            // Writing to a string does not fail.
            let _ = write!(fragment, "%{byte:02X}");
        }
    }
    fragment
}

/// Decodes percent-encoding.
fn decode(text: &str) -> String {
    let mut parts = text.split('%');
    let mut bytes = Vec::from(parts.next().unwrap_or_default());
    for part in parts {
        let digits = part.get(..2).filter(|it| it.bytes().all(|it| it.is_ascii_hexdigit()));
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let rest = part.get(byte.map_or(0, |_| 2)..).unwrap_or_default();
        bytes.push(byte.unwrap_or(b'%'));
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path();
        let separator = if path.is_empty() { "" } else { ": " };
        let message = if self.message.is_empty() { "not valid" } else { &self.message };
        write!(f, "{}{separator}{}", Visible(&path), Visible(message))
    }
}

impl fmt::Display for PathItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Str(name) => fmt::Display::fmt(&Visible(name), f),
            Self::Int(index) => fmt::Display::fmt(index, f),
        }
    }
}
