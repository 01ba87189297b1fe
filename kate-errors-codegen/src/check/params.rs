//! Rules about the examples of parameters.

use super::Checker;
use crate::diagnostic::{Diagnostic, Label};
use crate::lower::{CONTEXT_SEPARATOR, text_end};
use crate::rule;
use crate::syntax::document::{Param, ParamKind, Text};
use crate::template::{self, Part};

impl Checker<'_> {
    pub(super) fn params(&mut self) {
        for context in &self.document.contexts {
            self.examples(context.text.as_ref(), &context.params, None);
        }
        for row in self.all_rows() {
            let tail = row.context.is_some().then(|| CONTEXT_SEPARATOR.chars().next()).flatten();
            self.examples(row.detail.as_ref(), &row.params, tail);
        }
    }

    fn examples(&mut self, template: Option<&Text>, params: &[Param], tail: Option<char>) {
        let parts = template.map(|text| template::parse(&text.value).parts).unwrap_or_default();
        for param in params {
            let (Some(kind), Some(example)) = (&param.kind, &param.example) else { continue };
            if let Some(reason) =
                misfit(&kind.value, &example.value, &parts, &param.name.value, tail)
            {
                let message = format!("the example `{}` does not fit: {reason}", example.value);
                let example = Label::new(example.span, "does not fit the type");
                let kind = Label::new(kind.span, "the type");
                let finding = Diagnostic::new(&rule::EXAMPLE_MISMATCH, message, example);
                self.findings.push(finding.related(kind));
            }
        }
    }
}

/// Why a value does not fit a type, if it does not.
fn misfit(
    kind: &ParamKind,
    value: &str,
    parts: &[Part],
    name: &str,
    tail: Option<char>,
) -> Option<String> {
    match kind {
        ParamKind::U64 => {
            let canonical = value.parse::<u64>().is_ok_and(|number| number.to_string() == value);
            (!canonical).then(|| {
                format!(
                    "u64 is a whole number from 0 to {}, without sign or leading zeros",
                    u64::MAX
                )
            })
        }
        ParamKind::I64 => {
            let canonical = value.parse::<i64>().is_ok_and(|number| number.to_string() == value);
            (!canonical).then(|| {
                format!(
                    "i64 is a whole number from {} to {}, without `+` or leading zeros",
                    i64::MIN,
                    i64::MAX
                )
            })
        }
        ParamKind::Word => {
            value.contains(char::is_whitespace).then(|| "a word has no white space".to_owned())
        }
        ParamKind::Text => {
            let end = text_end(parts, name, tail).filter(|end| value.contains(*end))?;
            Some(format!("it ends at the next `{end}`, so it cannot contain one"))
        }
        ParamKind::OneOf(choices) => {
            let known = choices.iter().any(|choice| choice.value == value);
            (!known).then(|| "it is not one of the choices".to_owned())
        }
    }
}
