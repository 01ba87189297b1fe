//! What is wrong with a request, as `FastAPI` lists it.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Write as _};

use kate_errors_model::json::{Kind, Raw, Str};

use crate::catalog::Visible;

/// A `detail` that is an array or an object: what is wrong with a request, as `FastAPI` lists it under 422.
///
/// `FastAPI` sends back what the request held, as `input` and `ctx`, passwords included. They stand in
/// [`json`](Self::json) alone, never in `Debug` or `Display`.
///
/// ```
/// use kate_errors::KateError;
///
/// let body = br#"{"detail":[{"type":"missing","loc":["body","items",0,"name"],"msg":"Field required",
///     "input":{"password":"hunter2"}}]}"#;
/// let received = KateError::decode(422, body);
/// let validation = received.validation().unwrap();
/// let [item] = validation.items() else { panic!() };
/// assert_eq!(item.path(), "body.items[0].name");
/// assert_eq!((item.msg(), item.kind()), ("Field required", "missing"));
/// assert_eq!(validation.to_string(), "body.items[0].name: Field required");
/// assert!(!format!("{received:?} {received}").contains("hunter2"));
/// assert!(validation.json().contains("hunter2"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Validation(Box<Content>);

/// What a validation holds, apart, so that responses of other kinds stay small.
#[derive(Clone, PartialEq, Eq)]
struct Content {
    json: Box<str>,
    items: Vec<ValidationItem>,
}

impl Validation {
    pub(crate) fn read(detail: Raw<'_>) -> Self {
        let of_object = matches!(detail.kind(), Kind::Object).then_some(detail);
        let of_object = of_object.map(ValidationItem::read).filter(|item| !item.is_empty());
        let items = detail.elements().map(ValidationItem::read).chain(of_object).collect();
        Self(Box::new(Content { json: detail.as_str().into(), items }))
    }

    /// What is wrong: an item for each value of the array. An object is one item if it has any of the
    /// members of one.
    ///
    /// ```
    /// # use kate_errors::KateError;
    /// let received = KateError::decode(409, br#"{"detail":{"code":"duplicate","id":7}}"#);
    /// let validation = received.validation().unwrap();
    /// assert!(validation.items().is_empty());
    /// assert_eq!(validation.json(), r#"{"code":"duplicate","id":7}"#);
    /// ```
    #[must_use]
    pub fn items(&self) -> &[ValidationItem] {
        &self.0.items
    }

    /// The whole `detail` as it was received, which may hold passwords.
    ///
    /// ```
    /// # use kate_errors::KateError;
    /// let received = KateError::decode(422, br#"{"detail": [ ] }"#);
    /// assert_eq!(received.validation().unwrap().json(), "[ ]");
    /// ```
    #[must_use]
    pub fn json(&self) -> &str {
        &self.0.json
    }
}

impl fmt::Debug for Validation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Validation").field("items", &self.0.items).finish_non_exhaustive()
    }
}

impl fmt::Display for Validation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MAX_ITEMS: usize = 10;
        for (index, item) in self.0.items.iter().take(MAX_ITEMS).enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{item}")?;
        }
        match self.0.items.len() {
            0 => f.write_str("a `detail` that is no message"),
            length if length > MAX_ITEMS => write!(f, "; and {} more", length - MAX_ITEMS),
            _ => Ok(()),
        }
    }
}

/// One thing that is wrong with a request. What is missing in the response is empty.
///
/// ```
/// use kate_errors::{KateError, PathItem};
///
/// let body = br#"{"detail":[{"loc":["body",9],"msg":"JSON decode error","type":"json_invalid"}]}"#;
/// let received = KateError::decode(422, body);
/// let item = &received.validation().unwrap().items()[0];
/// assert_eq!(item.loc(), [PathItem::Str("body".into()), PathItem::Int(9)]);
/// assert_eq!(item.to_string(), "body[9]: JSON decode error");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ValidationItem {
    loc: Vec<PathItem>,
    msg: String,
    kind: String,
}

/// A step to a field.
///
/// ```
/// use kate_errors::PathItem;
///
/// assert_eq!(PathItem::Str("name".into()).to_string(), "name");
/// assert_eq!(PathItem::Int(0).to_string(), "0");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathItem {
    /// The name of a field.
    Str(String),
    /// The index of an item.
    Int(i64),
}

impl ValidationItem {
    fn read(value: Raw<'_>) -> Self {
        let mut item = Self::default();
        match value.kind() {
            Kind::String => item.msg = text(value),
            Kind::Object => {
                for (name, value) in value.members() {
                    item.member(name.text().as_deref().unwrap_or_default(), value);
                }
            }
            _ => {}
        }
        item
    }

    fn member(&mut self, name: &str, value: Raw<'_>) {
        match name {
            "loc" if value.kind() == Kind::String => self.loc = Vec::from([PathItem::read(value)]),
            "loc" => self.loc = value.elements().map(PathItem::read).collect(),
            "msg" => self.msg = text(value),
            "type" => self.kind = text(value),
            _ => {}
        }
    }

    fn is_empty(&self) -> bool {
        self.loc.is_empty() && self.msg.is_empty() && self.kind.is_empty()
    }

    /// The way to the field: where in the request it is, and then names and indices.
    ///
    /// ```
    /// # use kate_errors::{KateError, PathItem};
    /// let body = br#"{"detail":[{"loc":["body",9],"msg":"Field required","type":"missing"}]}"#;
    /// let received = KateError::decode(422, body);
    /// let item = &received.validation().unwrap().items()[0];
    /// assert_eq!(item.loc(), [PathItem::Str("body".into()), PathItem::Int(9)]);
    /// ```
    #[must_use]
    pub fn loc(&self) -> &[PathItem] {
        &self.loc
    }

    /// What is wrong, for people.
    ///
    /// ```
    /// # use kate_errors::KateError;
    /// let body = br#"{"detail":[{"loc":["body",9],"msg":"Field required","type":"missing"}]}"#;
    /// let received = KateError::decode(422, body);
    /// let item = &received.validation().unwrap().items()[0];
    /// assert_eq!(item.msg(), "Field required");
    /// ```
    #[must_use]
    pub fn msg(&self) -> &str {
        &self.msg
    }

    /// What is wrong, for programs: the member `type`.
    ///
    /// ```
    /// # use kate_errors::KateError;
    /// let body = br#"{"detail":[{"loc":["body",9],"msg":"Field required","type":"missing"}]}"#;
    /// let received = KateError::decode(422, body);
    /// let item = &received.validation().unwrap().items()[0];
    /// assert_eq!(item.kind(), "missing");
    /// ```
    #[must_use]
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// The way to the field as one text: `body.items[0].name`.
    ///
    /// ```
    /// # use kate_errors::KateError;
    /// let body = br#"{"detail":[{"loc":["body",9],"msg":"Field required","type":"missing"}]}"#;
    /// let received = KateError::decode(422, body);
    /// let item = &received.validation().unwrap().items()[0];
    /// assert_eq!(item.path(), "body[9]");
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
}

impl PathItem {
    fn read(value: Raw<'_>) -> Self {
        match (value.kind(), value.as_str().parse()) {
            (Kind::Number, Ok(index)) => Self::Int(index),
            (Kind::String, _) => Self::Str(text(value)),
            // Nothing steps like that; what stands there might be a value of the request.
            (Kind::Array | Kind::Object, _) => Self::Str("…".into()),
            _ => Self::Str(value.as_str().into()),
        }
    }
}

/// A string, or nothing.
fn text(value: Raw<'_>) -> String {
    value.string().map(Str::text_lossy).unwrap_or_default()
}

impl fmt::Display for ValidationItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path();
        let separator = if path.is_empty() { "" } else { ": " };
        let msg = if self.msg.is_empty() { "not valid" } else { &self.msg };
        write!(f, "{}{separator}{}", Visible(&path), Visible(msg))
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
