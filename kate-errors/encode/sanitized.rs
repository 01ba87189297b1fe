//! What clients read of an error with values that its body cannot contain.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use kate_errors_model::MAX_PARAMS;
use kate_errors_model::template::{Value, Values};

use super::message::{with_template, with_values};
use crate::{CatalogCode, CatalogError, Decoder};

/// Whether a value is read from its own member, which contains it unaltered. An error without a code is read from its
/// message.
fn is_member<C: CatalogCode>(code: C, name: &str) -> bool {
    let is_by_code = C::IDENTITY.is_by_code() && code.__row().sent_code().is_some();
    C::HAS_MEMBERS && is_by_code && C::ENVELOPE.reads_value(name)
}

/// The error as clients decode it, if it has values that may be cut.
fn cut<E: CatalogError>(error: &E) -> Option<E> {
    const SHORT: usize = 512;
    // A constant, so programs whose bodies have no such members do not contain a decoder for each enum.
    if !E::Code::HAS_MEMBERS {
        return None;
    }
    let is_long = |value: Value<'_>| matches!(value, Value::Text(text) if text.len() > SHORT);
    let has_long = |values: Values<'_>| values.iter().any(is_long).then_some(());
    with_values(error, has_long)?;
    let code = error.code();
    let decoder = Decoder::<E>::new().error_code(code.__row().sent_code());
    let read = decoder.decode(code.status(), error.body()).into_known();
    read.ok().filter(|read| code == read.code())
}

/// The texts of an error's values.
fn texts<E: CatalogError>(error: &E) -> Vec<Option<String>> {
    let mut texts = Vec::new();
    let text = |value: Value<'_>| value.text_if_any().map(Cow::into_owned);
    error.__with_values(&mut |values| texts = values.iter().map(text).collect());
    texts
}

/// The error as clients decode it.
pub(crate) fn sanitized<E: CatalogError>(error: &E) -> E {
    if let Some(cut) = cut(error) {
        return cut;
    }
    let read = with_template(error, |template, values| {
        let message = template.render(values);
        let mut texts = [None; MAX_PARAMS];
        let is_read = template.read(&message, &mut texts);
        let originals: Vec<_> = values.iter().map(Value::text_if_any).collect();
        let params = error.code().__row().extras().params;
        for ((text, original), param) in texts.iter_mut().zip(&originals).zip(params) {
            // A value that the message does not contain is a member, too.
            if text.is_none() || is_member(error.code(), param.name) {
                *text = original.as_deref();
            }
        }
        let (own, context) = texts.split_at(values.own.len().min(MAX_PARAMS));
        let context = values.context.map(|values| &context[..values.len().min(context.len())]);
        is_read.then(|| E::__from_values(error.code(), own, context))?
    });
    read.flatten().unwrap_or_else(|| error.clone())
}

/// The names of the parameters whose values are altered in the message.
pub(crate) fn sanitized_parameters<E: CatalogError>(error: &E) -> Vec<&'static str> {
    let params = error.code().__row().extras().params;
    if let Some(cut) = cut(error) {
        let values = texts(error).into_iter().zip(texts(&cut)).zip(params);
        return values.filter(|((own, cut), _)| own != cut).map(|(_, param)| param.name).collect();
    }
    let names = with_template(error, |template, values| {
        let segments = template.segments.iter();
        let altered = segments.filter(|segment| match values.get(segment.param) {
            Some(Value::Text(text)) => template.sanitize(segment, text) != text,
            Some(value @ Value::Display(_)) => {
                let text = value.text();
                template.sanitize(segment, &text) != *text
            }
            _ => false,
        });
        let names = altered.filter_map(|segment| params.get(segment.param)).map(|param| param.name);
        names.filter(|name| !is_member(error.code(), name)).collect()
    });
    names.unwrap_or_default()
}
