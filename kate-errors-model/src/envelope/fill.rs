//! Writing the body of an error.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Envelope, FieldPart, Form, Slot};
use crate::json::push_escaped;

/// The value of a parameter, as a body contains it.
#[derive(Clone, Copy, Debug)]
pub struct Member<'m> {
    /// The name of the parameter.
    pub param: &'m str,
    /// Its name in the object of all values.
    pub name: &'m str,
    /// The value.
    pub text: &'m str,
    /// Whether JSON has it without quotes.
    pub is_bare: bool,
}

/// An error, as the source of the values of slots.
pub trait Fill {
    /// The code, and whether it is a number in JSON; `None` if the response is not an error of the catalog.
    fn code(&self) -> Option<(&str, bool)>;

    /// Writes the message as the inside of a JSON string.
    fn detail(&self, out: &mut Vec<u8>);

    /// The status.
    fn status(&self) -> u16;

    /// The name of the status.
    fn title(&self) -> &str;

    /// The URL of the error on the reference page.
    fn docs_url(&self) -> Option<String>;

    /// The cause of the error.
    fn cause(&self) -> Option<Cow<'_, str>>;

    /// The fix of the error.
    fn fix(&self) -> Option<Cow<'_, str>>;

    /// How many seconds to wait before retrying.
    fn retry_after(&self) -> Option<u64>;

    /// The request value with this name, as JSON.
    fn request(&self, _name: &str) -> Option<&str> {
        None
    }

    /// The constant of the error with this name, as JSON.
    fn wire(&self, name: &str) -> Option<&str>;

    /// Calls `with` with each value.
    fn each_value(&self, with: &mut dyn FnMut(Member<'_>));

    /// How many fields of the request are invalid.
    fn fields(&self) -> usize {
        0
    }

    /// A part of an invalid field, as text; [`FieldPart::Loc`] is JSON.
    fn field(&self, _at: usize, _part: FieldPart) -> Option<Cow<'_, str>> {
        None
    }
}

impl Envelope<'_> {
    /// Writes the body of an error.
    #[inline]
    pub fn fill(&self, error: &impl Fill, out: &mut Vec<u8>) {
        let mut writer = Writer { error, next: 0 };
        self.write(out, |slot, form, out| writer.write(slot, form, out));
    }
}

struct Writer<'w, F> {
    error: &'w F,
    /// The index of the field that is written next.
    next: usize,
}

impl<F: Fill> Writer<'_, F> {
    /// Writes the value of a slot. Returns whether there is one.
    #[inline]
    fn write(&mut self, slot: Slot<'_>, form: Form, out: &mut Vec<u8>) -> bool {
        match slot {
            Slot::Detail if form == Form::Inside => {
                self.error.detail(out);
                true
            }
            Slot::NextField => {
                // After the last field, another list may begin.
                let is_there = self.next < self.error.fields();
                self.next = if is_there { self.next + 1 } else { 0 };
                is_there
            }
            Slot::Field(part) => {
                let at = self.next.checked_sub(1);
                let field = at.and_then(|at| self.error.field(at, part));
                field.is_some_and(|it| value(&it, part == FieldPart::Loc, form, out))
            }
            _ => write_other(self.error, slot, form, out),
        }
    }
}

/// Writes the messages by field. Returns whether there are any.
fn by_field(error: &impl Fill, are_lists: bool, out: &mut Vec<u8>) -> bool {
    let mut fields = BTreeMap::<_, Vec<_>>::new();
    for at in 0..error.fields() {
        let part = |part| error.field(at, part).unwrap_or_default();
        fields.entry(part(FieldPart::Path)).or_default().push(part(FieldPart::Message));
    }
    let mut before = "{";
    for (path, messages) in &fields {
        out.extend_from_slice(before.as_bytes());
        text(Some(path), Form::Value, out);
        let kept = if are_lists { messages.len() } else { 1 };
        before = if are_lists { ":[" } else { ":" };
        for message in messages.iter().take(kept) {
            out.extend_from_slice(before.as_bytes());
            text(Some(message), Form::Value, out);
            before = ",";
        }
        out.extend_from_slice(if are_lists { b"]" } else { b"" });
        before = ",";
    }
    out.extend_from_slice(if fields.is_empty() { b"" } else { b"}" });
    !fields.is_empty()
}

fn write_other(error: &impl Fill, slot: Slot<'_>, form: Form, out: &mut Vec<u8>) -> bool {
    match slot {
        Slot::Detail => {
            out.push(b'"');
            error.detail(out);
            out.push(b'"');
            true
        }
        Slot::Code => {
            error.code().is_some_and(|(code, is_number)| value(code, is_number, form, out))
        }
        Slot::Status => number(error.status().into(), out),
        Slot::Title => text(Some(error.title()), form, out),
        Slot::DocsUrl => text(error.docs_url().as_deref(), form, out),
        Slot::Cause => text(error.cause().as_deref(), form, out),
        Slot::Fix => text(error.fix().as_deref(), form, out),
        Slot::RetryAfter => error.retry_after().is_some_and(|seconds| number(seconds, out)),
        Slot::RetryAfterMillis => {
            error.retry_after().is_some_and(|seconds| number(seconds.saturating_mul(1000), out))
        }
        Slot::Params | Slot::ParamsAsStrings => params(error, slot == Slot::ParamsAsStrings, out),
        Slot::Param(name) => {
            let mut has_value = false;
            error.each_value(&mut |it| {
                if it.param == name {
                    has_value = value(it.text, it.is_bare, form, out);
                }
            });
            has_value
        }
        Slot::Request(name) => error.request(name).is_some_and(|json| scalar(json, form, out)),
        Slot::Wire(name) => error.wire(name).is_some_and(|json| scalar(json, form, out)),
        Slot::MessageByField | Slot::MessagesByField => {
            by_field(error, slot == Slot::MessagesByField, out)
        }
        Slot::NextField | Slot::Field(_) => false,
    }
}

fn text(text: Option<&str>, form: Form, out: &mut Vec<u8>) -> bool {
    let quote = if form == Form::Value { "\"" } else { "" };
    if let Some(text) = text {
        out.extend_from_slice(quote.as_bytes());
        push_escaped(text, out);
        out.extend_from_slice(quote.as_bytes());
    }
    text.is_some()
}

/// Writes a string or another scalar that already is JSON.
fn scalar(json: &str, form: Form, out: &mut Vec<u8>) -> bool {
    let inside = json.strip_prefix('"').and_then(|json| json.strip_suffix('"'));
    let json = inside.filter(|_| form == Form::Inside).unwrap_or(json);
    out.extend_from_slice(json.as_bytes());
    true
}

fn number(number: u64, out: &mut Vec<u8>) -> bool {
    out.extend_from_slice(number.to_string().as_bytes());
    true
}

/// Writes an object of all values. Returns whether there are any: an empty object is left out if it is optional.
fn params(error: &impl Fill, as_strings: bool, out: &mut Vec<u8>) -> bool {
    let start = out.len() + 1;
    out.push(b'{');
    error.each_value(&mut |it| {
        if out.len() > start {
            out.push(b',');
        }
        text(Some(it.name), Form::Value, out);
        out.push(b':');
        value(it.text, it.is_bare && !as_strings, Form::Value, out);
    });
    out.push(b'}');
    out.len() > start + 1
}

/// Writes a value. Numbers and booleans get no quotes, unless the form is the inside of a string.
fn value(value: &str, is_bare: bool, form: Form, out: &mut Vec<u8>) -> bool {
    if is_bare && form == Form::Value {
        out.extend_from_slice(value.as_bytes());
        return true;
    }
    text(Some(value), form, out)
}
