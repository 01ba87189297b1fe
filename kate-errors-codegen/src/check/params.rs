//! Rules about the examples of parameters.

use kate_errors_model::template::Template;
use kate_errors_model::types::Type;

use super::Checker;
use crate::messages;
use crate::rule;
use crate::syntax::document::{Param, Text};

impl Checker<'_> {
    pub(super) fn params(&mut self) {
        let template = |text: Option<&Text>, params: &[Param]| {
            text.map(|text| messages::template(&text.value, params)).unwrap_or_default()
        };
        for context in &self.document.contexts {
            let text = template(context.text.as_ref(), &context.params);
            self.examples(&self.as_read(text), &context.params);
        }
        for row in self.all_rows() {
            let mut detail = template(row.detail.as_ref(), &row.params);
            if let Some(context) = self.context_of(row).and_then(|it| it.text.as_ref()) {
                detail = detail.with_context(&template(Some(context), &[])).0;
            }
            self.examples(&self.detail_as_read(row, detail), &row.params);
        }
    }

    fn examples(&mut self, template: &Template<'_>, params: &[Param]) {
        for (at, param) in params.iter().enumerate() {
            let (Some(ty), Some(example)) = (&param.ty, &param.example) else { continue };
            if let Some(reason) = misfit(&ty.value, &example.value, template, at) {
                let message = format!("the example `{example}` does not fit: {reason}");
                let example = (example.span, "does not fit the type");
                let ty = (ty.span, "the type");
                self.report(&rule::EXAMPLE_MISMATCH, message, example).also(ty);
            }
        }
    }
}

/// Why a value does not fit a type, or its place in the template, if it does not.
fn misfit(ty: &Type<'_>, value: &str, template: &Template<'_>, param: usize) -> Option<String> {
    if !ty.holds(value) {
        let info = ty.info();
        return Some(match ty {
            Type::OneOf(_) => "it is not one of the choices".to_owned(),
            _ => format!("`{}` is {}", info.name, info.description),
        });
    }
    let segment = template.segments.iter().find(|segment| segment.param == param)?;
    let sent = template.sanitize(segment, value);
    let mark = segment.mark();
    (sent != value)
        .then(|| format!("the value ends at the next `{mark}`, so it would be sent as `{sent}`"))
}
