//! Reading: the values of a message, in one pass.

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
    pub fn read<'m>(&self, message: &'m str, values: &mut [&'m str]) -> bool {
        let Some(mut rest) = message.strip_prefix(&*self.first) else { return false };
        let last = self.segments.len().wrapping_sub(1);
        for (index, segment) in self.segments.iter().enumerate() {
            let Some((value, behind)) = segment.read(rest, index == last) else { return false };
            if let Some(place) = values.get_mut(segment.param) {
                *place = value;
            }
            rest = behind;
        }
        rest.is_empty()
    }
}

impl Segment<'_> {
    /// The value that `rest` begins with, and what stands behind it and its literal.
    fn read<'m>(&self, rest: &'m str, is_last: bool) -> Option<(&'m str, &'m str)> {
        if let Type::OneOf(choices) = &self.ty {
            return choices.iter().find_map(|choice| {
                let behind = rest.strip_prefix(&**choice)?.strip_prefix(&*self.literal)?;
                (!is_last || behind.is_empty())
                    .then(|| (rest.get(..choice.len()).unwrap_or_default(), behind))
            });
        }
        let (value, behind) = rest.split_at_checked(self.value_length(rest)?)?;
        Some((value, behind.strip_prefix(&*self.literal)?))
    }

    fn value_length(&self, rest: &str) -> Option<usize> {
        match &self.ty {
            Type::Scalar(scalar) => scalar.read(rest),
            Type::Text | Type::Word => {
                let end = self.end_of_text(rest.as_bytes())?;
                self.ty.is_clean(rest.get(..end)?).then_some(end)
            }
            Type::OneOf(_) => None,
        }
    }

    /// Where a text or word ends that `rest` begins with, whatever stands in it.
    fn end_of_text(&self, rest: &[u8]) -> Option<usize> {
        match &self.end {
            End::Mark(_) => find(rest, self.mark().as_bytes()),
            End::Message => Some(rest.len()),
            End::Before(mark) => find(rest, mark.as_bytes()).is_none().then_some(rest.len()),
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
