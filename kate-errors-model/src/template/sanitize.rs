//! Values that cannot appear in a message unchanged: a text that contains its own end mark would be read back shorter.

use alloc::borrow::Cow;
use alloc::string::String;

use super::read::find;
use super::{End, Segment, Template};
use crate::MAX_BODY;
use crate::bytes::any;
use crate::types::{Field, Type};

/// Replaces invalid characters of a value. The first is used unless the literal contains it, otherwise one of the
/// others.
const STAND_INS: [char; 4] = ['\u{FFFD}', '?', '_', '*'];

/// How many bytes of a body are reserved for what surrounds the message.
const ENVELOPE: usize = 4096;

/// Values of at most this many bytes fit into every body, so their length need not be checked.
const SHORT: usize = 256;

impl Template<'_> {
    /// Returns what the message contains for `value` at one of its segments: the value itself, if it can be read back.
    ///
    /// In a text or word, each character that is not allowed becomes U+FFFD, and so does the first character of
    /// each end mark, and of each text that ends the message in the body. An empty word becomes one U+FFFD, and a
    /// text that is too long for a body is truncated. An invalid value of another type becomes that type's stand-in.
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
    #[inline]
    pub fn sanitize<'v>(&self, segment: &Segment<'_>, value: &'v str) -> Cow<'v, str> {
        if value.len() <= SHORT && segment.is_clear(value) && self.around.is_empty() {
            return Cow::Borrowed(value);
        }
        self.sanitize_unclear(segment, value)
    }

    fn sanitize_unclear<'v>(&self, segment: &Segment<'_>, value: &'v str) -> Cow<'v, str> {
        let mut sent = self.readable(segment, value);
        for [text, before, behind] in self.marks_around(segment).filter(|_| segment.is_text()) {
            let broken = break_marks(&sent, &text, [&before, &behind], segment.stand_in());
            if broken != *sent {
                sent = Cow::Owned(broken);
            }
        }
        sent
    }

    /// The texts around the message in the body that a value must not contain, not even together with what stands before
    /// and behind it, which is also returned.
    pub fn marks_around<'a>(
        &'a self,
        segment: &'a Segment<'_>,
    ) -> impl Iterator<Item = [Cow<'a, str>; 3]> {
        let is_last = self.segments.last().is_some_and(|last| last.param == segment.param);
        // What follows the message in the body is one of the texts.
        let following = if is_last { &*self.around } else { &[Cow::Borrowed("")] };
        self.around.iter().flat_map(move |mark| {
            following.iter().map(move |following| {
                let behind = Cow::Owned([&*segment.literal, following].concat());
                [Cow::Borrowed(&**mark), Cow::Borrowed(self.literal_before(segment)), behind]
            })
        })
    }

    /// What the message alone can contain for the value.
    fn readable<'v>(&self, segment: &Segment<'_>, value: &'v str) -> Cow<'v, str> {
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
            // Only choices of a generated enum get here, and all of them are valid.
            Type::OneOf(_) => Cow::Borrowed(value),
        }
    }

    /// The maximum number of characters of a value, so that clients can read the body. Sanitizing does not change
    /// the number of characters, and JSON needs at most four bytes for each.
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
    /// Whether one look shows that a text or word can be read back unchanged: nearly every value is printable ASCII
    /// without the first byte of what follows it.
    #[expect(
        clippy::needless_bitwise_bool,
        reason = "a branch for each byte would prevent vectorization"
    )]
    fn is_clear(&self, value: &str) -> bool {
        let behind = if let End::Before(mark) = &self.end { mark } else { &self.literal };
        let first = behind.bytes().next().unwrap_or_default();
        let is_unclear = |byte| self.ty.is_unclear(byte) | (byte == first);
        self.is_text() && !value.is_empty() && !any(value.as_bytes(), is_unclear)
    }

    /// Whether the value can be read back unchanged.
    #[must_use]
    pub fn can_hold(&self, value: &str) -> bool {
        if !self.is_text() {
            return self.ty.holds(value);
        }
        self.ty.is_clean(value) && !self.begins_inside(value)
    }

    /// The text after the value with which a mark can overlap; empty if the message ends with the value.
    fn behind(&self) -> &str {
        if matches!(self.end, End::Mark(_)) { self.mark() } else { "" }
    }

    /// Whether an end mark begins inside the value, given the mark after it.
    fn begins_inside(&self, value: &str) -> bool {
        let mark = self.excluded().as_bytes();
        if find(value.as_bytes(), mark).is_some() {
            return true;
        }
        if self.behind().is_empty() {
            return false;
        }
        // A mark such as `aa` can begin at the end of the value: `a` + `aa`.
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
        match self.excluded() {
            "" => mended,
            mark => break_marks(&mended, mark, ["", self.behind()], stand_in),
        }
    }

    /// A character that is not in the literal, nor in the mark, so it cannot become part of a mark.
    #[must_use]
    pub fn stand_in(&self) -> char {
        let mark = self.mark();
        let mut all = STAND_INS.into_iter().chain('\u{2580}'..=char::MAX);
        all.find(|it| !mark.contains(*it) && !self.literal.contains(*it)).unwrap_or(STAND_INS[0])
    }
}

/// Replaces the first character of each mark that begins inside the text, from left to right, given what is before and
/// behind the text. Of a mark that begins before the text, it is the first one in the text, or else one is added. No mark
/// contains the stand-in, so this creates no other mark.
fn break_marks(text: &str, mark: &str, [before, behind]: [&str; 2], stand_in: char) -> String {
    let all = [before, text, behind].concat();
    let end = before.len() + text.len();
    let (mut broken, mut rest) = (String::with_capacity(text.len()), before.len());
    let mut from = 0;
    while let Some(at) = all.get(from..).and_then(|it| find(it.as_bytes(), mark.as_bytes())) {
        let place = (from + at).max(before.len());
        let replaced = all.get(place..end).and_then(|it| it.chars().next());
        if replaced.is_none() && from + at >= before.len() {
            break;
        }
        broken.push_str(all.get(rest..place).unwrap_or_default());
        broken.push(stand_in);
        rest = place + replaced.map_or(0, char::len_utf8);
        from = rest;
    }
    broken.push_str(all.get(rest..end).unwrap_or_default());
    broken
}
