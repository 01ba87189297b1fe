//! Errors as a server writes them, also with values that cannot appear unchanged in a message.

use kate_errors_codegen::catalog::Param;
use kate_errors_model::template::Template;
use serde_json::json;

use super::expect::object;
use super::frame::Made;
use super::{Vectors, push, values};
use crate::messages::{self, render};

impl Vectors<'_> {
    /// Adds values that cannot appear unchanged in the message of an error.
    pub(super) fn altered(&mut self, at: usize, template: &Template<'_>, examples: &[String]) {
        let row = &self.catalog.rows[at];
        let params: Vec<&Param> = self.catalog.params(row).collect();
        for segment in values::places(template) {
            let Param { name, .. } = params[segment.param];
            // In other languages, the type for numbers and booleans may not hold any text.
            if params[segment.param].is_bare() {
                continue;
            }
            for value in values::altered(template, segment) {
                if self.takes(at) {
                    let mut values = examples.to_vec();
                    value.clone_into(&mut values[segment.param]);
                    let what = format!("{name} = {}", json!(value));
                    // In a member, the value is not changed.
                    let is_beside = !row.without_code
                        && messages::is_beside(self.catalog, params[segment.param]);
                    let sanitized: &[&String] = if is_beside { &[] } else { &[name] };
                    let message = render(template, &values);
                    let made = Made::of(self.catalog, at, &message, &values);
                    self.write(&what, &made, sanitized);
                }
            }
        }
    }

    /// Adds an error as a server writes it, with all of its values.
    pub(super) fn write(&mut self, what: &str, made: &Made<'_>, sanitized: &[&String]) {
        let Made { row, message, values, .. } = *made;
        let params: Vec<&Param> = self.catalog.params(row).collect();
        let (own, of_context) = values.split_at(row.params.len().min(values.len()));
        let context = || object(&params[own.len()..], of_context);
        let mut vector = json!({
            "name": format!("{}: {what}", self.label(row)),
            "code": row.code,
            "values": object(&params[..own.len()], own),
            "context_values": row.with_context.is_some().then(context),
            "detail": message,
            "sanitized": sanitized,
            "body": made.body(),
        });
        if row.without_code {
            vector["without_code"] = json!(true);
        }
        if self.expectations.is_shared(&row.code) {
            vector["error"] = json!(row.name);
        }
        push(&vector, &mut self.written);
    }
}
