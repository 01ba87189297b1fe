//! What clients read of an error with values that its body cannot contain.

use alloc::vec::Vec;

use kate_errors_model::MAX_PARAMS;
use kate_errors_model::template::Value;

use super::shorten::with_sent_values;
use crate::{CatalogCode, CatalogError};

/// Whether a value is read from its own member, which contains it unaltered. An error without a code is read from its
/// message.
fn is_member<C: CatalogCode>(code: C, name: &str) -> bool {
    let is_by_code = C::IDENTITY.is_by_code() && code.__row().sent_code().is_some();
    is_by_code && const { C::ENVELOPE.reads_values() } && C::ENVELOPE.reads_value(name)
}

/// The error as clients decode it.
pub(crate) fn sanitized<E: CatalogError>(error: &E) -> E {
    let code = error.code();
    let read = with_sent_values(error, |detail, _, values| {
        let mut texts = [None; MAX_PARAMS];
        let message = detail.template().map(|it| (it, it.render(values)));
        let is_read = message.as_ref().is_none_or(|(it, message)| it.read(message, &mut texts));
        let sent: Vec<_> = values.iter().map(Value::text_if_any).collect();
        for ((text, sent), param) in texts.iter_mut().zip(&sent).zip(code.__row().extras().params) {
            // A value that the message does not contain is a member, too.
            if text.is_none() || is_member(code, param.name) {
                *text = sent.as_deref();
            }
        }
        let (own, context) = texts.split_at(values.own.len().min(MAX_PARAMS));
        let context = values.context.map(|values| &context[..values.len().min(context.len())]);
        is_read.then(|| E::__from_values(code, own, context))?
    });
    read.flatten().unwrap_or_else(|| error.clone())
}

/// The names of the parameters whose values are altered in the body.
pub(crate) fn sanitized_parameters<E: CatalogError>(error: &E) -> Vec<&'static str> {
    let code = error.code();
    let names = with_sent_values(error, |detail, values, sent| {
        let is_altered = |at: usize, name: &str| {
            let (Some(value @ (Value::Text(_) | Value::Display(_))), Some(sent)) =
                (values.get(at), sent.get(at))
            else {
                return false;
            };
            let (text, sent) = (value.text(), sent.text());
            let template = detail.template().filter(|_| !is_member(code, name));
            let in_message = template.and_then(|template| {
                let segment = template.segments.iter().find(|segment| segment.param == at)?;
                Some(template.sanitize(segment, &sent))
            });
            in_message.as_deref().unwrap_or(&sent) != &*text
        };
        let params = code.__row().extras().params.iter().enumerate();
        let altered = params.filter(|(at, param)| is_altered(*at, param.name));
        altered.map(|(_, param)| param.name).collect()
    });
    names.unwrap_or_default()
}
