//! Reading: the values of a message, in one pass.

use alloc::borrow::Cow;

use super::{End, Segment, Template};
use crate::types::Type;

impl Template<'_> {
    /// Whether `message` is one of the template. If so, its values are put into `values`, each in the place of its
    /// parameter; the places of other parameters stay as they are.
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
    pub fn read<'m, V: From<&'m str>>(&self, message: &'m str, values: &mut [V]) -> bool {
        let Some(mut rest) = message.strip_prefix(&*self.first) else { return false };
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
    /// The value that `rest` begins with, and what stands behind it and its literal.
    fn read<'m>(&self, rest: &'m str, is_last: bool) -> Option<(&'m str, &'m str)> {
        let length = match &self.ty {
            Type::Text | Type::Lines | Type::Word => self.end_of_text(rest.as_bytes())?,
            Type::Scalar(scalar) => (scalar.claims)(rest.as_bytes())?,
            Type::OneOf(choices) => {
                let fits = |choice: &Cow<'_, str>| {
                    let behind = rest.strip_prefix(&**choice)?.strip_prefix(&*self.literal)?;
                    (!is_last || behind.is_empty()).then_some(choice.len())
                };
                choices.iter().find_map(fits)?
            }
        };
        let (value, behind) = rest.split_at_checked(length)?;
        let is_value = match &self.ty {
            Type::Text | Type::Lines | Type::Word => self.ty.is_clean(value),
            Type::Scalar(scalar) => (scalar.in_range)(value),
            Type::OneOf(_) => true,
        };
        Some((value, behind.strip_prefix(&*self.literal).filter(|_| is_value)?))
    }

    /// Where a text or word ends that `rest` begins with, whatever stands in it.
    fn end_of_text(&self, rest: &[u8]) -> Option<usize> {
        match &self.end {
            End::Mark(_) => find(rest, self.mark().as_bytes()),
            End::Message => Some(rest.len()),
            End::Before(mark) => find(rest, mark.as_bytes()).is_none().then_some(rest.len()),
            End::Unread => None,
        }
    }
}

/// The place of the first `part` in `text`. Values are short: looking for the first byte of it is quicker than what
/// prepares for long texts, and a mark mostly begins with a character that is rare in values.
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
