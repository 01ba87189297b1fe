//! `Debug` for every generated enum: the variant and its fields, values of sensitive parameters hidden.

use core::fmt;

use crate::template::{Param, Value};
use crate::{CatalogCode, CatalogError};

/// What stands in place of a sensitive value.
pub(crate) const HIDDEN: &str = "•••";

/// Writes an error as `derive(Debug)` would, but for sensitive values.
pub(crate) fn debug<E: CatalogError>(error: &E, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let row = error.code().__row();
    let mut result = Ok(());
    error.__with_values(&mut |values| {
        let Some(more) = row.more() else {
            result = f.write_str(row.variant());
            return;
        };
        if more.params.is_empty() && more.context.is_none() {
            result = f.write_str(row.variant());
            return;
        }
        let own = more.own_params();
        let (of_row, of_context) = values.split_at(own.len().min(values.len()));
        let mut fields = f.debug_struct(row.variant());
        for (param, value) in own.iter().zip(of_row) {
            fields.field(param.name, &Shown { param, value });
        }
        if let Some(name) = more.context {
            let context = Context { name, params: more.context_params(), values: of_context };
            fields.field("context", &(!of_context.is_empty()).then_some(context));
        }
        result = fields.finish();
    });
    result
}

/// The context of a sentence.
struct Context<'v> {
    name: &'static str,
    params: &'static [Param<'static>],
    values: &'v [Value<'v>],
}

impl fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut fields = f.debug_struct(self.name);
        for (param, value) in self.params.iter().zip(self.values) {
            fields.field(param.name, &Shown { param, value });
        }
        fields.finish()
    }
}

/// A value, or a mark in its place.
struct Shown<'v> {
    param: &'static Param<'static>,
    value: &'v Value<'v>,
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.param.sensitive {
            return f.write_str(HIDDEN);
        }
        match self.value {
            Value::U64(number) => fmt::Debug::fmt(number, f),
            Value::I64(number) => fmt::Debug::fmt(number, f),
            Value::Word(text) | Value::Text(text) | Value::OneOf(text) => fmt::Debug::fmt(text, f),
        }
    }
}
