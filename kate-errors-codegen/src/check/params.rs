//! Rules about the examples of parameters, names of members, and optional values.

use kate_errors_model::template::{self, Template};
use kate_errors_model::types::Type;

use super::Checker;
use crate::envelope::Parts;
use crate::messages;
use crate::rule;
use crate::syntax::document::{Param, Text};
use crate::wire::Envelopes;

impl Checker<'_> {
    pub(super) fn params(&mut self) {
        for context in &self.document.contexts {
            let template = |text: &Text| messages::template(&text.value, &context.params);
            let text = context.text.as_ref().map(template).unwrap_or_default();
            self.examples(&self.as_read(text), &context.params);
        }
        for row in self.document.rows() {
            self.examples(&self.detail_as_read(row).unwrap_or_default(), &row.params);
        }
    }

    /// Warns about names of members if no body lists values. Bodies with mistakes are not considered.
    pub(super) fn unused_members(&mut self) {
        let Envelopes { body, older, mistakes } = self.envelopes;
        let mut templates = older.iter().map(|(template, _)| template).chain(body);
        let lists_values =
            |template: &String| Parts::new(template).unwrap_or_default().envelope().reads_params();
        if !mistakes.is_empty() || templates.any(lists_values) {
            return;
        }
        for member in self.document.params().filter_map(|param| param.member.as_ref()) {
            let message = format!("no body has a member `{member}`");
            self.report(&rule::UNUSED_MEMBER, message, (member.span, "has no effect"));
        }
    }

    /// Checks that optional values are members of bodies, and not in any text.
    pub(super) fn optional(&mut self) {
        for param in self.document.params().filter(|param| param.optional) {
            let name = &param.name;
            if !self.members.have(&name.value) {
                let message = format!("the body has no place for the optional value `{name}`");
                self.report(&rule::OPTIONAL_PARAMETER, message, (name.span, "not a member"));
            }
        }
        for context in &self.document.contexts {
            self.without_optional(context.text.iter(), &context.params, &[]);
        }
        for row in self.document.rows() {
            let Some(base) = self.bases.of(row) else { continue };
            let messages = row.detail.iter().chain(&row.former);
            let texts = messages.chain(&row.cause).chain(&row.fix);
            self.without_optional(texts, &base.params, self.params_of_context(base));
        }
    }

    fn without_optional<'t>(
        &mut self,
        texts: impl Iterator<Item = &'t Text>,
        params: &[Param],
        of_context: &[Param],
    ) {
        let optional: Vec<_> =
            params.iter().chain(of_context).filter(|param| param.optional).collect();
        for text in texts.filter(|_| !optional.is_empty()) {
            for placeholder in template::parse(&text.value).placeholders() {
                let name = &placeholder.name;
                let Some(param) = optional.iter().find(|it| it.name.value == *name) else {
                    continue;
                };
                let message = format!("a text contains `{{{name}}}`, which can be missing");
                let here = (text.part(&placeholder.range), "not always there");
                self.report(&rule::OPTIONAL_PARAMETER, message, here)
                    .also((param.name.span, "optional"))
                    .set_help("delete it from the text, or `optional: true` from the parameter");
            }
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

/// Returns why a value does not fit its type or its place in the template, if it does not.
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
