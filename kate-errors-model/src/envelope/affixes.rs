//! The value of a place in a body, without the text around it.

use alloc::borrow::{Cow, ToOwned};
use alloc::string::String;

use super::{Affix, Form, Leaf, Slot, Value};
use crate::json::{Kind, Raw};

impl<'e> Leaf<'e> {
    /// The value, if it has the right type and the affixes.
    #[inline]
    pub(super) fn value<'b>(&self, raw: Raw<'b>) -> Option<Value<'b>> {
        match raw.string() {
            Some(string) if self.takes_text() => {
                let text = string.text().ok()?;
                let has_affixes = !(self.before.text.is_empty() && self.after.text.is_empty());
                Some(Value::Text(if has_affixes { self.without_affixes(text)? } else { text }))
            }
            None if self.takes(raw.kind()) => Some(Value::Json(raw)),
            _ => None,
        }
    }

    fn takes_text(&self) -> bool {
        self.form == Form::Inside
            || matches!(self.slot, Slot::Code | Slot::Param(_) | Slot::Request(_) | Slot::Field(_))
    }

    /// Whether values of this type, other than strings, are read.
    fn takes(&self, kind: Kind) -> bool {
        let kinds: &[Kind] = match (self.form, self.slot) {
            (Form::Inside, _) => &[],
            (_, Slot::Field(_)) => &[Kind::Array],
            (
                Form::Value,
                Slot::Params | Slot::ParamsAsStrings | Slot::MessageByField | Slot::MessagesByField,
            ) => &[Kind::Object],
            (Form::Value, Slot::Param(_) | Slot::Request(_)) => &[Kind::Number, Kind::Boolean],
            (Form::Value, _) => &[Kind::Number],
        };
        kinds.contains(&kind)
    }

    fn without_affixes<'b>(&self, text: Cow<'b, str>) -> Option<Cow<'b, str>> {
        Some(match text {
            Cow::Borrowed(text) => Cow::Borrowed(self.strip(text)?),
            Cow::Owned(text) => Cow::Owned(self.strip(&text)?.to_owned()),
        })
    }

    /// The part of a text between the affixes, if it has those that are required.
    ///
    /// ```
    /// let (leaf, _) = kate_errors_codegen::envelope::leaf("see {wire.page}").unwrap();
    /// assert_eq!(leaf.strip("see /refunds"), Some("/refunds"));
    /// assert_eq!(leaf.strip("/refunds"), None);
    /// ```
    #[must_use]
    pub fn strip<'t>(&self, text: &'t str) -> Option<&'t str> {
        let Affix { text: before, is_open } = self.before;
        let mut literals = literals(before).peekable();
        let first = literals.next()?;
        // An optional text is missing if what follows it occurs before it.
        let next = literals.peek().copied().or(self.mark());
        let mut rest = match text.split_once(first) {
            Some((any, _)) if is_open && next.is_some_and(|it| begins_in(it, text, any)) => text,
            Some((_, rest)) if is_open => rest,
            None if is_open => text,
            _ => text.strip_prefix(first)?,
        };
        for literal in literals {
            rest = rest.split_once(literal)?.1;
        }
        let start = text.len() - rest.len();
        let value = self.cut(rest)?;
        // No code of the catalog contains the text before it, but a namespace may, as in `com.example.Gone`, and it may
        // end with the beginning of that text, as in `Gone - - E7`.
        let is_last = self.slot == Slot::Code && (is_open || before.contains('}'));
        let last = before.rsplit_once('}').map_or(before, |(_, last)| last);
        let first = last.chars().next().map_or(0, char::len_utf8);
        let from = (start + first).saturating_sub(last.len());
        let behind = text.get(from..start + value.len()).filter(|_| is_last);
        Some(behind.and_then(|behind| behind.rsplit_once(last)).map_or(value, |(_, code)| code))
    }

    /// The text at whose first occurrence the value ends; `None` if it ends at the text at the very end.
    fn mark(&self) -> Option<&'e str> {
        let Affix { text: after, is_open } = self.after;
        if is_open { Some(after) } else { Some(after.split_once('{')?.0) }
    }

    /// Whether the value ends at the last occurrence of `mark`, as between a message and a code: `Run not found [gone]`.
    fn ends_at_last(&self, mark: &str) -> bool {
        self.after.text.split_once("{code").is_some_and(|(before, behind)| {
            before == mark && behind.starts_with(['}', ':', '?']) && !behind.contains('{')
        })
    }

    /// The texts at whose first occurrence the value begins or ends, so that one which contains them is not read back.
    ///
    /// ```
    /// let (leaf, _) = kate_errors_codegen::envelope::leaf("{any}: {detail} (run {any}").unwrap();
    /// assert_eq!(leaf.marks().collect::<Vec<_>>(), [": ", " (run "]);
    /// ```
    pub fn marks(&self) -> impl Iterator<Item = &'e str> + use<'e> {
        let before = self.before.is_open && !self.before.text.contains('{');
        let before = Some(self.before.text).filter(|_| before);
        let after = self.mark().filter(|mark| !self.ends_at_last(mark));
        before.into_iter().chain(after).filter(|mark| !mark.is_empty())
    }

    /// Removes what follows the value.
    fn cut<'t>(&self, text: &'t str) -> Option<&'t str> {
        let after = self.after.text;
        let Some(mark) = self.mark() else { return text.strip_suffix(after) };
        let at_last = self.ends_at_last(mark);
        let cut = if at_last { text.rsplit_once(mark) } else { text.split_once(mark) };
        let cut = cut.map(|cut| cut.0);
        cut.or(Some(text).filter(|_| self.after.is_open))
    }

    /// Whether a value is read unchanged, with and without the optional text around it.
    ///
    /// ```
    /// use kate_errors_codegen::envelope::leaf;
    ///
    /// let (leaf, _) = leaf("{any}.{code}:{any}").unwrap();
    /// assert!(leaf.keeps("gone") && !leaf.keeps("run.gone") && !leaf.keeps("run:gone"));
    /// ```
    #[must_use]
    pub fn keeps(&self, value: &str) -> bool {
        let forms = |affix: Affix<'e>| {
            let missing = usize::from(affix.is_open);
            [0, missing].map(|missing| literals(affix.text).skip(missing).collect::<String>())
        };
        let [befores, afters] = [forms(self.before), forms(self.after)];
        befores.iter().all(|before| {
            afters.iter().all(|after| {
                let text = [before, value, after].concat();
                self.strip(&text) == Some(value)
            })
        })
    }
}

/// The literals between the placeholders of a text.
pub(super) fn literals(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').map(|part| part.split_once('}').map_or(part, |(_, literal)| literal))
}

/// Whether `part` begins within `other`, which is the beginning of `text`.
fn begins_in(part: &str, text: &str, other: &str) -> bool {
    text.find(part).is_some_and(|at| at < other.len())
}
