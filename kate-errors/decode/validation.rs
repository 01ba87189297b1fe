//! Validation errors of a request, as `FastAPI` lists them.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;

use kate_errors_model::json::{Kind, Raw};

use crate::FieldError;

/// A `detail` that is an array or an object and lists validation errors, such as `FastAPI` sends with 422.
///
/// `FastAPI` sends back the values of the request as `input` and `ctx`, including passwords. Only
/// [`json`](Self::json) returns them; `Debug` and `Display` never do.
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
/// assert_eq!((item.message(), item.code()), ("Field required", "missing"));
/// assert_eq!(validation.to_string(), "body.items[0].name: Field required");
/// assert!(!format!("{received:?} {received}").contains("hunter2"));
/// assert!(validation.json().contains("hunter2"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Validation(Box<Content>);

/// The content of a validation, boxed so that other outcomes stay small.
#[derive(Clone, PartialEq, Eq)]
struct Content {
    json: Box<str>,
    items: Vec<FieldError>,
}

impl Validation {
    pub(crate) fn read(detail: Raw<'_>) -> Self {
        let item = FieldError::of_item(detail);
        let items = match detail.kind() {
            Kind::Object if item.is_empty() => FieldError::by_name(detail),
            Kind::Object => Vec::from([item]),
            _ => detail.elements().map(FieldError::of_item).collect(),
        };
        Self(Box::new(Content { json: detail.as_str().into(), items }))
    }

    /// The validation errors: one item for each value of the array. An object is one item if it has at least one
    /// of the members of an item. If it only has a list of messages for each field, it is one item for each message.
    ///
    /// ```
    /// # use kate_errors::KateError;
    /// let received = KateError::decode(409, br#"{"detail":{"code":"duplicate","id":7}}"#);
    /// let validation = received.validation().unwrap();
    /// assert!(validation.items().is_empty());
    /// assert_eq!(validation.json(), r#"{"code":"duplicate","id":7}"#);
    ///
    /// let received = KateError::decode(400, br#"{"detail":{"name":["is missing","is short"]}}"#);
    /// assert_eq!(received.validation().unwrap().to_string(), "name: is missing; name: is short");
    /// ```
    #[must_use]
    pub fn items(&self) -> &[FieldError] {
        &self.0.items
    }

    /// The whole `detail` as it was received, which can contain passwords.
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
