//! Reading the values of a message, in one pass.

use alloc::borrow::Cow;
use core::str;

use super::{End, Segment, Template};
use crate::types::Type;

impl Template<'_> {
    /// Whether `message` is a message of the template. If so, each value is stored in `values` at the index of
    /// its parameter; other items are not changed. A message that is not UTF-8 does not match.
    ///
    /// ```
    /// use kate_errors_model::template::{Piece, Template};
    /// use kate_errors_model::types::Type;
    ///
    /// let name = Piece::Placeholder(0, Type::Text);
    /// let template = Template::new([Piece::Literal("Table '".into()), name, Piece::Literal("' exists".into())]);
    /// let mut values = [""];
    /// assert!(template.read("Table 'users of today' exists", &mut values));
    /// assert_eq!(values, ["users of today"]);
    /// assert!(!template.read("Table users exists", &mut values));
    /// ```
    #[must_use]
    pub fn read<'m, V: From<&'m str>>(
        &self,
        message: &'m (impl AsRef<[u8]> + ?Sized),
        values: &mut [V],
    ) -> bool {
        let rest = message.as_ref().strip_prefix(self.first.as_bytes());
        let Some(mut rest) = rest else { return false };
        if self.is_unread() {
            return false;
        }
        let last = self.segments.len().wrapping_sub(1);
        for (index, segment) in self.segments.iter().enumerate() {
            let Some((value, behind)) = segment.read(rest, index == last) else { return false };
            if let Some(place) = values.get_mut(segment.param) {
                *place = value.into();
            }
            rest = behind;
        }
        rest.is_empty()
    }
}

impl Segment<'_> {
    /// Reads the value at the beginning of `rest`. Returns the value, and the rest after it and its literal.
    fn read<'m>(&self, rest: &'m [u8], is_last: bool) -> Option<(&'m str, &'m [u8])> {
        let literal = self.literal.as_bytes();
        let length = match &self.ty {
            Type::Text | Type::Lines | Type::Word => self.end_of_text(rest)?,
            Type::Scalar(scalar) => (scalar.claims)(rest)?,
            Type::OneOf(choices) => {
                let fits = |choice: &Cow<'_, str>| {
                    let behind = rest.strip_prefix(choice.as_bytes())?.strip_prefix(literal)?;
                    (!is_last || behind.is_empty()).then_some(choice.len())
                };
                choices.iter().find_map(fits)?
            }
        };
        let (value, behind) = rest.split_at_checked(length)?;
        let value = str::from_utf8(value).ok()?;
        let is_value = match &self.ty {
            Type::Text | Type::Lines | Type::Word => self.ty.is_clean(value),
            Type::Scalar(scalar) => (scalar.in_range)(value),
            Type::OneOf(_) => true,
        };
        Some((value, behind.strip_prefix(literal).filter(|_| is_value)?))
    }

    /// Where a text or word at the beginning of `rest` ends, whatever it contains.
    fn end_of_text(&self, rest: &[u8]) -> Option<usize> {
        match &self.end {
            End::Mark(_) | End::Literal => find(rest, self.mark().as_bytes()),
            End::Message => Some(rest.len()),
            End::Before(mark) => find(rest, mark.as_bytes()).is_none().then_some(rest.len()),
            End::Unread => None,
        }
    }
}

/// Returns the position of the first `part` in `text`. Values are short, so a search for the first byte is faster
/// than algorithms for long texts. Besides, a mark usually begins with a character that is rare in values.
pub(crate) fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    let first = part.first()?;
    let mut from = 0;
    loop {
        from += text.get(from..)?.iter().position(|byte| byte == first)?;
        if text.get(from..)?.starts_with(part) {
            return Some(from);
        }
        from += 1;
    }
}
