//! Cutting texts, so that clients can read the body.

use alloc::borrow::{Cow, ToOwned};
use alloc::string::String;
use alloc::vec::Vec;

use super::FieldPart;
use super::fill::{Fill, Member};

/// An error whose texts, except its message, have at most a number of bytes.
pub(super) struct Cut<'c> {
    pub(super) error: &'c dyn Fill,
    pub(super) longest: usize,
}

impl Cut<'_> {
    fn cut<'t>(&self, text: &'t str) -> &'t str {
        let mut ends = (0..=self.longest.min(text.len())).rev();
        ends.find_map(|end| text.get(..end)).unwrap_or_default()
    }

    fn all<'t>(&self, text: Option<Cow<'t, str>>) -> Option<Cow<'t, str>> {
        Some(match text? {
            Cow::Borrowed(text) => Cow::Borrowed(self.cut(text)),
            Cow::Owned(text) => Cow::Owned(self.cut(&text).to_owned()),
        })
    }
}

impl Fill for Cut<'_> {
    fn code(&self) -> Option<(&str, bool)> {
        self.error.code()
    }

    fn detail(&self, out: &mut Vec<u8>) {
        self.error.detail(out);
    }

    fn status(&self) -> u16 {
        self.error.status()
    }

    fn title(&self) -> &str {
        self.error.title()
    }

    fn docs_url(&self) -> Option<String> {
        self.error.docs_url()
    }

    fn cause(&self) -> Option<Cow<'_, str>> {
        self.all(self.error.cause())
    }

    fn fix(&self) -> Option<Cow<'_, str>> {
        self.all(self.error.fix())
    }

    fn retry_after(&self) -> Option<u64> {
        self.error.retry_after()
    }

    fn request(&self, name: &str) -> Option<&str> {
        self.error.request(name)
    }

    fn wire(&self, name: &str) -> Option<&str> {
        self.error.wire(name)
    }

    fn each_value(&self, with: &mut dyn FnMut(Member<'_>)) {
        self.error.each_value(&mut |member| {
            let text = if member.is_bare { member.text } else { self.cut(member.text) };
            with(Member { text, ..member });
        });
    }

    fn fields(&self) -> usize {
        self.error.fields()
    }

    fn field(&self, at: usize, part: FieldPart) -> Option<Cow<'_, str>> {
        let text = self.error.field(at, part);
        if part == FieldPart::Loc { text } else { self.all(text) }
    }
}
