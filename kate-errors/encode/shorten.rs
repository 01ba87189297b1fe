//! Bodies that would be longer than clients read: their values are cut.

use alloc::vec::Vec;

use kate_errors_model::MAX_BODY;
use kate_errors_model::envelope::Envelope;
use kate_errors_model::template::{Value, Values};

use super::message::{BodyContent, Detail, push_body, with_detail};
use crate::{CatalogCode, CatalogError};

/// Writes a body that is longer than clients read again, with shorter values, causes, fixes and fields. A value is the
/// same wherever it is. Returns how many bytes of a value the body has at most.
pub(super) fn shorten<C: CatalogCode>(
    envelope: &Envelope<'static>,
    content: BodyContent<'_, C>,
    start: usize,
    out: &mut Vec<u8>,
) -> usize {
    let mut longest = usize::MAX;
    while longest > SHORT && out.len() - start > MAX_BODY {
        longest = longest.min(MAX_BODY) / 4;
        out.truncate(start);
        let content = BodyContent { longest, ..content };
        with_shorter(content.values, longest, |values| {
            envelope.fill(&BodyContent { values, ..content }, out);
        });
    }
    longest
}

/// Calls `with` with values of at most this many bytes.
fn with_shorter<R>(values: Values<'_>, longest: usize, with: impl FnOnce(Values<'_>) -> R) -> R {
    let texts: Vec<_> = values.iter().map(|value| (value, value.text())).collect();
    let shorter = texts.iter().map(|(value, text)| match value {
        Value::Text(_) | Value::Display(_) => Value::Text(head(text, longest)),
        other => *other,
    });
    with(like(values, &shorter.collect::<Vec<_>>()))
}

/// Calls `with` with the message of an error, its values, and these as the body has them, which may be cut.
pub(super) fn with_sent_values<E: CatalogError, R>(
    error: &E,
    mut with: impl FnMut(Detail<'_>, Values<'_>, Values<'_>) -> R,
) -> Option<R> {
    let is_long = |value: Value<'_>| match value {
        Value::Text(text) => text.len() > SHORT,
        value => matches!(value, Value::Display(_)),
    };
    with_detail(error, |detail, values| {
        if const { E::Code::ENVELOPE.around().is_some() } || !values.iter().any(is_long) {
            return with(detail, values, values);
        }
        let longest = push_body(error.code(), detail, values, &mut Vec::new());
        with_shorter(values, longest, |sent| with(detail, values, sent))
    })
}

/// Values of this length are never cut: a body has room for all that an error can have.
pub const SHORT: usize = 64;

/// The beginning of a text that has at most this many bytes.
#[must_use]
pub fn head(text: &str, longest: usize) -> &str {
    let mut ends = (0..=longest.min(text.len())).rev();
    let end = ends.find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    text.get(..end).unwrap_or_default()
}

/// Other forms of all values, as those of an error and its context.
pub(super) fn like<'v>(values: Values<'_>, all: &'v [Value<'v>]) -> Values<'v> {
    let (own, context) = all.split_at(values.own.len());
    Values { own, context: values.context.map(|_| context) }
}
