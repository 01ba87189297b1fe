//! What was found in a body.

use alloc::borrow::Cow;
use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use super::read::{BYTE_ORDER_MARK, Reader};
use super::{Content, Leaf, Place, Slot};
use crate::json::{Kind, Raw};

/// How many places are stored without an allocation.
const INLINE: usize = 6;

/// What was found in a body: the values at the places of an envelope.
#[derive(Clone, Debug)]
pub struct Found<'e, 'b> {
    places: &'e [Place<'e>],
    first: [Option<Raw<'b>>; INLINE],
    more: Vec<Option<Raw<'b>>>,
    /// Whether the body begins with a byte order mark.
    pub has_mark: bool,
}

/// The value of a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'b> {
    /// A string: its text without affixes, borrowed if nothing is escaped.
    Text(Cow<'b, str>),
    /// Another value.
    Json(Raw<'b>),
}

impl Value<'_> {
    /// The text of a string, or the JSON of another value.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Json(json) => json.as_str(),
        }
    }

    /// The value as a code: a string, or the digits of a number, which other programs may write as `1.0` or `1e3`.
    ///
    /// ```
    /// use kate_errors_model::envelope::Value;
    /// use kate_errors_model::json::Raw;
    ///
    /// assert_eq!(Value::Json(Raw::parse("1.0059e4").unwrap()).code(), "10059");
    /// assert_eq!(Value::Json(Raw::parse("-0").unwrap()).code(), "0");
    /// ```
    #[must_use]
    pub fn code(&self) -> Cow<'_, str> {
        let integer = match self {
            Self::Json(json) if json.as_str().contains(['.', 'e', 'E', '-']) => {
                integer(json.as_str())
            }
            _ => None,
        };
        integer.map_or(Cow::Borrowed(self.as_str()), |integer| Cow::Owned(integer.to_string()))
    }
}

/// Converts a number to an integer, however it is written, if every JSON parser represents it exactly.
fn integer(number: &str) -> Option<i64> {
    const LARGEST: f64 = 9_007_199_254_740_991.0;
    let number: f64 = number.parse().ok()?;
    #[expect(clippy::cast_possible_truncation, reason = "compared with the original number")]
    let integer = number as i64;
    #[expect(
        clippy::cast_precision_loss,
        clippy::float_cmp,
        reason = "every integer in the range is exact"
    )]
    let is_same = number.abs() <= LARGEST && integer as f64 == number;
    is_same.then_some(integer)
}

impl<'e, 'b> Found<'e, 'b> {
    #[inline]
    pub(super) fn new(places: &'e [Place<'e>]) -> Self {
        let more = match places.len().checked_sub(INLINE) {
            Some(more) if more > 0 => vec![None; more],
            _ => Vec::new(),
        };
        Self { places, first: [None; INLINE], more, has_mark: false }
    }

    /// The value at a place, of any type.
    #[inline]
    pub(super) fn at(&self, place: usize) -> Option<Raw<'b>> {
        match self.first.get(place) {
            Some(value) => *value,
            None => self.more.get(place.wrapping_sub(INLINE)).copied().flatten(),
        }
    }

    #[inline]
    pub(super) fn entry(&mut self, place: usize) -> Option<&mut Option<Raw<'b>>> {
        match self.first.get_mut(place) {
            Some(entry) => Some(entry),
            None => self.more.get_mut(place.wrapping_sub(INLINE)),
        }
    }

    pub(super) fn set(&mut self, place: usize, value: Option<Raw<'b>>) {
        if let Some(entry) = self.entry(place) {
            *entry = value;
        }
    }

    /// The value at the first place of a slot that the body has, of any type.
    #[must_use]
    pub fn raw(&self, slot: Slot<'_>) -> Option<Raw<'b>> {
        self.all(slot).next().map(|(_, raw)| raw)
    }

    /// The values at the places of a slot, of any type, in the order of the template.
    #[inline]
    pub(super) fn all<'s>(
        &'s self,
        slot: Slot<'s>,
    ) -> impl Iterator<Item = (&'e Leaf<'e>, Raw<'b>)> + use<'s, 'e, 'b> {
        let mut whole = 0;
        self.places.iter().enumerate().filter_map(move |(at, place)| {
            let leaf = match &place.content {
                Content::Slot(leaf) => {
                    whole = at;
                    leaf
                }
                Content::Part(leaf) => leaf,
                _ => return None,
            };
            if leaf.slot == slot { Some((leaf, self.at(whole)?)) } else { None }
        })
    }

    /// The value of a slot: the first valid one at its places. Null, a value of another type, a string with half
    /// of a surrogate pair, and a string without the affixes are not valid.
    ///
    /// ```
    /// use kate_errors_codegen::envelope::Parts;
    /// use kate_errors_model::envelope::Slot;
    ///
    /// let parts = Parts::new(r#"{"code":"{code}","docs":"https://kate.example/#{code}"}"#).unwrap();
    /// let found = parts.envelope().find(br#"{"docs":"https://kate.example/#gone","code":null}"#)?;
    /// assert_eq!(found.get(Slot::Code).unwrap().as_str(), "gone");
    /// # Ok::<(), kate_errors_model::UnknownReason>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn get(&self, slot: Slot<'_>) -> Option<Value<'b>> {
        self.all(slot).find_map(|(leaf, raw)| leaf.value(raw))
    }

    /// Whether places of the same slot have different values. The first one counts. Objects and lists are not compared,
    /// and neither are values of the request, which are not read.
    ///
    /// ```
    /// use kate_errors_codegen::envelope::Parts;
    ///
    /// let parts = Parts::new(r#"{"code":"{code}","docs":"https://kate.example/#{code}"}"#).unwrap();
    /// let differ = |body| Some(parts.envelope().find(body).ok()?.places_differ());
    /// assert_eq!(differ(br#"{"code":"gone","docs":"https://kate.example/#lost"}"#), Some(true));
    /// ```
    #[must_use]
    pub fn places_differ(&self) -> bool {
        let is_scalar = |raw: Raw<'_>| !matches!(raw.kind(), Kind::Array | Kind::Object);
        let leaves = self.places.iter().filter_map(Place::leaf);
        let mut read = leaves.filter(|leaf| !matches!(leaf.slot, Slot::Request(_)));
        read.any(|leaf| {
            let values = self.all(leaf.slot).filter(|(_, raw)| is_scalar(*raw));
            let mut values = values.filter_map(|(leaf, raw)| leaf.value(raw));
            let first = values.next();
            values.any(|other| first.as_ref().is_some_and(|first| first.code() != other.code()))
        })
    }

    /// The other elements of the array in the body: those after the one that was read that also have its
    /// constants. Elements with a duplicate member are skipped.
    ///
    /// ```
    /// use kate_errors_codegen::envelope::Parts;
    /// use kate_errors_model::envelope::Slot;
    ///
    /// let parts = Parts::new(r#"{"errors":[{"message":"{detail}"}]}"#).unwrap();
    /// let found = parts.envelope().find(br#"{"errors":[{"message":"a"},{"message":"b"}]}"#)?;
    /// assert_eq!(found.get(Slot::Detail).unwrap().as_str(), "a");
    /// let others: Vec<_> = found.others().filter_map(|other| other.get(Slot::Detail)).collect();
    /// assert_eq!(others[0].as_str(), "b");
    /// # Ok::<(), kate_errors_model::UnknownReason>(())
    /// ```
    pub fn others(&self) -> impl Iterator<Item = Found<'e, 'b>> + use<'e, 'b> {
        self.elements(self.arrays().next()).skip(1)
    }

    /// For each further element of the array of errors, the body with only this element. `body` is the one that
    /// was read.
    ///
    /// ```
    /// use kate_errors_codegen::envelope::Parts;
    ///
    /// let parts = Parts::new(r#"{"errors":[{"message":"{detail}"}]}"#).unwrap();
    /// let body = br#"{"errors":[{"message":"a"},{"message":"b"}],"id":7}"#;
    /// let mut others = parts.envelope().find(body)?.bodies_of_others(body);
    /// assert_eq!(others.next().unwrap(), br#"{"errors":[{"message":"b"}],"id":7}"#);
    /// # Ok::<(), kate_errors_model::UnknownReason>(())
    /// ```
    pub fn bodies_of_others(&self, body: &'b [u8]) -> impl Iterator<Item = Vec<u8>> + use<'e, 'b> {
        let places = self.places;
        let array = self.array_of_errors();
        array.into_iter().flat_map(move |(at, array)| {
            let text = array.as_str();
            let start = text.as_ptr().addr().wrapping_sub(body.as_ptr().addr());
            let head = body.get(..start).unwrap_or_default();
            // These bodies are none that a server sent.
            let head = head.strip_prefix(BYTE_ORDER_MARK).unwrap_or(head);
            let tail = body.get(start.saturating_add(text.len())..).unwrap_or_default();
            let fits = move |element: &Raw<'b>| Reader::element_of(places, at, *element).is_some();
            let alone = move |element: Raw<'b>| {
                [head, b"[", element.as_str().as_bytes(), b"]", tail].concat()
            };
            array.elements().filter(fits).skip(1).map(alone)
        })
    }

    /// Whether the body lists a further error with another code or another message.
    ///
    /// ```
    /// use kate_errors_codegen::envelope::Parts;
    ///
    /// let parts = Parts::new(r#"{"errors":[{"code":"{code}"}]}"#).unwrap();
    /// let list = |body: &'static [u8]| parts.envelope().find(body).unwrap().lists_others();
    /// assert!(list(br#"{"errors":[{"code":"a"},{"code":"b"}]}"#));
    /// assert!(!list(br#"{"errors":[{"code":"a"},{"code":"a"},{}]}"#));
    /// assert!(!list(br#"{"errors":[{"code":404},{"code":4.04e2},{"code":"404"}]}"#));
    /// ```
    #[must_use]
    pub fn lists_others(&self) -> bool {
        let Some(array) = self.array_of_errors() else { return false };
        let mut elements = self.elements(Some(array));
        let Some(first) = elements.next() else { return false };
        elements.any(|other| {
            [Slot::Code, Slot::Detail].into_iter().any(|slot| {
                let (first, other) = (first.get(slot), other.get(slot));
                other.is_some_and(|other| first.is_none_or(|first| first.code() != other.code()))
            })
        })
    }

    /// The array of errors. An array that only contains values of an error, or of the request, is not one.
    fn array_of_errors(&self) -> Option<(usize, Raw<'b>)> {
        self.arrays().find(|(at, _)| {
            let [array, rest @ ..] = self.places.get(*at..).unwrap_or_default() else {
                return false;
            };
            let mut slots = rest.iter().take(array.within).filter_map(Place::leaf);
            slots.any(|leaf| matches!(leaf.slot, Slot::Code | Slot::Detail))
        })
    }

    /// The elements of the first array without an array inside it. In
    /// [`Envelope::fields`](super::Envelope::fields), each of them describes a field.
    pub fn each_field(&self) -> impl Iterator<Item = Found<'e, 'b>> + use<'e, 'b> {
        self.elements(self.innermost())
    }

    /// What stands in the place of that array, whatever its kind.
    #[must_use]
    pub fn list_of_fields(&self) -> Option<Raw<'b>> {
        self.innermost().map(|(_, list)| list)
    }

    fn innermost(&self) -> Option<(usize, Raw<'b>)> {
        let is_array = |place: &Place<'_>| matches!(place.content, Content::Array(_));
        self.arrays().find(|(at, _)| {
            let rest = self.places.get(*at..).unwrap_or_default();
            let within = rest.first().map_or(0, |place| place.within);
            !rest.iter().skip(1).take(within).any(is_array)
        })
    }

    /// The arrays that the body has, each with the number of its place.
    fn arrays(&self) -> impl Iterator<Item = (usize, Raw<'b>)> {
        self.places.iter().enumerate().filter_map(|(at, place)| match place.content {
            Content::Array(_) => Some((at, self.at(at)?)),
            _ => None,
        })
    }

    fn elements(
        &self,
        array: Option<(usize, Raw<'b>)>,
    ) -> impl Iterator<Item = Found<'e, 'b>> + use<'e, 'b> {
        let places = self.places;
        let elements = array
            .into_iter()
            .flat_map(|(at, array)| array.elements().map(move |element| (at, element)));
        elements.filter_map(move |(at, element)| Reader::element_of(places, at, element))
    }
}
