//! Rules about the ends of placeholders: they must be unambiguous, and ordinary values should not contain the
//! end mark.

use std::collections::HashSet;

use kate_errors_model::template::{CONTEXT_SEPARATOR, Segment, Template, parse};
use kate_errors_model::types::{Scalar, Type};
use kate_errors_model::{MAX_LITERALS, MAX_PARAMS};

use super::{Checker, row_name};
use crate::lower;
use crate::messages;
use crate::rule;
use crate::source::Span;
use crate::syntax::document::{Param, Row, Text};

/// Whether the end of each placeholder in a template is unambiguous.
pub(crate) fn can_be_read(template: &Template<'_>) -> bool {
    let last = template.segments.len().wrapping_sub(1);
    let mut segments = template.segments.iter().enumerate();
    segments.all(|(at, segment)| misreading(segment, at == last).is_none())
}

/// Whether each value of a template can be read: its placeholder occurs once, is not adjacent to the next one,
/// and has an unambiguous end.
pub(crate) fn has_readable_values(template: &Template<'_>) -> bool {
    let (last, mut params) = (template.segments.len().wrapping_sub(1), HashSet::new());
    let mut segments = template.segments.iter().enumerate();
    let is_apart = |(at, segment): (usize, &Segment<'_>)| at == last || !segment.literal.is_empty();
    let is_once = template.segments.iter().all(|segment| params.insert(segment.param));
    is_once && segments.all(is_apart) && can_be_read(template)
}

/// Why the end of a placeholder is ambiguous.
enum Misreading<'t> {
    /// The literal after the placeholder may continue the value.
    GoesOn(&'static Scalar),
    /// Followed by the literal after the placeholder, the first choice is a prefix of the second one.
    Choices(&'t str, &'t str),
}

fn misreading<'t>(segment: &'t Segment<'_>, is_last: bool) -> Option<Misreading<'t>> {
    match &segment.ty {
        Type::Text | Type::Lines | Type::Word => None,
        Type::Scalar(scalar) => {
            goes_on(scalar, &segment.literal, is_last).then_some(Misreading::GoesOn(scalar))
        }
        Type::OneOf(_) if is_last => None,
        Type::OneOf(_) => {
            let mut texts: Vec<(String, &str)> = segment
                .choices()
                .map(|choice| (format!("{choice}{}", segment.literal), choice))
                .collect();
            texts.sort_unstable();
            let mut pairs = texts.windows(2);
            pairs.find_map(|pair| match pair {
                [(short, one), (long, other)] => {
                    let clash = one != other && long.starts_with(short.as_str());
                    clash.then_some(Misreading::Choices(one, other))
                }
                _ => None,
            })
        }
    }
}

/// Whether the literal after a placeholder may continue the value: all of it if another placeholder follows, or
/// enough of it to be a longer value.
fn goes_on(scalar: &Scalar, literal: &str, is_last: bool) -> bool {
    scalar.ends().any(|end| {
        let mut state = end;
        for byte in literal.bytes() {
            match (scalar.step)(state, byte) {
                Some(next) => state = next,
                None => return false,
            }
            if (scalar.accepts)(state) {
                return true;
            }
        }
        !literal.is_empty() && !is_last
    })
}

impl<'d> Checker<'d> {
    pub(super) fn placeholders(&mut self) {
        for context in &self.document.contexts {
            if let Some(text) = &context.text {
                self.of_template(
                    text,
                    &self.as_read(messages::template(&text.value, &context.params)),
                    &context.params,
                );
            }
        }
        for row in self.document.rows() {
            if let Some((text, template)) = row.detail.as_ref().zip(self.detail_as_read(row)) {
                self.of_template(text, &template, &row.params);
            }
            for text in &row.former {
                let Some(base) = self.bases.of(row) else { continue };
                let template = self.as_read(messages::template(&text.value, &base.params));
                self.of_template(text, &template, &base.params);
            }
            self.size_of(row);
        }
    }

    fn of_template(&mut self, text: &'d Text, template: &Template<'_>, params: &[Param]) {
        let literals = template.segments.iter().map(|segment| segment.literal.len());
        let literals = template.first.len() + literals.sum::<usize>();
        // A message that is not read can have any number of placeholders.
        let length = if template.is_unread() { text.value.len() } else { literals };
        if length > MAX_LITERALS {
            let message = format!("the text of a message has at most {MAX_LITERALS} bytes");
            self.report(&rule::MESSAGE_TOO_LONG, message, (text.span, "longer"));
        }
        if template.is_unread() {
            return;
        }
        let parsed = parse(&text.value);
        let mut places = parsed.placeholders();
        let last = template.segments.len().wrapping_sub(1);
        let mut seen = HashSet::new();
        for (at, segment) in template.segments.iter().enumerate() {
            let Some(param) = params.get(segment.param) else { continue };
            let name = &param.name.value;
            let Some(place) = places.find(|placeholder| placeholder.name == *name) else { break };
            let place = text.part(&place.range);
            if param.ty.is_none() || !seen.insert(segment.param) {
                continue;
            }
            // Adjacent placeholders were already reported.
            if segment.literal.is_empty() && at != last {
                continue;
            }
            match misreading(segment, at == last) {
                Some(misreading) => self.misread(name, place, &misreading, segment),
                // The value is read from a member of the body.
                None if self.members.decide(name) => {}
                None => self.fragile(name, place, segment),
            }
        }
    }

    fn misread(&mut self, name: &str, place: Span, why: &Misreading<'_>, segment: &Segment<'_>) {
        let literal = &segment.literal;
        let (message, help) = match why {
            Misreading::GoesOn(scalar) => (
                format!("`{{{name}}}` and the text `{literal}` after it can be read as one {}", scalar.info.name),
                "begin the text after the placeholder with a character that is not part of a number, such as a space"
                    .to_owned(),
            ),
            Misreading::Choices(one, other) => (
                format!("followed by `{literal}`, the choice `{one}` is the beginning of `{other}`"),
                format!(
                    "begin the text after `{{{name}}}` with something that continues no choice, or rename a choice"
                ),
            ),
        };
        let label = (place, "nobody can tell where it ends");
        self.report(&rule::AMBIGUOUS_TEMPLATE, message, label).set_help(help);
    }

    /// Warns about a text that ends at a character that texts often contain, which would often alter values.
    fn fragile(&mut self, name: &str, place: Span, segment: &Segment<'_>) {
        let mark = segment.mark();
        let is_word = segment.ty == Type::Word;
        let (what, help) = match mark {
            _ if !segment.is_text() => return,
            "." if *segment.literal == *"." => {
                ("a full stop", "delete the full stop, or continue the text after it".to_owned())
            }
            _ if is_word && mark != "." => return,
            " " if segment.literal.len() > 1 => (
                "a space",
                format!("begin the message with text, or write `\"{{{name}}}\"` in double quotes"),
            ),
            " " => (
                "a space",
                format!(
                    "put more text after it than a space, or write `\"{{{name}}}\"` in double quotes"
                ),
            ),
            CONTEXT_SEPARATOR if segment.literal.is_empty() => (
                "the full stop before the context",
                format!(
                    "begin the context with text, not with a placeholder, or write `\"{{{name}}}\"` in double quotes"
                ),
            ),
            "." | CONTEXT_SEPARATOR => (
                "a full stop",
                format!(
                    "put text after it that no value contains, or write `\"{{{name}}}\"` in double quotes"
                ),
            ),
            "'" => (
                "an apostrophe",
                format!("write `\"{{{name}}}\"` in double quotes, which names rarely contain"),
            ),
            _ => return,
        };
        let message =
            format!("`{{{name}}}` ends at {what}, so values that contain one are altered");
        let label = (place, format!("ends at the next `{mark}`"));
        self.report(&rule::FRAGILE_PLACEHOLDER, message, label).set_help(help);
    }

    /// Reports an error with more values than the library reads, or so large that clippy warns about every
    /// function that returns it.
    fn size_of(&mut self, row: &'d Row) {
        let of_context = self.params_of_context(row);
        let size = lower::size(&row.params, true) + lower::size(of_context, true);
        let room = lower::room(self.context_of(row).is_some());
        let count = row.params.len() + of_context.len();
        let (name, span) = row_name(row);
        let message = if count > MAX_PARAMS {
            format!("{name} has {count} values, more than the maximum of {MAX_PARAMS}")
        } else if size > room {
            format!("the values of {name} take {size} bytes, more than the maximum of {room}")
        } else {
            return;
        };
        self.report(&rule::TOO_MANY_VALUES, message, (span, format!("{count} values")));
    }
}
