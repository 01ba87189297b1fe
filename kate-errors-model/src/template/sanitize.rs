//! Values that cannot appear in a message as they are: a text that holds its own end mark would be read back shorter.

use alloc::borrow::Cow;
use alloc::string::String;

use super::read::find;
use super::{End, Segment, Template};
use crate::MAX_BODY;
use crate::types::{Field, Type};

/// Stands in place of what is taken out of a value; the others, where the literal has that one.
const STAND_INS: [char; 4] = ['\u{FFFD}', '?', '_', '*'];

/// How many bytes of a body are left for what stands around the message.
const ENVELOPE: usize = 4096;

/// Values of so few bytes fit into every body: looking at their number is needless.
const SHORT: usize = 256;

impl Template<'_> {
    /// The value that stands in the message for `value`, in the place of one of its segments: the value itself if it
    /// can be read back.
    ///
    /// Of a text or word, each character that it may not hold becomes U+FFFD, and so does the first character of each
    /// end mark; an empty word becomes one U+FFFD, and a text that is too long for a body is cut. What is no value of
    /// another type becomes that type's stand-in.
    ///
    /// ```
    /// use kate_errors_model::template::{Piece, Template};
    /// use kate_errors_model::types::Type;
    ///
    /// let name = Piece::Placeholder(0, Type::Text);
    /// let template = Template::new([Piece::Literal("'".into()), name, Piece::Literal("' exists".into())]);
    /// let name = &template.segments[0];
    /// assert_eq!(template.sanitize(name, "The Left Hand of Darkness"), "The Left Hand of Darkness");
    /// assert_eq!(template.sanitize(name, "O'Brien"), "O\u{FFFD}Brien");
    /// ```
    #[must_use]
    pub fn sanitize<'v>(&self, segment: &Segment<'_>, value: &'v str) -> Cow<'v, str> {
        let is_short = value.len() <= SHORT || value.len() <= self.longest_value();
        if is_short && segment.can_hold(value) {
            return Cow::Borrowed(value);
        }
        match &segment.ty {
            Type::Text | Type::Lines | Type::Word => {
                let end = value.char_indices().nth(self.longest_value()).map(|(end, _)| end);
                let value = value.get(..end.unwrap_or(value.len())).unwrap_or_default();
                if segment.can_hold(value) {
                    return Cow::Borrowed(value);
                }
                Cow::Owned(segment.mend(value))
            }
            Type::Scalar(scalar) => Cow::Borrowed(scalar.stand_in),
            // Only the choices of a generated enum come here, all of which fit.
            Type::OneOf(_) => Cow::Borrowed(value),
        }
    }

    /// How many characters a value may have so that the body is one that clients read. Mending keeps their number, and
    /// JSON makes at most four bytes of one.
    #[must_use]
    pub fn longest_value(&self) -> usize {
        let is_string = |segment: &&Segment<'_>| segment.ty.info().field == Field::String;
        let strings = self.segments.iter().filter(is_string).count().max(1);
        let literals = self.segments.iter().map(|segment| segment.literal.len());
        let around = ENVELOPE + 2 * (self.first.len() + literals.sum::<usize>());
        (MAX_BODY.saturating_sub(around) / (4 * strings)).max(SHORT)
    }
}

impl Segment<'_> {
    /// Whether the value is read back as it is.
    #[must_use]
    pub fn can_hold(&self, value: &str) -> bool {
        if !self.is_text() {
            return self.ty.holds(value);
        }
        self.ty.is_clean(value) && !self.begins_inside(value)
    }

    /// What the mark may begin in the value with: where the message ends with the value, that is nothing.
    fn behind(&self) -> &str {
        if matches!(self.end, End::Mark(_)) { self.mark() } else { "" }
    }

    /// Whether an end mark begins inside the value, with the mark behind it.
    fn begins_inside(&self, value: &str) -> bool {
        let mark = self.mark().as_bytes();
        if find(value.as_bytes(), mark).is_some() {
            return true;
        }
        if self.behind().is_empty() {
            return false;
        }
        // A mark such as `aa` can begin with the end of the value: `a` + `aa`.
        let longest = mark.len().saturating_sub(1).min(value.len());
        let end = value.as_bytes().get(value.len() - longest..).unwrap_or_default();
        (0..longest).filter(|at| end.get(*at) == mark.first()).any(|at| {
            let length = longest - at;
            end.get(at..).is_some_and(|end| mark.starts_with(end))
                && mark.get(length..) == mark.get(..mark.len() - length)
        })
    }

    fn mend(&self, value: &str) -> String {
        let stand_in = self.stand_in();
        let clean = |character| if self.ty.allows(character) { character } else { stand_in };
        let mut mended: String = value.chars().map(clean).collect();
        if mended.is_empty() && self.ty == Type::Word {
            mended.push(stand_in);
        }
        let mark = self.mark();
        if !mark.is_empty() {
            self.break_marks(&mut mended, mark, stand_in);
        }
        mended
    }

    /// Replaces the first character of each mark that begins inside the text, from left to right, as if the mark stood
    /// behind it. The stand-in is in no mark, so no other mark comes of it.
    fn break_marks(&self, text: &mut String, mark: &str, stand_in: char) {
        let mut behind = core::mem::take(text);
        let mut length = behind.len();
        behind.push_str(self.behind());
        let mut rest = behind.as_str();
        while let Some(at) = find(rest.as_bytes(), mark.as_bytes()).filter(|at| *at < length) {
            let (before, from) = rest.split_at(at);
            text.push_str(before);
            text.push(stand_in);
            let replaced = from.chars().next().map_or(0, char::len_utf8);
            rest = from.get(replaced..).unwrap_or_default();
            length -= at + replaced;
        }
        text.push_str(rest.get(..length).unwrap_or_default());
    }

    /// A character that stands in no literal that might be taken for a mark.
    #[must_use]
    pub fn stand_in(&self) -> char {
        let mark = self.mark();
        let mut all = STAND_INS.into_iter().chain('\u{2580}'..=char::MAX);
        all.find(|it| !mark.contains(*it) && !self.literal.contains(*it)).unwrap_or(STAND_INS[0])
    }
}
